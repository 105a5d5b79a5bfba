package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What would have changed a decision. Every answer is found by deciding again with the change, so none is a guess: for
 * partners that were eligible, the least PLV score (to 0.01) with which they would have got the lead, everything else
 * equal; for the others, all that they lacked.
 */
public final class Counterfactual {

    private static final int STEPS = 10_000;

    private final CompiledPolicy compiled;
    private final LeadFacts lead;
    private final Candidates candidates;
    private final Counters counters;
    private final Seed seed;
    private final Instant now;
    private final Decision decision;

    /** @param seed the seed of the decision in question */
    public Counterfactual(
            CompiledPolicy compiled, LeadFacts lead, Candidates candidates, Counters counters, Seed seed, Instant now) {
        this.compiled = compiled;
        this.lead = lead;
        this.candidates = candidates;
        this.counters = counters;
        this.seed = seed;
        this.now = now;
        this.decision = AssignLead.decide(compiled, lead, candidates, counters, seed, now);
    }

    /**
     * @param partner whose score changes
     * @param from its score in the decision, 0 where it had none
     * @param to the score nearest to it that gives the lead to {@code winner}
     */
    public record Flip(RecordId partner, BigDecimal from, BigDecimal to, RecordId winner) {

        public BigDecimal size() {
            return to.subtract(from).abs();
        }
    }

    /**
     * Why a partner did not get the lead.
     *
     * @param rule the rule that decided, or the last that was tried
     * @param lacking all reasons for which it was not eligible there, empty where it was
     * @param flip the score that would have done, empty where no score would
     */
    public record WhyNot(RecordId partner, String rule, List<Exclusion> lacking, Optional<Flip> flip) {}

    /**
     * The smallest change of one partner's score that gives the lead to another partner, looked for among the candidates
     * that the receipt shows; empty where no score changes it, as with claims and rotations.
     */
    public Optional<Flip> smallest() {
        Receipt.Selection selection = decision.receipt().selection();
        if (!(decision instanceof Decision.Assigned) || selection == null) {
            return Optional.empty();
        }
        List<Flip> flips = new ArrayList<>();
        for (Receipt.CandidateLine line : selection.best()) {
            if (!line.chosen()) {
                raised(line.partner()).ifPresent(flips::add);
            } else {
                lowered(line.partner()).ifPresent(flips::add);
            }
        }
        return flips.stream().min(Comparator.comparing(Flip::size).thenComparing(Flip::partner));
    }

    /** Why this partner did not get the lead; throws {@link IllegalArgumentException} if it did or is not known. */
    public WhyNot whyNot(RecordId partner) {
        int ordinal = compiled.index()
                .ordinal(partner)
                .orElseThrow(() -> new IllegalArgumentException("no partner " + partner + " at this sequence"));
        if (winner(decision).filter(partner::equals).isPresent()) {
            throw new IllegalArgumentException(partner + " did get the lead");
        }
        int rule = lastTried();
        if (rule < 0) {
            return new WhyNot(partner, "", List.of(), Optional.empty());
        }
        LeadView view = compiled.policy().scoring().view(lead, now);
        List<Exclusion> lacking = Eligibility.allReasons(compiled, rule, view, candidates, counters, now, ordinal);
        boolean onlyScore = lacking.stream().allMatch(reason -> reason == Exclusion.SCORE);
        return new WhyNot(
                partner,
                compiled.policy().rules().get(rule).name(),
                lacking,
                onlyScore ? raised(partner) : Optional.empty());
    }

    /** The rule that decided, else the last that applied. */
    private int lastTried() {
        List<Receipt.RuleOutcome> rules = decision.receipt().rules();
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (!rules.get(i).result().equals("not-reached")
                    && !rules.get(i).result().equals("not-matched")) {
                return i;
            }
        }
        return -1;
    }

    private Optional<Flip> raised(RecordId partner) {
        int from = steps(partner);
        if (!partner.equals(winnerWith(partner, STEPS).orElse(null))) {
            return Optional.empty();
        }
        int loses = from;
        int wins = STEPS;
        while (wins - loses > 1) {
            int middle = (wins + loses) >>> 1;
            if (winnerWith(partner, middle).filter(partner::equals).isPresent()) {
                wins = middle;
            } else {
                loses = middle;
            }
        }
        return Optional.of(new Flip(partner, score(from), score(wins), partner));
    }

    private Optional<Flip> lowered(RecordId partner) {
        int from = steps(partner);
        Optional<RecordId> other = winnerWith(partner, 0).filter(each -> !each.equals(partner));
        if (other.isEmpty()) {
            return Optional.empty();
        }
        int keeps = from;
        int loses = 0;
        while (keeps - loses > 1) {
            int middle = (keeps + loses) >>> 1;
            if (winnerWith(partner, middle).filter(partner::equals).isPresent()) {
                keeps = middle;
            } else {
                loses = middle;
            }
        }
        BigDecimal to = score(loses);
        return winnerWith(partner, loses).map(winner -> new Flip(partner, score(from), to, winner));
    }

    private int steps(RecordId partner) {
        BigDecimal score = candidates
                .standing(compiled.index().ordinal(partner).orElseThrow())
                .score();
        return score == null
                ? 0
                : score.movePointRight(2).setScale(0, RoundingMode.HALF_EVEN).intValueExact();
    }

    private static BigDecimal score(int steps) {
        return BigDecimal.valueOf(steps, 2);
    }

    private Optional<RecordId> winnerWith(RecordId partner, int steps) {
        Standing old = candidates.standing(compiled.index().ordinal(partner).orElseThrow());
        Standing changed = new Standing(
                score(steps),
                old.value(),
                old.conversion(),
                old.conversionByClass(),
                old.marginRate(),
                old.version(),
                old.sequence());
        Candidates others = candidates.with(candidates.sequence(), partner, changed);
        return winner(AssignLead.decide(compiled, lead, others, counters, seed, now));
    }

    private static Optional<RecordId> winner(Decision decision) {
        return decision instanceof Decision.Assigned assigned ? Optional.of(assigned.partner()) : Optional.empty();
    }
}
