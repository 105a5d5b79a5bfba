package dev.rainmaker.lifetimevalue.forecast;

import java.util.List;

/**
 * The method chosen as of a day, from earlier data only.
 *
 * @param reason in words, for the screen
 * @param intervals of the method, from the same earlier origins
 * @param origins earlier as-of days (epoch days) that decided, earliest first; empty where the data are too short
 * @param horizonDays horizon of these origins; shorter than asked where the data are short
 */
public record Choice(String method, String reason, Intervals intervals, List<Integer> origins, int horizonDays) {

    public Choice {
        origins = List.copyOf(origins);
    }
}
