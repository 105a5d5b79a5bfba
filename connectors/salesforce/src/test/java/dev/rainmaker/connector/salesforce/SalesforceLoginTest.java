package dev.rainmaker.connector.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static dev.rainmaker.connector.salesforce.StubOrg.error;
import static dev.rainmaker.connector.salesforce.StubOrg.json;
import static dev.rainmaker.connector.salesforce.StubOrg.lead;
import static dev.rainmaker.connector.salesforce.StubOrg.page;
import static dev.rainmaker.connector.salesforce.StubOrg.row;
import static dev.rainmaker.connector.salesforce.StubOrg.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.ConnectorFault.Fatal;
import dev.rainmaker.connector.ConnectorFault.Retryable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class SalesforceLoginTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final String SECOND = "00D000000000001!canary-second-token";

    private final StubOrg org = new StubOrg();

    @AfterEach
    void stop() {
        org.close();
    }

    private Map<String, String> loginForm() {
        String body = org.requests("/services/oauth2/token").get(0).getBodyAsString();
        return Arrays.stream(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    /** The first token expires; the second is good. */
    private void firstTokenExpires() {
        org.server.stubFor(post("/services/oauth2/token")
                .inScenario("login")
                .whenScenarioStateIs("again")
                .willReturn(json(200, token(SECOND, org.url()))));
        org.server.stubFor(post("/services/oauth2/token")
                .inScenario("login")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(json(200, token(StubOrg.TOKEN, org.url())))
                .willSetStateTo("again"));
        org.server.stubFor(StubOrg.query()
                .withHeader("Authorization", equalTo("Bearer " + StubOrg.TOKEN))
                .willReturn(error(401, "INVALID_SESSION_ID", "Session expired or invalid")));
        org.server.stubFor(StubOrg.query()
                .withHeader("Authorization", equalTo("Bearer " + SECOND))
                .willReturn(json(200, page(row(lead(1), NOON)))));
    }

    @Test
    void anExpiredSessionIsRenewedOnceAndTheSameCallGoesOn() {
        firstTokenExpires();
        Connector connector = org.open();

        assertThat(connector.read("Lead", Set.of(), null).records()).hasSize(1);

        assertThat(org.logins()).isEqualTo(2);
        assertThat(org.requests(".*/revoke.*"))
                .as("a token in an address ends up in logs")
                .isEmpty();
        assertThat(connector.usage().of(CallPurpose.READ))
                .as("both calls count")
                .isEqualTo(2);
    }

    @Test
    void twentyExpiredSessionsAtOnceMakeOneLogin() throws Exception {
        firstTokenExpires();
        Connector connector = org.open();
        ExecutorService threads = Executors.newFixedThreadPool(20);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Integer>> reads = IntStream.range(0, 20)
                .mapToObj(n -> threads.submit(() -> {
                    go.await();
                    return connector.read("Lead", Set.of(), null).records().size();
                }))
                .toList();

        go.countDown();

        for (Future<Integer> read : reads) {
            assertThat(read.get()).isEqualTo(1);
        }
        threads.shutdown();
        assertThat(org.logins()).isEqualTo(2);
    }

    @Test
    void aSessionRefusedRightAfterALoginNeedsAPerson() {
        org.queryAnswers(error(401, "INVALID_SESSION_ID", "Session expired or invalid"));

        assertThatThrownBy(() -> org.open().read("Lead", Set.of(), null))
                .isInstanceOf(Fatal.class)
                .hasMessageContaining("refused right after a new login");
        assertThat(org.logins()).isEqualTo(2);
    }

    @Test
    void aSessionThatNoLoginCuresMakesNoFurtherLogin() {
        org.queryAnswers(error(401, "INVALID_SESSION_ID", "This session is not valid for use with the REST API"));

        assertThatThrownBy(() -> org.open().read("Lead", Set.of(), null)).isInstanceOf(Fatal.class);
        assertThat(org.logins()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|invalid_client_id|client identifier invalid|client-id is not known",
                "400|invalid_client|invalid client credentials|client-secret does not fit",
                "401|invalid_client|invalid client credentials|client-secret does not fit",
                "400|invalid_grant|authentication failure|check login-url (production or sandbox?)",
                "400|invalid_grant|no client credentials user enabled|name a Run As user",
                "400|invalid_grant|user hasn't approved this consumer|pre-authorise the user",
                "400|invalid_grant|audience is invalid|jwt-audience must be",
                "400|invalid_grant|ip restricted|login IP ranges",
                "400|inactive_user|user is inactive|activate it",
                "400|unsupported_grant_type|grant type not supported|enable the flow",
                "400|invalid_app_access|user is not admin approved|assign its permission set",
                "404|||check login-url, client-id"
            })
    void refusedCredentialsSayWhatToDo(int status, String error, String description, String remedy) {
        String body = error == null
                ? "<html>not here</html>"
                : "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description);
        org.server.stubFor(post("/services/oauth2/token").willReturn(json(status, body)));
        Connector connector = org.open();

        Fatal fault = catchThrowableOfType(Fatal.class, () -> connector.read("Lead", Set.of(), null));

        assertThat(fault)
                .hasMessageContaining("crm: Salesforce refused the login")
                .hasMessageContaining(remedy);
        assertThat(fault.getMessage()).doesNotContain("canary");
        assertThat(connector.check(List.of()).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains(remedy));
    }

    @Test
    void refusedCredentialsAreNotTriedAgainAtOnce() {
        org.server.stubFor(post("/services/oauth2/token").willReturn(json(400, "{\"error\":\"invalid_grant\"}")));
        SetClock clock = new SetClock(NOON);
        Connector connector = org.openAt(clock);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> connector.read("Lead", Set.of(), null)).isInstanceOf(Fatal.class);
        }
        assertThat(org.logins()).isEqualTo(1);
        clock.forward(Duration.ofSeconds(30));
        org.logsIn(StubOrg.TOKEN, org.url());
        org.queryAnswers(json(200, page()));
        assertThat(connector.read("Lead", Set.of(), null).last()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "429"})
    void aLoginServerThatIsOverloadedIsTriedAgain(int status) {
        org.server.stubFor(post("/services/oauth2/token")
                .willReturn(aResponse().withStatus(status).withHeader("Retry-After", "9")));

        Retryable fault = catchThrowableOfType(Retryable.class, () -> org.open().read("Lead", Set.of(), null));

        assertThat(fault.after()).isEqualTo(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "<html>",
                "{}",
                "{\"access_token\":\"x\"}",
                "{\"access_token\":\"x\\r\\nEvil: y\",\"instance_url\":\"http://localhost\",\"id\":\"x\"}"
            })
    void aLoginAnswerWithoutATokenIsTriedAgain(String body) {
        org.server.stubFor(post("/services/oauth2/token").willReturn(json(200, body)));

        assertThatThrownBy(() -> org.open().read("Lead", Set.of(), null)).isInstanceOf(Retryable.class);
    }

    @Test
    void aLoginWithoutAnOrgIdNeedsAPerson() {
        org.server.stubFor(post("/services/oauth2/token")
                .willReturn(
                        json(200, "{\"access_token\":\"x\",\"instance_url\":\"" + org.url() + "\",\"id\":\"short\"}")));

        assertThatThrownBy(() -> org.open().read("Lead", Set.of(), null))
                .isInstanceOf(Fatal.class)
                .hasMessageContaining("is login-url really a Salesforce address?");
    }

    @Test
    void theSessionIsNotCarriedToAnInstanceThatIsNotAllowed() {
        try (StubOrg thief = new StubOrg()) {
            thief.everythingAnswers(json(200, page()));
            org.logsIn(StubOrg.TOKEN, thief.url());

            assertThatThrownBy(() -> org.open().read("Lead", Set.of(), null))
                    .isInstanceOf(Fatal.class)
                    .hasMessageContaining("names localhost:" + thief.server.port() + " as the org's address")
                    .hasMessageContaining("allowed-hosts");
            assertThat(thief.requests(".*")).isEmpty();
        }
    }

    @Test
    void anInstanceInAnAllowedDomainIsUsed() {
        try (StubOrg instance = new StubOrg()) {
            instance.queryAnswers(json(200, page()));
            org.logsIn(StubOrg.TOKEN, instance.url() + "/");

            org.open("allowed-hosts", "localhost:" + instance.server.port()).read("Lead", Set.of(), null);

            assertThat(instance.queries()).hasSize(1);
        }
    }

    @Test
    void aLoginThatRedirectsIsNotFollowed() {
        try (StubOrg thief = new StubOrg()) {
            org.server.stubFor(post("/services/oauth2/token")
                    .willReturn(aResponse()
                            .withStatus(307)
                            .withHeader("Location", thief.url() + "/services/oauth2/token")));

            assertThatThrownBy(() -> org.open().read("Lead", Set.of(), null))
                    .isInstanceOf(Fatal.class)
                    .hasMessageContaining("redirects are not followed");
            assertThat(thief.requests(".*")).isEmpty();
        }
    }

    @Test
    void twoConnectionsInOneProcessEachLogInToTheirOwnOrg() {
        try (StubOrg other = new StubOrg()) {
            other.logsIn(SECOND, other.url());
            org.queryAnswers(json(200, page(row(lead(1), NOON))));
            other.queryAnswers(json(200, page(row(lead(2), NOON))));
            Connector one = org.open("client-id", "one");
            Connector two = other.open("client-id", "two");

            assertThat(one.read("Lead", Set.of(), null).records().get(0).id()).isEqualTo(lead(1));
            assertThat(two.read("Lead", Set.of(), null).records().get(0).id()).isEqualTo(lead(2));
            assertThat(one.read("Lead", Set.of(), null).records().get(0).id()).isEqualTo(lead(1));

            assertThat(org.requests("/services/oauth2/token").get(0).getBodyAsString())
                    .contains("client_id=one");
            assertThat(other.requests("/services/oauth2/token").get(0).getBodyAsString())
                    .contains("client_id=two");
            assertThat(other.requests("/services/data/.*"))
                    .allSatisfy(
                            call -> assertThat(call.getHeader("Authorization")).isEqualTo("Bearer " + SECOND));
        }
    }

    @Test
    void clientCredentialsAndPasswordAreSentAsTheyAre() {
        org.queryAnswers(json(200, page()));

        org.open().read("Lead", Set.of(), null);
        assertThat(loginForm())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "grant_type", "client_credentials",
                        "client_id", "canary-client-id",
                        "client_secret", StubOrg.SECRET,
                        "format", "json"));

        org.server.resetRequests();
        org.open("auth", "password", "username", "ann+x@example.com", "password", "p&=ä%")
                .read("Lead", Set.of(), null);
        assertThat(loginForm())
                .containsEntry("grant_type", "password")
                .containsEntry("username", "ann+x@example.com")
                .containsEntry("password", "p&=ä%");
    }

    @Test
    void aSignedLoginFollowsTheStandard(@TempDir Path folder) throws Exception {
        Path keystore = folder.resolve("keys.p12");
        PublicKey key = keystore(keystore, "RSA");
        org.queryAnswers(json(200, page()));

        openSigned(keystore, "k-password").read("Lead", Set.of(), null);

        Map<String, String> form = loginForm();
        assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        assertThat(form).doesNotContainKeys("client_secret", "password");
        String[] parts = form.get("assertion").split("\\.");
        assertThat(form.get("assertion")).doesNotContain("=");
        JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.path("iss").asText()).isEqualTo("canary-client-id");
        assertThat(claims.path("sub").asText()).isEqualTo("ann@example.com");
        assertThat(claims.path("aud").asText()).isEqualTo(org.url());
        assertThat(claims.path("exp").isIntegralNumber()).isTrue();
        assertThat(claims.path("exp").asLong()).isEqualTo(NOON.plusSeconds(180).getEpochSecond());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void aKeystoreThatCannotBeUsedStopsTheOpening(@TempDir Path folder) throws Exception {
        Path keystore = folder.resolve("keys.p12");
        keystore(keystore, "RSA");
        Path curve = folder.resolve("ec.p12");
        keystore(curve, "EC");

        assertThatThrownBy(() -> openSigned(folder.resolve("none.p12"), "k-password"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.p12 cannot be opened");
        assertThatThrownBy(() -> openSigned(keystore, "wrong"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"keystore-password\" must fit it");
        assertThatThrownBy(() -> openSigned(curve, "k-password"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must hold an RSA key");
    }

    private Connector openSigned(Path keystore, String password) {
        return org.openAt(
                new SetClock(NOON),
                "auth",
                "jwt",
                "client-secret",
                "",
                "username",
                "ann@example.com",
                "keystore",
                keystore.toString(),
                "keystore-password",
                password);
    }

    private static PublicKey keystore(Path file, String algorithm) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "rainmaker",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=rainmaker",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "k-password")
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore store = KeyStore.getInstance(file.toFile(), "k-password".toCharArray());
        return store.getCertificate("rainmaker").getPublicKey();
    }

    @Test
    void openingStartsNothingAndCallsNobody() {
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("salesforce-crm"))
                .count();

        Connector connector = org.open();

        assertThat(connector.capabilities().writeBatch()).isEqualTo(200);
        assertThat(org.requests(".*")).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("salesforce-crm"))
                        .count())
                .isEqualTo(threads);
    }

    @Test
    void noSecretAndNoPersonInTheLog() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Level before = root.getLevel();
        root.setLevel(Level.INFO);
        log.start();
        root.addAppender(log);
        try {
            firstTokenExpires();
            org.server.stubFor(StubOrg.write().willReturn(json(200, "canary-answer")));
            Connector connector =
                    org.open("auth", "password", "username", "canary-user@example.com", "password", "canary-password");
            connector.read("Lead", Set.of(), null);
            Throwable write = catchThrowableOfType(
                    ConnectorFault.class,
                    () -> connector.write("Lead", List.of(new Change(lead(1), Map.of("Email", "canary-person")))));
            org.queryAnswers(error(500, "X", "x").withBody("canary-body"));
            Throwable read = catchThrowableOfType(
                    ConnectorFault.class, () -> connector.fetch("Lead", List.of(lead(1)), Set.of(), CallPurpose.READ));

            assertThat(String.valueOf(write)).doesNotContain("canary");
            assertThat(String.valueOf(read)).doesNotContain("canary");
            assertThat(connector.toString()).doesNotContain("canary");
        } finally {
            root.detachAppender(log);
            root.setLevel(before);
        }
        assertThat(log.list).isNotEmpty();
        assertThat(log.list.stream().map(ILoggingEvent::getFormattedMessage))
                .noneMatch(line -> line.contains("canary"));
    }
}
