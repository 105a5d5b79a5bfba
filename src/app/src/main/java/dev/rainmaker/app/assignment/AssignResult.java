package dev.rainmaker.app.assignment;

import java.util.Map;
import java.util.TreeMap;

/** What a round of assignments did: leads assigned, offered, unassigned by reason, and those a person had assigned. */
public record AssignResult(long assigned, long offered, Map<String, Long> unassigned, long human, long unchanged) {

    public static final AssignResult NOTHING = new AssignResult(0, 0, Map.of(), 0, 0);

    public AssignResult plus(AssignResult other) {
        Map<String, Long> reasons = new TreeMap<>(unassigned);
        other.unassigned.forEach((reason, leads) -> reasons.merge(reason, leads, Long::sum));
        return new AssignResult(
                assigned + other.assigned,
                offered + other.offered,
                reasons,
                human + other.human,
                unchanged + other.unchanged);
    }
}
