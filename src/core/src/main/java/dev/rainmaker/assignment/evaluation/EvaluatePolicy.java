package dev.rainmaker.assignment.evaluation;

import dev.rainmaker.assignment.evaluation.Evaluation.Estimate;
import dev.rainmaker.assignment.evaluation.Evaluation.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Estimates what a candidate policy would have earned on logged decisions, and refuses a verdict where the log cannot
 * carry one.
 *
 * <p>Inverse propensity score (IPS), self-normalised (SNIPS; Swaminathan and Joachims 2015) and doubly robust (DR; Dudik,
 * Langford and Li 2011):
 *
 * <pre>
 * IPS = mean(w r)   SNIPS = sum(w r)/sum(w)   DR = mean(q(pi1) + w (r - q(a)))   w = pi1(a)/p   ESS = (sum w)^2/sum(w^2)
 * </pre>
 */
public final class EvaluatePolicy {

    /** Columns of a cluster's sums. */
    private static final int N = 0;

    private static final int W = 1;
    private static final int WR = 2;
    private static final int R = 3;
    private static final int DR = 4;

    /** More clusters than this are thrown together at random: the interval stays, the time does not grow. */
    private static final int MOST_CLUSTERS = 20_000;

    /** What a difference must exceed, relative to the largest reward, not to be an error of rounding. */
    private static final double ROUNDING = 1e-9;

    private final List<LoggedDecision> log;
    private final EvaluationRules rules;
    private final boolean modelled;
    private final List<String> refusals = new ArrayList<>();

    private EvaluatePolicy(List<LoggedDecision> log, EvaluationRules rules, List<String> known) {
        this.log = log;
        this.rules = rules;
        this.refusals.addAll(known);
        this.modelled = log.stream().allMatch(LoggedDecision::modelled);
    }

    /**
     * @param log one row per decision
     * @throws IllegalArgumentException if the log is empty
     */
    public static Evaluation evaluate(List<LoggedDecision> log, EvaluationRules rules) {
        return evaluate(log, rules, List.of());
    }

    /**
     * @param known reasons for which no verdict can be given, found before, such as too many rows that could not be read
     * @throws IllegalArgumentException if the log is empty
     */
    public static Evaluation evaluate(List<LoggedDecision> log, EvaluationRules rules, List<String> known) {
        if (log.isEmpty()) {
            throw new IllegalArgumentException("the log has no decision");
        }
        return new EvaluatePolicy(List.copyOf(log), rules, known).evaluate();
    }

    private Evaluation evaluate() {
        int n = log.size();
        double sumW = sum(LoggedDecision::weight);
        double sumWr = sum(d -> d.weight() * d.reward());
        double sumW2 = sum(d -> d.weight() * d.weight());
        double logged = sum(LoggedDecision::reward) / n;
        double snips = sumWr / sumW;
        List<double[]> clusters = clusters();
        ClusterBootstrap bootstrap = new ClusterBootstrap(drawn(clusters), rules.resamples(), rules.seed());
        Estimate ipsEstimate =
                estimate(sumWr / n, standardError(d -> d.weight() * d.reward()), bootstrap, sums -> sums[WR] / sums[N]);
        double snipsError = StrictMath.sqrt(sum(d -> square(d.weight() * (d.reward() - snips)))) / sumW;
        Estimate snipsEstimate = estimate(snips, snipsError, bootstrap, sums -> sums[WR] / sums[W]);
        Estimate drEstimate = modelled
                ? estimate(
                        sum(EvaluatePolicy::doublyRobust) / n,
                        standardError(EvaluatePolicy::doublyRobust),
                        bootstrap,
                        sums -> sums[DR] / sums[N])
                : null;
        Estimate difference = difference(drEstimate, snipsEstimate, logged, bootstrap);
        double ess = sumW2 == 0 ? 0 : sumW * sumW / sumW2;
        refuse(n, sumW, ess, clusters);
        if (!Double.isFinite(difference.lower95()) || !Double.isFinite(difference.upper95())) {
            refusals.add("no interval can be computed from these numbers");
        }
        return new Evaluation(
                ipsEstimate,
                snipsEstimate,
                drEstimate,
                logged,
                difference,
                n,
                ess,
                (int) log.stream().filter(d -> d.weight() > rules.clip()).count(),
                sum(d -> clipped(d) * d.reward()) / n,
                sum(d -> clipped(d) * d.reward()) / sum(this::clipped),
                verdict(difference),
                reasons());
    }

    private Estimate difference(@Nullable Estimate dr, Estimate snips, double logged, ClusterBootstrap bootstrap) {
        if (dr != null) {
            return estimate(
                    dr.value() - logged,
                    standardError(d -> doublyRobust(d) - d.reward()),
                    bootstrap,
                    sums -> (sums[DR] - sums[R]) / sums[N]);
        }
        double sumW = sum(LoggedDecision::weight);
        int n = log.size();
        double error = StrictMath.sqrt(
                sum(d -> square(d.weight() * (d.reward() - snips.value()) / sumW - (d.reward() - logged) / n)));
        return estimate(snips.value() - logged, error, bootstrap, sums -> sums[WR] / sums[W] - sums[R] / sums[N]);
    }

