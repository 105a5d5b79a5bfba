package dev.rainmaker.lifetimevalue;

import java.util.SplittableRandom;

/** Draws that replay from a seed on every machine: SplittableRandom and StrictMath only. */
final class Sampler {

    private final SplittableRandom random;

    Sampler(long seed) {
        random = new SplittableRandom(seed);
    }

    int index(int bound) {
        return random.nextInt(bound);
    }

    /** Standard normal, by Marsaglia's polar method. */
    double normal() {
        while (true) {
            double u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }

    /** Gamma(shape, 1) after Marsaglia and Tsang 2000. */
    double gamma(double shape) {
        if (shape < 1) {
            double u = 1 - random.nextDouble();
            return gamma(shape + 1) * StrictMath.pow(u, 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double z = normal();
            double t = 1 + c * z;
            double v = t * t * t;
            if (v > 0 && StrictMath.log(1 - random.nextDouble()) < 0.5 * z * z + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
    }

    /** Dirichlet(concentration * weights); a weight of zero stays zero. */
    double[] dirichlet(double[] weights, double concentration) {
        double[] draw = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < draw.length; i++) {
            draw[i] = weights[i] > 0 ? gamma(concentration * weights[i]) : 0;
            sum += draw[i];
        }
        for (int i = 0; i < draw.length && sum > 0; i++) {
            draw[i] /= sum;
        }
        return draw;
    }
}
