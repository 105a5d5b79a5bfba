package dev.rainmaker.app.cli;

import dev.rainmaker.app.lifetimevalue.ModelHealth;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvModel;
import dev.rainmaker.lifetimevalue.forecast.Accuracy;
import dev.rainmaker.lifetimevalue.forecast.BacktestReport;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fits the model anew on the ledger, tests it, freezes a reference and scores everyone by it. */
@Command(
        name = "refit",
        description = "Fit the model anew on all facts, test it on the past, and score everyone by it.",
        mixinStandardHelpOptions = true)
final class PlvRefitCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--as-of", paramLabel = "WHEN", description = "a day or an instant instead of now")
    @Nullable
    String asOf;

    @Override
    public Integer call() {
        if (common.output == Output.csv) {
            throw new IllegalArgumentException("refit has no csv form; take table or json");
        }
        Clock clock = Opened.clock(asOf);
        try (Rainmaker rainmaker = Opened.by(common, clock, CommonOptions.progress())) {
            long scored = rainmaker.scorePartners().refit(clock.instant(), rainmaker.progress());
            Plv.Fitted fitted = rainmaker
                    .models()
                    .current()
                    .orElseThrow(() -> new UserError("The ledger has no partner yet; run `rainmaker sync` first."));
            ModelHealth health = rainmaker.models().health().orElse(null);
            if (common.output == Output.json) {
                Output.json(System.out, json(fitted.model(), health, scored));
            } else {
                print(fitted.model(), health, scored);
            }
            return ExitCode.DONE;
        }
    }

    private static Map<String, @Nullable Object> json(PlvModel model, @Nullable ModelHealth health, long scored) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("version", model.version());
        result.put("scored", scored);
        result.put("method", model.method());
        result.put("reason", model.reason());
        result.put("coverage80", model.intervals().achieved());
        result.put("health", health);
        return result;
    }

    private static void print(PlvModel model, @Nullable ModelHealth health, long scored) {
        System.out.println("version     " + model.version() + ", " + scored + " partners scored");
        System.out.println("method      " + model.method());
        System.out.println("why         " + model.reason());
        Double achieved = model.intervals().achieved();
        System.out.println("intervals   "
                + (achieved == null
                        ? "80 % stated, no later day to check them on"
                        : String.format(Locale.ROOT, "80 %% stated, %.0f %% of outcomes fell inside", 100 * achieved)));
        BacktestReport report = health == null ? null : health.backtest();
        if (report == null) {
            System.out.println("backtest    " + (health == null ? "none" : health.untested()));
            return;
        }
        Accuracy chosen = report.total().get("chosen");
        if (chosen != null) {
            System.out.printf(
                    Locale.ROOT,
                    "backtest    %d origins: rank correlation %s, error / mean %s, coverage %s%n",
                    report.origins().size(),
                    rate(chosen.spearman()),
                    rate(chosen.maeOverMean()),
                    rate(chosen.coverage80()));
        }
    }

    private static String rate(@Nullable Double rate) {
        return rate == null ? "unknown" : String.format(Locale.ROOT, "%.3f", rate);
    }
}
