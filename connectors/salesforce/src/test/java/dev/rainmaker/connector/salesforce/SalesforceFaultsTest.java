package dev.rainmaker.connector.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static dev.rainmaker.connector.salesforce.StubOrg.error;
import static dev.rainmaker.connector.salesforce.StubOrg.json;
import static dev.rainmaker.connector.salesforce.StubOrg.lead;
import static dev.rainmaker.connector.salesforce.StubOrg.page;
import static dev.rainmaker.connector.salesforce.StubOrg.row;
import static dev.rainmaker.connector.salesforce.StubOrg.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.ConnectorFault.Fatal;
import dev.rainmaker.connector.ConnectorFault.Retryable;
import dev.rainmaker.connector.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection makes of everything that can come back instead of an answer. */
class SalesforceFaultsTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final String CANARY = "canary-person@example.com";

    private final StubOrg org = new StubOrg();
    private final StubOrg elsewhere = new StubOrg();

    @AfterEach
    void stop() {
        org.close();
        elsewhere.close();
    }

    private static <F extends ConnectorFault> F reading(Connector connector, Class<F> fault) {
        F thrown = catchThrowableOfType(fault, () -> connector.read("Lead", Set.of("Email"), null));
        assertThat(thrown).as("a fault of this kind").isNotNull();
        assertThat(thrown.getMessage()).startsWith("crm: ").doesNotContain("canary", "\n");
        return thrown;
    }

    private Retryable readingIsRetryable(ResponseDefinitionBuilder answer, String... keys) {
        org.queryAnswers(answer);
        return reading(org.open(keys), Retryable.class);
    }

    @Test
    void a403ForTheLimitIsABudgetAndNoLackOfRights() {
        Retryable fault = readingIsRetryable(error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));

        assertThat(fault.isBudget()).isTrue();
        assertThat(fault.after()).isEqualTo(Duration.ofMinutes(15));
        assertThat(fault).hasMessageContaining("API calls of the last 24 hours are used up");
    }

    @Test
    void tooManyLongCallsAtOnceIsNoBudget() {
        Retryable fault =
                readingIsRetryable(error(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded."));

        assertThat(fault.isBudget()).isFalse();
        assertThat(fault.after()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"429,17,PT17S", "503,120,PT2M", "503,86400,PT1H", "503,-1,PT0S", "500,,PT0S", "502,,PT0S", "504,,PT0S"})
    void anOverloadedServerIsTriedAgainWhenItAsks(int status, String retryAfter, Duration after) {
        ResponseDefinitionBuilder answer = aResponse().withStatus(status).withBody("<html>" + CANARY + "</html>");
        Retryable fault =
                readingIsRetryable(retryAfter == null ? answer : answer.withHeader("Retry-After", retryAfter));

        assertThat(fault.after()).isEqualTo(after);
        assertThat(fault).hasMessageContaining(String.valueOf(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER_UNAVAILABLE", "UNABLE_TO_LOCK_ROW", "ORG_IN_MAINTENANCE", "UNKNOWN_EXCEPTION"})
    void theCodeDecidesAndNotTheStatus(String code) {
        assertThat(readingIsRetryable(error(400, code, "x"))).hasMessageContaining(code);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aBrokenConnectionIsTriedAgain(Fault broken) {
        assertThat(readingIsRetryable(aResponse().withFault(broken)).isBudget()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "{}",
                "<html>maintenance canary</html>",
                "{\"totalSize\":1,\"done\":true,\"records\":[{\"Id\":\"00Q000000000001\",\"Email\":\"canary-per",
                "{\"totalSize\":1,\"done\":true,\"records\":[{\"Id\":\"00Q000000000001\"}]",
                "{\"totalSize\":1,\"done\":true,\"records\":[{\"Email\":\"canary-person@example.com\"}]}",
                "{\"totalSize\":1,\"done\":true,\"records\":[{\"Id\":\"canary\",\"SystemModstamp\":\"2026-01-02T12:00:00.000Z\"}]}",
                "{\"totalSize\":1,\"done\":true,\"records\":[{\"Id\":\"00Q000000000001\",\"SystemModstamp\":\"canary\"}]}",
                "{\"totalSize\":0,\"done\":true}",
                "{\"done\":true,\"records\":[]}",
                "{\"totalSize\":0,\"records\":[]}",
                "{\"totalSize\":0,\"done\":false,\"records\":[]}",
                "{\"totalSize\":0,\"done\":true,\"nextRecordsUrl\":\"/services/data/x\",\"records\":[]}",
                "{\"totalSize\":0,\"done\":true,\"records\":[]}{\"canary\":1}",
                "{\"totalSize\":0,\"done\":true,\"records\":[]} canary",
                "{\"totalSize\":\"0\",\"done\":true,\"records\":[]}",
                "{\"totalSize\":4383,\"done\":true,\"records\":[]}"
            })
    void aBodyThatIsNotAWholePageIsRefusedWhole(String body) {
        assertThat(readingIsRetryable(json(200, body))).hasMessageContaining("nothing of it was taken");
    }

    @Test
    void aPageCutAtAnyByteIsRefusedWhole() throws Exception {
        byte[] whole = page(row(lead(1), NOON, "\"Email\":\"" + CANARY + "\""), row(lead(2), NOON))
                .getBytes("UTF-8");

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThat(catchThrowableOfType(java.io.IOException.class, () -> QueryPage.parse("Lead", cut)))
                    .as("cut after %d bytes", length)
                    .isNotNull();
        }
        assertThat(QueryPage.parse("Lead", whole).records()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"200,false", "200,true", "400,false", "401,false", "403,false", "500,true"})
    void aConnectionClosedInTheMiddleOfTheBodyIsTriedAgain(int status, boolean gzip) {
        try (CuttingServer cutting = new CuttingServer(status, page(row(lead(1), NOON)), gzip)) {
            org.logsIn(StubOrg.TOKEN, cutting.url());

            Retryable fault = reading(org.open("allowed-hosts", "localhost:" + cutting.port()), Retryable.class);

            assertThat(fault.isBudget()).isFalse();
        }
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() {
        Retryable fault = readingIsRetryable(
                json(200, page()).withFixedDelay(5_000), "idle-timeout", "PT0.3S", "connect-timeout", "PT0.3S");

        assertThat(fault).hasMessageContaining("did not finish answering the query of Lead in time");
    }

    @Test
    void aServerThatDripsIsGivenUpAfterTheWholeTime() {
        Retryable fault = readingIsRetryable(
                json(200, page(row(lead(1), NOON))).withChunkedDribbleDelay(50, 10_000),
                "connect-timeout",
                "PT0.5S",
                "idle-timeout",
                "PT0.5S",
                "call-timeout",
                "PT1S");

        assertThat(fault).hasMessageContaining("in time");
    }

    @Test
    void aRedirectIsNotFollowed() {
        org.queryAnswers(aResponse()
                .withStatus(302)
                .withHeader("Location", elsewhere.url() + "/services/data/v65.0/query?token=canary"));
        elsewhere.everythingAnswers(json(200, page()));

        Fatal fault = reading(org.open(), Fatal.class);

        assertThat(fault)
                .hasMessageContaining("redirects to localhost:" + elsewhere.server.port())
                .hasMessageContaining("set login-url");
        assertThat(elsewhere.requests(".*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "@localhost:%d/services/data/v65.0/query/x",
                "http://localhost:%d/services/data/v65.0/query/x",
                "//localhost:%d/services/data/v65.0/query/x",
                "/services/apexrest/x",
                "/services/data/v65.0/../../apexrest",
                "/services/data/v65.0/query/x y"
            })
    void aNextPageThatLiesElsewhereIsNeitherCalledNorItsPageTaken(String next) {
        elsewhere.everythingAnswers(json(200, page()));
        String address = next.formatted(elsewhere.server.port());
        org.queryAnswers(json(200, page(2, List.of(row(lead(1), NOON)), address)));

        assertThat(reading(org.open(), Fatal.class)).hasMessageContaining("next page");
        assertThat(elsewhere.requests(".*")).isEmpty();
        assertThat(org.requests("/services/apexrest.*")).isEmpty();
    }

    @Test
    void aQueryThatEndsBeforeItsTotalIsAskedAgainFromWhereItStood() {
        String more = "/services/data/v65.0/queryAll/01g-1";
        org.queryAnswers(json(200, page(4383, List.of(row(lead(1), NOON)), more)));
        org.server.stubFor(get(more).willReturn(json(200, page())));
        Connector connector = org.open();
        Page first = connector.read("Lead", Set.of(), null);
        org.queryAnswers(json(200, page(row(lead(2), NOON))));

        Page second = connector.read("Lead", Set.of(), first.next());

        assertThat(second.records())
                .singleElement()
                .satisfies(lead -> assertThat(lead.id()).isEqualTo(lead(2)));
        assertThat(org.queries().get(1)).contains("Id > '" + lead(1) + "'");
    }

    @Test
    void aFieldThatVanishedIsNamed() {
        org.queryAnswers(error(
                400,
                "INVALID_FIELD",
                "\\nSELECT Id, Rating__c FROM Lead\\n           ^\\nERROR at Row:1:Column:12\\n"
                        + "No such column 'Rating__c' on entity 'Lead'. If you are attempting to use a custom field"));

        assertThat(reading(org.open(), Fatal.class))
                .hasMessageContaining("Lead has no field Rating__c, or the integration user may not see it");
    }

    @Test
    void anObjectWithoutIsDeletedIsReadWithoutIt() {
        org.queryAnswers(error(400, "INVALID_FIELD", "No such column 'IsDeleted' on entity 'User'."));
        org.server.stubFor(StubOrg.query()
                .withQueryParam("q", com.github.tomakehurst.wiremock.client.WireMock.notContaining("IsDeleted"))
                .willReturn(json(200, page())));

        assertThat(org.open().read("User", Set.of(), null).last()).isTrue();
        assertThat(org.queries()).last().isEqualTo("SELECT Id, SystemModstamp FROM User ORDER BY SystemModstamp, Id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403|API_DISABLED_FOR_ORG|API Enabled",
                "403|INSUFFICIENT_ACCESS|lacks a permission",
                "404|NOT_FOUND|change the mapping",
                "400|INVALID_TYPE|change the mapping",
                "414||map fewer fields",
                "431||map fewer fields",
                "418||nothing was changed"
            })
    void whatOnlyAPersonCanCureSaysHow(int status, String code, String remedy) {
        org.queryAnswers(code == null ? aResponse().withStatus(status) : error(status, code, "no"));

        assertThat(reading(org.open(), Fatal.class)).hasMessageContaining(remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lead WHERE", "Lead'", "", "Lead--", "Ünit"})
    void aStreamThatIsNoNameNeverLeavesTheProcess(String stream) {
        assertThat(catchThrowableOfType(Fatal.class, () -> org.open().read(stream, Set.of(), null)))
                .hasMessageContaining("is not the name of a Salesforce object");
        assertThat(org.requests(".*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Name FROM User", "Owner..Name", ".Name", "(SELECT Id FROM Contacts)", "O'Neil"})
    void aFieldThatIsNoNameNeverLeavesTheProcess(String field) {
        assertThat(catchThrowableOfType(Fatal.class, () -> org.open().read("Lead", Set.of(field), null)))
                .hasMessageContaining("is not the name of a field of Lead");
        assertThat(org.requests(".*")).isEmpty();
    }

    @Test
    void anOrgThatIsDownSaysSo() {
        org.server.stop();

        assertThat(reading(org.open(), Retryable.class))
                .hasMessageContaining("cannot be reached at " + org.url())
                .hasMessageContaining("check login-url and the network");
    }

    @Test
    void aHostThatDoesNotExistSaysSo() {
        SalesforceSettings settings =
                SalesforceSettings.from(StubOrg.settings("https://nobody.rainmaker-test.invalid"));
        try (Connector connector = new SalesforceConnector("crm", settings, new SetClock(NOON))) {
            assertThat(reading(connector, Retryable.class)).hasMessageContaining("its host name is unknown");
        }
    }

    @Test
    void ourOwnCeilingStopsBeforeTheCall() {
        org.queryAnswers(json(200, page()));
        Connector connector = org.open("max-calls-per-day", "2");
        connector.read("Lead", Set.of(), null);

        Retryable fault = reading(connector, Retryable.class);

        assertThat(fault.isBudget()).isTrue();
        assertThat(fault).hasMessageContaining("max-calls-per-day");
        assertThat(org.queries()).hasSize(1);
    }

    @Test
    void aWriteWhoseAnswerWasLostIsNotCalledRefused() {
        org.server.stubFor(write().willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        Connector connector = org.open();

        Retryable fault = catchThrowableOfType(
                Retryable.class, () -> connector.write("Lead", List.of(new Change(lead(1), Map.of("X__c", CANARY)))));

        assertThat(fault).isNotNull();
        assertThat(fault.getMessage()).doesNotContain(CANARY);
        assertThat(connector.usage().of(CallPurpose.WRITE)).isEqualTo(1);
    }

    @Test
    void aClosedConnectionSaysSoAndNothingHangs() {
        Connector connector = org.open();
        connector.close();
        connector.close();

        assertThat(catchThrowableOfType(ConnectorFault.class, () -> connector.read("Lead", Set.of(), null)))
                .isNotNull();
    }
}
