package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.state.Shelf;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may come in: the private app for ever, OAuth apps until their token ends. */
final class Tokens {

    private static final String ACCESS = "access-tokens";
    private static final String REFRESH = "refresh-tokens";

    private final Site site;

    Tokens(Site site) {
        this.site = site;
        if (site.shelf().find(REFRESH, site.identity().refreshToken()).isEmpty()) {
            site.shelf()
                    .put(REFRESH, site.identity().refreshToken(), Shelf.object().put("user", "admin@vendor.example"));
        }
    }

    /** What a token allows. */
    record Grant(String token, boolean oauth, Instant ends) {
        @Override
        public String toString() {
            return oauth ? "OAuth token" : "private app token";
        }
    }

    Optional<Grant> find(String token) {
        if (token.equals(site.identity().accessToken())) {
            return Optional.of(new Grant(token, false, Instant.MAX));
        }
        return site.shelf()
                .find(ACCESS, token)
                .map(json ->
                        new Grant(token, true, Instant.parse(json.path("ends").asText())));
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** A fresh access token for this refresh token. */
    ObjectNode open(String refresh) {
        Duration life = site.profile().get().duration("token-lifetime");
        String access = "CO" + random(40);
        site.shelf()
                .put(
                        ACCESS,
                        access,
                        Shelf.object()
                                .put("ends", site.now().plus(life).toString())
                                .put("refresh", refresh));
        ObjectNode answer = ApiJson.object();
        answer.put("token_type", "bearer")
                .put("refresh_token", refresh)
                .put("access_token", access)
                .put("expires_in", life.toSeconds());
        return answer;
    }

    String openRefresh() {
        String refresh = "na1-" + random(20);
        site.shelf().put(REFRESH, refresh, Shelf.object().put("user", "admin@vendor.example"));
        return refresh;
    }

    boolean knowsRefresh(String refresh) {
        return site.shelf().find(REFRESH, refresh).isPresent();
    }

    void revoke(String token) {
        site.shelf().remove(REFRESH, token);
        site.shelf().remove(ACCESS, token);
        site.shelf().all(ACCESS).forEach((access, json) -> {
            if (json.path("refresh").asText().equals(token)) {
                site.shelf().remove(ACCESS, access);
            }
        });
    }

    /** Lets all access tokens of OAuth apps end now. */
    void expireAll() {
        for (Map.Entry<String, JsonNode> access : site.shelf().all(ACCESS).entrySet()) {
            ObjectNode ended = access.getValue().deepCopy();
            ended.put("ends", site.now().minusSeconds(60).toString());
            site.shelf().put(ACCESS, access.getKey(), ended);
        }
    }

    /** What is known of a token, as its introspection tells. */
    ObjectNode about(String token, boolean refresh) {
        ObjectNode body = ApiJson.object();
        body.put("token", token)
                .put("user", "admin@vendor.example")
                .put("hub_domain", "vendor.example")
                .put("hub_id", site.identity().portalId())
                .put("user_id", 501)
                .put("token_type", refresh ? "refresh" : "access");
        String scopes = site.profile().get().text("scopes");
        body.set("scopes", ApiJson.texts(scopes.equals("*") ? List.of("oauth") : List.of(scopes.split("[ ,]+"))));
        if (refresh) {
            body.put("client_id", site.identity().clientId());
        } else {
            body.put("app_id", site.identity().appId());
            find(token)
                    .ifPresent(grant -> body.put(
                            "expires_in",
                            Math.max(
                                    0,
                                    Duration.between(site.now(), grant.ends()).toSeconds())));
        }
        return body;
    }
}
