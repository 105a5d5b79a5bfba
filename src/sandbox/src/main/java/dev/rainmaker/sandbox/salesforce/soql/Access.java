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

    /** A range of stamps, both ends inclusive. */
    record Stamps(Instant from, Instant to) {
        static final Stamps ALL = new Stamps(Instant.MIN, Instant.MAX);

        Stamps and(Stamps other) {
            return new Stamps(from.isAfter(other.from) ? from : other.from, to.isBefore(other.to) ? to : other.to);
        }

        Stamps or(Stamps other) {
            return new Stamps(from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
        }
    }

    Stamps stamps() {
        return where == null ? Stamps.ALL : stamps(where);
    }

    private static Stamps stamps(Condition condition) {
        if (condition instanceof Condition.And and) {
            return and.parts().stream().map(Access::stamps).reduce(Stamps.ALL, Stamps::and);
        }
        if (condition instanceof Condition.Or or) {
            return or.parts().stream().map(Access::stamps).reduce(Stamps::or).orElse(Stamps.ALL);
        }
        if (condition instanceof Condition.Compare compare
                && compare.path().parts().size() == 1
                && compare.path().parts().get(0).equalsIgnoreCase("SystemModstamp")
                && compare.literal() instanceof Literal.Time time) {
            return switch (compare.operator()) {
                case EQUAL -> new Stamps(time.value(), time.value());
                case GREATER, GREATER_OR_EQUAL -> new Stamps(time.value(), Instant.MAX);
                case LESS, LESS_OR_EQUAL -> new Stamps(Instant.MIN, time.value());
                default -> Stamps.ALL;
            };
        }
        return Stamps.ALL;
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
        return stamps.from().equals(Instant.MIN) ? org.rows(type) : org.rowsSince(type, stamps.from());
    }
}
