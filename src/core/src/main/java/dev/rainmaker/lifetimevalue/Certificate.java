package dev.rainmaker.lifetimevalue;

import org.jspecify.annotations.Nullable;

/**
 * A certificate held by someone at the partner.
 *
 * @param title as requirements name it
 * @param fromDay first valid epoch day
 * @param untilDay first epoch day on which it is no longer valid, null = never ends
 */
public record Certificate(
        String title, int fromDay, @Nullable Integer untilDay) {

    public boolean validOn(int day) {
        return day >= fromDay && (untilDay == null || day < untilDay);
    }
}
