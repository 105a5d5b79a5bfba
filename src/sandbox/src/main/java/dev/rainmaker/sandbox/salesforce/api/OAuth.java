package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.record.SalesforceOrgId;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /services/oauth2/…}: tokens by five grants, user info, revocation. Its errors are objects, not arrays. */
final class OAuth {

    private static final String SCOPE = "api refresh_token";

    private final Org org;
    private final Sessions sessions;
    private final Credentials credentials;
    private final Supplier<Profile> profile;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile String url = "";

    OAuth(Org org, Sessions sessions, Credentials credentials, Supplier<Profile> profile) {
        this.org = org;
        this.sessions = sessions;
        this.credentials = credentials;
        this.profile = profile;
    }

    void servedAt(String baseUrl) {
        url = baseUrl;
    }

    /** A login that fails. */
    private static final class Denied extends Exception {
        private static final long serialVersionUID = 1L;
        private final String error;
        private final String description;

        Denied(String error, String description) {
            super(error);
            this.error = error;
            this.description = description;
        }
    }

    Reply token(Request request) {
        if (!request.method().equals("POST")) {
            return error("invalid_request", "must use HTTP POST");
        }
        Map<String, String> form = request.formBody();
        try {
            return grant(form);
        } catch (Denied denied) {
            return error(denied.error, denied.description);
        }
    }

