package dev.rainmaker.app.web;

import dev.rainmaker.app.lifetimevalue.PartnerValue.Period;
import dev.rainmaker.app.lifetimevalue.PartnerValue.ScorePoint;
import dev.rainmaker.lifetimevalue.PeerStanding;
import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.lifetimevalue.RankInterval;
import dev.rainmaker.lifetimevalue.ScoreTerm;
import dev.rainmaker.lifetimevalue.forecast.Accuracy;
import dev.rainmaker.lifetimevalue.forecast.BacktestReport;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Drawings of the partner lifetime value, reached by templates as {@code @plvCharts}. */
@Component
class PlvCharts {

    private static final double WIDE = 720;

    /** Where a rank may lie among all ranks. */
    public String rank(RankInterval rank, int of) {
        double unit = 116.0 / Math.max(1, of);
        String says = "rank " + rank.rank() + ", between " + rank.best() + " and " + rank.worst() + " of " + of;
        return new Svg(120, 14, "rank", says)
                .rect(2, 6, 116, 2, "axis", "")
                .rect(
                        2 + (rank.best() - 1) * unit,
                        4,
                        Math.max(2, (rank.worst() - rank.best() + 1) * unit),
                        6,
                        "range",
                        says)
                .rect(2 + (rank.rank() - 0.5) * unit - 1.5, 1, 3, 12, "mark", says)
                .markup();
    }

    /** The terms side by side: together they are the score. */
    public String terms(PlvResult result) {
        Svg svg = new Svg(WIDE, 58, "terms", "score " + result.score().toPlainString() + " of 100, by term");
        double unit = (WIDE - 4) / 100;
        svg.rect(2, 8, WIDE - 4, 26, "rest", "not reached");
        double at = 2;
        for (ScoreTerm term : result.terms()) {
            double width = term.points().doubleValue() * unit;
            svg.rect(
                    at,
                    8,
                    width,
                    26,
                    "term t" + term.term().ordinal(),
                    term.term().word() + " " + term.points().toPlainString());
            at += width;
        }
        svg.line(at, 4, at, 38, "mark");
        for (int points = 0; points <= 100; points += 20) {
            svg.text(
                    2 + points * unit,
                    52,
                    points == 0 ? "start" : points == 100 ? "end" : "middle",
                    String.valueOf(points));
        }
        return svg.markup();
    }

    /** What was earned in earlier horizons, and what is expected of the next, with its interval. */
    public String forecast(List<Period> past, double expected, double lower, double upper, String currency) {
        double most = Math.max(1, upper);
        for (Period period : past) {
            most = Math.max(most, period.money());
        }
        Svg svg = new Svg(
                WIDE,
                190,
                "forecast",
                String.format(
                        Locale.ROOT, "expected %,.0f %s, between %,.0f and %,.0f", expected, currency, lower, upper));
        double step = WIDE / (past.size() + 1);
        double scale = 130 / most;
        for (int i = 0; i < past.size(); i++) {
            Period period = past.get(i);
            bar(svg, i * step, step, Math.max(0, period.money()) * scale, "past", money(period.money(), currency));
            svg.text(i * step + step / 2, 182, "middle", "to " + period.to());
        }
        double x = past.size() * step;
        double middle = x + step / 2;
        svg.rect(
                x + step * 0.2,
                160 - Math.max(0, expected) * scale,
                step * 0.6,
                Math.max(0, expected) * scale,
                "expected",
                money(expected, currency));
        double top = 160 - upper * scale;
        double bottom = 160 - Math.max(0, lower) * scale;
        svg.line(middle, top, middle, bottom, "whisker")
                .line(middle - 12, top, middle + 12, top, "whisker")
                .line(middle - 12, bottom, middle + 12, bottom, "whisker");
        svg.text(middle, Math.max(12, top - 6), "middle", money(expected, currency));
        svg.text(middle, 182, "middle", "forecast");
        return svg.line(0, 160, WIDE, 160, "axis").markup();
    }

    private static void bar(Svg svg, double x, double step, double height, String style, String says) {
        svg.rect(x + step * 0.2, 160 - height, step * 0.6, height, style, says);
        svg.text(x + step / 2, Math.max(12, 154 - height), "middle", says);
    }

    private static String money(double amount, String currency) {
        return Math.abs(amount) >= 100_000
                ? String.format(Locale.ROOT, "%,.0fk %s", amount / 1000, currency)
                : String.format(Locale.ROOT, "%,.0f %s", amount, currency);
    }

