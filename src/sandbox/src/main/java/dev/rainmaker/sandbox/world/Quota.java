package dev.rainmaker.sandbox.world;

/** Marks a fixed share of a sequence, evenly spread: of n it never marks more than n times the share, rounded down. */
final class Quota {
    private final double share;
    private double saved;

    /**
     * A quota that has something saved already.
     *
     * @param share in [0, 1]
     * @param saved in [0, 1): 0 marks never too many; other values move the first mark forward
     */
    Quota(double share, double saved) {
        this.share = share;
        this.saved = saved;
    }

    boolean next() {
        saved += share;
        // The small step makes up for shares like .05 that binary numbers hold a trifle too small.
        if (saved < 1 - 1e-9) {
            return false;
        }
        saved -= 1;
        return true;
    }
}
