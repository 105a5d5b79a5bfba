package dev.rainmaker.app.assignment;

import dev.rainmaker.account.Account;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.PolicyLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.ledger.Versioned;
import dev.rainmaker.assignment.AssignLead;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Counterfactual;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.assignment.Decision;
import dev.rainmaker.assignment.LeadFacts;
import dev.rainmaker.assignment.Seed;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes a stored decision again from the facts, scores, counters and policy as they were, and compares the bytes. */
public final class Replay {

    private final FactLedger facts;
    private final DecisionLedger decisions;
    private final PolicyLedger policies;
    private final PartnerSnapshots snapshots;
    private final Function<PolicyLedger.PolicyVersion, AssignmentPolicy> parse;

    /** @param parse reads a stored policy text */
    public Replay(
            FactLedger facts,
            DecisionLedger decisions,
            PolicyLedger policies,
            PartnerSnapshots snapshots,
            Function<PolicyLedger.PolicyVersion, AssignmentPolicy> parse) {
        this.facts = facts;
        this.decisions = decisions;
        this.policies = policies;
        this.snapshots = snapshots;
        this.parse = parse;
    }

    /**
     * @param same whether the receipt made again equals the stored one to the byte
     * @param otherwise answers what would have had to be different
     */
    public record Replayed(Decision decision, boolean same, Counterfactual otherwise) {}

    /**
     * Decides again.
     *
     * @throws IllegalStateException if the ledger no longer has what the decision was made of, saying what
     */
    public Replayed replay(StoredDecision stored) {
        PolicyLedger.PolicyVersion version = policies.find("assignment", stored.policyVersion())
                .orElseThrow(() -> new IllegalStateException(
                        "the ledger has no policy version " + stored.policyVersion() + " any more"));
        Versioned<Lead> lead = facts.findAllAsOf(
                        FactKind.LEAD,
                        stored.lead().connection(),
                        List.of(stored.lead().id()),
                        stored.factsSeq(),
                        Lead.class)
                .get(stored.lead());
        if (lead == null) {
            throw new IllegalStateException(
                    "the ledger has no lead " + stored.lead() + " as of sequence " + stored.factsSeq());
        }
        PartnerSnapshots.View view = snapshots
                .asOf(parse.apply(version), stored.factsSeq())
                .of(stored.lead().connection());
        DecisionInputs inputs = DecisionInputs.read(stored.inputs());
        LeadFacts leadFacts = seen(lead, stored, inputs);
        Counters counters = countersSeen(stored, inputs);
        Decision decision =
                AssignLead.decide(view.policy(), leadFacts, view.candidates(), counters, stored.decidedAt());
        Seed seed = decision.receipt().seed();
        return new Replayed(
                decision,
                decision.receipt().json().equals(stored.receipt()),
                new Counterfactual(view.policy(), leadFacts, view.candidates(), counters, seed, stored.decidedAt()));
    }

    private LeadFacts seen(Versioned<Lead> lead, StoredDecision stored, DecisionInputs inputs) {
        RecordId customer = inputs.customer();
        Account account = customer == null
                ? null
                : facts.findAsOf(FactKind.ACCOUNT, customer, stored.factsSeq(), Account.class)
                        .orElseThrow(() -> new IllegalStateException(
                                "the ledger has no account " + customer + " as of sequence " + stored.factsSeq()));
        return new LeadFacts(
                lead.fact(), lead.seq(), account, inputs.match(), inputs.claims(), inputs.declined(), inputs.attempt());
    }

    /** The counters at the start of the round, after what the decisions before this one did. */
    private Counters countersSeen(StoredDecision stored, DecisionInputs inputs) {
        Counters counters = CountersJson.read(decisions.countersOf(stored.round()));
        for (StoredDecision earlier : decisions.ofRound(stored.round())) {
            DecisionInputs before = DecisionInputs.read(earlier.inputs());
            if (before.position() >= inputs.position()) {
                break;
            }
            counters = counters.after(
                    earlier.outcome().equals("assigned") ? earlier.partner() : null,
                    before.change(),
                    earlier.decidedAt());
        }
        return counters;
    }

    /** A round replayed whole: each decision with whether it came out the same. */
    public Map<String, Boolean> replayRound(long round) {
        Map<String, Boolean> same = new java.util.LinkedHashMap<>();
        decisions
                .ofRound(round)
                .forEach(decision -> same.put(decision.id(), replay(decision).same()));
        return same;
    }
}
