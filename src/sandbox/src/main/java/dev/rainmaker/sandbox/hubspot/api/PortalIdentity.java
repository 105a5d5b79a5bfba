package dev.rainmaker.sandbox.hubspot.api;

/**
 * The portal's number and the app that it is connected to.
 *
 * @param accessToken of the private app, which never expires
 * @param refreshToken of the OAuth app, as if a person had connected it already
 */
public record PortalIdentity(
        long portalId, long appId, String clientId, String clientSecret, String accessToken, String refreshToken) {

    @Override
    public String toString() {
        return "portal " + portalId + ", app " + appId;
    }
}
