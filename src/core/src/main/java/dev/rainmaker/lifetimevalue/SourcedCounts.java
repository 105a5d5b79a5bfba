package dev.rainmaker.lifetimevalue;

/**
 * Business that the partner brought itself.
 *
 * @param sourced leads, registrations and opportunities that it originated
 * @param all those plus the ones it was given
 */
public record SourcedCounts(long sourced, long all) {

    public static final SourcedCounts NONE = new SourcedCounts(0, 0);

    public SourcedCounts {
        if (sourced < 0 || all < sourced) {
            throw new IllegalArgumentException(
                    "of " + all + " opportunities, " + sourced + " cannot be partner-sourced");
        }
    }
}
