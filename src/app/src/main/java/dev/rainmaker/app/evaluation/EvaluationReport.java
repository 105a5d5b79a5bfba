package dev.rainmaker.app.evaluation;

import dev.rainmaker.assignment.evaluation.Evaluation;
import dev.rainmaker.assignment.evaluation.Evaluation.Estimate;
import dev.rainmaker.assignment.evaluation.Evaluation.Verdict;
import dev.rainmaker.assignment.evaluation.EvaluationRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an evaluation says, for programs and for people. A number that cannot be computed is null, never NaN. */
public final class EvaluationReport {

    private final DecisionLog log;
    private final EvaluationRules rules;
    private final @Nullable Evaluation found;

    private EvaluationReport(DecisionLog log, EvaluationRules rules) {
        this.log = log;
        this.rules = rules;
        this.found = log.evaluate(rules).orElse(null);
    }

    public static EvaluationReport of(DecisionLog log, EvaluationRules rules) {
        return new EvaluationReport(log, rules);
    }

    public Verdict verdict() {
        return found == null ? Verdict.REFUSED : found.verdict();
    }

    /** Refusals first, then what to keep in mind. */
    public List<String> reasons() {
        if (found == null) {
            return List.of(log.rows() == 0 ? "the log has no decision" : "no row of the log can be used");
        }
        List<String> reasons = new ArrayList<>(found.reasons());
        if (log.halfModelled() > 0) {
            reasons.add("no doubly robust estimate: q_action or q_target is missing in " + log.halfModelled() + " of "
                    + found.n() + " rows");
        }
        return reasons;
    }

    /** The members that scripts rely on first, then further ones. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("ips", found == null ? null : members(found.ips()));
        members.put("snips", found == null ? null : members(found.snips()));
        members.put("dr", found == null || found.dr() == null ? null : members(found.dr()));
        members.put("n", found == null ? 0 : found.n());
        members.put("ess", found == null ? number(0) : number(found.ess()));
        members.put("clipped", found == null ? 0 : found.clipped());
        members.put("verdict", verdict().word());
        members.put("reasons", reasons());
        members.put("logged", found == null ? null : number(found.logged()));
        members.put("difference", found == null ? null : members(found.difference()));
        members.put("clip", rules.clip());
        members.put("clippedIps", found == null ? null : number(found.clippedIps()));
        members.put("clippedSnips", found == null ? null : number(found.clippedSnips()));
        members.put("propensities", estimated() ? "estimated" : "logged");
        members.put("rejected", log.rejected());
        members.put("rejects", log.rejects());
        return members;
    }

    private boolean estimated() {
        return log.estimated() || rules.estimatedPropensities();
    }

    /** One row per estimate. */
    public String csv() {
        return "estimate,value,se,lower95,upper95\n"
                + estimates().entrySet().stream()
                        .map(each -> each.getKey() + "," + cells(each.getValue()))
                        .collect(Collectors.joining());
    }

    private static String cells(Estimate estimate) {
        return members(estimate).values().stream()
                        .map(value -> value == null ? "" : value.toString())
                        .collect(Collectors.joining(","))
                + "\n";
    }

    private Map<String, Estimate> estimates() {
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        if (found != null) {
            estimates.put("ips", found.ips());
            estimates.put("snips", found.snips());
            if (found.dr() != null) {
                estimates.put("dr", found.dr());
            }
            estimates.put("difference", found.difference());
        }
        return estimates;
    }

    /** The lines in one text. */
    public String text() {
        return String.join("\n", lines());
    }

    /** For a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (found != null) {
            lines.add(text("logged policy   %s per decision, %,d decisions", shown(found.logged()), found.n()));
            Map<String, String> words =
                    Map.of("ips", "IPS", "snips", "SNIPS", "dr", "doubly robust", "difference", "difference");
            estimates()
                    .forEach((name, each) -> lines.add(text(
                            "%-15s %s  (se %s, 95 %% between %s and %s)",
                            words.get(name),
                            shown(each.value()),
                            shown(each.se()),
                            shown(each.lower95()),
                            shown(each.upper95()))));
            lines.add(text(
                    "clipped at %s   IPS %s, SNIPS %s; %,d weights were cut",
                    shown(rules.clip()), shown(found.clippedIps()), shown(found.clippedSnips()), found.clipped()));
            lines.add(text("effective sample size %.1f of %,d", found.ess(), found.n()));
        }
        lines.add("propensities " + (estimated() ? "estimated afterwards" : "as logged"));
        lines.add("verdict: " + verdict().word());
        reasons().forEach(reason -> lines.add("  " + reason));
        return lines;
    }

    private static Map<String, @Nullable Object> members(Estimate estimate) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("value", number(estimate.value()));
        members.put("se", number(estimate.se()));
        members.put("lower95", number(estimate.lower95()));
        members.put("upper95", number(estimate.upper95()));
        return members;
    }

    private static @Nullable Object number(double value) {
        return Double.isFinite(value) ? (Object) value : null;
    }

    private static String shown(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        double size = Math.abs(value);
        return size != 0 && (size < 1e-3 || size >= 1e9) ? text("%.3e", value) : text("%.4f", value);
    }

    private static String text(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
