package dev.rainmaker.sandbox.salesforce.soql;

import dev.rainmaker.sandbox.salesforce.record.FieldType;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.soql.Query.Item;
import dev.rainmaker.sandbox.salesforce.soql.Query.Path;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** GROUP BY and the aggregate functions. */
public final class Grouping {

    private record Output(
            String name, String function, @Nullable Column column) {}

    private final List<Column> keys = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final int limit;

    private Grouping(int limit) {
        this.limit = limit;
    }

    static Grouping of(Resolver resolver, Query query) throws QueryRefused {
        Grouping grouping = new Grouping(query.limit() == null ? Integer.MAX_VALUE : query.limit());
        for (Path path : query.groupBy()) {
            grouping.keys.add(resolver.column(path));
        }
        int unnamed = 0;
        for (Item item : query.select()) {
            if (item instanceof Item.Field field) {
                Column column = resolver.column(field.path());
                if (!grouping.keys.contains(column)) {
                    throw resolver.refuse(
                            "MALFORMED_QUERY",
                            field.path().position(),
                            "Field must be grouped or aggregated: " + field.path());
                }
                String name = field.alias() == null
                        ? column.last().name()
                        : field.alias().text();
                grouping.outputs.add(new Output(name, "", column));
            } else if (item instanceof Item.Aggregate aggregate) {
                @Nullable Column column = aggregate.path() == null ? null : resolver.column(aggregate.path());
                boolean number = aggregate.function().equals("SUM")
                        || aggregate.function().equals("AVG");
                if (number && column != null && column.type().kind() != FieldType.Kind.NUMBER) {
                    throw resolver.refuse(
                            "MALFORMED_QUERY", aggregate.position(), "field does not support aggregate operator");
                }
                String name = aggregate.alias() == null
                        ? "expr" + unnamed++
                        : aggregate.alias().text();
                grouping.outputs.add(new Output(name, aggregate.function(), column));
            } else {
                throw resolver.refuse("MALFORMED_QUERY", 0, "FIELDS() cannot be grouped");
            }
        }
        return grouping;
    }

    /** The result rows: names and values in the order selected. */
    public List<Map<String, @Nullable Object>> sum(List<Row> rows) {
        Map<List<@Nullable Object>, List<Row>> groups = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (Row row : rows) {
            List<@Nullable Object> key = new ArrayList<>();
            keys.forEach(column -> key.add(Filter.key(column.type(), column.of(row))));
            groups.computeIfAbsent(key, none -> new ArrayList<>()).add(row);
        }
        return groups.values().stream().limit(limit).map(this::output).toList();
    }

    private Map<String, @Nullable Object> output(List<Row> group) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        for (Output output : outputs) {
            result.put(output.name(), value(output, group));
        }
        return result;
    }

    private static @Nullable Object value(Output output, List<Row> group) {
        Column column = output.column();
        if (column == null) {
            return BigDecimal.valueOf(group.size());
        }
        if (output.function().isEmpty()) {
            return column.of(group.get(0));
        }
        List<Object> values = group.stream()
                .map(column::of)
                .filter(Objects::nonNull)
                .map(Object.class::cast)
                .toList();
        return switch (output.function()) {
            case "COUNT" -> BigDecimal.valueOf(values.size());
            case "COUNT_DISTINCT" ->
                BigDecimal.valueOf(values.stream()
                        .map(value -> Filter.key(column.type(), value))
                        .distinct()
                        .count());
            case "SUM" -> values.isEmpty() ? null : total(values);
            case "AVG" ->
                values.isEmpty()
                        ? null
                        : total(values).divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL64);
            case "MIN" -> values.stream().min(Order::compare).orElse(null);
            default -> values.stream().max(Order::compare).orElse(null);
        };
    }

    private static BigDecimal total(List<Object> values) {
        return values.stream().map(BigDecimal.class::cast).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
