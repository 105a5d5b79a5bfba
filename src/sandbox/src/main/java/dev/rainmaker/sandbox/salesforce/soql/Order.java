package dev.rainmaker.sandbox.salesforce.soql;

import dev.rainmaker.sandbox.salesforce.record.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How values order: text without regard to case, ids by their characters, empty ones first unless asked otherwise. */
final class Order {

    private Order() {}

    static Comparator<Row> by(Column column, boolean descending, boolean nullsLast) {
        return (a, b) -> {
            Object left = Filter.key(column.type(), column.of(a));
            Object right = Filter.key(column.type(), column.of(b));
            if (left == null || right == null) {
                return nulls(left, right, nullsLast);
            }
            return descending ? compare(right, left) : compare(left, right);
        };
    }

    private static int nulls(@Nullable Object left, @Nullable Object right, boolean nullsLast) {
        int order = Boolean.compare(left != null, right != null);
        return nullsLast ? -order : order;
    }

    static int compare(Object left, Object right) {
        if (left instanceof String text) {
            return text.compareTo((String) right);
        }
        if (left instanceof BigDecimal number) {
            return number.compareTo((BigDecimal) right);
        }
        if (left instanceof Instant instant) {
            return instant.compareTo((Instant) right);
        }
        if (left instanceof LocalDate date) {
            return date.compareTo((LocalDate) right);
        }
        return Boolean.compare((Boolean) left, (Boolean) right);
    }
}
