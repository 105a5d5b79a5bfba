package dev.rainmaker.attribution;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the amount of a deal is shared among the touches on it. */
public enum AttributionModel {
    /** All to the earliest touch. */
    FIRST_TOUCH,
    /** All to the latest touch. */
    LAST_TOUCH,
    /** The same to each touch. */
    LINEAR,
    /** A touch counts half for each half-life between it and the close. */
    TIME_DECAY,
    /** 40 % to the first touch, 40 % to the last, 20 % to those between; halves where there are two. */
    POSITION_BASED;

    private static final double END = 0.4;

    /** The word used in the policy, such as {@code time-decay}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The weight of each touch, none negative, one of them positive at least.
     *
     * @param touches earliest first, at least one
     * @param halfLife for {@link #TIME_DECAY}, positive
     */
    double[] weights(List<Touch> touches, Instant closed, Duration halfLife) {
        int n = touches.size();
        double[] weights = new double[n];
        switch (this) {
            case FIRST_TOUCH -> weights[0] = 1;
            case LAST_TOUCH -> weights[n - 1] = 1;
            case LINEAR -> Arrays.fill(weights, 1);
            case TIME_DECAY -> decay(weights, touches, closed, halfLife);
            case POSITION_BASED -> position(weights);
        }
        return weights;
    }

    /** Relative to the latest touch, so that an old deal's weights cannot all vanish. */
    private static void decay(double[] weights, List<Touch> touches, Instant closed, Duration halfLife) {
        Instant last = touches.get(touches.size() - 1).at();
        Instant reference = last.isBefore(closed) ? last : closed;
        for (int i = 0; i < weights.length; i++) {
            long millis =
                    Math.max(0, Duration.between(touches.get(i).at(), reference).toMillis());
            weights[i] = StrictMath.pow(2, -(double) millis / halfLife.toMillis());
        }
    }

    private static void position(double[] weights) {
        int n = weights.length;
        if (n <= 2) {
            Arrays.fill(weights, 1);
            return;
        }
        Arrays.fill(weights, (1 - 2 * END) / (n - 2));
        weights[0] = END;
        weights[n - 1] = END;
    }
}
