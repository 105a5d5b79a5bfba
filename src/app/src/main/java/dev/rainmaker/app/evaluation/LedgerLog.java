package dev.rainmaker.app.evaluation;

import dev.rainmaker.app.assignment.PartnerSnapshots;
import dev.rainmaker.app.assignment.PastDecisions;
import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.assignment.AssignLead;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Chances;
import dev.rainmaker.assignment.LeadFacts;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's own decisions as a log on which a draft is evaluated. What the estimates need is the chance of the actual choice under
 * the policy that made it, which is stored with the decision, and under the draft, which is found by deciding again by the draft with
 * the facts, scores and counters that the decision saw. The modelled reward is what the partner's conversion was believed to be at
 * that time, so it has seen no outcome of the log.
 */
public final class LedgerLog {

    private final DecisionLedger decisions;
    private final LeadOutcomes outcomes;
    private final PastDecisions past;
    private final PartnerSnapshots snapshots;

    public LedgerLog(
            FactLedger facts,
            DecisionLedger decisions,
            PastDecisions past,
            PartnerSnapshots snapshots,
            ExchangeRates rates) {
        this.decisions = decisions;
        this.outcomes = new LeadOutcomes(facts, decisions, rates);
        this.past = past;
        this.snapshots = snapshots;
    }

    /**
     * Reads decisions and what became of them.
     *
     * @param since decided from here on
     * @param until decided before
     * @param most the latest so many
     */
    public JudgedDecisions read(AssignmentPolicy draft, Instant since, Instant until, int most) {
        JudgedDecisions judged = new JudgedDecisions(outcomes.currency());
        PartnerSnapshots.Snapshot[] held = new PartnerSnapshots.@Nullable Snapshot[1];
        for (Map.Entry<Long, Set<String>> round :
                decisions.rounds(since, until, most).entrySet()) {
            List<PastDecisions.Seen> seen = new ArrayList<>();
            past.ofRound(round.getKey(), round.getValue(), seen::add);
            Map<String, LeadOutcomes.Outcome> became =
                    outcomes.of(seen.stream().map(PastDecisions.Seen::stored).toList());
            for (PastDecisions.Seen each : seen) {
                LeadOutcomes.Outcome outcome = became.get(each.stored().id());
                if (each.facts() == null) {
                    judged.leaveOut("what it was made of is no longer in the ledger");
                } else if (outcome == null || outcome.unusable() != null) {
                    judged.leaveOut(outcome == null ? "nothing is known of it" : String.valueOf(outcome.unusable()));
                } else {
                    held[0] = snapshots.asOf(draft, each.stored().factsSeq(), held[0]);
                    judge(each, each.facts(), outcome, held[0], judged);
                }
            }
        }
        return judged;
    }

    private static void judge(
            PastDecisions.Seen seen,
            LeadFacts lead,
            LeadOutcomes.Outcome outcome,
            PartnerSnapshots.Snapshot snapshot,
            JudgedDecisions judged) {
        StoredDecision stored = seen.stored();
        PartnerSnapshots.View view = snapshot.of(stored.lead().connection());
        Chances chances =
                AssignLead.chances(view.policy(), lead, view.candidates(), seen.counters(), stored.decidedAt());
        Optional<java.math.BigDecimal> target = chances.of(stored.partner());
        if (target.isEmpty()) {
            judged.leaveOut("the draft would offer it, and who claims is not known");
            return;
        }
        double expected = 0;
        for (Map.Entry<RecordId, java.math.BigDecimal> chance : chances.of().entrySet()) {
            expected += chance.getValue().doubleValue() * believed(view, chance.getKey());
        }
        judged.add(new JudgedDecisions.Row(
                stored.id(),
                stored.propensity() == null ? 1 : stored.propensity().doubleValue(),
                target.get().doubleValue(),
                outcome,
                stored.partner() == null ? 0 : believed(view, stored.partner()),
                expected,
                seen.customer() == null ? cluster(lead) : seen.customer().toString()));
    }

    /** The chance to win that the partner was believed to have; 0 for one that is not there. */
    private static double believed(PartnerSnapshots.View view, RecordId partner) {
        var ordinal = view.policy().index().ordinal(partner);
        return ordinal.isPresent()
                ? view.candidates().standing(ordinal.getAsInt()).conversion().mean()
                : 0;
    }

    private static String cluster(LeadFacts lead) {
        String company = lead.lead().company();
        return company == null ? lead.lead().id().toString() : company.strip().toLowerCase(java.util.Locale.ROOT);
    }
}
