package dev.rainmaker.assignment;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Time zones as partners state them. */
final class Zones {

    private Zones() {}

    /** The zone of that name; {@code otherwise} where none is stated or there is no such zone. */
    static ZoneId of(@Nullable String name, ZoneId otherwise) {
        if (name == null) {
            return otherwise;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return otherwise;
        }
    }
}
