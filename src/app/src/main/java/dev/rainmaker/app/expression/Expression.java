package dev.rainmaker.app.expression;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.rainmaker.app.yaml.Place;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An expression that was checked and planned when its file was loaded. Safe for use by several threads. */
public final class Expression {

    private final String text;
    private final Place place;
    private final Set<String> reads;
    private final CelRuntime.Program program;

    Expression(String text, Place place, Set<String> reads, CelRuntime.Program program) {
        this.text = text;
        this.place = place;
        this.reads = Set.copyOf(reads);
        this.program = program;
    }

    /** As its author wrote it. */
    public String text() {
        return text;
    }

    public Place place() {
        return place;
    }

    /** The variables it uses, by their dotted names. */
    public Set<String> reads() {
        return reads;
    }

    /**
     * Its value: String, Boolean, Long, Double, Instant, List, or null where it is absent.
     *
     * @param values the value of a variable by its dotted name, null for an absent one
     * @throws ExpressionFault if the values do not fit, such as a division by zero
     */
    public @Nullable Object evaluate(Function<String, @Nullable Object> values) {
        try {
            Object result = program.eval(name -> Optional.of(in(values.apply(name))));
            return result == NullValue.NULL_VALUE ? null : result;
        } catch (CelEvaluationException fault) {
            throw new ExpressionFault("\"" + text + "\" cannot be evaluated: " + reason(fault), fault);
        }
    }

    /** Whether it holds; absent counts as false. */
    public boolean holds(Function<String, @Nullable Object> values) {
        Object value = evaluate(values);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new ExpressionFault(
                "\"" + text + "\" yields neither true nor false",
                new IllegalArgumentException(value.getClass().getName()));
    }

    private static String reason(CelEvaluationException fault) {
        return switch (fault.getErrorCode()) {
            case DIVIDE_BY_ZERO -> "division by zero";
            case NUMERIC_OVERFLOW -> "a number is too large";
            case OVERLOAD_NOT_FOUND -> "an operation does not fit the kind of value it met";
            case BAD_FORMAT -> "a text cannot be read as the wanted kind of value";
            case INDEX_OUT_OF_BOUNDS -> "a list has no item of that number";
            default -> "it does not fit the values it met";
        };
    }

    /** A value as CEL wants it. */
    private static Object in(@Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof BigDecimal number) {
            return number(number);
        }
        if (value instanceof List<?> list) {
            return list;
        }
        if (value instanceof Collection<?> collection) {
            return List.copyOf(collection);
        }
        return value instanceof LocalDate || value instanceof Enum<?> ? value.toString() : value;
    }

    private static Object number(BigDecimal number) {
        if (number.signum() == 0) {
            return 0L;
        }
        if (number.precision() - number.scale() <= 18
                && number.stripTrailingZeros().scale() <= 0) {
            return number.longValue();
        }
        return number.doubleValue();
    }
}
