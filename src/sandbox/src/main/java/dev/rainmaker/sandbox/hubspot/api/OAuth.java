package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /oauth/…}: tokens for apps, in three generations of paths. */
final class OAuth {

    private final Site site;
    private final Tokens tokens;
    private final Map<String, String> codes = new ConcurrentHashMap<>();

    OAuth(Site site, Tokens tokens) {
        this.site = site;
        this.tokens = tokens;
    }

    Reply answer(List<String> path, Request request) {
        String what = request.method() + " " + String.join("/", path.subList(0, Math.min(3, path.size())));
        return switch (what) {
            case "POST v1/token", "POST v3/token", "POST 2026-09/token" -> path.size() == 2 ? token(request) : wrong();
            case "POST v3/token/introspect", "POST 2026-09/token/introspect" -> introspect(request);
            case "POST v3/token/revoke", "POST 2026-09/token/revoke" -> {
                tokens.revoke(request.formBody().getOrDefault("token", ""));
                yield Reply.empty(204);
            }
            default ->
                path.size() == 3 && path.get(0).equals("v1") ? about(request, path.get(1), path.get(2)) : wrong();
        };
    }

    private static Reply wrong() {
        return ErrorReply.notFound();
    }

    private Reply token(Request request) {
        String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.contains("application/x-www-form-urlencoded")) {
            return ErrorReply.of(415, "", "HTTP 415 Unsupported Media Type");
        }
        Map<String, String> form = request.formBody();
        if (!site.identity().clientId().equals(form.get("client_id"))
                || !site.identity().clientSecret().equals(form.get("client_secret"))) {
            return refused("BAD_CLIENT_ID", "missing or unknown client id");
        }
        switch (form.getOrDefault("grant_type", "")) {
            case "refresh_token":
                String refresh = form.getOrDefault("refresh_token", "");
                return tokens.knowsRefresh(refresh)
                        ? Reply.json(200, tokens.open(refresh))
                        : refused("BAD_REFRESH_TOKEN", "missing or unknown refresh token");
            case "authorization_code":
                String redirect = codes.remove(form.getOrDefault("code", ""));
                return redirect != null && redirect.equals(form.get("redirect_uri"))
                        ? Reply.json(200, tokens.open(tokens.openRefresh()))
                        : refused("BAD_AUTH_CODE", "missing or unknown auth code");
            default:
                return refused("BAD_GRANT_TYPE", "unknown grant type");
        }
    }

    private static Reply refused(String status, String message) {
        ObjectNode body = ApiJson.object();
        body.put("status", status)
                .put("message", message)
                .put("correlationId", UUID.randomUUID().toString());
        return Reply.json(400, body);
    }

    private Reply introspect(Request request) {
        String token = request.formBody().getOrDefault("token", "");
        boolean refresh = tokens.knowsRefresh(token);
        boolean active = refresh || tokens.find(token).filter(this::alive).isPresent();
        ObjectNode body = active ? tokens.about(token, refresh) : ApiJson.object();
        return Reply.json(200, body.put("active", active));
    }

    private boolean alive(Tokens.Grant grant) {
        return grant.ends().isAfter(site.now());
    }

    private Reply about(Request request, String kind, String token) {
        boolean refresh = kind.equals("refresh-tokens");
        if (!refresh && !kind.equals("access-tokens")) {
            return wrong();
        }
        boolean known = refresh
                ? tokens.knowsRefresh(token)
                : tokens.find(token).filter(this::alive).isPresent();
        if (!known) {
            return ErrorReply.of(404, "", "Token not found");
        }
        if (refresh && request.method().equals("DELETE")) {
            tokens.revoke(token);
            return Reply.empty(204);
        }
        return request.method().equals("GET") ? Reply.json(200, tokens.about(token, refresh)) : ErrorReply.notAllowed();
    }

    /** What a person's consent gives: a code that is good once, for this address only. */
    String consent(String redirect) {
        String code = Tokens.random(16);
        codes.put(code, redirect);
        return code;
    }
}
