package dev.rainmaker.sandbox.salesforce.soql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query as written. {@code position} everywhere is the offset in the text, for error messages.
 *
 * @param limit null where there is none
 */
record Query(
        List<Item> select,
        Name from,
        @Nullable Name alias,
        @Nullable Condition where,
        List<Path> groupBy,
        List<Ordering> orderBy,
        @Nullable Integer limit,
        int offset) {

    Query {
        select = List.copyOf(select);
        groupBy = List.copyOf(groupBy);
        orderBy = List.copyOf(orderBy);
    }

    /** A name at a place. */
    record Name(String text, int position) {}

    /** {@code Owner.IsActive}. */
    record Path(List<String> parts, int position) {
        Path {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return String.join(".", parts);
        }
    }

    /** What is selected. */
    sealed interface Item {
        /** A field, with an alias only where grouped. */
        record Field(Path path, @Nullable Name alias) implements Item {}

        /** {@code count()}, {@code SUM(Amount) total}; path is null for {@code count()} alone. */
        record Aggregate(
                String function,
                @Nullable Path path,
                @Nullable Name alias,
                int position) implements Item {}

        /** {@code FIELDS(ALL)}; which is ALL, STANDARD or CUSTOM. */
        record All(String which, int position) implements Item {}
    }

    /** A condition of WHERE. */
    sealed interface Condition {
        record And(List<Condition> parts) implements Condition {
            public And {
                parts = List.copyOf(parts);
            }
        }

        record Or(List<Condition> parts) implements Condition {
            public Or {
                parts = List.copyOf(parts);
            }
        }

        record Not(Condition part) implements Condition {}

        record Compare(Path path, Operator operator, Literal literal) implements Condition {}

        record In(Path path, boolean negated, List<Literal> literals) implements Condition {
            public In {
                literals = List.copyOf(literals);
            }
        }

        /** {@code Id IN (SELECT LeadId FROM CampaignMember)}. */
        record InQuery(Path path, boolean negated, Query query) implements Condition {}

        /** {@code INCLUDES} or {@code EXCLUDES} with values such as {@code 'A;B'}. */
        record Includes(Path path, boolean negated, List<Literal> literals) implements Condition {
            public Includes {
                literals = List.copyOf(literals);
            }
        }
    }

    /** Comparison operators. */
    enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        LIKE("LIKE");

        final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }
    }

    /** {@code ORDER BY Name DESC NULLS LAST}; nulls come first unless said otherwise. */
    record Ordering(Path path, boolean descending, boolean nullsLast) {}
}
