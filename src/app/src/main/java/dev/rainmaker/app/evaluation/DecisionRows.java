package dev.rainmaker.app.evaluation;

import dev.rainmaker.assignment.evaluation.LoggedDecision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns rows of a log into decisions; what is wrong with one is noted, and the next is read. */
final class DecisionRows {

    private static final int REJECTS_KEPT = 1000;
    private static final Set<String> YES = Set.of("true", "yes", "1");
    private static final Set<String> NO = Set.of("false", "no", "0", "");

    private final List<Row> rows = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final List<DecisionLog.Reject> rejects = new ArrayList<>();
    private final Map<String, Map<String, Integer>> chosen = new HashMap<>();
    private Map<String, Integer> columns = Map.of();
    private List<String> estimateBy = List.of();
    private boolean modelled;
    private int read;
    private int rejected;
    private int impossible;
    private int halfModelled;
    private boolean estimated;

    /** A usable row; its propensity NaN as long as it has to be estimated. */
    private record Row(LoggedDecision decision, String context, String action) {}

    /** Why a row cannot be used. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String reason) {
            super(reason, null, false, false);
        }
    }

    void columns(Map<String, Integer> found, List<String> estimating) {
        columns = found;
        estimateBy = estimating;
        estimated = !estimating.isEmpty();
        modelled = found.containsKey("q_action") && found.containsKey("q_target");
    }

    void add(long line, List<String> record) {
        try {
            rows.add(row(record));
            read++;
        } catch (Unusable why) {
            reject(line, String.valueOf(why.getMessage()));
        }
    }

    void reject(long line, String reason) {
        read++;
        rejected++;
        if (rejects.size() < REJECTS_KEPT) {
            rejects.add(new DecisionLog.Reject(line, reason));
        }
    }

    DecisionLog log(List<String> notes) {
        List<LoggedDecision> decisions = new ArrayList<>(rows.size());
        for (Row row : rows) {
            decisions.add(estimateBy.isEmpty() ? row.decision() : withShare(row));
        }
        return new DecisionLog(decisions, read, rejected, rejects, impossible, halfModelled, estimated, notes);
    }

    private Row row(List<String> record) throws Unusable {
        if (record.size() != columns.size()) {
            throw new Unusable(
                    "the row has " + record.size() + " cells, the header has " + columns.size() + " columns");
        }
        String id = required(record, "decision_id");
        String action = required(record, "action");
        double target = probability(record, "target_propensity");
        double reward = number(record, "reward");
        double propensity = estimateBy.isEmpty() ? propensity(record, target) : 1;
        double qAction = modelled ? optional(record, "q_action") : Double.NaN;
        double qTarget = modelled ? optional(record, "q_target") : Double.NaN;
        boolean wasEstimated = flag(record);
        if (!ids.add(id)) {
            throw new Unusable("decision_id " + shown(id) + " was there before: one row per decision");
        }
        estimated |= wasEstimated;
        boolean both = !Double.isNaN(qAction) && !Double.isNaN(qTarget);
        halfModelled += modelled && !both ? 1 : 0;
        String context = context(record);
        if (!estimateBy.isEmpty()) {
            chosen.computeIfAbsent(context, key -> new HashMap<>()).merge(action, 1, Integer::sum);
        }
        LoggedDecision decision = new LoggedDecision(
                id,
                propensity,
                target,
                reward,
                both ? qAction : Double.NaN,
                both ? qTarget : Double.NaN,
                cluster(record, id),
                true);
        return new Row(decision, context, estimateBy.isEmpty() ? "" : action);
    }

    private double propensity(List<String> record, double target) throws Unusable {
        double value = probability(record, "propensity");
        if (value == 0) {
            impossible += target > 0 ? 1 : 0;
            throw new Unusable("propensity is 0: a choice that was made had some probability");
        }
        return value;
    }

    private LoggedDecision withShare(Row row) {
        Map<String, Integer> counts = chosen.getOrDefault(row.context(), Map.of());
        double all = counts.values().stream().mapToInt(Integer::intValue).sum();
        LoggedDecision given = row.decision();
        return new LoggedDecision(
                given.id(),
                counts.getOrDefault(row.action(), 1) / all,
                given.target(),
                given.reward(),
                given.qAction(),
                given.qTarget(),
                given.cluster(),
                given.mature());
    }

    private String context(List<String> record) {
        if (estimateBy.isEmpty()) {
            return "";
        }
        StringBuilder context = new StringBuilder();
        estimateBy.forEach(column -> context.append(cell(record, column)).append('\u001f'));
        return context.toString();
    }

    private String cluster(List<String> record, String id) {
        String cluster = columns.containsKey("cluster") ? cell(record, "cluster") : "";
        // A row without a cluster is one of its own, whatever the others are called.
        return cluster.isEmpty() ? columns.containsKey("cluster") ? "\u001f" + id : id : cluster;
    }

    private boolean flag(List<String> record) throws Unusable {
        if (!columns.containsKey("propensity_estimated")) {
            return false;
        }
        String text = cell(record, "propensity_estimated").toLowerCase(Locale.ROOT);
        if (!YES.contains(text) && !NO.contains(text)) {
            throw new Unusable("propensity_estimated must be true or false, not " + shown(text));
        }
        return YES.contains(text);
    }

    private String required(List<String> record, String column) throws Unusable {
        String text = cell(record, column);
        if (text.isEmpty()) {
            throw new Unusable(column + " is empty");
        }
        return text;
    }

    private double optional(List<String> record, String column) throws Unusable {
        return cell(record, column).isEmpty() ? Double.NaN : number(record, column);
    }

    private double probability(List<String> record, String column) throws Unusable {
        double value = number(record, column);
        if (!(value >= 0 && value <= 1)) {
            throw new Unusable(column + " must lie in 0..1, not " + shown(cell(record, column)));
        }
        return value;
    }

    private double number(List<String> record, String column) throws Unusable {
        return parsed(column, required(record, column));
    }

    /** A plain decimal number: no comma, hexadecimal, NaN or infinity. */
    private static double parsed(String column, String text) throws Unusable {
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if ((letter < '0' || letter > '9') && "+-.eE".indexOf(letter) < 0) {
                throw new Unusable(column + " must be a number, not " + shown(text));
            }
        }
        try {
            double value = Double.parseDouble(text);
            if (Double.isInfinite(value)) {
                throw new Unusable(column + " is too large: " + shown(text));
            }
            return value;
        } catch (NumberFormatException wrong) {
            throw new Unusable(column + " must be a number, not " + shown(text));
        }
    }

    private String cell(List<String> record, String column) {
        @Nullable Integer at = columns.get(column);
        return at == null ? "" : record.get(at).strip();
    }

    private static String shown(String text) {
        return '"' + (text.length() <= 40 ? text : text.substring(0, 40) + "...") + '"';
    }
}
