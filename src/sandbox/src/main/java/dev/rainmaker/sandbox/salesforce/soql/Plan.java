package dev.rainmaker.sandbox.salesforce.soql;

import dev.rainmaker.sandbox.salesforce.record.FieldType;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.soql.Query.Item;
import dev.rainmaker.sandbox.salesforce.soql.Query.Ordering;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A query checked against the org, ready to run. Rows come in order of stamp and id where no other order is asked, so that
 * a keyset query reads only as many rows as it gives.
 */
public final class Plan {

    private static final int LARGEST_OFFSET = 2000;
    private static final int LONGEST_QUERY = 100_000;

    private final Org org;
    private final Query query;
    private final ObjectType from;
    private final Predicate<Row> filter;
    private final List<Ordering> orderings;
    private final List<Column> orderColumns;
    private final Projection projection;
    private final @Nullable Grouping grouping;

    private Plan(Org org, String soql, Query query) throws QueryRefused {
        this.org = org;
        this.query = query;
        Resolver resolver = Resolver.of(org, soql, query);
        this.from = resolver.from();
        this.filter = new Filter(org, soql, resolver).predicate(query.where());
        this.orderings = query.orderBy();
        boolean grouped = !query.groupBy().isEmpty()
                || query.select().stream().anyMatch(item -> item instanceof Item.Aggregate) && !countsOnly(query);
        this.projection = grouped || countsOnly(query) ? Projection.none(org) : Projection.of(org, resolver, query);
        this.grouping = grouped ? Grouping.of(resolver, query) : null;
        this.orderColumns = new ArrayList<>();
        for (Ordering ordering : query.orderBy()) {
            Column column = resolver.column(ordering.path());
            boolean longText =
                    column.type() == FieldType.TEXTAREA && column.last().length() > 255;
            if (longText || column.type() == FieldType.MULTIPICKLIST || grouped) {
                throw resolver.refuse(
                        "MALFORMED_QUERY",
                        ordering.path().position(),
                        "field '" + ordering.path() + "' can not be sorted in a query call");
            }
            orderColumns.add(column);
        }
        if (query.offset() > LARGEST_OFFSET) {
            throw resolver.refuse("NUMBER_OUTSIDE_VALID_RANGE", 0, "Maximum SOQL offset allowed is " + LARGEST_OFFSET);
        }
    }

    /**
     * Reads a query and checks every name and value in it.
     *
     * @throws QueryRefused with the vendor's code and the place
     */
    public static Plan of(Org org, String soql) throws QueryRefused {
        if (soql.length() > LONGEST_QUERY) {
            throw QueryRefused.at("QUERY_TOO_COMPLICATED", soql.substring(0, 100), 0, "SOQL statement is too long");
        }
        return new Plan(org, soql, Parser.parse(soql));
    }

    static Plan inner(Org org, String soql, Query query) throws QueryRefused {
        Plan plan = new Plan(org, soql, query);
        boolean ids = query.select().size() == 1
                && query.select().get(0) instanceof Item.Field
                && plan.projection.columns().get(0).type().isId();
        if (!ids) {
            throw QueryRefused.malformed(
                    soql, query.from().position(), "the inner query of a semi join must select one id field");
        }
        return plan;
    }

    private static boolean countsOnly(Query query) {
        return query.groupBy().isEmpty()
                && query.select().size() == 1
                && query.select().get(0) instanceof Item.Aggregate aggregate
                && aggregate.path() == null;
    }

    /** The object asked for. */
    public ObjectType from() {
        return from;
    }

    /** Whether only a number is asked for ({@code SELECT count()}): the answer has no records. */
    public boolean countsOnly() {
        return countsOnly(query);
    }

    /** How rows are written. */
    public Projection projection() {
        return projection;
    }

    /** How rows are summed up, null where they are given one by one. */
    public @Nullable Grouping grouping() {
        return grouping;
    }

    /** The matching rows, frozen as they are now. */
    public List<Row> run(boolean withDeleted) {
        return org.read(() -> {
            boolean summed = grouping != null;
            List<Row> rows = natural() ? inOrder(withDeleted, summed) : sorted(withDeleted);
            int start = Math.min(summed ? 0 : query.offset(), rows.size());
            int end = query.limit() == null || summed ? rows.size() : Math.min(rows.size(), start + query.limit());
            return List.copyOf(rows.subList(start, end));
        });
    }

    Set<Object> firstColumn() {
        Set<Object> values = new HashSet<>();
        Column column = projection.columns().get(0);
        for (Row row : run(false)) {
            Object value = column.of(row);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** Whether the order asked for is the one in which rows lie. */
    private boolean natural() {
        if (orderings.stream().anyMatch(Ordering::descending)) {
            return false;
        }
        return switch (orderColumns.size()) {
            case 0 -> true;
            case 1 -> orderColumns.get(0).is("SystemModstamp");
            default ->
                orderColumns.get(0).is("SystemModstamp") && orderColumns.get(1).is("Id");
        };
    }

    private List<Row> inOrder(boolean withDeleted, boolean all) {
        long wanted = query.limit() == null || all ? Long.MAX_VALUE : (long) query.offset() + query.limit();
        return matching(withDeleted, wanted);
    }

    private List<Row> matching(boolean withDeleted, long wanted) {
        Access access = new Access(org, from, query.where(), withDeleted);
        Instant last = access.stamps().to();
        Optional<List<Row>> named = access.named();
        Collection<Row> source = named.isPresent() ? named.get() : access.scan(access.stamps());
        List<Row> rows = new ArrayList<>();
        for (Row row : source) {
            if (rows.size() >= wanted || row.stamp().isAfter(last)) {
                break;
            }
            if ((withDeleted || !row.deleted()) && filter.test(row)) {
                rows.add(row);
            }
        }
        return rows;
    }

    private List<Row> sorted(boolean withDeleted) {
        List<Row> rows = matching(withDeleted, Long.MAX_VALUE);
        Comparator<Row> order = Comparator.comparing(Row::id);
        for (int i = orderings.size() - 1; i >= 0; i--) {
            Ordering ordering = orderings.get(i);
            order = Order.by(orderColumns.get(i), ordering.descending(), ordering.nullsLast())
                    .thenComparing(order);
        }
        rows.sort(order);
        return rows;
    }
}
