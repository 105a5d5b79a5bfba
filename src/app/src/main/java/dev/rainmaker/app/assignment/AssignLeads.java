package dev.rainmaker.app.assignment;

import dev.rainmaker.app.crash.CrashPoint;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.LeadQueue;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.LifeLedger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.RotationLedger;
import dev.rainmaker.app.ledger.RoundLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.ledger.Versioned;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.assignment.Window;
import dev.rainmaker.assignment.life.LeadLife;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.lead.LeadMerge;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides the leads that wait, in order of their ids. Each round is one transaction: decisions with receipts, outbox,
 * rotations, and the leads taken off the queue. Only one round of a tenant runs at a time, on whatever instance.
 */
public final class AssignLeads {

    /** Leads per transaction: large enough to make the transaction's own cost small, small enough to lose little. */
    private static final int ROUND = 500;

    /** Reasons that end without any fact changing: a period's end, a partner that is back, opening hours, an ended lead. */
    private static final Set<String> ENDED_BY_TIME = Set.of("capacity-exhausted", "all-absent", "all-closed");

    private static final Duration RETRY = Duration.ofMinutes(5);

    /** Decisions stored at once, while the next ones are made. */
    private static final int PART = 100;

    private final Ledger ledger;
    private final FactLedger facts;
    private final DecisionLedger decisions;
    private final OutboxLedger outbox;
    private final LeadQueue queue;
    private final RotationLedger rotations;
    private final RoundLedger rounds;
    private final PartnerSnapshots snapshots;
    private final CustomerDirectory customers;
    private final List<ClaimSource> claims;
    private final Supplier<AssignmentPolicy> policy;
    private final CrmState crm;
    private final LifeLedger lives;
    private final LeadLives leadLives;
    private long retriedAt;
    private @Nullable Instant timedRetryAt;
    private @Nullable CountersSeen countersSeen;
    private RoundCounters.@Nullable Base base;

    /**
     * @param claims who knows what partners hold on customers, in any order
     * @param policy the published policy
     * @param leadStream the stream that takes assignments, by connection; null where a connection takes none
     */
    public AssignLeads(
            Ledger ledger,
            FactLedger facts,
            DecisionLedger decisions,
            OutboxLedger outbox,
            PartnerSnapshots snapshots,
            CustomerDirectory customers,
            List<ClaimSource> claims,
            Supplier<AssignmentPolicy> policy,
            Function<String, @Nullable String> leadStream) {
        this.ledger = ledger;
        this.facts = facts;
        this.decisions = decisions;
        this.outbox = outbox;
        this.queue = new LeadQueue(ledger);
        this.rotations = new RotationLedger(ledger);
        this.rounds = new RoundLedger(ledger);
        this.snapshots = snapshots;
        this.customers = customers;
        this.claims = List.copyOf(claims);
        this.policy = policy;
        this.crm = new CrmState(leadStream);
        this.lives = new LifeLedger(ledger);
        this.leadLives = new LeadLives(ledger, facts, decisions, outbox, policy, leadStream);
    }

    /** Decides every lead that waits now. */
    public synchronized AssignResult assign(Instant now, Progress progress) {
        AssignResult result = AssignResult.NOTHING;
        long waiting = queue.waiting();
        long done = 0;
        PartnerSnapshots.Snapshot snapshot = snapshots.current(policy.get());
        if (snapshots.partnersSince() > retriedAt) {
            retriedAt = snapshots.partnersSince();
            leadLives.partnersLeft();
            queue.retryUnassigned(retriedAt);
        }
        Instant last = timedRetryAt;
        if (last == null || !now.isBefore(last.plus(RETRY))) {
            timedRetryAt = now;
            queue.retryUnassigned(snapshot.sequence(), ENDED_BY_TIME);
        }
        while (true) {
            PartnerSnapshots.Snapshot seen = snapshot;
            @Nullable Round round = ledger.transaction(() -> round(seen, now));
            if (round == null) {
                return result;
            }
            countersSeen = round.counters();
            base = round.base();
            CrashPoint.DECISION_COMMITTED.reached();
            result = result.plus(round.result());
            done += round.leads();
            progress.at("assign", done, Math.max(done, waiting), 0);
            snapshot = snapshots.current(policy.get());
        }
    }

