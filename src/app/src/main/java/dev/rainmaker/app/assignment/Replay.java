package dev.rainmaker.app.assignment;

import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.PolicyLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.assignment.AssignLead;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Counterfactual;
import dev.rainmaker.assignment.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes stored decisions again from the facts, scores, counters and policy as they were, and compares the bytes. */
public final class Replay {

    private final DecisionLedger decisions;
    private final PastDecisions past;
    private final PolicyLedger policies;
    private final PartnerSnapshots snapshots;
    private final Function<PolicyLedger.PolicyVersion, AssignmentPolicy> parse;

    /** @param parse reads a stored policy text */
    public Replay(
            DecisionLedger decisions,
            PastDecisions past,
            PolicyLedger policies,
            PartnerSnapshots snapshots,
            Function<PolicyLedger.PolicyVersion, AssignmentPolicy> parse) {
        this.decisions = decisions;
        this.past = past;
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
     * What came of many.
     *
     * @param differing those whose receipt came out otherwise
     * @param gone those that the ledger cannot make again, with the reason
     */
    public record Replays(int replayed, List<String> differing, Map<String, String> gone) {

        public Replays {
            differing = List.copyOf(differing);
            gone = Map.copyOf(gone);
        }
    }

    /**
     * Decides again.
     *
     * @throws IllegalStateException if the ledger no longer has what the decision was made of, saying what
     */
    public Replayed replay(StoredDecision stored) {
        List<Replayed> made = new ArrayList<>(1);
        past.ofRound(
                stored.round(),
                Set.of(stored.id()),
                seen -> made.add(replayed(seen, snapshots.asOf(policy(stored), stored.factsSeq()))));
        if (made.isEmpty()) {
            throw new IllegalStateException("no policy made decision " + stored.id());
        }
        return made.get(0);
    }

    /** Decides the latest anew, round by round: of a round each fact is read once. */
    public Replays latest(int most) {
        SortedMap<Long, Set<String>> rounds = decisions.rounds(null, null, most);
        Map<String, AssignmentPolicy> read = new HashMap<>();
        List<String> differing = new ArrayList<>();
        Map<String, String> gone = new HashMap<>();
        int[] replayed = new int[1];
        PartnerSnapshots.Snapshot[] held = new PartnerSnapshots.@Nullable Snapshot[1];
        rounds.forEach((round, wanted) -> past.ofRound(round, wanted, seen -> {
            StoredDecision stored = seen.stored();
            try {
                AssignmentPolicy policy = read.computeIfAbsent(stored.policyVersion(), version -> policy(stored));
                held[0] = snapshots.asOf(policy, stored.factsSeq(), held[0]);
                if (!replayed(seen, held[0]).same()) {
                    differing.add(stored.id());
                }
                replayed[0]++;
            } catch (IllegalStateException lost) {
                gone.put(stored.id(), String.valueOf(lost.getMessage()));
            }
        }));
        return new Replays(replayed[0], differing, gone);
    }

    private AssignmentPolicy policy(StoredDecision stored) {
        return parse.apply(policies.find("assignment", stored.policyVersion())
                .orElseThrow(() -> new IllegalStateException(
                        "the ledger has no policy version " + stored.policyVersion() + " any more")));
    }

    private static Replayed replayed(PastDecisions.Seen seen, PartnerSnapshots.Snapshot snapshot) {
        StoredDecision stored = seen.stored();
        PartnerSnapshots.View view = snapshot.of(stored.lead().connection());
        Decision decision =
                AssignLead.decide(view.policy(), seen.lead(), view.candidates(), seen.counters(), stored.decidedAt());
        return new Replayed(
                decision,
                decision.receipt().json().equals(stored.receipt()),
                new Counterfactual(
                        view.policy(),
                        seen.lead(),
                        view.candidates(),
                        seen.counters(),
                        decision.receipt().seed(),
                        stored.decidedAt()));
    }
}
