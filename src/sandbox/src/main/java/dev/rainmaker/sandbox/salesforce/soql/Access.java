package dev.rainmaker.sandbox.salesforce.soql;

import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.record.SalesforceId;
import dev.rainmaker.sandbox.salesforce.soql.Query.Condition;
import dev.rainmaker.sandbox.salesforce.soql.Query.Operator;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where to look for a query's rows: by id, by a unique field, or from and to a stamp. The filter still tests each row. */
final class Access {

    private final Org org;
    private final ObjectType type;
    private final @Nullable Condition where;
    private final boolean withDeleted;

    Access(Org org, ObjectType type, @Nullable Condition where, boolean withDeleted) {
        this.withDeleted = withDeleted;
        this.org = org;
        this.type = type;
        this.where = where;
    }

    /**
     * Where in the order of stamp and id the matching rows lie.
     *
     * @param from the first stamp
     * @param fromId of rows with that stamp only those with a greater id
     * @param to the last stamp
     */
    record Stamps(Instant from, String fromId, Instant to) {
        private static final String BEFORE_ALL_IDS = "";
        private static final String AFTER_ALL_IDS = "~";

        static final Stamps ALL = new Stamps(Instant.MIN, BEFORE_ALL_IDS, Instant.MAX);

        static Stamps since(Instant stamp) {
            return new Stamps(stamp, BEFORE_ALL_IDS, Instant.MAX);
        }

        static Stamps after(Instant stamp) {
            return new Stamps(stamp, AFTER_ALL_IDS, Instant.MAX);
        }

        private boolean startsBefore(Stamps other) {
            int order = from.compareTo(other.from);
            return order < 0 || order == 0 && fromId.compareTo(other.fromId) < 0;
        }

        Stamps and(Stamps other) {
            Stamps later = startsBefore(other) ? other : this;
            return new Stamps(later.from, later.fromId, to.isBefore(other.to) ? to : other.to);
        }

        Stamps or(Stamps other) {
            Stamps earlier = startsBefore(other) ? this : other;
            return new Stamps(earlier.from, earlier.fromId, to.isAfter(other.to) ? to : other.to);
        }
    }

    Stamps stamps() {
        return where == null ? Stamps.ALL : stamps(where);
    }

    private static Stamps stamps(Condition condition) {
        if (condition instanceof Condition.And and) {
            Stamps stamps = and.parts().stream().map(Access::stamps).reduce(Stamps.ALL, Stamps::and);
            String after = idsAfter(and);
            boolean oneStamp = stamps.from().equals(stamps.to());
            return oneStamp && after.compareTo(stamps.fromId()) > 0
                    ? new Stamps(stamps.from(), after, stamps.to())
                    : stamps;
        }
        if (condition instanceof Condition.Or or) {
            return or.parts().stream().map(Access::stamps).reduce(Stamps::or).orElse(Stamps.ALL);
        }
        if (condition instanceof Condition.Compare compare
                && names(compare, "SystemModstamp")
                && compare.literal() instanceof Literal.Time time) {
            return switch (compare.operator()) {
                case EQUAL -> new Stamps(time.value(), Stamps.BEFORE_ALL_IDS, time.value());
                case GREATER -> Stamps.after(time.value());
                case GREATER_OR_EQUAL -> Stamps.since(time.value());
                case LESS, LESS_OR_EQUAL -> new Stamps(Instant.MIN, Stamps.BEFORE_ALL_IDS, time.value());
                default -> Stamps.ALL;
            };
        }
        return Stamps.ALL;
    }

    private static boolean names(Condition.Compare compare, String field) {
        return compare.path().parts().size() == 1
                && compare.path().parts().get(0).equalsIgnoreCase(field);
    }

    /** The id that all rows of a conjunction come after, as {@code Id > 'x'} says. */
    private static String idsAfter(Condition.And and) {
        for (Condition part : and.parts()) {
            if (part instanceof Condition.Compare compare
                    && compare.operator() == Operator.GREATER
                    && names(compare, "Id")
                    && compare.literal() instanceof Literal.Text text) {
                return SalesforceId.parse(text.value()).orElse(Stamps.BEFORE_ALL_IDS);
            }
        }
        return Stamps.BEFORE_ALL_IDS;
    }

    /** The only rows that can match, where the condition names their ids or unique values; in order of stamp and id. */
    Optional<List<Row>> named() {
        if (where == null) {
            return Optional.empty();
        }
        List<Condition> parts = where instanceof Condition.And and ? and.parts() : List.of(where);
        for (Condition part : parts) {
            Optional<List<Row>> rows = named(part);
            if (rows.isPresent()) {
                return rows;
            }
        }
        return Optional.empty();
    }

    private Optional<List<Row>> named(Condition condition) {
        if (condition instanceof Condition.Compare compare && compare.operator() == Operator.EQUAL) {
            return named(compare.path(), List.of(compare.literal()));
        }
        if (condition instanceof Condition.In in && !in.negated()) {
            return named(in.path(), in.literals());
        }
        return Optional.empty();
    }

    private Optional<List<Row>> named(Query.Path path, List<Literal> literals) {
        Field field = path.parts().size() == 1 ? type.field(path.parts().get(0)).orElse(null) : null;
        if (field == null || !literals.stream().allMatch(Literal.Text.class::isInstance)) {
            return Optional.empty();
        }
        Function<String, Optional<Row>> find;
        if (field.name().equals("Id")) {
            find = text -> SalesforceId.parse(text).flatMap(org::find).filter(row -> row.type() == type);
        } else if (!withDeleted && org.indexes(type, field)) {
            find = text -> org.findBy(field, type, text);
        } else {
            return Optional.empty();
        }
        Set<Row> rows = new TreeSet<>(Row.BY_STAMP);
        for (Literal literal : literals) {
            find.apply(Wildcard.plain(((Literal.Text) literal).value())).ifPresent(rows::add);
        }
        return Optional.of(List.copyOf(rows));
    }

    /** Rows from the lower stamp on. */
    Collection<Row> scan(Stamps stamps) {
        return stamps.from().equals(Instant.MIN) ? org.rows(type) : org.rowsAfter(type, stamps.from(), stamps.fromId());
    }
}
