package dev.rainmaker.app.mapping;

import dev.rainmaker.app.expression.Yields;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A component of a fact, as mapping files see it.
 *
 * @param choices the enum for {@link Kind#CHOICE}, else null
 * @param nullable whether the fact may be without it
 */
record Target(
        String name, int position, Kind kind, @Nullable Class<? extends Enum<?>> choices, boolean nullable) {

    /** What a component holds. */
    enum Kind {
        TEXT("text", Yields.TEXT),
        FLAG("true or false", Yields.CONDITION),
        WHOLE_NUMBER("a whole number", Yields.WHOLE_NUMBER),
        NUMBER("a number", Yields.NUMBER),
        MONEY("money", null),
        RECORD_ID("the id of a record", Yields.TEXT),
        DATE("a date such as 2026-01-31", Yields.TEXT),
        INSTANT("an instant such as 2026-01-31T12:00:00Z", Yields.INSTANT),
        TEXTS("a list of texts", Yields.TEXTS),
        TEXT_MAP("a map of texts", null),
        CHOICE("one of", Yields.TEXT);

        private final String words;
        private final @Nullable Yields yields;

        Kind(String words, @Nullable Yields yields) {
            this.words = words;
            this.yields = yields;
        }

        /** What an expression for it must yield; null where no expression can make it. */
        @Nullable
        Yields yields() {
            return yields;
        }
    }

    static Target of(RecordComponent component, int position) {
        Class<?> type = component.getType();
        boolean nullable = Arrays.stream(component.getAnnotatedType().getAnnotations())
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
        return new Target(component.getName(), position, kind(component), choices(type), nullable);
    }

    private static Kind kind(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == Set.class && argument(component, 0) == String.class) {
            return Kind.TEXTS;
        }
        if (type == Map.class && argument(component, 0) == String.class && argument(component, 1) == String.class) {
            return Kind.TEXT_MAP;
        }
        Map<Class<?>, Kind> kinds = Map.of(
                String.class, Kind.TEXT,
                boolean.class, Kind.FLAG,
                Integer.class, Kind.WHOLE_NUMBER,
                BigDecimal.class, Kind.NUMBER,
                Money.class, Kind.MONEY,
                RecordId.class, Kind.RECORD_ID,
                LocalDate.class, Kind.DATE,
                Instant.class, Kind.INSTANT);
        Kind kind = type.isEnum() ? Kind.CHOICE : kinds.get(type);
        if (kind == null) {
            throw new IllegalStateException("mappings cannot make " + component + "; teach Target its type");
        }
        return kind;
    }

    private static Object argument(RecordComponent component, int index) {
        return ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[index];
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Class<? extends Enum<?>> choices(Class<?> type) {
        return type.isEnum() ? (Class<? extends Enum<?>>) type : null;
    }

    /** What belongs here, for messages. */
    String wanted() {
        return choices == null ? kind.words : kind.words + " " + words(choices);
    }

    static String words(Class<? extends Enum<?>> choices) {
        return Arrays.stream(choices.getEnumConstants())
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** What the fact holds where nothing is mapped; null where a mapping must say it or the fact may lack it. */
    @Nullable
    Object initial() {
        return switch (kind) {
            case TEXTS -> Set.of();
            case TEXT_MAP -> Map.of();
            default -> null;
        };
    }

    /** Whether a mapping must say where it comes from. */
    boolean mustBeMapped() {
        return !nullable && initial() == null;
    }
}
