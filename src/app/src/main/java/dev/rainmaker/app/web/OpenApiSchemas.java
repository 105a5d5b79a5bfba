package dev.rainmaker.app.web;

import dev.rainmaker.fact.RecordId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** JSON Schemas of the types that REST speaks, from their records. */
final class OpenApiSchemas {

    static final Map<String, Object> PROBLEM = Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                    "title",
                    Map.of("type", "string"),
                    "status",
                    Map.of("type", "integer"),
                    "detail",
                    Map.of("type", "string")));

    private final Map<String, Object> named = new TreeMap<>();

    /** The records met so far, by name. */
    Map<String, Object> named() {
        return named;
    }

    Map<String, Object> of(Type type) {
        return of(type, Map.of());
    }

    private Map<String, Object> of(Type type, Map<TypeVariable<?>, Type> bound) {
        if (type instanceof TypeVariable<?> variable) {
            return bound.containsKey(variable) ? of(bound.get(variable), bound) : Map.of();
        }
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0], bound);
        }
        if (type instanceof ParameterizedType generic) {
            return generic(generic, bound);
        }
        return type instanceof Class<?> plain ? plain(plain) : Map.of();
    }

    private Map<String, Object> generic(ParameterizedType type, Map<TypeVariable<?>, Type> bound) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] of = type.getActualTypeArguments();
        if (Collection.class.isAssignableFrom(raw)) {
            return Map.of("type", "array", "items", of(of[0], bound));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return Map.of("type", "object", "additionalProperties", of(of[1], bound));
        }
        if (raw == Optional.class || raw == ResponseEntity.class) {
            return of(of[0], bound);
        }
        if (!raw.isRecord()) {
            return Map.of();
        }
        Map<TypeVariable<?>, Type> inner = new HashMap<>(bound);
        for (int i = 0; i < of.length; i++) {
            inner.put(raw.getTypeParameters()[i], of[i]);
        }
        return object(raw, inner);
    }

    private Map<String, Object> plain(Class<?> type) {
        if (type == String.class || type == RecordId.class) {
            return Map.of("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return Map.of("type", "integer");
        }
        if (type == double.class || type == Double.class || type == BigDecimal.class) {
            return Map.of("type", "number");
        }
        if (type == Instant.class || type == LocalDate.class) {
            return Map.of("type", "string", "format", type == Instant.class ? "date-time" : "date");
        }
        if (type.isEnum()) {
            return Map.of(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        }
        if (type == char.class) {
            return Map.of("type", "string", "maxLength", 1);
        }
        return type.isRecord() ? reference(type) : Map.of();
    }

    private Map<String, Object> reference(Class<?> type) {
        String name = type.getEnclosingClass() == null
                ? type.getSimpleName()
                : type.getEnclosingClass().getSimpleName() + type.getSimpleName();
        if (!named.containsKey(name)) {
            named.put(name, Map.of()); // met again inside itself: a reference is enough
            named.put(name, object(type, Map.of()));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private Map<String, Object> object(Class<?> type, Map<TypeVariable<?>, Type> bound) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), of(component.getGenericType(), bound));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(component.getName());
            }
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        return object;
    }
}
