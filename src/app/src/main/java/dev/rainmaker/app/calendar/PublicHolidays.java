package dev.rainmaker.app.calendar;

import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import dev.rainmaker.assignment.Holidays;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The holidays of whole countries as Jollyday knows them; those of single states are left out, since a partner's territory
 * says where it sells, not where its office is. A country without a calendar has none. Safe for use by several threads.
 */
public final class PublicHolidays implements Holidays {

    private static final String BUILD = "/META-INF/maven/de.focus-shift/jollyday-core/pom.properties";

    private final Map<String, Optional<HolidayManager>> calendars = new ConcurrentHashMap<>();
    private final String version = "jollyday-" + release();

    @Override
    public boolean isHoliday(String country, LocalDate day) {
        return calendars
                .computeIfAbsent(country.toLowerCase(Locale.ROOT), PublicHolidays::calendar)
                .map(calendar -> calendar.isHoliday(day))
                .orElse(false);
    }

    private static Optional<HolidayManager> calendar(String country) {
        try {
            return Optional.of(HolidayManager.getInstance(ManagerParameters.create(country)));
        } catch (IllegalArgumentException | IllegalStateException noCalendar) {
            return Optional.empty();
        }
    }

    @Override
    public String version() {
        return version;
    }

    private static String release() {
        try (InputStream build = HolidayManager.class.getResourceAsStream(BUILD)) {
            Properties properties = new Properties();
            if (build != null) {
                properties.load(build);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