    private @Nullable Round round(PartnerSnapshots.Snapshot snapshot, Instant now) {
        long version = rotations.lock();
        List<RecordId> leads = queue.next(ROUND, snapshot.sequence());
        if (leads.isEmpty()) {
            return null;
        }
        Map<RecordId, Versioned<Lead>> held = facts.findAllAsOf(FactKind.LEAD, leads, snapshot.sequence(), Lead.class);
        Map<RecordId, StoredDecision> current = new LinkedHashMap<>();
        Map<RecordId, LeadLife> standing = new LinkedHashMap<>();
        byConnection(leads).forEach((connection, ids) -> {
            standing.putAll(lives.find(connection, ids));
            current.putAll(decisions.current(connection, ids));
        });
        CountersSeen seen = countersSeen;
        ZoneId zone = snapshot.policy().zone();
        Counters before = seen != null
                        && seen.version() == version
                        && seen.sameWindows(now, zone)
                        && !rotations.moved(seen.sequence())
                ? seen.counters()
                : rotations.counters(now, zone);
        RoundCounters kept = new RoundCounters(rounds, before, base);
        List<Prospect> prospects = customers.match(List.copyOf(held.values()), snapshot.sequence());
        DecideRound decide = new DecideRound(
                kept::open,
                snapshot,
                before,
                now,
                crm,
                decisions,
                prospects.stream().collect(Collectors.toMap(Prospect::id, Function.identity())),
                claims.stream().map(source -> source.open(prospects)).toList());
        List<Runnable> overrides = new ArrayList<>();
        Map<RecordId, RecordId> merged =
                merged(leads.stream().filter(id -> !held.containsKey(id)).toList(), snapshot.sequence());
        List<RecordId> remaining = new ArrayList<>();
        ledger.alongside(background -> {
            for (RecordId id : leads) {
                Versioned<Lead> lead = held.get(id);
                if (lead != null) {
                    decide.consider(
                            lead,
                            current.get(id),
                            standing.get(id),
                            (chosen, why) -> overrides.add(() -> decisions.override(id, chosen, why)));
                } else {
                    RecordId into = merged.get(id);
                    decide.gone(current.get(id), standing.get(id), into);
                    if (into != null) {
                        remaining.add(into);
                    }
                }
                if (decide.undrained() == PART) {
                    DecideRound.Part part = decide.drain();
                    background.run(() -> store(part));
                }
            }
        });
        overrides.forEach(Runnable::run);
        store(decide.drain());
        rotations.store(decide.changedRotations());
        queue.done(leads, snapshot.sequence());
        remaining.stream().filter(id -> !leads.contains(id)).forEach(queue::add); // it may have no partner yet
        long after = rotations.changed();
        return new Round(
                leads.size(),
                decide.result(),
                overrides.isEmpty() && !decide.replaced()
                        ? new CountersSeen(after, snapshot.sequence(), now, decide.counters())
                        : null,
                kept.base());
    }

    /** Of leads that are gone: what they were merged into. */
    private Map<RecordId, RecordId> merged(List<RecordId> gone, long sequence) {
        Map<RecordId, RecordId> merged = new LinkedHashMap<>();
        facts.findAllAsOf(FactKind.LEAD_MERGE, gone, sequence, LeadMerge.class)
                .forEach((id, merge) -> merged.put(id, merge.fact().into()));
        return merged;
    }

    private void store(DecideRound.Part part) {
        decisions.add(part.decisions());
        lives.store(part.lives());
        lives.note(part.notes());
        outbox.add(part.writes());
    }

    private static Map<String, List<String>> byConnection(List<RecordId> ids) {
        Map<String, List<String>> grouped = new LinkedHashMap<>();
        ids.forEach(id -> grouped.computeIfAbsent(id.connection(), name -> new ArrayList<>())
                .add(id.id()));
        return grouped;
    }

    private record Round(
            int leads, AssignResult result, @Nullable CountersSeen counters, RoundCounters.@Nullable Base base) {}

    /**
     * The counters after this instance's last round; true as long as nobody else decided, no lead that counts opened or
     * closed, and no window of a capacity rolled over.
     *
     * @param sequence up to which leads that opened or closed are in them
     */
    private record CountersSeen(long version, long sequence, Instant at, Counters counters) {

        boolean sameWindows(Instant now, ZoneId zone) {
            return !now.isBefore(at)
                    && Arrays.stream(Window.values())
                            .allMatch(window -> window.start(at, zone).equals(window.start(now, zone)));
        }
    }
}
