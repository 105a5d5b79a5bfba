package dev.rainmaker.lifetimevalue;

/**
 * A forecast in money.
 *
 * @param expected over the horizon; margin, or revenue where margin is unknown
 * @param lower80 low end of the 80% interval
 * @param upper80 high end
 * @param horizonDays of the forecast
 * @param margin whether this is margin; false = revenue, because margin is unknown
 */
public record PlvValue(double expected, double lower80, double upper80, int horizonDays, boolean margin) {}
