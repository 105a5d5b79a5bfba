package dev.rainmaker.sandbox.salesforce.record;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One field of an object.
 *
 * @param index where its value stands in {@link Row}
 * @param length longest text in characters, 0 for others
 * @param precision digits in all, 0 for other than numbers
 * @param scale digits after the point
 * @param values the picklist's values in order, empty for others
 * @param references the objects a lookup may point at, empty for others
 * @param defaultValue what a new record gets when the field is not sent, in the API's text form
 */
public record Field(
        int index,
        String name,
        FieldType type,
        int length,
        int precision,
        int scale,
        List<String> values,
        List<String> references,
        Set<Flag> flags,
        @Nullable String defaultValue) {

    /** What a field is besides its type. */
    public enum Flag {
        /** Must have a value. */
        REQUIRED,
        /** Set by the server alone. */
        READONLY,
        /** Can be set when the record is made, not later. */
        CREATEONLY,
        /** Two records cannot have the same value. */
        UNIQUE,
        /** Records can be addressed by it. */
        EXTERNALID,
        /** Only the listed values are taken. */
        RESTRICTED
    }

    public Field {
        values = List.copyOf(values);
        references = List.copyOf(references);
        flags = Set.copyOf(flags);
    }

    public boolean is(Flag flag) {
        return flags.contains(flag);
    }

    public boolean custom() {
        return name.endsWith("__c");
    }

    public boolean polymorphic() {
        return references.size() > 1;
    }

    /** The name a lookup is followed by: {@code AccountId} by {@code Account}, {@code Partner__c} by {@code Partner__r}. */
    public @Nullable String relationship() {
        if (type != FieldType.REFERENCE) {
            return null;
        }
        return custom() ? name.substring(0, name.length() - 1) + "r" : name.substring(0, name.length() - 2);
    }

    /** The name people see: {@code Close_Date__c} is "Close Date", {@code BillingCountry} "Billing Country". */
    public String label() {
        String plain = custom() ? name.substring(0, name.length() - 3).replace('_', ' ') : name;
        if (type == FieldType.REFERENCE && !custom()) {
            plain = plain.substring(0, plain.length() - 2);
        }
        return plain.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ");
    }
}
