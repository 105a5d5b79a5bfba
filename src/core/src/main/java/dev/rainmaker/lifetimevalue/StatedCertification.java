package dev.rainmaker.lifetimevalue;

/**
 * Certification where the source states counts instead of certificates.
 *
 * @param required certificates required, 0 = none required
 * @param valid of these, valid now
 * @param requiredDay epoch day of the statement of {@code required}
 * @param validDay epoch day of the statement of {@code valid}
 */
public record StatedCertification(double required, double valid, int requiredDay, int validDay) {

    public static final StatedCertification NONE = new StatedCertification(0, 0, Integer.MIN_VALUE, Integer.MIN_VALUE);

    /** Takes a later statement; an older one changes nothing, of two on one day the larger stands. */
    StatedCertification withRequired(double count, int day) {
        return day > requiredDay || (day == requiredDay && count > required)
                ? new StatedCertification(count, valid, day, validDay)
                : this;
    }

    StatedCertification withValid(double count, int day) {
        return day > validDay || (day == validDay && count > valid)
                ? new StatedCertification(required, count, requiredDay, day)
                : this;
    }

    boolean known() {
        return requiredDay != Integer.MIN_VALUE || validDay != Integer.MIN_VALUE;
    }
}