    private void refuse(int n, double sumW, double ess, List<double[]> clusters) {
        double below = log.stream()
                .filter(d -> d.propensity() < rules.propensityFloor())
                .mapToDouble(LoggedDecision::weight)
                .sum();
        if (sumW == 0) {
            refusals.add("the candidate policy never chooses what the log chose");
            return;
        }
        if (below / sumW > rules.mostMassBelowFloor()) {
            refusals.add(text(
                    "%.1f %% of the candidate policy's choices had a propensity below %s",
                    100 * below / sumW, rules.propensityFloor()));
        }
        if (!(ess >= rules.leastEffectiveSize())) {
            refusals.add(text("the effective sample size is %.1f, less than %.0f", ess, rules.leastEffectiveSize()));
        }
        double largest = log.stream().mapToDouble(LoggedDecision::weight).max().orElse(0);
        if (largest / sumW > rules.mostWeightShare()) {
            refusals.add(text("one decision carries %.1f %% of all weight", 100 * largest / sumW));
        }
        if (clusters.size() < rules.leastClusters() && n >= rules.leastClusters()) {
            refusals.add(text(
                    "the decisions lie in %d clusters, fewer than %d: too few for an interval",
                    clusters.size(), rules.leastClusters()));
        }
        double mean = sumW / n;
        double error = StrictMath.max(standardError(LoggedDecision::weight), clusteredError(clusters, mean, n));
        if (StrictMath.abs(mean - 1) > 3 * error + 1e-9) {
            refusals.add(
                    text("the mean weight is %.3f instead of 1: propensities are wrong or choices are missing", mean));
        }
        long immature = log.stream().filter(d -> !d.mature()).count();
        if (immature > 0) {
            refusals.add(text("%d outcomes are younger than the outcome window", immature));
        }
    }

    private Verdict verdict(Estimate difference) {
        if (!refusals.isEmpty()) {
            return Verdict.REFUSED;
        }
        double scale =
                log.stream().mapToDouble(d -> StrictMath.abs(d.reward())).max().orElse(0);
        if (difference.lower95() > ROUNDING * scale) {
            return Verdict.BETTER;
        }
        return difference.upper95() < -ROUNDING * scale ? Verdict.WORSE : Verdict.NO_ESTABLISHED_DIFFERENCE;
    }

    private List<String> reasons() {
        List<String> reasons = new ArrayList<>(refusals);
        if (rules.estimatedPropensities()) {
            reasons.add("propensities were estimated, not logged: confounding not excluded");
        }
        return reasons;
    }

    private List<double[]> clusters() {
        Map<String, double[]> sums = new LinkedHashMap<>(2 * log.size());
        for (LoggedDecision each : log) {
            double[] of = sums.computeIfAbsent(each.cluster(), key -> new double[5]);
            of[N] += 1;
            of[W] += each.weight();
            of[WR] += each.weight() * each.reward();
            of[R] += each.reward();
            of[DR] += modelled ? doublyRobust(each) : 0;
        }
        return new ArrayList<>(sums.values());
    }

    /** What the bootstrap draws from: the clusters, or as many random heaps of them as it can take. */
    private static double[][] drawn(List<double[]> clusters) {
        if (clusters.size() <= MOST_CLUSTERS) {
            return clusters.toArray(double[][]::new);
        }
        double[][] heaps = new double[MOST_CLUSTERS][clusters.get(0).length];
        long state = clusters.size();
        for (double[] cluster : clusters) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            double[] heap = heaps[(int) ((state >>> 33) * MOST_CLUSTERS >>> 31)];
            for (int k = 0; k < heap.length; k++) {
                heap[k] += cluster[k];
            }
        }
        return heaps;
    }

    /** Standard error of the mean weight where the weights of a cluster go together. */
    private static double clusteredError(List<double[]> clusters, double mean, int n) {
        double squares = 0;
        for (double[] each : clusters) {
            squares += square(each[W] - mean * each[N]);
        }
        return StrictMath.sqrt(squares) / n;
    }

    private static Estimate estimate(
            double value, double se, ClusterBootstrap bootstrap, ToDoubleFunction<double[]> statistic) {
        double[] bounds = bootstrap.interval95(statistic);
        return new Estimate(value, se, bounds[0], bounds[1]);
    }

    private double clipped(LoggedDecision decision) {
        return StrictMath.min(decision.weight(), rules.clip());
    }

    private static double doublyRobust(LoggedDecision decision) {
        return decision.qTarget() + decision.weight() * (decision.reward() - decision.qAction());
    }

    /** Sample standard deviation over the root of n; NaN for a single decision. */
    private double standardError(ToDoubleFunction<LoggedDecision> summand) {
        int n = log.size();
        double mean = sum(summand) / n;
        double squares = sum(d -> square(summand.applyAsDouble(d) - mean));
        return StrictMath.sqrt(squares / (n - 1) / n);
    }

    private double sum(ToDoubleFunction<LoggedDecision> summand) {
        double sum = 0;
        for (LoggedDecision each : log) {
            sum += summand.applyAsDouble(each);
        }
        return sum;
    }

    private static double square(double value) {
        return value * value;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
