package dev.rainmaker.sandbox.salesforce.api;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * What clients log in with.
 *
 * @param password of every user for the password grant; null refuses that grant
 * @param jwtKey verifies JWT bearer assertions; null refuses that grant
 */
public record Credentials(
        String clientId,
        String clientSecret,
        @Nullable String password,
        @Nullable PublicKey jwtKey) {

    @Override
    public String toString() {
        return "Credentials of " + clientId;
    }
}
