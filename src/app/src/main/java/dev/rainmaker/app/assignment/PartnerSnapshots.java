package dev.rainmaker.app.assignment;

import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.assignment.Absence;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Candidates;
import dev.rainmaker.assignment.CompiledPolicy;
import dev.rainmaker.assignment.Holidays;
import dev.rainmaker.assignment.PartnerFacts;
import dev.rainmaker.assignment.PartnerIndex;
import dev.rainmaker.assignment.Standing;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.PartnerAbsence;
import dev.rainmaker.partner.Person;
import dev.rainmaker.training.TrainingRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The partners of each connection as decisions see them, in memory, following the ledger's sequence: rebuilt only where
 * partners changed, re-scored only where scores changed. Also builds the past, for replay.
 */
public final class PartnerSnapshots {

    private final Ledger ledger;
    private final FactLedger facts;
    private final ScoreLedger scores;
    private final Holidays holidays;
    private @Nullable Snapshot latest;
    private long builtAt = -1;

    public PartnerSnapshots(Ledger ledger, FactLedger facts, ScoreLedger scores, Holidays holidays) {
        this.ledger = ledger;
        this.facts = facts;
        this.scores = scores;
        this.holidays = holidays;
    }

    /** The snapshot as of the ledger's head, with the given policy. */
    public synchronized Snapshot current(AssignmentPolicy policy) {
        long head = ledger.sequence();
        Snapshot held = latest;
        if (held == null
                || !held.policy().version().equals(policy.version())
                || facts.changedBetween(kindsRead(policy), held.sequence(), head)) {
            held = build(policy, head);
            builtAt = head;
        } else if (head > held.sequence()) {
            held = scores.changedAfter(held.sequence()) ? rescored(held, head) : held.at(head);
        }
        latest = held;
        return held;
    }

    /** The sequence at which partners or policy last changed in the current snapshot. */
    public synchronized long partnersSince() {
        return builtAt;
    }

    /** The current snapshot's partners under a policy that does not decide, such as a draft. */
    public Snapshot beside(AssignmentPolicy draft, AssignmentPolicy current) {
        Snapshot held = current(current);
        Map<String, View> views = new TreeMap<>();
        held.views().forEach((connection, view) -> views.put(connection, under(draft, view)));
        return new Snapshot(held.sequence(), draft, views, under(draft, held.nobody()));
    }

    private View under(AssignmentPolicy draft, View view) {
        return new View(CompiledPolicy.of(draft, view.policy().index(), holidays), view.candidates());
    }

    /** The snapshot as it was at a sequence. */
    public Snapshot asOf(AssignmentPolicy policy, long sequence) {
        return build(policy, sequence);
    }

    /**
     * The snapshot as it was at a sequence.
     *
     * @param near one of another sequence, null for none; it is taken where nothing changed between the two
     */
    public Snapshot asOf(AssignmentPolicy policy, long sequence, @Nullable Snapshot near) {
        if (near == null || !near.policy().version().equals(policy.version()) || near.sequence() > sequence) {
            return build(policy, sequence);
        }
        if (near.sequence() == sequence) {
            return near;
        }
        long from = near.sequence();
        if (facts.changedBetween(kindsRead(policy), from, sequence)) {
            return build(policy, sequence);
        }
        return scores.changedBetween(from, sequence) ? rescored(near, sequence) : near.at(sequence);
    }

    private Snapshot build(AssignmentPolicy policy, long sequence) {
        Map<String, List<PartnerFacts>> byConnection = new TreeMap<>();
        Map<RecordId, Map<String, Instant>> certificates =
                asksForCertificates(policy) ? certificates(sequence) : Map.of();
        Map<RecordId, List<Absence>> absences = absences(sequence);
        facts.forEachAsOf(
                FactKind.PARTNER,
                sequence,
                Partner.class,
                version -> byConnection
                        .computeIfAbsent(version.fact().id().connection(), name -> new ArrayList<>())
                        .add(new PartnerFacts(
                                version.fact(),
                                version.seq(),
                                certificates.getOrDefault(version.fact().id(), Map.of()),
                                absences.getOrDefault(version.fact().id(), List.of()))));
        Map<RecordId, Standing> standings = standings(sequence);
        Map<String, View> views = new TreeMap<>();
        byConnection.forEach(
                (connection, partners) -> views.put(connection, view(policy, partners, sequence, standings)));
        return new Snapshot(sequence, policy, views, view(policy, List.of(), sequence, standings));
    }

