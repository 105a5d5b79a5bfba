package dev.rainmaker.app.web;

import dev.rainmaker.app.ledger.PlvLedger.PlvVersion;
import dev.rainmaker.app.lifetimevalue.ModelHealth;
import dev.rainmaker.app.lifetimevalue.Models;
import dev.rainmaker.app.lifetimevalue.ProgrammeValue;
import dev.rainmaker.app.lifetimevalue.Ranking;
import dev.rainmaker.app.lifetimevalue.Ranking.Ranked;
import dev.rainmaker.app.lifetimevalue.RankingCsv;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.lifetimevalue.LearnedWeights;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvTerm;
import dev.rainmaker.lifetimevalue.Trend;
import dev.rainmaker.lifetimevalue.forecast.Accuracy;
import dev.rainmaker.lifetimevalue.forecast.BacktestReport;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Pages about all partners: the leaderboard, the model behind it, the programme. */
@Controller
class PlvController {

    private static final int PAGE = 50;
    private static final int TOP = 10;
    private static final int VERSIONS = 10;

    private final Rainmaker rainmaker;

    PlvController(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
    }

    @GetMapping("/partners")
    String leaderboard(
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String trend,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String direction,
            @RequestParam(defaultValue = "0") int offset,
            Model model) {
        Leaderboard board = Leaderboard.of(name, trend, sort, direction);
        Ranking ranking = rainmaker.plv().ranking();
        List<Ranked> rows = board.rows(ranking);
        int from = Math.min(Math.max(0, offset), rows.size());
        int to = Math.min(from + PAGE, rows.size());
        model.addAttribute("board", board);
        model.addAttribute("rows", rows.subList(from, to));
        model.addAttribute("found", rows.size());
        model.addAttribute("of", ranking.rows().size());
        model.addAttribute("version", ranking.version());
        model.addAttribute(
                "asOf",
                ranking.rows().isEmpty() ? null : ranking.rows().get(0).result().asOf());
        model.addAttribute("top", Math.min(TOP, ranking.rows().size()));
        model.addAttribute("sure", sure(ranking));
        model.addAttribute("falling", count(ranking, Trend.Direction.FALLING));
        model.addAttribute("atRisk", count(ranking, Trend.Direction.AT_RISK));
        model.addAttribute(
                "withoutRate",
                rainmaker.models().health().map(ModelHealth::withoutRate).orElse(0L));
        model.addAttribute("conversions", rainmaker.plv().conversions());
        model.addAttribute("trends", Trend.Direction.values());
        model.addAttribute("held", rainmaker.decisions().heldByPartner());
        model.addAttribute("next", to < rows.size() ? to : null);
        return "partners";
    }

    /** How many of the first ten stay among them under 95 % of weights near the stated ones. */
    private static long sure(Ranking ranking) {
        return ranking.rows().stream()
                .limit(TOP)
                .filter(row -> row.interval().worst() <= TOP)
                .count();
    }

    private static long count(Ranking ranking, Trend.Direction direction) {
        return ranking.rows().stream()
                .filter(row -> row.trend().direction() == direction)
                .count();
    }

    /** The same rows as the page, all of them. */
    @GetMapping("/partners.csv")
    ResponseEntity<byte[]> csv(
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String trend,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String direction) {
        List<Ranked> rows = Leaderboard.of(name, trend, sort, direction)
                .rows(rainmaker.plv().ranking());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"partners.csv\"")
                .body(RankingCsv.of(rows).getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/model")
    String health(Model model) {
        PlvVersion version = rainmaker.plvVersions().current().orElse(null);
        Plv.Fitted fitted = rainmaker.models().current().orElse(null);
        model.addAttribute("version", version);
        model.addAttribute("fitted", fitted);
        if (version != null && fitted != null) {
            model.addAttribute("health", Models.health(version).orElse(null));
            model.addAttribute("problems", PlvApi.problems(fitted.model()));
            model.addAttribute(
                    "versions",
                    rainmaker.plvVersions().latest(VERSIONS).stream()
                            .map(PlvController::row)
                            .toList());
            model.addAttribute("currency", rainmaker.configuration().reportingCurrency());
            model.addAttribute("measures", PlvCharts.Measure.values());
            model.addAttribute("correlations", rainmaker.plv().correlations());
            model.addAttribute("dropped", PlvApi.dropped(fitted.reference()));
        }
        return "model";
    }

    /**
     * A version as the list shows it.
     *
     * @param chosen method, null where it was never tested
     * @param accuracy of what was chosen at each origin, null where it was never tested
     */
    record VersionRow(
            String version,
            Instant asOf,
            String policy,
            @Nullable String chosen,
            @Nullable Accuracy accuracy) {}

    private static VersionRow row(PlvVersion version) {
        BacktestReport report =
                Models.health(version).map(ModelHealth::backtest).orElse(null);
        return new VersionRow(
                version.version(),
                version.asOf(),
                version.policy(),
                report == null ? null : report.chosen(),
                report == null ? null : report.total().get("chosen"));
    }

    /** @param budget of development funds to be allocated, in the reporting currency */
    @GetMapping("/programme")
    String programme(@RequestParam(defaultValue = "0") double budget, Model model) {
        double given = Double.isFinite(budget) && budget > 0 ? budget : 0;
        model.addAttribute("budget", given);
        model.addAttribute("terms", PlvTerm.values());
        ProgrammeValue programme = rainmaker.programme().programme(given).orElse(null);
        LearnedWeights learned = programme == null ? null : programme.learned();
        model.addAttribute("programme", programme);
        model.addAttribute("adopt", learned == null ? "" : lines(learned));
        return "programme";
    }

    /** The weights as plv.yaml takes them. */
    private static String lines(LearnedWeights learned) {
        BigDecimal[] weights = learned.rounded();
        List<String> lines = new ArrayList<>();
        for (PlvTerm term : PlvTerm.values()) {
            lines.add(term.word() + ": { weight: " + weights[term.ordinal()].toPlainString() + ", ... }");
        }
        return String.join("\n", lines);
    }
}
