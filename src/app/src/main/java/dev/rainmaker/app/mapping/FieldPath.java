package dev.rainmaker.app.mapping;

import dev.rainmaker.connector.SourceRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A path such as {@code Owner.IsActive}, split once. */
final class FieldPath {

    private final String text;
    private final String[] steps;

    FieldPath(String text) {
        this.text = text;
        this.steps = text.split("\\.", -1);
    }

    /** The value; null where the field or a parent on the way is empty or absent. */
    @Nullable
    Object at(SourceRecord record) {
        Object value = record.fields().get(steps[0]);
        for (int i = 1; i < steps.length; i++) {
            if (!(value instanceof Map<?, ?> parent)) {
                return null;
            }
            value = parent.get(steps[i]);
        }
        return value;
    }

    /** Whether the vendor sent it, be it empty; an empty parent counts as having sent all below it. */
    boolean isIn(SourceRecord record) {
        Map<?, ?> parent = record.fields();
        for (int i = 0; i < steps.length; i++) {
            Object value = parent.get(steps[i]);
            if (value == null) {
                return parent.containsKey(steps[i]);
            }
            if (i < steps.length - 1) {
                if (!(value instanceof Map<?, ?> next)) {
                    return false;
                }
                parent = next;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
