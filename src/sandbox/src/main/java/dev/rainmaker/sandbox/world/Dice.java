package dev.rainmaker.sandbox.world;

import java.util.List;

/**
 * A seeded source of draws whose sequence is fixed by this file, not by the JDK's version or the machine: SplitMix64 (Steele,
 * Lea and Flood, OOPSLA 2014) with {@link StrictMath} on top.
 *
 * <p>{@link #branch} gives every entity its own stream, so that one more partner does not change the leads.
 */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private long state;

    Dice(long seed) {
        this.seed = mix(seed + GOLDEN_GAMMA);
        this.state = this.seed;
    }

    /** An independent stream for one entity; it does not depend on what was drawn from this one. */
    Dice branch(String purpose, long number) {
        long hash = seed;
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash ^ purpose.charAt(i)) + GOLDEN_GAMMA;
        }
        return new Dice(hash ^ mix(number + GOLDEN_GAMMA));
    }

    private long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in [0, 1). */
    double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    double between(double low, double high) {
        return low + unit() * (high - low);
    }

    /** Uniform in [0, bound). */
    int below(int bound) {
        return (int) (unit() * bound);
    }

    /** Uniform in [low, high], both included. */
    int whole(int low, int high) {
        return low + below(high - low + 1);
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /** Standard normal, by Box and Muller. */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        return radius * StrictMath.cos(2 * StrictMath.PI * unit());
    }

    double logNormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * normal());
    }

    /** Waiting time of a Poisson process with the given mean. */
    double exponential(double mean) {
        return -mean * StrictMath.log(1 - unit());
    }

    <T> T pick(List<T> from) {
        return from.get(below(from.size()));
    }

    /** Index drawn in proportion to the weights, which must be positive in sum. */
    int weighted(double[] weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double at = unit() * total;
        for (int i = 0; i < weights.length; i++) {
            at -= weights[i];
            if (at < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }
}
