package dev.rainmaker.lifetimevalue.model;

import java.util.Random;
import java.util.function.DoubleSupplier;

/** Partners with known parameters. */
public final class Simulation {

    public record Partners(int[] x, double[] recency, double[] age) {
        DealFlowData data() {
            return DealFlowData.of(x, recency, age);
        }

        Partners scaled(double factor) {
            double[] r = recency.clone();
            double[] a = age.clone();
            for (int i = 0; i < r.length; i++) {
                r[i] *= factor;
                a[i] *= factor;
            }
            return new Partners(x, r, a);
        }
    }

    private final Random random;

    public Simulation(long seed) {
        random = new Random(seed);
    }

    public Partners bgNbd(int n, BgNbd truth, double weeks) {
        return leaving(n, truth.r(), truth.alpha(), () -> beta(truth.a(), truth.b()), false, weeks);
    }

    public Partners mbgNbd(int n, MbgNbd truth, double weeks) {
        return leaving(n, truth.r(), truth.alpha(), () -> beta(truth.a(), truth.b()), true, weeks);
    }

    /** Partners who all leave with the same probability after a repeat. */
    public Partners geometric(int n, double r, double alpha, double leave, double weeks) {
        return leaving(n, r, alpha, () -> leave, false, weeks);
    }

    private Partners leaving(int n, double r, double alpha, DoubleSupplier leaving, boolean afterFirst, double weeks) {
        Partners result = new Partners(new int[n], new double[n], new double[n]);
        for (int i = 0; i < n; i++) {
            double rate = gamma(r) / alpha;
            double leave = leaving.getAsDouble();
            double age = weeks * (0.5 + 0.5 * random.nextDouble());
            result.age[i] = age;
            boolean left = afterFirst && random.nextDouble() < leave;
            for (double now = exponential(rate); !left && now <= age; now += exponential(rate)) {
                result.x[i]++;
                result.recency[i] = now;
                left = random.nextDouble() < leave;
            }
        }
        return result;
    }

    private double beta(double a, double b) {
        double u = gamma(a);
        return u / (u + gamma(b));
    }

    public Partners paretoNbd(int n, ParetoNbd truth, double weeks) {
        Partners result = new Partners(new int[n], new double[n], new double[n]);
        for (int i = 0; i < n; i++) {
            double rate = gamma(truth.r()) / truth.alpha();
            double age = weeks * (0.5 + 0.5 * random.nextDouble());
            double end = Math.min(age, exponential(gamma(truth.s()) / truth.beta()));
            for (double now = exponential(rate); now <= end; now += exponential(rate)) {
                result.x[i]++;
                result.recency[i] = now;
            }
            result.age[i] = age;
        }
        return result;
    }

    public double exponential(double rate) {
        return -Math.log(1 - random.nextDouble()) / rate;
    }

    /** Marsaglia and Tsang 2000. */
    public double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double z = random.nextGaussian();
            double v = Math.pow(1 + c * z, 3);
            if (v > 0 && Math.log(random.nextDouble()) < 0.5 * z * z + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
