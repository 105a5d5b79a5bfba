package dev.rainmaker.app.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names that an expression may use, with their types. Dotted names ({@code lead.country}) are single variables: so
 * each is typed, an unknown one is an error when loaded, and evaluation touches only those that are used.
 */
public final class Variables {

    private final Map<String, CelType> types = new HashMap<>();
    private final Set<String> roots = new HashSet<>();
    private final Map<String, CelType> open = new HashMap<>();

    private Variables() {}

    public static Variables none() {
        return new Variables();
    }

    /** What a variable holds. */
    public enum Kind {
        TEXT(SimpleType.STRING),
        WHOLE_NUMBER(SimpleType.INT),
        NUMBER(SimpleType.DOUBLE),
        INSTANT(SimpleType.TIMESTAMP);

        private final CelType type;

        Kind(CelType type) {
            this.type = type;
        }
    }

    /** A single variable that may be absent. */
    public Variables with(String name, Kind kind) {
        return put(name, NullableType.create(kind.type));
    }

    /** A tree of values whose fields are known only at run time, such as a vendor's record. */
    public Variables withTree(String root) {
        open.put(root, SimpleType.DYN);
        roots.add(root);
        return this;
    }

    /**
     * The components of a record, typed by reflection, as {@code root.component}. Text, numbers, booleans, sets of text
     * (lists), instants; dates and ids as text; money as {@code .amount} and {@code .currency}; a map of texts as
     * {@code root.map.key}. Components of other types are left out.
     */
    public Variables withRecord(String root, Class<? extends Record> record) {
        for (RecordComponent component : record.getRecordComponents()) {
            String name = root + "." + component.getName();
            Type type = component.getGenericType();
            if (component.getType() == Money.class) {
                put(name + ".amount", NullableType.create(SimpleType.DOUBLE));
                put(name + ".currency", NullableType.create(SimpleType.STRING));
            } else if (component.getType() == Map.class) {
                open.put(name, NullableType.create(SimpleType.STRING));
            } else {
                simple(component.getType(), type).ifPresent(cel -> put(name, cel));
            }
        }
        roots.add(root);
        return this;
    }

    private static Optional<CelType> simple(Class<?> raw, Type type) {
        if (raw == boolean.class) {
            return Optional.of(SimpleType.BOOL);
        }
        if (raw == String.class || raw == RecordId.class || raw == LocalDate.class || raw.isEnum()) {
            return Optional.of(NullableType.create(SimpleType.STRING));
        }
        if (raw == Integer.class || raw == int.class) {
            return Optional.of(NullableType.create(SimpleType.INT));
        }
        if (raw == Instant.class) {
            return Optional.of(NullableType.create(SimpleType.TIMESTAMP));
        }
        boolean texts = Collection.class.isAssignableFrom(raw)
                && type instanceof ParameterizedType generic
                && generic.getActualTypeArguments()[0] == String.class;
        return texts ? Optional.of(ListType.create(SimpleType.STRING)) : Optional.empty();
    }

    private Variables put(String name, CelType type) {
        types.put(name, type);
        int dot = name.indexOf('.');
        if (dot > 0) {
            roots.add(name.substring(0, dot));
        }
        return this;
    }

    /** Whether the first word of a dotted name is one of ours, so that the rest must be too. */
    boolean owns(String path) {
        int dot = path.indexOf('.');
        return roots.contains(dot < 0 ? path : path.substring(0, dot));
    }

    /** The type of the variable of exactly this dotted name, null if there is none. */
    @Nullable
    CelType typeOf(String path) {
        CelType known = types.get(path);
        if (known != null) {
            return known;
        }
        return open.entrySet().stream()
                .filter(tree -> path.startsWith(tree.getKey() + "."))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    Map<String, CelType> words() {
        Map<String, CelType> words = new HashMap<>(types);
        words.keySet().removeIf(name -> name.indexOf('.') >= 0);
        return words;
    }

    /** Every fixed name, for suggestions. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(types.keySet());
        names.addAll(open.keySet());
        return names;
    }
}
