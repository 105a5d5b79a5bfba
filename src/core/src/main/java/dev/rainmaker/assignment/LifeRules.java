package dev.rainmaker.assignment;

import java.time.Duration;

/**
 * What the policy says of a lead's life.
 *
 * @param maxAttempts decisions at most before a person must look, at least 1
 * @param leaving what happens to the leads of a partner that leaves
 * @param forgiving whether a recycled lead may go again to partners that declined it or let it lapse
 * @param sameProspect how far apart two leads of one prospect may be created for the second to go to the first one's partner
 */
public record LifeRules(int maxAttempts, Leaving leaving, boolean forgiving, Duration sameProspect) {

    /** The usual protection window of deal registrations. */
    public static final Duration SAME_PROSPECT = Duration.ofDays(90);

    /** Five attempts; open leads of a leaving partner are assigned anew; who declined stays out. */
    public static final LifeRules DEFAULT = new LifeRules(5, Leaving.REASSIGN_ALL, false);

    /** With the usual time between two leads of one prospect. */
    public LifeRules(int maxAttempts, Leaving leaving, boolean forgiving) {
        this(maxAttempts, leaving, forgiving, SAME_PROSPECT);
    }

    /** What happens to the leads of a partner that leaves. */
    public enum Leaving {
        REASSIGN_ALL,
        /** Pending ones are assigned anew, accepted ones stay. */
        KEEP_ACCEPTED,
        /** All go to a person. */
        TO_A_PERSON
    }

    public LifeRules {
        if (sameProspect.isNegative()) {
            throw new IllegalArgumentException("a time between two leads is not negative: " + sameProspect);
        }
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("there must be at least one attempt, not " + maxAttempts);
        }
    }
}
