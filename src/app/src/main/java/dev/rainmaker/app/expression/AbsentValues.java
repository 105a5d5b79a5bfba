package dev.rainmaker.app.expression;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelOptions;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How standard operators treat an absent value: a comparison or test with it is false ({@code !absent} is true), anything
 * else with it is absent too. CEL itself would end with an error, and an admin would have to guard every field.
 * {@code ==}, {@code !=} and {@code in} are CEL's own: absent equals only null.
 */
final class AbsentValues {

    private static final Map<StandardFunction, Integer> ARITY = arity();
    private static final Set<StandardFunction> TESTS = Set.of(
            StandardFunction.LESS,
            StandardFunction.LESS_EQUALS,
            StandardFunction.GREATER,
            StandardFunction.GREATER_EQUALS,
            StandardFunction.STARTS_WITH,
            StandardFunction.ENDS_WITH,
            StandardFunction.CONTAINS,
            StandardFunction.MATCHES);

    private AbsentValues() {}

    private static Map<StandardFunction, Integer> arity() {
        Map<StandardFunction, Integer> arity = new EnumMap<>(StandardFunction.class);
        for (StandardFunction binary : List.of(
                StandardFunction.LESS,
                StandardFunction.LESS_EQUALS,
                StandardFunction.GREATER,
                StandardFunction.GREATER_EQUALS,
                StandardFunction.ADD,
                StandardFunction.SUBTRACT,
                StandardFunction.MULTIPLY,
                StandardFunction.DIVIDE,
                StandardFunction.MODULO,
                StandardFunction.STARTS_WITH,
                StandardFunction.ENDS_WITH,
                StandardFunction.CONTAINS,
                StandardFunction.MATCHES)) {
            arity.put(binary, 2);
        }
        for (StandardFunction unary : List.of(
                StandardFunction.LOGICAL_NOT,
                StandardFunction.NEGATE,
                StandardFunction.SIZE,
                StandardFunction.INT,
                StandardFunction.DOUBLE,
                StandardFunction.STRING,
                StandardFunction.TIMESTAMP)) {
            arity.put(unary, 1);
        }
        return Collections.unmodifiableMap(arity);
    }

    /** CEL's functions without those that are bound here. */
    static CelStandardFunctions others() {
        return CelStandardFunctions.newBuilder()
                .excludeFunctions(ARITY.keySet())
                .build();
    }

    static List<CelFunctionBinding> bindings(CelOptions options) {
        RuntimeEquality equality = RuntimeEquality.create(RuntimeHelpers.create(), options);
        List<CelFunctionBinding> bindings = new ArrayList<>();
        ARITY.forEach((function, arguments) -> {
            Result whenAbsent = function == StandardFunction.LOGICAL_NOT
                    ? Result.TRUE
                    : TESTS.contains(function) ? Result.FALSE : Result.ABSENT;
            ImmutableSet<CelFunctionBinding> standard = CelStandardFunctions.newBuilder()
                    .includeFunctions(function)
                    .build()
                    .newFunctionBindings(equality, options);
            Set<String> bound = new HashSet<>();
            for (CelFunctionBinding binding : standard) {
                if (bound.add(binding.getOverloadId())) {
                    bindings.add(tolerant(binding, arguments, whenAbsent));
                }
            }
        });
        return bindings;
    }

    private static CelFunctionBinding tolerant(CelFunctionBinding standard, int arguments, Result whenAbsent) {
        return CelFunctionBinding.from(
                standard.getOverloadId(),
                Collections.nCopies(arguments, Object.class),
                new Tolerant(standard, whenAbsent));
    }

    private enum Result {
        TRUE,
        FALSE,
        ABSENT;

        Object value() {
            return this == ABSENT ? NullValue.NULL_VALUE : (Object) (this == TRUE);
        }
    }

    private record Tolerant(CelFunctionBinding standard, Result whenAbsent) implements CelFunctionOverload {

        @Override
        public Object apply(Object[] arguments) throws CelEvaluationException {
            for (Object argument : arguments) {
                if (argument == NullValue.NULL_VALUE) {
                    return whenAbsent.value();
                }
            }
            if (!standard.getArgTypes().isEmpty()
                    && !CelFunctionOverload.canHandle(arguments, standard.getArgTypes(), true)) {
                throw new dev.cel.common.exceptions.CelOverloadNotFoundException(standard.getOverloadId());
            }
            return standard.getDefinition().apply(arguments);
        }
    }
}
