package dev.rainmaker.app.draft;

import dev.rainmaker.app.assignment.PartnerSnapshots;
import dev.rainmaker.assignment.Decision;
import dev.rainmaker.assignment.SimulatePolicy;
import dev.rainmaker.assignment.SimulatePolicy.PastLead;
import dev.rainmaker.fact.RecordId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs two policies over the same leads, connection by connection. */
final class CompareDraft {

    /** How long an assigned lead counts against its partner's open leads. */
    private static final Duration OPEN_FOR = Duration.ofDays(30);

    private final PartnerSnapshots.Snapshot draft;
    private final PartnerSnapshots.Snapshot published;
    private final List<PastLead> leads;

    CompareDraft(PartnerSnapshots.Snapshot draft, PartnerSnapshots.Snapshot published, List<PastLead> leads) {
        this.draft = draft;
        this.published = published;
        this.leads = leads;
    }

    Comparison run(Instant since, boolean truncated) {
        Map<String, List<PastLead>> byConnection = new TreeMap<>();
        leads.forEach(lead -> byConnection
                .computeIfAbsent(lead.lead().lead().id().connection(), name -> new ArrayList<>())
                .add(lead));
        Tally drafted = new Tally();
        Tally current = new Tally();
        byConnection.forEach((connection, each) -> {
            drafted.add(run(draft.of(connection), each));
            current.add(run(published.of(connection), each));
        });
        List<Comparison.Line> lines = new ArrayList<>();
        for (PastLead lead : leads) {
            RecordId id = lead.lead().lead().id();
            lines.add(Comparison.Line.of(lead, drafted.outcome(id), current.outcome(id)));
        }
        int changed = (int) lines.stream().filter(Comparison.Line::changed).count();
        return new Comparison(
                since,
                leads.size(),
                truncated,
                changed,
                drafted.totals(),
                current.totals(),
                loads(drafted, current),
                lines);
    }

    private static SimulatePolicy.Result run(PartnerSnapshots.View view, List<PastLead> each) {
        return SimulatePolicy.run(view.policy(), view.candidates(), each, OPEN_FOR);
    }

    private List<Comparison.PartnerLoad> loads(Tally drafted, Tally current) {
        Map<RecordId, String> names = new HashMap<>();
        draft.views().values().forEach(view -> {
            for (int i = 0; i < view.policy().index().size(); i++) {
                var partner = view.policy().index().partner(i);
                names.put(partner.id(), partner.partner().name());
            }
        });
        TreeSet<RecordId> partners = new TreeSet<>(drafted.load.keySet());
        partners.addAll(current.load.keySet());
        partners.addAll(current.actual.keySet());
        return partners.stream()
                .map(partner -> new Comparison.PartnerLoad(
                        partner,
                        names.getOrDefault(partner, partner.toString()),
                        drafted.load.getOrDefault(partner, 0),
                        current.load.getOrDefault(partner, 0),
                        current.actual.getOrDefault(partner, 0)))
                .sorted(Comparator.comparingInt(Comparison.PartnerLoad::draft)
                        .reversed()
                        .thenComparing(Comparison.PartnerLoad::name))
                .toList();
    }

    /** Results of all connections under one policy. */
    private static final class Tally {
        private final Map<RecordId, Comparison.Outcome> outcomes = new LinkedHashMap<>();
        private final SortedMap<RecordId, Integer> load = new TreeMap<>();
        private final SortedMap<RecordId, Integer> actual = new TreeMap<>();
        private final SortedMap<String, Integer> unassigned = new TreeMap<>();
        private int assigned;
        private int offered;
        private double gini;

        void add(SimulatePolicy.Result result) {
            result.lines()
                    .forEach(line -> outcomes.put(line.past().lead().lead().id(), outcomeOf(line.decision())));
            result.load().forEach((partner, count) -> load.merge(partner, count, Integer::sum));
            result.loadBefore().forEach((partner, count) -> actual.merge(partner, count, Integer::sum));
            result.unassigned().forEach((reason, count) -> unassigned.merge(reason, count, Integer::sum));
            gini = Math.max(gini, result.gini());
            assigned += result.assigned();
            offered += result.offered();
        }

        Comparison.Outcome outcome(RecordId lead) {
            return outcomes.getOrDefault(lead, new Comparison.Outcome("unassigned", null, null, "not tried"));
        }

        Comparison.Totals totals() {
            return new Comparison.Totals(assigned, offered, unassigned, gini);
        }

        private static Comparison.Outcome outcomeOf(Decision decision) {
            String why = decision.receipt().shortText();
            if (decision instanceof Decision.Assigned to) {
                return new Comparison.Outcome("assigned", to.partner(), to.rule(), why);
            }
            if (decision instanceof Decision.Offered to) {
                return new Comparison.Outcome("offered", null, to.rule(), why);
            }
            return new Comparison.Outcome("unassigned", null, null, ((Decision.Unassigned) decision).reason());
        }
    }
}
