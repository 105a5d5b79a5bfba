package dev.rainmaker.lifetimevalue.model;

/**
 * When will a partner sell again? A fitted model of deal days with an unobserved end of the relation. Times in weeks.
 *
 * <p>A partner's history is x (deal days after the first), recency t_x (weeks from the first to the last deal day, 0 where
 * x = 0) and age T (weeks from the first deal day to the as-of day). More deals at equal recency may lower P(alive): a silence
 * means more from a partner who used to sell often. That is the models' meaning, not a defect.
 */
public sealed interface DealFlowModel permits BgNbd, MbgNbd, ParetoNbd {

    /** The name used in reports: {@code bg-nbd}, {@code mbg-nbd} or {@code pareto-nbd}. */
    String name();

    /** Probability that the partner has not left for good. */
    double probabilityAlive(int x, double recency, double age);

    /** Expected deal days in the next {@code weeks}, given the history. */
    double expectedDeals(int x, double recency, double age, double weeks);

    /** Expected repeat deal days of a partner in the {@code weeks} after its first. */
    double expectedDealsOfNewPartner(double weeks);

    /** Log-likelihood of all partners. */
    double logLikelihood(DealFlowData data);

    /**
     * All future deals, discounted in continuous time.
     *
     * @param discount rate per week, such as ln(1 + yearly)/52; positive
     * @param horizonWeeks where the model has no closed form, the sum stops here; ignored by Pareto/NBD
     */
    default double discountedDeals(int x, double recency, double age, double discount, double horizonWeeks) {
        double sum = 0;
        double before = 0;
        double step = StrictMath.max(1, horizonWeeks / 520);
        for (double t = step; t < horizonWeeks + step / 2; t += step) {
            double until = expectedDeals(x, recency, age, t);
            sum += (until - before) * StrictMath.exp(-discount * (t - step / 2));
            before = until;
        }
        return sum;
    }
}
