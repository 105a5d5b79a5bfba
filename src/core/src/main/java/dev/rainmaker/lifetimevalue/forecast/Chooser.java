package dev.rainmaker.lifetimevalue.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a method by what earlier origins show. The best baseline is the incumbent; a method with a fitted model takes its place
 * only where it misses less and the bootstrap interval of its gain, paired by partner, excludes zero, and it does not lose more in rank correlation than it gains in error.
 */
final class Chooser {

    private static final int DRAWS = 400;

    private final List<OriginResult> origins;
    private final long seed;

    Chooser(List<OriginResult> origins, long seed) {
        this.origins = origins;
        this.seed = seed;
    }

    /** How a method did over the origins; loss = ln(error) + (1 - rank), so a tenth less error weighs as .1 of rank. */
    private record Standing(String method, double error, double rank, double loss) {}

    record Verdict(String method, String reason) {}

    Verdict choose() {
        List<Standing> baselines = standings(Candidates.BASELINES);
        if (baselines.isEmpty()) {
            return new Verdict("last-period", "nothing was sold after the earlier origins: nothing to choose by");
        }
        Standing incumbent = best(baselines);
        List<Standing> flows = standings(Candidates.FLOWS);
        String facts = String.format(
                Locale.ROOT,
                "%s is the best baseline on %d earlier origins (error/mean %.2f, rank correlation %.2f)",
                incumbent.method(),
                origins.size(),
                incumbent.error(),
                incumbent.rank());
        if (flows.isEmpty()) {
            return new Verdict(incumbent.method(), facts + "; no fitted model is usable: " + flowProblem());
        }
        Standing challenger = best(flows);
        String other = String.format(
                Locale.ROOT,
                "%s (error/mean %.2f, rank correlation %.2f)",
                challenger.method(),
                challenger.error(),
                challenger.rank());
        double[] gain = gain(incumbent.method(), challenger.method());
        if (gain[0] > 0 && challenger.loss() < incumbent.loss()) {
            return new Verdict(
                    challenger.method(),
                    String.format(
                            Locale.ROOT,
                            "%s; %s beats it: gain in error/mean %.3f to %.3f (95%%)",
                            facts,
                            other,
                            gain[0],
                            gain[1]));
        }
        return new Verdict(
                incumbent.method(),
                String.format(
                        Locale.ROOT,
                        "%s; %s does not beat it: gain in error/mean %.3f to %.3f (95%%)",
                        facts,
                        other,
                        gain[0],
                        gain[1]));
    }

    private String flowProblem() {
        for (int i = origins.size() - 1; i >= 0; i--) {
            FittedModels models = origins.get(i).models;
            for (ForecastMethod method : Candidates.FLOWS) {
                @Nullable String problem = method.problem(models);
                if (problem != null) {
                    return problem;
                }
            }
        }
        return "none was fitted on every origin";
    }

    private static Standing best(List<Standing> standings) {
        Standing best = standings.get(0);
        for (Standing standing : standings) {
            if (standing.loss() < best.loss() - 1e-9) {
                best = standing;
            }
        }
        return best;
    }

    private List<Standing> standings(List<ForecastMethod> methods) {
        List<Standing> result = new ArrayList<>();
        for (ForecastMethod method : methods) {
            double error = 0;
            double rank = 0;
            int used = 0;
            boolean everywhere = true;
            for (OriginResult origin : origins) {
                double[] forecast = origin.orEmpty(method.name());
                everywhere &= forecast.length == origin.outcome.length;
                Accuracy accuracy = everywhere ? origin.accuracy(method.name()) : null;
                if (accuracy != null && accuracy.maeOverMean() != null) {
                    error += accuracy.maeOverMean();
                    rank += accuracy.spearman() == null ? 0 : accuracy.spearman();
                    used++;
                }
            }
            if (everywhere && used > 0) {
                double meanError = error / used;
                double meanRank = rank / used;
                result.add(
                        new Standing(method.name(), meanError, meanRank, StrictMath.log(meanError) + (1 - meanRank)));
            }
        }
        return result;
    }

    /** 95% bootstrap interval of the mean gain in absolute error, in units of the mean outcome, drawn by partner. */
    private double[] gain(String incumbent, String challenger) {
        int partners = 0;
        for (OriginResult origin : origins) {
            for (int i = 0; i < origin.table.size(); i++) {
                partners = Math.max(partners, origin.table.partner(i) + 1);
            }
        }
        double[] gain = new double[partners];
        boolean[] present = new boolean[partners];
        double weight = 0;
        for (OriginResult origin : origins) {
            double[] old = origin.orEmpty(incumbent);
            double[] fresh = origin.orEmpty(challenger);
            double mean = Arrays.stream(origin.outcome).average().orElse(0);
            if (!(mean > 0)) {
                continue;
            }
            weight++;
            for (int i = 0; i < origin.outcome.length; i++) {
                double y = origin.outcome[i];
                int p = origin.table.partner(i);
                gain[p] += (StrictMath.abs(y - old[i]) - StrictMath.abs(y - fresh[i])) / mean / origin.outcome.length;
                present[p] = true;
            }
        }
        return interval(kept(gain, present), weight);
    }

    private static double[] kept(double[] gain, boolean[] present) {
        double[] result = new double[gain.length];
        int n = 0;
        for (int i = 0; i < gain.length; i++) {
            if (present[i]) {
                result[n++] = gain[i];
            }
        }
        return Arrays.copyOf(result, n);
    }

    private double[] interval(double[] gain, double weight) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] sums = new double[DRAWS];
        for (int d = 0; d < DRAWS; d++) {
            double sum = 0;
            for (int i = 0; i < gain.length; i++) {
                sum += gain[random.nextInt(gain.length)];
            }
            sums[d] = sum / Math.max(1, weight);
        }
        Arrays.sort(sums);
        return new double[] {sums[(int) (DRAWS * 0.025)], sums[(int) (DRAWS * 0.975) - 1]};
    }
}
