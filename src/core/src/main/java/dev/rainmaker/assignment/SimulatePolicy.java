package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs a draft policy over past leads: who would get what, what changes against what really happened. Partners and their
 * numbers are those of today, offers are not claimed, and assigned leads count as open for a stated time.
 */
public final class SimulatePolicy {

    private final CompiledPolicy compiled;
    private final Candidates candidates;
    private final Duration openFor;
    private final Map<RecordId, Deque<Instant>> given = new HashMap<>();
    private final Map<String, Rotation> rotations = new HashMap<>();

    private SimulatePolicy(CompiledPolicy compiled, Candidates candidates, Duration openFor) {
        this.compiled = compiled;
        this.candidates = candidates;
        this.openFor = openFor;
    }

    /**
     * @param at when it was to be assigned
     * @param actual who got it, null for nobody
     */
    public record PastLead(
            LeadFacts lead, Instant at, @Nullable RecordId actual) {}

    /** @param changed whether it would go elsewhere than it did */
    public record Line(PastLead past, Decision decision, boolean changed) {}

    /**
     * @param lines in the order of time
     * @param load leads per partner under the draft
     * @param loadBefore leads per partner as it was
     * @param unassigned leads per reason
     * @param gini inequality of the load over the partners that the policy could ever choose: 0 all alike, towards 1 one has all
     */
    public record Result(
            List<Line> lines,
            int assigned,
            int offered,
            int changed,
            SortedMap<RecordId, Integer> load,
            SortedMap<RecordId, Integer> loadBefore,
            SortedMap<String, Integer> unassigned,
            double gini) {}

    /** @param openFor how long an assigned lead counts against its partner's open leads */
    public static Result run(CompiledPolicy draft, Candidates candidates, List<PastLead> leads, Duration openFor) {
        return new SimulatePolicy(draft, candidates, openFor).run(leads);
    }

    private Result run(List<PastLead> leads) {
        List<PastLead> inOrder = leads.stream()
                .sorted(Comparator.comparing(PastLead::at)
                        .thenComparing(past -> past.lead().lead().id()))
                .toList();
        List<Line> lines = new ArrayList<>();
        SortedMap<RecordId, Integer> load = new TreeMap<>();
        SortedMap<RecordId, Integer> before = new TreeMap<>();
        SortedMap<String, Integer> unassigned = new TreeMap<>();
        int offered = 0;
        int changed = 0;
        for (PastLead past : inOrder) {
            Decision decision = decide(past);
            RecordId partner = null;
            if (decision instanceof Decision.Assigned assigned) {
                partner = assigned.partner();
                load.merge(partner, 1, Integer::sum);
                given.computeIfAbsent(partner, id -> new ArrayDeque<>()).addLast(past.at());
            } else if (decision instanceof Decision.Unassigned none) {
                unassigned.merge(none.reason(), 1, Integer::sum);
            } else {
                offered++;
            }
            decision.rotation()
                    .ifPresent(change -> rotations.merge(
                            change.name(), Rotation.NEW.after(change), (old, ignored) -> old.after(change)));
            if (past.actual() != null) {
                before.merge(past.actual(), 1, Integer::sum);
            }
            boolean differs = !Objects.equals(partner, past.actual());
            changed += differs ? 1 : 0;
            lines.add(new Line(past, decision, differs));
        }
        int assigned = load.values().stream().mapToInt(Integer::intValue).sum();
        return new Result(lines, assigned, offered, changed, load, before, unassigned, gini(load));
    }

    private Decision decide(PastLead past) {
        Map<RecordId, Load> loads = new HashMap<>();
        given.forEach((partner, instants) -> loads.put(partner, load(instants, past.at())));
        return AssignLead.decide(compiled, past.lead(), candidates, new Counters(loads, rotations), past.at());
    }

    private Load load(Deque<Instant> instants, Instant now) {
        ZoneId zone = compiled.policy().zone();
        Instant month = Window.MONTH.start(now, zone);
        while (!instants.isEmpty()
                && instants.peekFirst().isBefore(month)
                && !instants.peekFirst().plus(openFor).isAfter(now)
                && instants.size() > 1) {
            instants.removeFirst();
        }
        int open = 0;
        Map<Window, Integer> counts = new EnumMap<>(Window.class);
        Map<Window, Instant> starts = new EnumMap<>(Window.class);
        for (Window window : Window.values()) {
            starts.put(window, window.start(now, zone));
        }
        for (Instant instant : instants) {
            open += instant.plus(openFor).isAfter(now) ? 1 : 0;
            starts.forEach((window, start) -> {
                if (!instant.isBefore(start)) {
                    counts.merge(window, 1, Integer::sum);
                }
            });
        }
        return new Load(open, counts, instants.peekLast());
    }

    private double gini(Map<RecordId, Integer> load) {
        BitSet reachable = new BitSet();
        for (int i = 0; i < compiled.policy().rules().size(); i++) {
            reachable.or(compiled.pool(i).base());
        }
        double[] loads = reachable.stream()
                .mapToDouble(ordinal ->
                        load.getOrDefault(compiled.index().partner(ordinal).id(), 0))
                .sorted()
                .toArray();
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < loads.length; i++) {
            sum += loads[i];
            weighted += (i + 1) * loads[i];
        }
        return sum == 0 ? 0 : (2 * weighted / sum - loads.length - 1) / loads.length;
    }
}
