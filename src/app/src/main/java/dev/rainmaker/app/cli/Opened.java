package dev.rainmaker.app.cli;

import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Opening Rainmaker for a verb. */
final class Opened {

    private Opened() {}

    /** Silent and at the present. */
    static Rainmaker by(CommonOptions common) {
        return by(common, Clock.systemUTC(), Progress.SILENT);
    }

    static Rainmaker by(CommonOptions common, Clock clock, Progress progress) {
        return Rainmaker.open(common.configuration(), common.state, clock, progress);
    }

    /** The clock of a pass: stopped at {@code --as-of} (a day means its end, UTC), else the real one. */
    static Clock clock(@Nullable String asOf) {
        if (asOf == null) {
            return Clock.systemUTC();
        }
        try {
            Instant instant = asOf.length() == 10
                    ? LocalDate.parse(asOf)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .minusSeconds(1)
                    : Instant.parse(asOf);
            return Clock.fixed(instant, ZoneOffset.UTC);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    "--as-of must be a day such as 2026-06-30 or an instant such as 2026-06-30T12:00:00Z, not \"" + asOf
                            + "\"",
                    wrong);
        }
    }
}
