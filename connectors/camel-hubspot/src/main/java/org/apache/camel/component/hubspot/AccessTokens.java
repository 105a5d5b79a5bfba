package org.apache.camel.component.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token that calls carry: that of a private app as it is, or one of OAuth, renewed shortly before it ends. However
 * many calls need a new one at once, one renewal is made. HubSpot says that a 401 is no sign that a new token is needed:
 * after one, a single renewal is tried, and only if the token that was refused is still the current one. HubSpot gives the
 * refresh token back unchanged; should it give another one, that is used from then on and a warning says so.
 */
final class AccessTokens {

    /** A token is not used in its last minute. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);

    private final HubspotConfiguration configuration;
    private final Clock clock;
    private final TokenCall call;
    private String refreshToken;
    private String accessToken;
    private Instant end = Instant.MIN;

    /** Posts a form to the token address and gives back the answer. */
    interface TokenCall {
        JsonNode post(String path, String form) throws IOException, InterruptedException;
    }

    AccessTokens(HubspotConfiguration configuration, Clock clock, TokenCall call) {
        this.configuration = configuration;
        this.clock = clock;
        this.call = call;
        this.refreshToken = configuration.getRefreshToken();
    }

    private boolean isFixed() {
        return configuration.getAccessToken() != null;
    }

    synchronized String current() throws IOException, InterruptedException {
        if (isFixed()) {
            return configuration.getAccessToken();
        }
        if (accessToken == null || !clock.instant().isBefore(end)) {
            renew();
        }
        return accessToken;
    }

    /** After a 401: whether another token is now there to try. */
    synchronized boolean renewAfter(String refused) throws IOException, InterruptedException {
        if (isFixed()) {
            return false;
        }
        if (refused.equals(accessToken)) {
            renew();
        }
        return true;
    }

    private void renew() throws IOException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("client_id", configuration.getClientId());
        form.put("client_secret", configuration.getClientSecret());
        form.put("refresh_token", refreshToken);
        String path = HubspotApi.of(configuration.getApiVersion()) == HubspotApi.V2026_09
                ? "/oauth/2026-09/token"
                : "/oauth/v1/token";
        Instant asked = clock.instant();
        JsonNode answer = call.post(
                path,
                form.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
        String token = answer.path("access_token").asText();
        if (token.isEmpty() || !answer.path("expires_in").isNumber()) {
            throw new HubspotException(
                    HubspotException.Kind.UNKNOWN_OUTCOME,
                    "HubSpot's token answer has no access_token or no expires_in",
                    null);
        }
        accessToken = token;
        Duration life = Duration.ofSeconds(answer.path("expires_in").asLong());
        Duration used = life.compareTo(MARGIN.multipliedBy(2)) > 0 ? life.minus(MARGIN) : life.dividedBy(2);
        end = asked.plus(used);
        String given = answer.path("refresh_token").asText();
        if (answer.path("refresh_token").isTextual() && !given.equals(refreshToken)) {
            LOG.warn(
                    "HubSpot gave a new refresh token. It is used until this component stops; the configured one may no"
                            + " longer be taken after that");
            refreshToken = given;
        }
    }
}
