package dev.rainmaker.app.web;

import dev.rainmaker.app.revenue.Report;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Revenue as drawings: what partners sourced and influenced month by month, and what they made of their plans. */
final class RevenueCharts {

    private static final int WIDTH = 760;
    private static final int LEFT = 64;
    private static final int HEIGHT = 230;
    private static final int BASE = HEIGHT - 26;
    private static final int TOP = 16;
    private static final int MOST_MONTHS = 36;
    private static final int MOST_PARTNERS = 12;
    private static final int NAMES = 230;
    private static final int ROW = 26;

    private RevenueCharts() {}

    /** @param periods the report of credits by period; empty where there is nothing to draw */
    static Optional<String> periods(Report periods) {
        List<Map<String, @Nullable Object>> all = periods.objects();
        List<Map<String, @Nullable Object>> months = all.subList(Math.max(0, all.size() - MOST_MONTHS), all.size());
        double most = months.stream()
                .mapToDouble(month -> number(month, "sourced") + number(month, "influenced"))
                .max()
                .orElse(0);
        if (most <= 0) {
            return Optional.empty();
        }
        double step = step(most);
        double top = step * Math.ceil(most / step);
        Svg svg = new Svg(
                WIDTH,
                HEIGHT,
                "revenue",
                "Revenue by month, sourced and influenced; the table below has the same figures");
        for (double mark = 0; mark <= top + step / 2; mark += step) {
            double y = y(mark, top);
            svg.line(LEFT, y, WIDTH - 4, y, "grid").text(LEFT - 6, y + 4, "end", shortly(mark));
        }
        double slot = (WIDTH - 4.0 - LEFT) / months.size();
        double width = Math.min(46, slot * 0.7);
        int everyNth = (int) Math.ceil(months.size() / 12.0);
        for (int i = 0; i < months.size(); i++) {
            Map<String, @Nullable Object> month = months.get(i);
            double middle = LEFT + slot * (i + 0.5);
            double sourced = Math.max(0, number(month, "sourced"));
            double influenced = Math.max(0, number(month, "influenced"));
            String name = String.valueOf(month.get("period"));
            double foot = y(sourced, top);
            svg.rect(middle - width / 2, foot, width, BASE - foot, "m0", name + ": sourced " + month.get("sourced"));
            double head = y(sourced + influenced, top);
            svg.rect(
                    middle - width / 2,
                    head,
                    width,
                    foot - head,
                    "m2",
                    name + ": influenced " + month.get("influenced"));
            if (i % everyNth == 0) {
                svg.text(middle, HEIGHT - 8, "middle", name);
            }
        }
        return Optional.of(svg.markup());
    }

    private static double y(double value, double top) {
        return BASE - (BASE - TOP) * value / top;
    }

    /** @param plan the report of plans; empty where no partner has one */
    static Optional<String> plan(Report plan) {
        List<Map<String, @Nullable Object>> partners = new ArrayList<>(plan.objects());
        partners.sort(Comparator.comparingDouble((Map<String, @Nullable Object> row) -> number(row, "plan"))
                .reversed());
        List<Map<String, @Nullable Object>> largest = partners.subList(0, Math.min(MOST_PARTNERS, partners.size()));
        double most = largest.stream()
                .mapToDouble(row -> Math.max(number(row, "plan"), number(row, "actual")))
                .max()
                .orElse(0);
        if (most <= 0) {
            return Optional.empty();
        }
        int height = largest.size() * ROW + 24;
        Svg svg = new Svg(
                WIDTH, height, "revenue", "Plan and actual of the largest plans; the table below has the same figures");
        double step = step(most);
        double scale = (WIDTH - 30.0 - NAMES) / (step * Math.ceil(most / step));
        for (double mark = 0; mark <= most + step; mark += step) {
            double x = NAMES + mark * scale;
            if (x <= WIDTH - 20) {
                svg.line(x, 4, x, height - 20, "grid").text(x, height - 6, "middle", shortly(mark));
            }
        }
        for (int i = 0; i < largest.size(); i++) {
            Map<String, @Nullable Object> row = largest.get(i);
            String name = String.valueOf(row.get("partner"));
            double y = 6 + i * ROW;
            double actual = Math.max(0, number(row, "actual"));
            svg.text(NAMES - 8, y + 14, "end", name.length() > 34 ? name.substring(0, 33) + "…" : name);
            svg.rect(NAMES, y, number(row, "plan") * scale, 18, "axis", name + ": plan " + row.get("plan"));
            svg.rect(NAMES, y + 4, actual * scale, 10, "m0", name + ": actual " + row.get("actual"));
        }
        return Optional.of(svg.markup());
    }

    private static double number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof BigDecimal number ? number.doubleValue() : 0;
    }

    /** A round distance between marks that gives about four of them: 1, 2 or 5 with zeros. */
    private static double step(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(most / 4)));
        return Objects.requireNonNull(List.of(1.0, 2.0, 5.0, 10.0).stream()
                .map(factor -> factor * power)
                .filter(step -> most / step <= 5)
                .findFirst()
                .orElse(10 * power));
    }

    /** 1.2 M, 300 k, 50. */
    private static String shortly(double amount) {
        double size = amount >= 1e6 ? 1e6 : amount >= 1e3 ? 1e3 : 1;
        String text = BigDecimal.valueOf(amount / size)
                .setScale(1, java.math.RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
        return text + (size == 1e6 ? " M" : size == 1e3 ? " k" : "");
    }
}
