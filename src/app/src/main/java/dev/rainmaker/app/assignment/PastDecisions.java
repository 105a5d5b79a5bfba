package dev.rainmaker.app.assignment;

import dev.rainmaker.account.Account;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.RoundLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.ledger.Versioned;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.assignment.LeadFacts;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What stored decisions saw, read from the facts as of their sequence, round by round: a round's facts are read at once, and its
 * counters roll forward from one decision to the next.
 */
public final class PastDecisions {

    private final FactLedger facts;
    private final DecisionLedger decisions;
    private final RoundLedger rounds;

    public PastDecisions(FactLedger facts, DecisionLedger decisions, RoundLedger rounds) {
        this.facts = facts;
        this.decisions = decisions;
        this.rounds = rounds;
    }

    /**
     * A decision as it was made.
     *
     * @param facts null where the ledger no longer has what it was made of
     * @param customer the account that the lead was matched to, null for none
     * @param gone what the ledger no longer has
     */
    public record Seen(
            StoredDecision stored,
            @Nullable LeadFacts facts,
            @Nullable RecordId customer,
            Counters counters,
            String gone) {

        /** @throws IllegalStateException if the ledger no longer has it */
        public LeadFacts lead() {
            if (facts == null) {
                throw new IllegalStateException(gone);
            }
            return facts;
        }
    }

    /** Tells of the wanted decisions of a round, in the order in which they were made. */
    public void ofRound(long round, Set<String> wanted, Consumer<Seen> sink) {
        List<StoredDecision> made = decisions.ofRound(round);
        Map<String, DecisionInputs> inputs = new HashMap<>();
        made.forEach(each -> inputs.put(each.id(), DecisionInputs.read(each.inputs())));
        List<StoredDecision> asked =
                made.stream().filter(each -> wanted.contains(each.id())).toList();
        if (asked.isEmpty()) {
            return;
        }
        long sequence = asked.get(0).factsSeq();
        Map<RecordId, Versioned<Lead>> leads = facts.findAllAsOf(
                FactKind.LEAD, asked.stream().map(StoredDecision::lead).toList(), sequence, Lead.class);
        List<RecordId> matched = new ArrayList<>();
        asked.forEach(each -> {
            RecordId customer = read(inputs, each).customer();
            if (customer != null) {
                matched.add(customer);
            }
        });
        Map<RecordId, Versioned<Account>> customers =
                facts.findAllAsOf(FactKind.ACCOUNT, matched, sequence, Account.class);
        Counters counters = RoundCounters.of(rounds, round);
        int told = 0;
        for (StoredDecision each : made) {
            DecisionInputs input = read(inputs, each);
            if (wanted.contains(each.id())) {
                sink.accept(seen(each, input, leads.get(each.lead()), customers, counters));
                if (++told == asked.size()) {
                    return;
                }
            }
            counters = counters.after(
                    each.outcome().equals("assigned") ? each.partner() : null, input.change(), each.decidedAt());
        }
    }

    private static DecisionInputs read(Map<String, DecisionInputs> inputs, StoredDecision decision) {
        return java.util.Objects.requireNonNull(inputs.get(decision.id()));
    }

    private static Seen seen(
            StoredDecision stored,
            DecisionInputs inputs,
            @Nullable Versioned<Lead> lead,
            Map<RecordId, Versioned<Account>> customers,
            Counters counters) {
        RecordId customer = inputs.customer();
        Versioned<Account> account = customer == null ? null : customers.get(customer);
        if (lead == null) {
            return gone(stored, customer, counters, "lead " + stored.lead());
        }
        if (customer != null && account == null) {
            return gone(stored, customer, counters, "account " + customer);
        }
        Instant readAt = inputs.readAt();
        LeadFacts saw = new LeadFacts(
                readAt == null ? lead.fact() : FactJson.at(lead.fact(), Lead.class, readAt),
                lead.seq(),
                account == null ? null : account.fact(),
                inputs.match(),
                inputs.claims(),
                inputs.declined(),
                inputs.attempt());
        return new Seen(stored, saw, customer, counters, "");
    }

    private static Seen gone(StoredDecision stored, @Nullable RecordId customer, Counters counters, String what) {
        return new Seen(
                stored, null, customer, counters, "the ledger has no " + what + " as of sequence " + stored.factsSeq());
    }
}
