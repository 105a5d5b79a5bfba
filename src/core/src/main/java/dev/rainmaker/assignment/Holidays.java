package dev.rainmaker.assignment;

import java.time.LocalDate;

/** Public holidays; the calendar itself lives outside the core. */
public interface Holidays {

    /** No day is a holiday. */
    Holidays NONE = new Holidays() {
        @Override
        public boolean isHoliday(String country, LocalDate day) {
            return false;
        }

        @Override
        public String version() {
            return "none";
        }
    };

    /** @param country ISO 3166-1 alpha-2 */
    boolean isHoliday(String country, LocalDate day);

    /** Which calendar data this is; kept in receipts, since a changed calendar changes deadlines. */
    String version();
}
