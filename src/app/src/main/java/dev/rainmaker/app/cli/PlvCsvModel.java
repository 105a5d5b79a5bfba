package dev.rainmaker.app.cli;

import dev.rainmaker.lifetimevalue.CsvHistories;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvModel;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.forecast.FittedFlow;
import dev.rainmaker.lifetimevalue.forecast.FittedModels;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A model learned from CSV files, and its description. */
record PlvCsvModel(CsvHistories read, Plv.Fitted fitted, LocalDate asOf) {

    /** Draws of the bootstrap that compares methods start here; the same file gives the same model. */
    private static final long SEED = 1;

    static PlvCsvModel learn(PlvCsvInput input, Transactions deals, PlvPolicy policy) throws IOException {
        LocalDate asOf = input.asOf(deals);
        CsvHistories read = CsvHistories.of(deals, input.metrics().rows(), policy, asOf);
        input.rejected(read.rejected());
        if (read.histories().isEmpty()) {
            throw new UserError("no partner has sold anything up to " + asOf + ": only refunds are there.");
        }
        return new PlvCsvModel(read, Plv.fit(read.histories(), deals, policy, asOf, "csv-" + asOf, SEED), asOf);
    }

    /** The model in numbers, for programs. */
    Map<String, Object> summary(Transactions deals, PlvCsvInput input) {
        PlvModel model = fitted.model();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("asOf", asOf.toString());
        summary.put("partners", read.histories().size());
        summary.put("transactions", deals.size());
        summary.put("rejected", input.rejected());
        summary.put("currency", deals.currency());
        summary.put("horizonDays", model.horizonDays());
        summary.put("model", model.method());
        summary.put("reason", model.reason());
        Double regularity =
                model.fitted().gapPairs() < 2 ? null : model.fitted().regularity();
        summary.put("regularity", regularity);
        Map<String, Object> flows = new LinkedHashMap<>();
        for (FittedFlow flow : model.fitted().flows()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("parameters", flow.parameters());
            one.put("logLikelihood", flow.logLikelihood());
            one.put("problem", flow.problem());
            flows.put(flow.name(), one);
        }
        summary.put("flows", flows);
        summary.put("flowProblem", model.fitted().flowProblem());
        summary.put("coverage80", model.intervals().achieved());
        summary.put("rejectedRows", input.rejectedRows());
        return summary;
    }

    void print(PrintStream out, Transactions deals) {
        PlvModel model = fitted.model();
        FittedModels models = model.fitted();
        out.printf(
                Locale.ROOT,
                "partners     %,d with %,d transactions from %s to %s, as of %s%n",
                read.histories().size(),
                deals.size(),
                deals.firstDate(),
                deals.lastDate(),
                asOf);
        out.printf(
                Locale.ROOT,
                "money        %s, %s%n",
                deals.currency().isEmpty() ? "no currency stated" : deals.currency(),
                model.knowsMargin() ? "margin is known: values are margin" : "margin is unknown: values are revenue");
        out.printf(Locale.ROOT, "horizon      %d days%n", model.horizonDays());
        out.println("model        " + model.method());
        out.println("why          " + model.reason());
        if (models.gapPairs() >= 2) {
            out.printf(
                    Locale.ROOT,
                    "regularity   k = %.1f from %,d pairs of gaps (1 = random buying, above 2 deal-flow models are not used)%n",
                    models.regularity(),
                    models.gapPairs());
        }
        for (FittedFlow flow : models.flows()) {
            out.printf(
                    Locale.ROOT,
                    "%-12s %s, log-likelihood %.3f%s%n",
                    flow.name(),
                    parameters(flow),
                    flow.logLikelihood(),
                    flow.problem() == null ? "" : "; not used: " + flow.problem());
        }
        Double achieved = model.intervals().achieved();
        out.println("interval     "
                + (!model.intervals().calibrated()
                        ? "a cautious guess: the data are too short to measure it"
                        : achieved == null
                                ? "80%, calibrated on one earlier origin; achieved coverage unknown"
                                : String.format(
                                        Locale.ROOT,
                                        "80%% stated, %.0f%% achieved on the latest earlier origin",
                                        100 * achieved)));
    }

    private static String parameters(FittedFlow flow) {
        boolean pareto = flow.name().equals("pareto-nbd");
        return String.format(
                Locale.ROOT,
                "r %.4f, alpha %.4f, %s %.4f, %s %.4f (weeks)",
                flow.parameters().get(0),
                flow.parameters().get(1),
                pareto ? "s" : "a",
                flow.parameters().get(2),
                pareto ? "beta" : "b",
                flow.parameters().get(3));
    }
}
