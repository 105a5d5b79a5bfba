package dev.rainmaker.app.assignment;

import dev.rainmaker.app.ledger.OutboxEntry;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.ledger.Versioned;
import dev.rainmaker.assignment.AssignLead;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.assignment.Decision;
import dev.rainmaker.assignment.LeadFacts;
import dev.rainmaker.assignment.NamedClaim;
import dev.rainmaker.assignment.Rotation;
import dev.rainmaker.assignment.Standing;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The decisions of one round, one lead after the other, each seeing what the ones before it did to the counters. */
final class DecideRound {

    private final LongSupplier opensRound;
    private long round;
    private final PartnerSnapshots.Snapshot snapshot;
    private final Instant now;
    private final Function<String, @Nullable String> leadStream;
    private final OwnDecisions ours;
    private final Map<RecordId, Prospect> prospects;
    private final List<ClaimSource.Claims> claims;
    private final List<StoredDecision> decisions = new ArrayList<>();
    private final List<OutboxEntry> writes = new ArrayList<>();
    private final Map<String, Rotation> changedRotations = new TreeMap<>();
    private Counters counters;
    private long assigned;
    private long offered;
    private final Map<String, Long> unassigned = new TreeMap<>();
    private long human;
    private long unchanged;

    /** Whether a decision of ours, by its id, gave a lead to a partner. */
    interface OwnDecisions {
        boolean gave(String decision, RecordId lead, RecordId partner);
    }

    DecideRound(
            LongSupplier opensRound,
            PartnerSnapshots.Snapshot snapshot,
            Counters counters,
            Instant now,
            Function<String, @Nullable String> leadStream,
            OwnDecisions ours,
            Map<RecordId, Prospect> prospects,
            List<ClaimSource.Claims> claims) {
        this.prospects = prospects;
        this.claims = claims;
        this.ours = ours;
        this.opensRound = opensRound;
        this.snapshot = snapshot;
        this.counters = counters;
        this.now = now;
        this.leadStream = leadStream;
    }

    /**
     * Looks at one lead and decides it if it is ours to decide.
     *
     * @param override told where a person chose otherwise than the current decision: the partner (or null) and why
     */
    void consider(
            Versioned<Lead> version,
            @Nullable StoredDecision current,
            BiConsumer<@Nullable RecordId, String> override) {
        Lead lead = version.fact();
        RecordId shown = lead.assignedPartner();
        if (current == null) {
            if (!lead.open() || lead.converted()) {
                unchanged++;
            } else if (shown != null) {
                human++; // somebody assigned it before us
            } else {
                decide(version, 0, 1, null);
            }
            return;
        }
        switch (current.outcome()) {
            case "assigned" -> {
                if (shown == null || shown.equals(current.partner()) || ourEarlierWrite(lead, shown, current)) {
                    unchanged++; // not written yet, or our own write coming back
                } else {
                    override.accept(
                            shown,
                            "a person chose another partner in " + lead.id().connection());
                    human++;
                }
            }
            case "unassigned" -> {
                if (shown != null) {
                    override.accept(
                            shown, "a person chose a partner in " + lead.id().connection());
                    human++;
                } else if (!lead.open() || lead.converted()) {
                    unchanged++;
                } else {
                    decide(version, 0, current.version() + 1, current);
                }
            }
            case "overridden" -> {
                if (shown != null && !shown.equals(current.partner()) && !ourEarlierWrite(lead, shown, current)) {
                    override.accept(
                            shown, "a person chose again in " + lead.id().connection());
                    human++;
                } else {
                    unchanged++;
                }
            }
            default -> unchanged++;
        }
    }

    /** A person changes the partner alone: the decision beside it is then still ours, but gave the lead to another. */
    private boolean ourEarlierWrite(Lead lead, RecordId shown, StoredDecision current) {
        String by = lead.assignedDecision();
        return by != null && !by.equals(current.id()) && ours.gave(by, lead.id(), shown);
    }

