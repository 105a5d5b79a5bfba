package dev.rainmaker.app.lifetimevalue.csv;

import java.time.LocalDate;
import java.time.YearMonth;

/** Calendar arithmetic without objects: millions of dates fall on few months. */
final class Days {

    private static final int FIRST_YEAR = 1900;
    private static final int YEARS = 300;
    private static final int[] FIRST_DAY_OF_MONTH = new int[12 * YEARS + 1];

    static {
        for (int m = 0; m < FIRST_DAY_OF_MONTH.length; m++) {
            FIRST_DAY_OF_MONTH[m] =
                    (int) LocalDate.of(FIRST_YEAR + m / 12, m % 12 + 1, 1).toEpochDay();
        }
    }

    private Days() {}

    static int inMonth(int year, int month) {
        int m = 12 * (year - FIRST_YEAR) + month - 1;
        return m >= 0 && m + 1 < FIRST_DAY_OF_MONTH.length
                ? FIRST_DAY_OF_MONTH[m + 1] - FIRST_DAY_OF_MONTH[m]
                : YearMonth.of(year, month).lengthOfMonth();
    }

    static int epochDay(int year, int month, int day) {
        int m = 12 * (year - FIRST_YEAR) + month - 1;
        return m >= 0 && m < FIRST_DAY_OF_MONTH.length
                ? FIRST_DAY_OF_MONTH[m] + day - 1
                : (int) LocalDate.of(year, month, day).toEpochDay();
    }

    /** Whether a day can be a day of business: 1900 to 2199. */
    static boolean plausible(int epochDay) {
        return epochDay >= FIRST_DAY_OF_MONTH[0] && epochDay < FIRST_DAY_OF_MONTH[FIRST_DAY_OF_MONTH.length - 1];
    }
}
