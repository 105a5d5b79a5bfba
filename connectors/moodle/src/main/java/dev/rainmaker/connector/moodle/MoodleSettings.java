package dev.rainmaker.connector.moodle;

import dev.rainmaker.connector.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * Settings of one connection, checked against each other. {@link MoodleKeys} says what each key means.
 *
 * @param site scheme, host, port and path, without a slash at the end
 */
record MoodleSettings(
        URI site,
        String token,
        int pageSize,
        Duration reachBack,
        Duration connectTimeout,
        Duration callTimeout,
        int maxConnections,
        int maxResponseBytes) {

    private static final Duration LONGEST_CALL = Duration.ofMinutes(30);
    private static final Duration LONGEST_REACH = Duration.ofDays(90);

    /** @throws IllegalArgumentException if keys are wrong or contradict each other, naming them */
    static MoodleSettings from(Settings settings) {
        String token = settings.find("token")
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "key \"token\" is missing: create one in Site administration, Server, Web services, Manage tokens"));
        if (!token.matches("[0-9A-Za-z]{8,128}")) {
            throw new IllegalArgumentException(
                    "key \"token\" must be the token alone, letters and digits, as Moodle shows it");
        }
        Duration call = duration(settings, "call-timeout", LONGEST_CALL);
        Duration connect = duration(settings, "connect-timeout", LONGEST_CALL);
        if (connect.compareTo(call) > 0) {
            throw new IllegalArgumentException("key \"connect-timeout\" (" + settings.text("connect-timeout")
                    + ") must not be longer than \"call-timeout\" (" + settings.text("call-timeout") + ")");
        }
        return new MoodleSettings(
                site(settings.url("url"), settings.flag("allow-http")),
                token,
                integer(settings, "page-size", 1, 500),
                duration(settings, "reach-back", LONGEST_REACH),
                connect,
                call,
                integer(settings, "max-connections", 1, 32),
                integer(settings, "max-response-mb", 1, 512) << 20);
    }

    private static URI site(URI given, boolean allowHttp) {
        if (given.getUserInfo() != null || given.getQuery() != null || given.getFragment() != null) {
            throw new IllegalArgumentException(
                    "key \"url\" must be the site's address alone, without user, query or fragment");
        }
        String path = given.getPath() == null ? "" : given.getPath().replaceAll("/+$", "");
        if (path.endsWith(".php")) {
            throw new IllegalArgumentException("key \"url\" must be the site's address, not that of a page of it");
        }
        String host = given.getHost().toLowerCase(Locale.ROOT);
        if (given.getScheme().equals("http") && !isHere(host) && !allowHttp) {
            throw new IllegalArgumentException("key \"url\" must begin with https: over http the token could be read on"
                    + " the way; in a closed network set \"allow-http\" to true");
        }
        String port = given.getPort() < 0 ? "" : ":" + given.getPort();
        return URI.create(given.getScheme() + "://" + host + port + path);
    }

    private static boolean isHere(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    private static Duration duration(Settings settings, String key, Duration most) {
        Duration value = settings.duration(key);
        if (value.isZero() || value.isNegative() || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("key \"" + key + "\" must be more than PT0S and at most " + most
                    + ", not \"" + settings.text(key) + "\"");
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

    /** Where all functions are called. */
    URI server() {
        return URI.create(site + "/webservice/rest/server.php");
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "MoodleSettings[site=" + site + "]";
    }
}