    private Reply grant(Map<String, String> form) throws Denied {
        switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials":
                checkClient(form, true);
                return session(SalesforceOrgId.INTEGRATION_USER, null);
            case "password":
                checkClient(form, true);
                String password = credentials.password();
                if (password == null || !same(password, form.get("password"))) {
                    throw new Denied("invalid_grant", "authentication failure");
                }
                return session(userNamed(form.getOrDefault("username", "")), null);
            case "urn:ietf:params:oauth:grant-type:jwt-bearer":
                return session(asserted(form.getOrDefault("assertion", "")), null);
            case "refresh_token":
                checkClient(form, false);
                return refreshed(form.getOrDefault("refresh_token", ""));
            case "authorization_code":
                return exchanged(form);
            default:
                throw new Denied("unsupported_grant_type", "grant type not supported");
        }
    }

    private void checkClient(Map<String, String> form, boolean secretNeeded) throws Denied {
        if (!same(credentials.clientId(), form.get("client_id"))) {
            throw new Denied("invalid_client_id", "client identifier invalid");
        }
        String secret = form.get("client_secret");
        if ((secretNeeded || secret != null) && !same(credentials.clientSecret(), secret)) {
            throw new Denied("invalid_client", "invalid client credentials");
        }
    }

    private static boolean same(String expected, @Nullable String sent) {
        return sent != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    private String userNamed(String username) throws Denied {
        return org.read(() -> org.rows(org.schema().required("User")).stream()
                        .filter(row -> row.text("Username").equalsIgnoreCase(username))
                        .filter(row -> Boolean.TRUE.equals(row.value("IsActive")))
                        .map(Row::id)
                        .findFirst())
                .orElseThrow(() -> new Denied("invalid_grant", "user hasn't approved this consumer"));
    }

    /** Checks a signed assertion. Some clients send exp as text and keep the padding of base64url: both are taken. */
    private String asserted(String assertion) throws Denied {
        String[] parts = assertion.split("\\.");
        PublicKey key = credentials.jwtKey();
        if (parts.length != 3 || key == null) {
            throw new Denied("invalid_grant", "invalid assertion");
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8));
            JsonNode header = ApiJson.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[0]));
            if (!header.path("alg").asText().equals("RS256")
                    || !signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
                throw new Denied("invalid_grant", "invalid assertion");
            }
            JsonNode claims = ApiJson.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]));
            if (!claims.path("iss").asText().equals(credentials.clientId())) {
                throw new Denied("invalid_client_id", "client identifier invalid");
            }
            if (claims.path("exp").asLong() <= org.clock().instant().getEpochSecond()) {
                throw new Denied("invalid_grant", "expired authorization code");
            }
            String audience = claims.path("aud").asText();
            if (!audience.startsWith(url) && !audience.matches("https://(login|test)\\.salesforce\\.com/?")) {
                throw new Denied("invalid_grant", "audience is invalid");
            }
            return userNamed(claims.path("sub").asText());
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new Denied("invalid_grant", "invalid assertion");
        }
    }

    private Reply refreshed(String token) throws Denied {
        Sessions.Refresh refresh =
                sessions.refresh(token).orElseThrow(() -> new Denied("invalid_grant", "expired access/refresh token"));
        if (!profile.get().on("refresh-token-rotation")) {
            return session(refresh.userId(), null);
        }
        if (!sessions.newest(refresh)) {
            if (profile.get().on("revoke-family-on-reuse")) {
                sessions.revoke(refresh.family());
            }
            throw new Denied("invalid_grant", "expired access/refresh token");
        }
        return session(refresh.userId(), sessions.rotate(refresh));
    }

    /** The consent page of {@code authorize}, which this org gives without asking, back to loopback addresses only. */
    Reply authorize(Request request) {
        String redirect = request.query().getOrDefault("redirect_uri", "");
        if (!same(credentials.clientId(), request.parameter("client_id"))) {
            return error("invalid_client_id", "client identifier invalid");
        }
        String host = redirect.matches("https?://.+") ? URI.create(redirect).getHost() : "";
        if (host == null || !host.matches("localhost|127\\.0\\.0\\.1|\\[::1]")) {
            return error("redirect_uri_mismatch", "redirect_uri must match configuration");
        }
        String code = sessions.randomText(24);
        codes.put(code, request.query());
        String state = request.query().getOrDefault("state", "");
        return Reply.redirect(redirect + (redirect.contains("?") ? "&" : "?") + "code=" + code
                + (state.isEmpty() ? "" : "&state=" + URLEncoder.encode(state, StandardCharsets.UTF_8)));
    }

    private Reply exchanged(Map<String, String> form) throws Denied {
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        if (asked == null || !Objects.equals(asked.get("redirect_uri"), form.get("redirect_uri"))) {
            throw new Denied("invalid_grant", "expired authorization code");
        }
        String challenge = asked.get("code_challenge");
        if (challenge != null && !same(challenge, challengeOf(form.getOrDefault("code_verifier", "")))) {
            throw new Denied("invalid_grant", "invalid code verifier");
        }
        checkClient(form, challenge == null);
        return session(SalesforceOrgId.INTEGRATION_USER, sessions.openRefresh(SalesforceOrgId.INTEGRATION_USER));
    }

    private static String challengeOf(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private Reply session(String userId, @Nullable String refreshToken) {
        Instant now = org.clock().instant();
        String instance = profile.get().text("instance-url").isEmpty()
                ? url
                : profile.get().text("instance-url");
        String id = url + "/id/" + SalesforceOrgId.ORGANIZATION + "/" + userId;
        ObjectNode body = ApiJson.object();
        body.put("access_token", sessions.open(userId, now));
        if (refreshToken != null) {
            body.put("refresh_token", refreshToken);
        }
        body.put("signature", sessions.mac(id + now.toEpochMilli()));
        body.put("scope", SCOPE);
        body.put("instance_url", instance);
        body.put("id", id);
        body.put("token_type", "Bearer");
        body.put("issued_at", String.valueOf(now.toEpochMilli()));
        return Reply.json(200, body).with("Cache-Control", "no-store");
    }

    Reply revoke(Request request) {
        String token = request.formBody().getOrDefault("token", request.query().getOrDefault("token", ""));
        boolean known = sessions.refresh(token).isPresent()
                || sessions.user(token, org.clock().instant(), profile.get().duration("token-lifetime"))
                        .isPresent();
        if (!known) {
            return error("invalid_token", "invalid token: " + (token.isEmpty() ? "none was sent" : "not live"));
        }
        sessions.revoke(token);
        return Reply.empty(200);
    }

    Reply userInfo(String userId) {
        Row user = org.find(userId).orElseThrow();
        ObjectNode body = ApiJson.object();
        body.put("sub", url + "/id/" + SalesforceOrgId.ORGANIZATION + "/" + userId);
        body.put("user_id", userId);
        body.put("organization_id", SalesforceOrgId.ORGANIZATION);
        body.put("preferred_username", user.text("Username"));
        body.put("name", user.text("Name"));
        body.put("email", user.text("Email"));
        body.put("email_verified", true);
        body.put("given_name", user.text("FirstName"));
        body.put("family_name", user.text("LastName"));
        body.put("zoneinfo", user.text("TimeZoneSidKey"));
        body.put("user_type", "STANDARD");
        body.put("active", true);
        body.put("username", user.text("Username"));
        body.put("display_name", user.text("Name"));
        ObjectNode urls = body.putObject("urls");
        urls.put("rest", url + "/services/data/v{version}/");
        urls.put("sobjects", url + "/services/data/v{version}/sobjects/");
        urls.put("query", url + "/services/data/v{version}/query/");
        return Reply.json(200, body);
    }

    private static Reply error(String error, String description) {
        ObjectNode body = ApiJson.object();
        body.put("error", error);
        body.put("error_description", description);
        return Reply.json(400, body);
    }
}