    private void decide(Versioned<Lead> version, int attempt, int number, @Nullable StoredDecision earlier) {
        Lead lead = version.fact();
        PartnerSnapshots.View view = snapshot.of(lead.id().connection());
        LeadFacts facts = facts(version, attempt);
        Decision decision = AssignLead.decide(view.policy(), facts, view.candidates(), counters, now);
        if (decision instanceof Decision.Unassigned none
                && earlier != null
                && earlier.reason().equals(none.reason())) {
            unchanged++; // still nobody, for the same reason: no news
            return;
        }
        store(facts, view, decision, number);
        Counters next = counters.after(decision, now);
        decision.rotation()
                .ifPresent(change ->
                        changedRotations.put(change.name(), next.rotations().get(change.name())));
        counters = next;
    }

    private LeadFacts facts(Versioned<Lead> version, int attempt) {
        Lead lead = version.fact();
        Prospect prospect = prospects.get(lead.id());
        if (prospect == null) {
            return new LeadFacts(lead, version.seq(), null, List.of(), Set.of(), attempt);
        }
        List<NamedClaim> held =
                claims.stream().flatMap(source -> source.of(prospect).stream()).toList();
        return new LeadFacts(lead, version.seq(), prospect.customer(), prospect.match(), held, Set.of(), attempt);
    }

    private void store(LeadFacts facts, PartnerSnapshots.View view, Decision decision, int number) {
        Lead lead = facts.lead();
        String id = lead.id().id() + "-" + number;
        String outcome;
        RecordId partner = null;
        String reason;
        if (decision instanceof Decision.Assigned to) {
            outcome = "assigned";
            partner = to.partner();
            reason = to.rule();
            assigned++;
            write(lead, id, to, view);
            Prospect prospect = prospects.get(lead.id());
            if (prospect != null) {
                claims.forEach(source -> source.given(prospect, to.partner()));
            }
        } else if (decision instanceof Decision.Offered to) {
            outcome = "offered";
            reason = to.rule();
            offered++;
        } else if (decision instanceof Decision.Unassigned none) {
            outcome = "unassigned";
            reason = none.reason();
            unassigned.merge(reason, 1L, Long::sum);
        } else {
            throw new IllegalStateException("unknown decision " + decision.getClass());
        }
        if (decisions.isEmpty()) {
            round = opensRound.getAsLong();
        }
        decisions.add(new StoredDecision(
                id,
                round,
                lead.id(),
                number,
                outcome,
                partner,
                reason,
                decision.receipt().shortText(),
                snapshot.policy().version(),
                partner == null ? null : standing(view, partner).version(),
                snapshot.sequence(),
                decision.receipt().propensity().orElse(null),
                now,
                DecisionInputs.of(facts, decisions.size(), decision).json(),
                decision.receipt().json()));
    }

    private void write(Lead lead, String id, Decision.Assigned to, PartnerSnapshots.View view) {
        String stream = leadStream.apply(lead.id().connection());
        if (stream == null) {
            return;
        }
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("partner", to.partner().toString());
        fields.put("reason", to.receipt().shortText());
        BigDecimal score = standing(view, to.partner()).score();
        fields.put("plvScore", score);
        fields.put("assignedAt", now.toString());
        fields.put("decisionId", id);
        Map<String, @Nullable Object> seen = new HashMap<>();
        seen.put(
                "partner",
                lead.assignedPartner() == null ? null : lead.assignedPartner().toString());
        writes.add(OutboxEntry.of(lead.id(), stream, "assignment", id, fields, seen));
    }

    private static Standing standing(PartnerSnapshots.View view, RecordId partner) {
        return view.candidates().standing(view.policy().index().ordinal(partner).orElseThrow());
    }

    List<StoredDecision> decisions() {
        return decisions;
    }

    List<OutboxEntry> writes() {
        return writes;
    }

    Map<String, Rotation> changedRotations() {
        return changedRotations;
    }

    /** The counters after the round. */
    Counters counters() {
        return counters;
    }

    AssignResult result() {
        return new AssignResult(assigned, offered, unassigned, human, unchanged);
    }
}
