package dev.rainmaker.sandbox.salesforce.soql;

import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.FieldType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.record.SalesforceId;
import dev.rainmaker.sandbox.salesforce.soql.DateRange.Days;
import dev.rainmaker.sandbox.salesforce.soql.Query.Condition;
import dev.rainmaker.sandbox.salesforce.soql.Query.Operator;
import dev.rainmaker.sandbox.salesforce.soql.Query.Path;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns conditions into predicates. Two-valued: a comparison with an empty field is false, except {@code != x}, {@code NOT
 * IN} and {@code = null}, which are true of it. Text compares without regard to case, ids with.
 */
final class Filter {

    private static final int LONGEST_FILTERABLE = 255;

    private final Org org;
    private final String soql;
    private final Resolver resolver;

    Filter(Org org, String soql, Resolver resolver) {
        this.org = org;
        this.soql = soql;
        this.resolver = resolver;
    }

    Predicate<Row> predicate(@Nullable Condition condition) throws QueryRefused {
        if (condition == null) {
            return row -> true;
        }
        if (condition instanceof Condition.And and) {
            List<Predicate<Row>> parts = predicates(and.parts());
            return row -> parts.stream().allMatch(part -> part.test(row));
        }
        if (condition instanceof Condition.Or or) {
            List<Predicate<Row>> parts = predicates(or.parts());
            return row -> parts.stream().anyMatch(part -> part.test(row));
        }
        if (condition instanceof Condition.Not not) {
            return predicate(not.part()).negate();
        }
        if (condition instanceof Condition.Compare compare) {
            return compare(compare);
        }
        if (condition instanceof Condition.In in) {
            return in(in);
        }
        if (condition instanceof Condition.InQuery in) {
            return inQuery(in);
        }
        return includes((Condition.Includes) condition);
    }

    private List<Predicate<Row>> predicates(List<Condition> conditions) throws QueryRefused {
        List<Predicate<Row>> parts = new ArrayList<>();
        for (Condition part : conditions) {
            parts.add(predicate(part));
        }
        return parts;
    }

    private Column filterable(Path path) throws QueryRefused {
        Column column = resolver.column(path);
        if (column.type() == FieldType.TEXTAREA && column.last().length() > LONGEST_FILTERABLE) {
            throw resolver.refuse(
                    "INVALID_FIELD", path.position(), "field '" + path + "' can not be filtered in a query call");
        }
        return column;
    }

    private Predicate<Row> compare(Condition.Compare compare) throws QueryRefused {
        Column column = filterable(compare.path());
        Operator operator = compare.operator();
        Literal literal = compare.literal();
        if (literal instanceof Literal.Null) {
            return switch (operator) {
                case EQUAL -> row -> column.of(row) == null;
                case NOT_EQUAL -> row -> column.of(row) != null;
                default -> row -> false;
            };
        }
        if (literal instanceof Literal.Relative relative) {
            return relative(column, compare, relative);
        }
        if (operator == Operator.LIKE) {
            return like(column, compare);
        }
        Object wanted = value(column, compare.path(), literal);
        if (operator == Operator.EQUAL) {
            return row -> wanted.equals(key(column.type(), column.of(row)));
        }
        if (operator == Operator.NOT_EQUAL) {
            return row -> !wanted.equals(key(column.type(), column.of(row)));
        }
        if (column.type() == FieldType.BOOLEAN || column.type() == FieldType.MULTIPICKLIST) {
            throw resolver.refuse(
                    "INVALID_QUERY_FILTER_OPERATOR",
                    compare.path().position(),
                    "'" + compare.path() + "' field, operator " + operator.symbol + " not allowed");
        }
        return row -> {
            Object value = key(column.type(), column.of(row));
            return value != null && holds(operator, Order.compare(value, wanted));
        };
    }

    private static boolean holds(Operator operator, int comparison) {
        return switch (operator) {
            case LESS -> comparison < 0;
            case LESS_OR_EQUAL -> comparison <= 0;
            case GREATER -> comparison > 0;
            case GREATER_OR_EQUAL -> comparison >= 0;
            case EQUAL -> comparison == 0;
            case NOT_EQUAL -> comparison != 0;
            case LIKE -> throw new IllegalStateException("LIKE does not order");
        };
    }

    private Predicate<Row> like(Column column, Condition.Compare compare) throws QueryRefused {
        if (column.type().kind() != FieldType.Kind.TEXT
                || column.type().isId()
                || !(compare.literal() instanceof Literal.Text text)) {
            throw resolver.refuse(
                    "INVALID_QUERY_FILTER_OPERATOR",
                    compare.path().position(),
                    "invalid operator on " + compare.path());
        }
        Wildcard pattern = Wildcard.of(text.value());
        return row -> {
            Object value = column.of(row);
            return value != null && pattern.matches(value.toString());
        };
    }