    /** Where no pool asks for a certificate nobody's are read. */
    private static boolean asksForCertificates(AssignmentPolicy policy) {
        return policy.rules().stream()
                .anyMatch(rule -> !rule.pool().certificates().isEmpty());
    }

    /** The kinds of facts that make up the partners as a policy sees them. */
    private static Set<FactKind> kindsRead(AssignmentPolicy policy) {
        return asksForCertificates(policy)
                ? EnumSet.of(FactKind.PARTNER, FactKind.ABSENCE, FactKind.TRAINING, FactKind.PERSON)
                : EnumSet.of(FactKind.PARTNER, FactKind.ABSENCE);
    }

    private Map<RecordId, List<Absence>> absences(long sequence) {
        Map<RecordId, List<Absence>> absences = new HashMap<>();
        facts.forEachAsOf(FactKind.ABSENCE, sequence, PartnerAbsence.class, version -> {
            PartnerAbsence absence = version.fact();
            Instant from = absence.from() == null ? Instant.MIN : absence.from();
            absences.computeIfAbsent(absence.partner(), any -> new ArrayList<>())
                    .add(new Absence(from, absence.until()));
        });
        return absences;
    }

    /** The certificates of each company, with the first instant at which the last of that title has expired. */
    private Map<RecordId, Map<String, Instant>> certificates(long sequence) {
        Map<RecordId, RecordId> companies = new HashMap<>();
        facts.forEachAsOf(FactKind.PERSON, sequence, Person.class, version -> {
            RecordId company = version.fact().company();
            if (company != null) {
                companies.put(version.fact().id(), company);
            }
        });
        Map<RecordId, Map<String, Instant>> held = new HashMap<>();
        facts.forEachAsOf(FactKind.TRAINING, sequence, TrainingRecord.class, version -> {
            TrainingRecord record = version.fact();
            RecordId company = record.partner() != null || record.person() == null
                    ? record.partner()
                    : companies.get(record.person());
            if (record.certification() && company != null) {
                Instant until = record.expiresAt() == null ? Instant.MAX : record.expiresAt();
                held.computeIfAbsent(company, any -> new HashMap<>())
                        .merge(record.title(), until, (a, b) -> a.isAfter(b) ? a : b);
            }
        });
        return held;
    }

    private View view(
            AssignmentPolicy policy, List<PartnerFacts> partners, long sequence, Map<RecordId, Standing> standings) {
        PartnerIndex index = PartnerIndex.of(partners);
        return new View(CompiledPolicy.of(policy, index, holidays), Candidates.of(sequence, index, standings));
    }

    private Snapshot rescored(Snapshot held, long sequence) {
        Map<RecordId, Standing> standings = standings(sequence);
        Map<String, View> views = new TreeMap<>();
        held.views()
                .forEach((connection, view) -> views.put(
                        connection,
                        new View(
                                view.policy(),
                                Candidates.of(sequence, view.policy().index(), standings))));
        return new Snapshot(sequence, held.policy(), views, held.nobody());
    }

    private Map<RecordId, Standing> standings(long sequence) {
        Map<RecordId, Standing> standings = new HashMap<>();
        for (ScoreLedger.StoredScore score : scores.allAsOf(sequence)) {
            standings.put(score.partner(), Standings.of(score));
        }
        return standings;
    }

    /** The policy over the partners of one connection, and their numbers. */
    public record View(CompiledPolicy policy, Candidates candidates) {}

    /**
     * All connections' partners as of one sequence.
     *
     * @param nobody what a connection without partners sees
     */
    public record Snapshot(long sequence, AssignmentPolicy policy, Map<String, View> views, View nobody) {

        /** The partners of a connection. */
        public View of(String connection) {
            return views.getOrDefault(connection, nobody);
        }

        Snapshot at(long later) {
            Map<String, View> moved = new TreeMap<>();
            views.forEach((connection, view) -> moved.put(
                    connection, new View(view.policy(), view.candidates().at(later))));
            return new Snapshot(
                    later,
                    policy,
                    moved,
                    new View(nobody.policy(), nobody.candidates().at(later)));
        }
    }
}
