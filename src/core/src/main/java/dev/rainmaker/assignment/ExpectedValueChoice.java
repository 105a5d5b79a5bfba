package dev.rainmaker.assignment;

import dev.rainmaker.fact.Money;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Expected value of giving the lead to each eligible partner, and the choice with bounded exploration. */
final class ExpectedValueChoice {

    /** Scores below this count as this, so that an unscored partner is not worth nothing. */
    private static final double SCORE_FLOOR = 5;

    private final Strategy.ExpectedValue strategy;
    private final Choosing choosing;
    private final Conversion[] conversions;
    /** What a won lead is worth with each partner: all factors of the utility but the chance to win. */
    private final double[] scale;

    private final double[] utility;

    ExpectedValueChoice(Strategy.ExpectedValue strategy, Choosing choosing) {
        this.strategy = strategy;
        this.choosing = choosing;
        int n = choosing.ordinals().length;
        conversions = new Conversion[n];
        scale = new double[n];
        utility = new double[n];
        Money stated = choosing.view().value();
        double value = stated == null || stated.amount().signum() <= 0
                ? 1
                : stated.amount().doubleValue();
        for (int i = 0; i < n; i++) {
            Standing standing = choosing.standing(i);
            conversions[i] = standing.conversionFor(choosing.view().leadClass());
            double score = StrictMath.max(standing.scoreOr(0), SCORE_FLOOR) / 100;
            scale[i] = value
                    * StrictMath.max(standing.marginRate().doubleValue(), 0)
                    * StrictMath.pow(score, strategy.scoreExponent().doubleValue());
            utility[i] = conversions[i].mean() * scale[i];
        }
    }

    /** Expected value of each eligible partner, in the order of ordinals. */
    double[] utility() {
        return utility;
    }

    List<Term> termsOf(int position) {
        return terms(position);
    }

    Choice choice() {
        int greedy = choosing.best(utility);
        double share = strategy.exploration().share().doubleValue();
        double[] explored = explored();
        if (share == 0 || explored.length == 0) {
            return Choice.certain(choosing.ordinals(), greedy, utility, this::terms);
        }
        double[] weights = new double[utility.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = share * explored[i];
        }
        weights[greedy] += 1 - share;
        return Choice.drawn(
                choosing.ordinals(), Propensities.inProportionTo(weights), choosing.seed(), utility, this::terms);
    }

    /** Chance of each when exploring; empty where there is nothing to explore. */
    private double[] explored() {
        int[] worth = IntStream.range(0, scale.length).filter(i -> scale[i] > 0).toArray();
        if (strategy.exploration().kind() == Exploration.Kind.NONE || worth.length == 0) {
            return new double[0];
        }
        int[] among = IntStream.of(worth)
                .boxed()
                .sorted(Comparator.comparingDouble(this::optimistic).reversed())
                .limit(strategy.exploration().among())
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        double[] chances = strategy.exploration().kind() == Exploration.Kind.UNIFORM
                ? IntStream.of(among).mapToDouble(i -> 1.0 / among.length).toArray()
                : BestOfBetas.probabilities(
                        IntStream.of(among)
                                .mapToDouble(i -> conversions[i].alpha().doubleValue())
                                .toArray(),
                        IntStream.of(among)
                                .mapToDouble(i -> conversions[i].beta().doubleValue())
                                .toArray(),
                        relative(among));
        double[] all = new double[scale.length];
        for (int i = 0; i < among.length; i++) {
            all[among[i]] = chances[i];
        }
        return all;
    }

    /** Scales divided by the largest: only their ratios matter, and so a currency does not. */
    private double[] relative(int[] among) {
        double largest = IntStream.of(among).mapToDouble(i -> scale[i]).max().orElseThrow();
        return IntStream.of(among)
                .mapToDouble(i -> StrictMath.max(scale[i] / largest, 1e-6))
                .toArray();
    }

    private double optimistic(int position) {
        double a = conversions[position].alpha().doubleValue();
        double b = conversions[position].beta().doubleValue();
        double mean = a / (a + b);
        double deviation = StrictMath.sqrt(mean * (1 - mean) / (a + b + 1));
        return scale[position] * StrictMath.min(1, mean + 2 * deviation);
    }

    private List<Term> terms(int position) {
        return List.of(
                new Term("win-probability", Choosing.decimal(conversions[position].mean())),
                new Term("worth", Choosing.decimal(scale[position])),
                new Term("expected-value", Choosing.decimal(utility[position])),
                new Term("score", choosing.score(position)));
    }
}
