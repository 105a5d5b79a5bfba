package dev.rainmaker.assignment.evaluation;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate policy would have earned per decision, as far as the log can tell.
 *
 * @param dr null where the log has no modelled rewards
 * @param logged mean reward of the policy that was in force
 * @param difference of the candidate to it (doubly robust where possible, else self-normalised)
 * @param ess effective sample size
 * @param clipped weights over the clip
 * @param clippedIps inverse propensity score with clipped weights
 * @param clippedSnips self-normalised with clipped weights
 * @param reasons why a verdict is refused, and what to keep in mind where one is given
 */
public record Evaluation(
        Estimate ips,
        Estimate snips,
        @Nullable Estimate dr,
        double logged,
        Estimate difference,
        int n,
        double ess,
        int clipped,
        double clippedIps,
        double clippedSnips,
        Verdict verdict,
        List<String> reasons) {

    public Evaluation {
        reasons = List.copyOf(reasons);
    }

    /**
     * @param se standard error by formula
     * @param lower95 bootstrap interval over clusters
     */
    public record Estimate(double value, double se, double lower95, double upper95) {}

    /** What the log allows to say. */
    public enum Verdict {
        BETTER,
        WORSE,
        NO_ESTABLISHED_DIFFERENCE,
        REFUSED;

        /** The word used in reports, such as {@code no-established-difference}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