    /** Scores over time, newest last; a line ends where the version changes, as scores of two versions do not compare. */
    public String history(List<ScorePoint> newestFirst) {
        List<ScorePoint> points = new ArrayList<>(newestFirst);
        java.util.Collections.reverse(points);
        long first = points.get(0).asOf().getEpochSecond();
        long last = points.get(points.size() - 1).asOf().getEpochSecond();
        Svg svg = new Svg(WIDE, 150, "history", "score over time, " + points.size() + " points");
        for (int score = 0; score <= 100; score += 25) {
            svg.line(34, y(score), WIDE, y(score), "grid");
            svg.text(28, y(score) + 4, "end", String.valueOf(score));
        }
        List<double[]> line = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            ScorePoint point = points.get(i);
            double share = last == first
                    ? (i + 1.0) / points.size()
                    : (double) (point.asOf().getEpochSecond() - first) / (last - first);
            double x = 40 + share * (WIDE - 50);
            if (i > 0 && !points.get(i - 1).version().equals(point.version())) {
                svg.path(line, "line").line(x, 8, x, 118, "version");
                line = new ArrayList<>();
            }
            double height = y(point.score().doubleValue());
            line.add(new double[] {x, height});
            svg.dot(
                    x,
                    height,
                    3,
                    "dot",
                    point.asOf().atZone(ZoneOffset.UTC).toLocalDate() + ": "
                            + point.score().toPlainString() + " (" + point.version() + ")");
        }
        svg.path(line, "line");
        svg.text(
                40,
                140,
                "start",
                points.get(0).asOf().atZone(ZoneOffset.UTC).toLocalDate().toString());
        svg.text(
                WIDE - 4,
                140,
                "end",
                points.get(points.size() - 1)
                        .asOf()
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString());
        return svg.markup();
    }

    private static double y(double score) {
        return 118 - score * 1.08;
    }

    /** Where a partner stands among its peers: the middle half of them, the median, and itself. */
    public String peers(PeerStanding standing) {
        String says = String.format(Locale.ROOT, "above %.0f %% of peers", 100 * standing.shareBelow());
        return new Svg(120, 14, "peers", says)
                .rect(2, 6, 116, 2, "axis", "")
                .rect(2 + 29, 4, 58, 6, "range", "the middle half of the peers")
                .rect(2 + 58 - 0.5, 3, 1, 8, "median", "the median peer")
                .rect(2 + 116 * standing.shareBelow() - 1.5, 1, 3, 12, "mark", says)
                .markup();
    }

    /** What a backtest measures. */
    public enum Measure {
        RANK("rank correlation with what came, 1 is perfect", Accuracy::spearman),
        ERROR("mean error as a share of the mean outcome, 0 is perfect", Accuracy::maeOverMean),
        COVERAGE("share of outcomes inside the 80 % interval", Accuracy::coverage80);

        final String words;
        final Function<Accuracy, @Nullable Double> of;

        Measure(String words, Function<Accuracy, @Nullable Double> of) {
            this.words = words;
            this.of = of;
        }

        public String words() {
            return words;
        }
    }

    /** A measure at each origin: the method that was chosen there, beside plain baselines. */
    public String backtest(BacktestReport report, Measure measure) {
        List<String> methods = methods();
        double most = measure == Measure.ERROR ? Math.max(1, most(report, methods, measure)) : 1;
        Svg svg = new Svg(WIDE, 170, "backtest", measure.words());
        for (int part = 0; part <= 4; part++) {
            double height = 130 - part * 30;
            svg.line(40, height, WIDE, height, "grid");
            svg.text(34, height + 4, "end", String.format(Locale.ROOT, "%.2f", most * part / 4));
        }
        if (measure == Measure.COVERAGE) {
            svg.line(40, 130 - 0.8 * 120, WIDE, 130 - 0.8 * 120, "target");
        }
        double step = (WIDE - 40) / report.origins().size();
        for (int i = 0; i < report.origins().size(); i++) {
            BacktestReport.Origin origin = report.origins().get(i);
            double x = 40 + i * step;
            double width = step * 0.8 / methods.size();
            for (int m = 0; m < methods.size(); m++) {
                Double value = value(origin, methods.get(m), measure);
                if (value != null) {
                    double height = Math.max(0, Math.min(1, value / most)) * 120;
                    svg.rect(
                            x + step * 0.1 + m * width,
                            130 - height,
                            Math.max(1, width - 2),
                            height,
                            "m" + m,
                            methods.get(m) + String.format(Locale.ROOT, " %.3f", value));
                }
            }
            svg.text(x + step / 2, 150, "middle", origin.asOf().toString());
        }
        return svg.markup();
    }

    /** Methods drawn, in their order: what was chosen, then baselines that anybody could compute. */
    public List<String> methods() {
        return List.of("chosen", "last-period", "ewma-90d", "all-history");
    }

    private static double most(BacktestReport report, List<String> methods, Measure measure) {
        double most = 0;
        for (BacktestReport.Origin origin : report.origins()) {
            for (String method : methods) {
                Double value = value(origin, method, measure);
                most = value == null ? most : Math.max(most, Math.min(3, value));
            }
        }
        return most;
    }

    private static @Nullable Double value(BacktestReport.Origin origin, String method, Measure measure) {
        Accuracy accuracy = origin.models().get(method.equals("chosen") ? origin.chosen() : method);
        return accuracy == null ? null : measure.of.apply(accuracy);
    }
}
