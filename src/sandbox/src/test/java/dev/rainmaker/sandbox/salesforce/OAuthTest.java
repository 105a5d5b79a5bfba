package dev.rainmaker.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.sandbox.salesforce.TestOrg.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OAuthTest {

    private static final String JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    @TempDir
    private Path state;

    private static String client(TestOrg org) {
        return "&client_id=" + TestOrg.encode(org.sandbox().clientId()) + "&client_secret="
                + TestOrg.encode(org.sandbox().clientSecret());
    }

    private static Answer token(TestOrg org, String form) throws Exception {
        return org.form("/services/oauth2/token", form);
    }

    @Test
    void clientCredentialsGiveATokenOfTheVendorsShape() throws Exception {
        try (TestOrg org = TestOrg.start(state)) {
            Answer answer = token(org, "grant_type=client_credentials" + client(org));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("access_token").asText()).matches("00D\\w{12}!\\S{20,}");
            assertThat(answer.json().path("id").asText()).matches("http://.+/id/00D\\w{15}/005\\w{15}");
            assertThat(answer.json().path("instance_url").asText()).isEqualTo(org.url());
            assertThat(answer.json().path("issued_at").asText()).matches("\\d{13}");
            assertThat(answer.json().path("token_type").asText()).isEqualTo("Bearer");
            assertThat(answer.json().path("signature").asText()).isNotEmpty();
        }
    }

    @Test
    void wrongSecretIsAnErrorObjectWithStatus400() throws Exception {
        try (TestOrg org = TestOrg.start(state)) {
            Answer answer = token(
                    org,
                    "grant_type=client_credentials&client_secret=no&client_id="
                            + TestOrg.encode(org.sandbox().clientId()));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("error").asText()).isEqualTo("invalid_client");
        }
    }

    @Test
    void passwordGrantNeedsTheConfiguredPassword() throws Exception {
        try (TestOrg org = TestOrg.start(state, settings -> settings.withLogins("s3cret", null))) {
            String form = "grant_type=password&username=integration%40rainmaker.example" + client(org);

            assertThat(token(org, form + "&password=s3cret").status()).isEqualTo(200);
            assertThat(token(org, form + "&password=other").json().path("error").asText())
                    .isEqualTo("invalid_grant");
        }
    }

    @Test
    void jwtBearerIsVerifiedAgainstTheRegisteredKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair registered = generator.generateKeyPair();
        KeyPair other = generator.generateKeyPair();
        try (TestOrg org = TestOrg.start(state, settings -> settings.withLogins(null, registered.getPublic()))) {
            long later = Instant.now().getEpochSecond() + 120;
            assertThat(jwt(org, registered.getPrivate(), String.valueOf(later)).status())
                    .isEqualTo(200);
            assertThat(jwt(org, registered.getPrivate(), "\"" + later + "\"").status())
                    .isEqualTo(200);
            assertThat(jwt(org, other.getPrivate(), String.valueOf(later)).status())
                    .isEqualTo(400);
            assertThat(jwt(org, registered.getPrivate(), "1000").status()).isEqualTo(400);
        }
    }

    private static Answer jwt(TestOrg org, PrivateKey key, String expires) throws Exception {
        Base64.Encoder base64 = Base64.getUrlEncoder();
        String claims = "{\"iss\":\"" + org.sandbox().clientId()
                + "\",\"sub\":\"integration@rainmaker.example\",\"aud\":\"" + org.url() + "\",\"exp\":" + expires + "}";
        String content = base64.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(content.getBytes(StandardCharsets.UTF_8));
        return token(
                org,
                "grant_type=" + TestOrg.encode(JWT_GRANT) + "&assertion="
                        + TestOrg.encode(content + "." + base64.encodeToString(signature.sign())));
    }

    @Test
    void sessionEndsWhenItsTimeHasRunOutOrItIsRevoked() throws Exception {
        try (TestOrg org = TestOrg.start(state)) {
            assertThat(org.get("/limits").status()).isEqualTo(200);
            org.hook("expire-tokens", "{}");
            Answer expired = org.get("/limits");
            assertThat(expired.status()).isEqualTo(401);
            assertThat(expired.error()).isEqualTo("INVALID_SESSION_ID");
            org.login();
            assertThat(org.form("/services/oauth2/revoke", "token=" + TestOrg.encode(org.token()))
                            .status())
                    .isEqualTo(200);
            assertThat(org.get("/limits").status()).isEqualTo(401);
        }
        try (TestOrg org = TestOrg.start(
                state, settings -> settings.behaving(settings.profile().with("token-lifetime", "PT0S")))) {
            assertThat(org.get("/limits").status()).isEqualTo(401);
        }
    }

    @Test
    void sessionOutlivesARestart() throws Exception {
        String token;
        try (TestOrg org = TestOrg.start(state)) {
            token = org.token();
        }
        try (TestOrg org = TestOrg.start(state)) {
            assertThat(org.raw("GET", "/services/data/v60.0/limits", "", "X-Unused", "1")
                            .status())
                    .isEqualTo(200);
            assertThat(org.form("/services/oauth2/revoke", "token=" + TestOrg.encode(token))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void rotatedRefreshTokenKillsItsFamilyWhenUsedAgain() throws Exception {
        try (TestOrg org = TestOrg.start(
                state, settings -> settings.behaving(settings.profile().with("refresh-token-rotation", "true")))) {
            String first =
                    org.hook("refresh-token", "{}").json().path("refresh_token").asText();
            String second = refresh(org, first).json().path("refresh_token").asText();

            assertThat(second).isNotEqualTo(first).isNotEmpty();
            assertThat(refresh(org, first).json().path("error").asText()).isEqualTo("invalid_grant");
            assertThat(refresh(org, second).json().path("error").asText()).isEqualTo("invalid_grant");
        }
    }

    private static Answer refresh(TestOrg org, String refreshToken) throws Exception {
        return token(org, "grant_type=refresh_token&refresh_token=" + TestOrg.encode(refreshToken) + client(org));
    }

    @Test
    void userInfoNamesUserAndOrganization() throws Exception {
        try (TestOrg org = TestOrg.start(state)) {
            Answer answer = org.raw("GET", "/services/oauth2/userinfo", "");

            assertThat(answer.json().path("organization_id").asText())
                    .startsWith("00D")
                    .hasSize(18);
            assertThat(answer.json().path("preferred_username").asText()).isEqualTo("integration@rainmaker.example");
        }
    }

    @Test
    void versionsNeedNoLoginAndAreTheOnlyAnswerWithoutUsage() throws Exception {
        try (TestOrg org = TestOrg.start(state)) {
            Answer versions = org.raw("GET", "//services/data", "");
            assertThat(versions.status()).isEqualTo(200);
            assertThat(versions.header("Sforce-Limit-Info")).isEmpty();
            assertThat(versions.json())
                    .extracting(node -> node.path("version").asText())
                    .contains("50.0", "51.0", "56.0", "65.0");
            assertThat(org.get("/limits/").header("Sforce-Limit-Info")).isEqualTo("api-usage=1/100000");
        }
    }
}
