package dev.rainmaker.connector.salesforce;

import dev.rainmaker.connector.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one connection, checked against each other. {@link SalesforceKeys} says what each key means.
 *
 * @param loginUrl scheme, host and port only
 * @param maxCallsPerDay calls in 24 hours; {@link Long#MAX_VALUE} where there is no ceiling of our own
 * @param allowedHosts lower-case domains
 */
record SalesforceSettings(
        URI loginUrl,
        Auth auth,
        String clientId,
        @Nullable String clientSecret,
        @Nullable String username,
        @Nullable String password,
        @Nullable Path keystore,
        @Nullable String keystorePassword,
        String jwtAudience,
        String apiVersion,
        Duration overlap,
        int pageSize,
        Duration connectTimeout,
        Duration idleTimeout,
        Duration callTimeout,
        int maxConnections,
        int maxResponseBytes,
        long maxCallsPerDay,
        List<String> allowedHosts) {

    private static final Duration LONGEST = Duration.ofDays(1);

    /** How a connection logs in, with the keys that way needs beside {@code login-url} and {@code client-id}. */
    enum Auth {
        CLIENT_CREDENTIALS("client-credentials", List.of("client-secret")),
        JWT("jwt", List.of("username", "keystore", "keystore-password")),
        PASSWORD("password", List.of("client-secret", "username", "password"));

        private static final List<String> KEYS =
                List.of("client-secret", "username", "password", "keystore", "keystore-password", "jwt-audience");

        private final String word;
        private final List<String> needs;

        Auth(String word, List<String> needs) {
            this.word = word;
            this.needs = needs;
        }

        static Auth of(String word) {
            return Arrays.stream(values())
                    .filter(auth -> auth.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "key \"auth\" must be client-credentials, jwt or password, not \"" + word + "\""));
        }

        private void check(Settings settings) {
            for (String key : needs) {
                if (!settings.has(key)) {
                    throw new IllegalArgumentException(
                            "key \"" + key + "\" is missing: auth: " + word + " needs " + String.join(", ", needs));
                }
            }
            for (String key : KEYS) {
                boolean optional = this == JWT && key.equals("jwt-audience");
                if (settings.has(key) && !needs.contains(key) && !optional) {
                    throw new IllegalArgumentException("key \"" + key + "\" does not go with auth: " + word
                            + "; remove it, or choose another auth");
                }
            }
        }
    }

    /** @throws IllegalArgumentException naming the key that is wrong, missing, or in contradiction to another */
    static SalesforceSettings from(Settings settings) {
        Auth auth = Auth.of(settings.text("auth"));
        auth.check(settings);
        URI loginUrl = loginUrl(settings.url("login-url"));
        return new SalesforceSettings(
                loginUrl,
                auth,
                settings.text("client-id"),
                settings.find("client-secret").orElse(null),
                settings.find("username").orElse(null),
                settings.find("password").orElse(null),
                settings.find("keystore").map(Path::of).orElse(null),
                settings.find("keystore-password").orElse(null),
                settings.find("jwt-audience").orElse(loginUrl.toString()),
                apiVersion(settings.text("api-version")),
                duration(settings, "overlap", Duration.ZERO),
                integer(settings, "page-size", 1, 2000),
                duration(settings, "connect-timeout", Duration.ofMillis(1)),
                duration(settings, "idle-timeout", Duration.ofMillis(1)),
                callTimeout(settings),
                integer(settings, "max-connections", 1, 1000),
                integer(settings, "max-response-mb", 1, 1024) << 20,
                settings.has("max-calls-per-day")
                        ? integer(settings, "max-calls-per-day", 1, Integer.MAX_VALUE)
                        : Long.MAX_VALUE,
                hosts(settings.text("allowed-hosts")));
    }

    private static URI loginUrl(URI given) {
        String path = given.getPath();
        if (given.getUserInfo() != null
                || given.getQuery() != null
                || given.getFragment() != null
                || !(path == null || path.isEmpty() || path.equals("/"))) {
            throw new IllegalArgumentException(
                    "key \"login-url\" must be scheme and host only, such as https://example.my.salesforce.com");
        }
        if (given.getScheme().equals("http") && !OrgHosts.isNear(given.getHost())) {
            throw new IllegalArgumentException(
                    "key \"login-url\" must begin with https: secrets would travel in the clear"
                            + " (http is for this machine and for hosts without a dot in their name)");
        }
        String port = given.getPort() < 0 ? "" : ":" + given.getPort();
        return URI.create(given.getScheme() + "://" + given.getHost().toLowerCase(Locale.ROOT) + port);
    }

    private static String apiVersion(String given) {
        if (!given.matches("[1-9][0-9]{1,2}\\.0")) {
            throw new IllegalArgumentException("key \"api-version\" must be like 65.0, not \"" + given + "\"");
        }
        return given;
    }

    private static Duration callTimeout(Settings settings) {
        Duration call = duration(settings, "call-timeout", Duration.ofMillis(1));
        for (String part : List.of("connect-timeout", "idle-timeout")) {
            if (settings.duration(part).compareTo(call) > 0) {
                throw new IllegalArgumentException("key \"" + part + "\" (" + settings.text(part)
                        + ") must not be longer than \"call-timeout\" (" + settings.text("call-timeout") + ")");
            }
        }
        return call;
    }

    private static Duration duration(Settings settings, String key, Duration least) {
        Duration value = settings.duration(key);
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("key \"" + key + "\" must be "
                    + (least.isZero() ? "at least PT0S" : "more than PT0S") + " and at most P1D, not \""
                    + settings.text(key) + "\"");
        }
        return value;
    }

    private static int integer(Settings settings, String key, int least, int most) {
        int value = settings.integer(key);
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "key \"" + key + "\" must be " + least + " to " + most + ", not \"" + settings.text(key) + "\"");
        }
        return value;
    }

    private static List<String> hosts(String given) {
        List<String> hosts = Arrays.stream(given.split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
        for (String host : hosts) {
            if (!host.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")) {
                throw new IllegalArgumentException(
                        "key \"allowed-hosts\" must be domains such as salesforce.com, not \"" + host + "\"");
            }
        }
        return hosts;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "SalesforceSettings[loginUrl=" + loginUrl + ", auth=" + auth.word + ", apiVersion=" + apiVersion + "]";
    }
}
