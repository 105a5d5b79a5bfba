package dev.rainmaker.sandbox.salesforce;

import dev.rainmaker.sandbox.profile.Profile;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How to start an org. Take {@link #in} and change what differs.
 *
 * @param state folder that keeps the org
 * @param data export folder loaded if the state is empty; null for none
 * @param host address to listen on
 * @param port 0 for any free one
 * @param hooks whether {@code /__sandbox/…} is there
 * @param clientId null for one made up at the first start and kept in the state
 * @param clientSecret null for one made up at the first start and kept in the state
 * @param password of all users for the password grant; null refuses that grant
 * @param jwtKey public key of JWT bearer clients; null refuses that grant
 */
public record SalesforceSettings(
        Path state,
        @Nullable Path data,
        String host,
        int port,
        boolean hooks,
        Profile profile,
        Clock clock,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String password,
        @Nullable PublicKey jwtKey) {

    /** An empty org on any free loopback port, without hooks. */
    public static SalesforceSettings in(Path state) {
        return new SalesforceSettings(
                state, null, "127.0.0.1", 0, false, OrgProfile.defaults(), Clock.systemUTC(), null, null, null, null);
    }

    public SalesforceSettings withData(Path folder) {
        return new SalesforceSettings(
                state, folder, host, port, hooks, profile, clock, clientId, clientSecret, password, jwtKey);
    }

    public SalesforceSettings at(String newHost, int newPort) {
        return new SalesforceSettings(
                state, data, newHost, newPort, hooks, profile, clock, clientId, clientSecret, password, jwtKey);
    }

    public SalesforceSettings withHooks() {
        return new SalesforceSettings(
                state, data, host, port, true, profile, clock, clientId, clientSecret, password, jwtKey);
    }

    public SalesforceSettings behaving(Profile newProfile) {
        return new SalesforceSettings(
                state, data, host, port, hooks, newProfile, clock, clientId, clientSecret, password, jwtKey);
    }

    public SalesforceSettings at(Clock newClock) {
        return new SalesforceSettings(
                state, data, host, port, hooks, profile, newClock, clientId, clientSecret, password, jwtKey);
    }

    public SalesforceSettings withClient(@Nullable String id, @Nullable String secret) {
        return new SalesforceSettings(state, data, host, port, hooks, profile, clock, id, secret, password, jwtKey);
    }

    public SalesforceSettings withLogins(@Nullable String newPassword, @Nullable PublicKey newJwtKey) {
        return new SalesforceSettings(
                state, data, host, port, hooks, profile, clock, clientId, clientSecret, newPassword, newJwtKey);
    }

    @Override
    public String toString() {
        return "Salesforce org in " + state;
    }
}
