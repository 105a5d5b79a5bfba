package dev.rainmaker.assignment;

/**
 * What the policy says of a lead's life.
 *
 * @param maxAttempts decisions at most before a person must look, at least 1
 * @param leaving what happens to the leads of a partner that leaves
 * @param forgiving whether a recycled lead may go again to partners that declined it or let it lapse
 */
public record LifeRules(int maxAttempts, Leaving leaving, boolean forgiving) {

    /** Five attempts; open leads of a leaving partner are assigned anew; who declined stays out. */
    public static final LifeRules DEFAULT = new LifeRules(5, Leaving.REASSIGN_ALL, false);

    /** What happens to the leads of a partner that leaves. */
    public enum Leaving {
        REASSIGN_ALL,
        /** Pending ones are assigned anew, accepted ones stay. */
        KEEP_ACCEPTED,
        /** All go to a person. */
        TO_A_PERSON
    }

    public LifeRules {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("there must be at least one attempt, not " + maxAttempts);
        }
    }
}
