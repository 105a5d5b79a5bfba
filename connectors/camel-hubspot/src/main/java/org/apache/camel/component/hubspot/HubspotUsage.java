package org.apache.camel.component.hubspot;

/**
 * What HubSpot last said of the calls of the day, and calls beside those that were asked for.
 *
 * @param dailyLimit -1 where it does not say (apps with OAuth are not told)
 * @param dailyRemaining -1 where it does not say
 * @param loginCalls calls made to renew tokens, and calls repeated with a renewed one, since the start
 */
public record HubspotUsage(long dailyLimit, long dailyRemaining, long loginCalls) {}
