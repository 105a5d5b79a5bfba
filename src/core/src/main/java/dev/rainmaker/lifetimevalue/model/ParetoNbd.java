package dev.rainmaker.lifetimevalue.model;

/**
 * Pareto/NBD (Schmittlein, Morrison and Colombo 1987): deals come as a Poisson process whose rate varies over partners as
 * Gamma(r, rate alpha); lifetimes are exponential with a rate that varies as Gamma(s, rate beta).
 *
 * @param alpha in weeks
 * @param beta in weeks
 */
public record ParetoNbd(double r, double alpha, double s, double beta) implements DealFlowModel {

    public ParetoNbd {
        Parameters.positive("r", r);
        Parameters.positive("alpha", alpha);
        Parameters.positive("s", s);
        Parameters.positive("beta", beta);
    }

    /** Maximum likelihood. */
    public static DealFlowFit fit(DealFlowData data) {
        Maximum end = ParetoNbdLikelihood.fit(data);
        double[] at = Parameters.exp(end.at());
        ParetoNbd model = new ParetoNbd(at[0], at[1], at[2], at[3]);
        return DealFlowFit.judged(model, model.r, end, model.logLikelihood(data), (int) data.partners());
    }

    @Override
    public String name() {
        return "pareto-nbd";
    }

    @Override
    public double probabilityAlive(int x, double recency, double age) {
        return 1 / (1 + new ParetoNbdLikelihood(r, alpha, s, beta).oddsOfLeft(x, recency, age));
    }

    @Override
    public double expectedDeals(int x, double recency, double age, double weeks) {
        return probabilityAlive(x, recency, age) * (r + x) * (beta + age) / (alpha + age) * lifetime(age, weeks);
    }

    @Override
    public double expectedDealsOfNewPartner(double weeks) {
        return r * beta / alpha * lifetime(0, weeks);
    }

    /** (1 - u^(s-1))/(s-1) with u = (beta+age)/(beta+age+weeks), continuous at s = 1. */
    private double lifetime(double age, double weeks) {
        double lnU = -StrictMath.log1p(weeks / (beta + age));
        double e = s - 1;
        return StrictMath.abs(e * lnU) < 1e-12 ? -lnU : -StrictMath.expm1(e * lnU) / e;
    }

    @Override
    public double logLikelihood(DealFlowData data) {
        return new ParetoNbdLikelihood(r, alpha, s, beta).sum(data, new double[0]);
    }

    double logLikelihood(DealFlowData data, double[] gradient) {
        return new ParetoNbdLikelihood(r, alpha, s, beta).sum(data, gradient);
    }

    /** DERT in closed form (Fader, Hardie and Lee 2005, JMR 42(4)); {@code horizonWeeks} is ignored. */
    @Override
    public double discountedDeals(int x, double recency, double age, double discount, double horizonWeeks) {
        double z = discount * (beta + age);
        return probabilityAlive(x, recency, age)
                * (r + x)
                / (alpha + age)
                * StrictMath.exp(s * StrictMath.log(beta + age) + (s - 1) * StrictMath.log(discount))
                * tricomi(z);
    }

    /** Psi(s, s; z) = integral over w from 0 of e^-w (z + w)^-s, by w = z (e^v - 1) and quadrature in panels of v. */
    private double tricomi(double z) {
        double end = StrictMath.log1p(60 / z);
        int panels = (int) StrictMath.ceil(end);
        double sum = 0;
        for (int i = 0; i < panels; i++) {
            sum += GaussLegendre.POINTS_24.integrate(
                    v -> StrictMath.exp(-z * StrictMath.expm1(v) + v * (1 - s)),
                    end * i / panels,
                    end * (i + 1) / panels);
        }
        return StrictMath.exp((1 - s) * StrictMath.log(z)) * sum;
    }
}
