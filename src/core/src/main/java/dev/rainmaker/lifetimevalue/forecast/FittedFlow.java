package dev.rainmaker.lifetimevalue.forecast;

import dev.rainmaker.lifetimevalue.model.BgNbd;
import dev.rainmaker.lifetimevalue.model.DealFlowFit;
import dev.rainmaker.lifetimevalue.model.DealFlowModel;
import dev.rainmaker.lifetimevalue.model.MbgNbd;
import dev.rainmaker.lifetimevalue.model.ParetoNbd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fitted deal-flow model as plain numbers.
 *
 * @param name {@code bg-nbd}, {@code mbg-nbd} or {@code pareto-nbd}
 * @param parameters r, alpha, a, b; of Pareto/NBD r, alpha, s, beta
 * @param problem why it must not be used, null where it may
 */
public record FittedFlow(
        String name,
        List<Double> parameters,
        double logLikelihood,
        int partners,
        @Nullable String problem) {

    public FittedFlow {
        parameters = List.copyOf(parameters);
        if (parameters.size() != 4) {
            throw new IllegalArgumentException(name + " needs 4 parameters, not " + parameters.size());
        }
    }

    static FittedFlow of(DealFlowFit fit) {
        DealFlowModel model = fit.model();
        List<Double> parameters;
        if (model instanceof BgNbd bg) {
            parameters = List.of(bg.r(), bg.alpha(), bg.a(), bg.b());
        } else if (model instanceof MbgNbd mbg) {
            parameters = List.of(mbg.r(), mbg.alpha(), mbg.a(), mbg.b());
        } else {
            ParetoNbd pareto = (ParetoNbd) model;
            parameters = List.of(pareto.r(), pareto.alpha(), pareto.s(), pareto.beta());
        }
        return new FittedFlow(model.name(), parameters, fit.logLikelihood(), fit.partners(), fit.problem());
    }

    public boolean sound() {
        return problem == null;
    }

    public DealFlowModel model() {
        double first = parameters.get(0);
        double second = parameters.get(1);
        double third = parameters.get(2);
        double fourth = parameters.get(3);
        return switch (name) {
            case "bg-nbd" -> new BgNbd(first, second, third, fourth);
            case "mbg-nbd" -> new MbgNbd(first, second, third, fourth);
            case "pareto-nbd" -> new ParetoNbd(first, second, third, fourth);
            default -> throw new IllegalArgumentException("no deal-flow model is called \"" + name + "\"");
        };
    }
}