    private Predicate<Row> relative(Column column, Condition.Compare compare, Literal.Relative literal)
            throws QueryRefused {
        FieldType.Kind kind = column.type().kind();
        if (kind != FieldType.Kind.DATE && kind != FieldType.Kind.DATETIME || compare.operator() == Operator.LIKE) {
            throw wrongType(column, compare.path(), literal);
        }
        // Asked once, at the start of the query.
        Days days = literal.range().on(LocalDate.ofInstant(org.now(), ZoneOffset.UTC), literal.number());
        return row -> {
            LocalDate day = day(column.of(row));
            if (day == null) {
                return compare.operator() == Operator.NOT_EQUAL;
            }
            boolean before = day.isBefore(days.from());
            boolean after = !day.isBefore(days.to());
            return switch (compare.operator()) {
                case EQUAL -> !before && !after;
                case NOT_EQUAL -> before || after;
                case LESS -> before;
                case LESS_OR_EQUAL -> !after;
                case GREATER -> after;
                case GREATER_OR_EQUAL -> !before;
                case LIKE -> false;
            };
        };
    }

    private static @Nullable LocalDate day(@Nullable Object value) {
        return value instanceof Instant instant ? LocalDate.ofInstant(instant, ZoneOffset.UTC) : (LocalDate) value;
    }

    private Predicate<Row> in(Condition.In in) throws QueryRefused {
        Column column = filterable(in.path());
        Set<@Nullable Object> wanted = new HashSet<>();
        for (Literal literal : in.literals()) {
            wanted.add(literal instanceof Literal.Null ? null : value(column, in.path(), literal));
        }
        return row -> in.negated() != wanted.contains(key(column.type(), column.of(row)));
    }

    private Predicate<Row> inQuery(Condition.InQuery in) throws QueryRefused {
        Column column = filterable(in.path());
        if (!column.type().isId()) {
            throw resolver.refuse(
                    "MALFORMED_QUERY",
                    in.path().position(),
                    "The left operand of a semi join must be an id or a reference: " + in.path());
        }
        Plan inner = Plan.inner(org, soql, in.query());
        return new SemiJoin(column, inner, in.negated());
    }

    /** Runs its inner query when the outer one starts testing. */
    private static final class SemiJoin implements Predicate<Row> {
        private final Column column;
        private final Plan inner;
        private final boolean negated;
        private @Nullable Set<Object> ids;

        SemiJoin(Column column, Plan inner, boolean negated) {
            this.column = column;
            this.inner = inner;
            this.negated = negated;
        }

        @Override
        public boolean test(Row row) {
            Set<Object> wanted = ids;
            if (wanted == null) {
                wanted = inner.firstColumn();
                ids = wanted;
            }
            Object value = column.of(row);
            return negated ? value == null || !wanted.contains(value) : value != null && wanted.contains(value);
        }
    }

    private Predicate<Row> includes(Condition.Includes includes) throws QueryRefused {
        Column column = filterable(includes.path());
        if (column.type() != FieldType.MULTIPICKLIST) {
            throw resolver.refuse(
                    "INVALID_QUERY_FILTER_OPERATOR",
                    includes.path().position(),
                    "includes or excludes operator only valid on multipicklist field");
        }
        List<List<String>> wanted = new ArrayList<>();
        for (Literal literal : includes.literals()) {
            wanted.add(split(value(column, includes.path(), literal)));
        }
        return row -> {
            Object value = column.of(row);
            List<String> has =
                    value == null ? List.of() : split(value.toString().toLowerCase(Locale.ROOT));
            return includes.negated() != wanted.stream().anyMatch(has::containsAll);
        };
    }

    private static List<String> split(Object value) {
        return Arrays.stream(value.toString().split(";")).map(String::strip).toList();
    }

    /** A literal in the form that {@link #key} gives stored values. */
    private Object value(Column column, Path path, Literal literal) throws QueryRefused {
        FieldType type = column.type();
        if (literal instanceof Literal.Text text && type.kind() == FieldType.Kind.TEXT) {
            String plain = Wildcard.plain(text.value());
            return type.isId() ? id(plain, literal) : Objects.requireNonNull(key(type, plain));
        }
        if (literal instanceof Literal.Number number && type.kind() == FieldType.Kind.NUMBER) {
            return number.value().stripTrailingZeros();
        }
        if (literal instanceof Literal.Truth truth && type == FieldType.BOOLEAN) {
            return truth.value();
        }
        if (literal instanceof Literal.Date date && type == FieldType.DATE) {
            return date.value();
        }
        if (literal instanceof Literal.Time time && type == FieldType.DATETIME) {
            return time.value();
        }
        throw wrongType(column, path, literal);
    }

    private String id(String text, Literal literal) throws QueryRefused {
        return SalesforceId.parse(text)
                .orElseThrow(() -> resolver.refuse(
                        "INVALID_QUERY_FILTER_OPERATOR", literal.position(), "invalid ID field: " + text));
    }

    private QueryRefused wrongType(Column column, Path path, Literal literal) {
        Field field = column.last();
        boolean text = field.type().kind() == FieldType.Kind.TEXT;
        String type =
                field.type() == FieldType.DATETIME ? "dateTime" : field.type().vendorName();
        return resolver.refuse(
                "INVALID_FIELD",
                literal.position(),
                "value of filter criterion for field '" + path + "' must be of type " + type + " and should "
                        + (text ? "" : "not ") + "be enclosed in quotes");
    }

    /** The form in which values are compared. */
    static @Nullable Object key(FieldType type, @Nullable Object value) {
        if (value instanceof String text && !type.isId()) {
            return text.toLowerCase(Locale.ROOT);
        }
        return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
    }
}
