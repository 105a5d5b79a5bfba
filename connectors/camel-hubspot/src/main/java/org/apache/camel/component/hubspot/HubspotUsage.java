package org.apache.camel.component.hubspot;

/**
 * What HubSpot last said of the calls of the day.
 *
 * @param dailyLimit -1 where it does not say (apps with OAuth are not told)
 * @param dailyRemaining -1 where it does not say
 */
public record HubspotUsage(long dailyLimit, long dailyRemaining) {}
