package dev.rainmaker.connector.hubspot;

import dev.rainmaker.connector.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one connection, checked against each other. {@link HubspotKeys} says what each key means.
 *
 * @param apiUrl scheme, host and port only
 * @param portalId empty where not given
 */
record HubspotSettings(
        @Nullable String accessToken,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String previousClientSecret,
        @Nullable String refreshToken,
        URI apiUrl,
        URI appUrl,
        String portalId,
        String apiVersion,
        @Nullable String webhookUrl,
        Duration overlap,
        Duration engagementWindow,
        int pageSize,
        int batchSize,
        int callsPerTenSeconds,
        int searchesPerSecond,
        Duration connectTimeout,
        Duration callTimeout,
        int maxResponseBytes) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws IllegalArgumentException naming the key that is wrong, missing, or in contradiction to another */
    static HubspotSettings from(Settings settings) {
        checkLogin(settings);
        return new HubspotSettings(
                settings.find("access-token").orElse(null),
                settings.find("client-id").orElse(null),
                settings.find("client-secret").orElse(null),
                previousSecret(settings),
                settings.find("refresh-token").orElse(null),
                bare(settings, "api-url"),
                bare(settings, "app-url"),
                settings.find("portal-id").map(id -> portal(settings)).orElse(""),
                apiVersion(settings.text("api-version")),
                settings.find("webhook-url").orElse(null),
                duration(settings, "overlap", Duration.ZERO, Duration.ofDays(1)),
                duration(settings, "engagement-window", Duration.ZERO, Duration.ofDays(3650)),
                integer(settings, "page-size", 1, 100),
                integer(settings, "batch-size", 1, 100),
                integer(settings, "calls-per-10-seconds", 1, 100_000),
                integer(settings, "searches-per-second", 1, 1_000),
                duration(settings, "connect-timeout", Duration.ofMillis(1), Duration.ofDays(1)),
                callTimeout(settings),
                integer(settings, "max-response-mb", 1, 1024) << 20);
    }

    private static void checkLogin(Settings settings) {
        if (settings.has("access-token")) {
            for (String key : List.of("refresh-token", "client-id")) {
                if (settings.has(key)) {
                    throw new IllegalArgumentException("key \"" + key
                            + "\" does not go with access-token: a private app has no OAuth; remove one of the two");
                }
            }
            return;
        }
        for (String key : List.of("client-id", "client-secret", "refresh-token")) {
            if (!settings.has(key)) {
                throw new IllegalArgumentException(
                        "key \"" + key
                                + "\" is missing: give access-token (a private app), or client-id, client-secret and refresh-token (OAuth)");
            }
        }
    }

    private static @Nullable String previousSecret(Settings settings) {
        if (settings.has("previous-client-secret") && !settings.has("client-secret")) {
            throw new IllegalArgumentException(
                    "key \"previous-client-secret\" needs \"client-secret\": the one that replaced it");
        }
        return settings.find("previous-client-secret").orElse(null);
    }

    private static URI bare(Settings settings, String key) {
        URI given = settings.url(key);
        String path = given.getPath();
        if (given.getUserInfo() != null
                || given.getQuery() != null
                || given.getFragment() != null
                || !(path == null || path.isEmpty() || path.equals("/"))) {
            throw new IllegalArgumentException(
                    "key \"" + key + "\" must be scheme and host only, such as https://api.hubapi.com");
        }
        String host = given.getHost().toLowerCase(Locale.ROOT);
        boolean near = LOOPBACK.contains(host) || !(host.contains(".") || host.contains(":"));
        if (given.getScheme().equals("http") && !near) {
            throw new IllegalArgumentException("key \"" + key
                    + "\" must begin with https: secrets would travel in the clear"
                    + " (http is for this machine and for hosts without a dot in their name)");
        }
        return URI.create(given.getScheme() + "://" + host + (given.getPort() < 0 ? "" : ":" + given.getPort()));
    }

    private static String portal(Settings settings) {
        return String.valueOf(integer(settings, "portal-id", 1, Integer.MAX_VALUE));
    }

    private static String apiVersion(String given) {
        if (!given.equals("2026-09") && !given.equals("v3")) {
            throw new IllegalArgumentException("key \"api-version\" must be 2026-09 or v3, not \"" + given + "\"");
        }
        return given;
    }

    private static Duration callTimeout(Settings settings) {
        Duration call = duration(settings, "call-timeout", Duration.ofMillis(1), Duration.ofDays(1));
        if (settings.duration("connect-timeout").compareTo(call) > 0) {
            throw new IllegalArgumentException("key \"connect-timeout\" (" + settings.text("connect-timeout")
                    + ") must not be longer than \"call-timeout\" (" + settings.text("call-timeout") + ")");
        }
        return call;
    }

    private static Duration duration(Settings settings, String key, Duration least, Duration most) {
        Duration value = settings.duration(key);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("key \"" + key + "\" must be "
                    + (least.isZero() ? "at least PT0S" : "more than PT0S") + " and at most P" + most.toDays()
                    + "D, not \"" + settings.text(key) + "\"");
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

    /** The secrets that webhooks may be signed with. */
    List<String> webhookSecrets() {
        return java.util.stream.Stream.of(clientSecret, previousClientSecret)
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "HubspotSettings[" + apiUrl + ", " + apiVersion + ", " + (accessToken == null ? "OAuth" : "private app")
                + (portalId.isEmpty() ? "" : ", portal " + portalId) + "]";
    }
}
