package dev.rainmaker.app.expression;

import dev.rainmaker.fact.Money;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads from a record the variables that {@link Variables#withRecord} declares. */
public final class RecordValues {

    private final Map<String, MethodHandle> components = new HashMap<>();

    public RecordValues(Class<? extends Record> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            try {
                components.put(
                        component.getName(),
                        MethodHandles.publicLookup()
                                .unreflect(component.getAccessor())
                                .asType(MethodType.methodType(Object.class, Record.class)));
            } catch (IllegalAccessException notPublic) {
                throw new IllegalStateException(type + " cannot be read by expressions", notPublic);
            }
        }
    }

    /**
     * The value at a path below the record, such as {@code annualRevenue.amount}; null where absent.
     *
     * @param record null reads as a record without values
     */
    public @Nullable Object at(@Nullable Record record, String path) {
        int dot = path.indexOf('.');
        Object value = record == null ? null : component(record, dot < 0 ? path : path.substring(0, dot));
        if (dot < 0 || value == null) {
            return value;
        }
        String rest = path.substring(dot + 1);
        if (value instanceof Money money) {
            return rest.equals("amount") ? (Object) money.amount().doubleValue() : money.currency();
        }
        return value instanceof Map<?, ?> map ? map.get(rest) : null;
    }

    private @Nullable Object component(Record record, String name) {
        MethodHandle accessor = components.get(name);
        if (accessor == null) {
            throw new IllegalArgumentException("no component " + name);
        }
        try {
            return accessor.invokeExact(record);
        } catch (RuntimeException | Error fault) {
            throw fault;
        } catch (Throwable impossible) {
            throw new IllegalStateException("accessors throw no checked exception", impossible);
        }
    }
}
