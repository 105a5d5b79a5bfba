package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.hubspot.portal.CrmRecord;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import dev.rainmaker.sandbox.hubspot.portal.PropertyDefinition;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One filter of a search. A record without the value passes none but NOT_HAS_PROPERTY, NEQ and NOT_IN. */
final class SearchFilter {

    private SearchFilter() {}

    static Predicate<CrmRecord> of(Portal portal, ObjectKind kind, JsonNode filter) throws PortalRefused {
        String name = Body.text(filter, "propertyName");
        String operator = Body.text(filter, "operator");
        if (name.startsWith("associations.")) {
            return linked(portal, kind, name.substring("associations.".length()), filter);
        }
        PropertyDefinition property = property(portal, kind, name);
        if (operator.equals("HAS_PROPERTY")) {
            return record -> !record.text(name).isEmpty();
        }
        if (operator.equals("NOT_HAS_PROPERTY")) {
            return record -> record.text(name).isEmpty();
        }
        if (operator.equals("IN") || operator.equals("NOT_IN")) {
            List<String> values = Body.texts(Body.required(filter, "values")).stream()
                    .map(value -> folded(property, value))
                    .toList();
            boolean in = operator.equals("IN");
            return record -> values.contains(folded(property, record.text(name))) == in;
        }
        String value = Body.text(filter, "value");
        return record -> record.text(name).isEmpty()
                ? operator.equals("NEQ") || operator.equals("NOT_CONTAINS_TOKEN")
                : compare(operator, property, record.text(name), value, filter);
    }

    static PropertyDefinition property(Portal portal, ObjectKind kind, String name) throws PortalRefused {
        return portal.properties()
                .find(kind, name)
                .orElseThrow(() -> PortalRefused.invalid("Property " + name + " does not exist for " + kind.plural()));
    }

    private static Predicate<CrmRecord> linked(Portal portal, ObjectKind kind, String to, JsonNode filter)
            throws PortalRefused {
        ObjectKind other = Records.kind(to);
        List<String> ids =
                filter.has("values") ? Body.texts(filter.get("values")) : List.of(Body.text(filter, "value"));
        return record -> portal.links(kind, record.id(), other).keySet().stream()
                .anyMatch(id -> ids.contains(String.valueOf(id)));
    }

    private static boolean compare(
            String operator, PropertyDefinition property, String have, String value, JsonNode filter) {
        return switch (operator) {
            case "EQ" -> folded(property, have).equals(folded(property, value));
            case "NEQ" -> !folded(property, have).equals(folded(property, value));
            case "CONTAINS_TOKEN" -> tokens(have, value);
            case "NOT_CONTAINS_TOKEN" -> !tokens(have, value);
            case "BETWEEN" ->
                order(property, have, value) >= 0
                        && order(property, have, filter.path("highValue").asText()) <= 0;
            case "LT" -> order(property, have, value) < 0;
            case "LTE" -> order(property, have, value) <= 0;
            case "GT" -> order(property, have, value) > 0;
            case "GTE" -> order(property, have, value) >= 0;
            default -> throw new IllegalArgumentException("unknown operator " + operator);
        };
    }

    private static int order(PropertyDefinition property, String a, String b) {
        return comparing(property).compare(a, b);
    }

    static Comparator<String> comparing(PropertyDefinition property) {
        return switch (property.type()) {
            case "number" -> Comparator.comparing(SearchFilter::number);
            case "date", "datetime" -> Comparator.comparing(SearchFilter::millis);
            default -> Comparator.comparing(text -> text.toLowerCase(Locale.ROOT));
        };
    }

    private static String folded(PropertyDefinition property, String value) {
        if (value.isEmpty()) {
            return value;
        }
        return switch (property.type()) {
            case "number" -> number(value).stripTrailingZeros().toPlainString();
            case "date", "datetime" -> millis(value).toString();
            default -> value.toLowerCase(Locale.ROOT);
        };
    }

    private static BigDecimal number(String text) {
        try {
            return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }

    /** Times may be asked for in milliseconds or in ISO form. */
    private static Long millis(String text) {
        @Nullable Instant instant = null;
        try {
            if (text.matches("-?\\d{1,15}")) {
                return Long.parseLong(text);
            }
            instant = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            // Not a time: smaller than every time.
        }
        return instant == null ? Long.MIN_VALUE : instant.toEpochMilli();
    }

    /** Whether one of the words matches; an asterisk at either end stands for anything. */
    private static boolean tokens(String have, String value) {
        String wanted = value.toLowerCase(Locale.ROOT);
        boolean open = wanted.startsWith("*") || wanted.endsWith("*");
        String bare = wanted.replaceAll("^\\*|\\*$", "");
        String text = have.toLowerCase(Locale.ROOT);
        return open
                ? text.contains(bare)
                : text.equals(bare)
                        || Arrays.asList(text.split("[^\\p{L}\\p{N}]+")).contains(bare);
    }
}
