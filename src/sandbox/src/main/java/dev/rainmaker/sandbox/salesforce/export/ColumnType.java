package dev.rainmaker.sandbox.salesforce.export;

import dev.rainmaker.sandbox.salesforce.record.ApiTime;
import dev.rainmaker.sandbox.salesforce.record.SalesforceId;
import dev.rainmaker.sandbox.salesforce.record.Schema;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the values of a custom column have in common: the narrowest field type that takes all of them. */
final class ColumnType {

    private static final int LONGEST_STRING = 255;
    private static final int LONGEST_NUMBER = 18;

    private final Schema schema;
    private boolean any;
    private boolean truths = true;
    private boolean numbers = true;
    private boolean dates = true;
    private boolean times = true;
    private boolean ids = true;
    private int scale;
    private int longest;
    private final Set<String> targets = new TreeSet<>();

    ColumnType(Schema schema) {
        this.schema = schema;
    }

    void see(String value) {
        if (value.isEmpty()) {
            return;
        }
        any = true;
        longest = Math.max(longest, value.length());
        truths &= value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
        numbers &= number(value);
        boolean day = value.matches("\\d{4}-\\d{2}-\\d{2}");
        dates &= day && ApiTime.parseDate(value).isPresent();
        times &= value.indexOf('T') == 10 && ApiTime.parse(value).isPresent();
        @Nullable
        String target = SalesforceId.parse(value)
                .flatMap(schema::objectOf)
                .map(type -> type.name())
                .orElse(null);
        ids &= target != null;
        if (target != null) {
            targets.add(target);
        }
    }

    /** Numbers with leading zeros or plus signs are codes: they would come back changed. */
    private boolean number(String value) {
        if (!value.matches("-?(0|[1-9]\\d*)(\\.\\d{1,8})?") || value.length() > LONGEST_NUMBER) {
            return false;
        }
        int point = value.indexOf('.');
        scale = Math.max(scale, point < 0 ? 0 : value.length() - point - 1);
        return true;
    }

    /** The field's type and flags as objects.txt writes them. */
    String definition() {
        if (!any) {
            return "string(255)";
        }
        if (truths) {
            return "boolean default=false";
        }
        if (dates) {
            return "date";
        }
        if (times) {
            return "datetime";
        }
        if (numbers) {
            return "double(18," + scale + ")";
        }
        if (ids && targets.size() == 1) {
            return "reference(" + targets.iterator().next() + ")";
        }
        return longest <= LONGEST_STRING ? "string(255)" : "textarea(32000)";
    }
}
