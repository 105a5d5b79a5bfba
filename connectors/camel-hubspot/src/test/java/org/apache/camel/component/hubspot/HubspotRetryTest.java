package org.apache.camel.component.hubspot;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.hubspot.HubspotException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HubSpot cannot serve just now: how long is waited, what is tried again and what never. */
class HubspotRetryTest {

    private static final String TEN_SECONDLY =
            "{\"status\":\"error\",\"message\":\"You have reached your ten_secondly_rolling limit.\",\"errorType\":\"RATE_LIMIT\","
                    + "\"correlationId\":\"c-1\",\"policyName\":\"TEN_SECONDLY_ROLLING\"}";
    private static final String SECONDLY =
            "{\"status\":\"error\",\"message\":\"You have reached your secondly limit.\",\"errorType\":\"RATE_LIMIT\"}";
    private static final String DAILY =
            "{\"status\":\"error\",\"message\":\"You have reached your daily limit.\",\"policyName\":\"DAILY\"}";

    private final Hub hub = new Hub();

    @AfterEach
    void end() throws Exception {
        hub.close();
    }

    /** The first answers one thing, the second another. */
    private void then(int status, String body, Map<String, String> headers) {
        var first = Hub.json(status, body);
        headers.forEach(first::withHeader);
        hub.stub(any(anyUrl())
                .inScenario("s")
                .whenScenarioStateIs("Started")
                .willReturn(first)
                .willSetStateTo("later"));
        hub.stub(any(anyUrl())
                .inScenario("s")
                .whenScenarioStateIs("later")
                .willReturn(Hub.json(200, "{\"results\":[]}")));
    }

    private Exchange list() {
        return hub.send("hubspot:objects/list?objectType=contacts", null);
    }

    private void waited(Duration least) {
        assertThat(hub.pauses).hasSize(1);
        assertThat(hub.pauses.get(0)).isBetween(least, least.plus(least.dividedBy(4)));
    }

    @Test
    void theTenSecondsLimitIsWaitedOut() {
        then(429, TEN_SECONDLY, Map.of());
        assertThat(list().getException()).isNull();
        waited(Duration.ofSeconds(10));
    }

    @Test
    void theLimitPerSecondCostsASecond() {
        then(429, SECONDLY, Map.of());
        assertThat(list().getException()).isNull();
        waited(Duration.ofSeconds(1));
    }

    @Test
    void theDailyLimitIsNotWaitedFor() {
        hub.answer(429, DAILY);
        HubspotException failed = Hub.failure(list());
        assertThat(failed.getKind()).isEqualTo(Kind.DAILY_LIMIT);
        assertThat(failed.getPolicyName()).isEqualTo("DAILY");
        assertThat(failed.getRetryAfter()).isPositive();
        assertThat(hub.pauses).isEmpty();
        assertThat(hub.calls()).hasSize(1);
    }

    @Test
    void aLongerWishOfTheServerCounts() {
        then(429, TEN_SECONDLY, Map.of("Retry-After", "17"));
        list();
        waited(Duration.ofSeconds(17));
    }

    @Test
    void aWishAsADateIsMeasuredByTheServersClock() {
        then(503, "", Map.of("Date", "Thu, 01 Oct 2026 10:00:00 GMT", "Retry-After", "Thu, 01 Oct 2026 10:00:30 GMT"));
        list();
        waited(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "soon", "99999999999999"})
    void anAbsurdWishIsLeftAside(String wish) {
        then(503, "", Map.of("Retry-After", wish));
        list();
        waited(Duration.ofSeconds(1));
    }

    @Test
    void aWishPastOurPatienceFailsAtOnceWithTheTime() {
        hub.stub(any(anyUrl()).willReturn(Hub.json(477, "").withHeader("Retry-After", "7200")));
        HubspotException failed = Hub.failure(list());
        assertThat(failed.getKind()).isEqualTo(Kind.BUSY);
        assertThat(failed.getRetryAfter()).isEqualTo(Duration.ofHours(2));
        assertThat(hub.pauses).isEmpty();
    }

    @Test
    void aLockedAccountIsTriedAfterTwoSeconds() {
        then(423, "", Map.of());
        list();
        waited(Duration.ofSeconds(2));
    }

    @Test
    void afterSoManyAttemptsItFails() {
        hub.answer(429, TEN_SECONDLY);
        assertThat(Hub.failure(hub.send("hubspot:objects/list?objectType=contacts&maxRetries=2", null))
                        .getKind())
                .isEqualTo(Kind.BUSY);
        assertThat(hub.calls()).hasSize(3);
        assertThat(hub.pauses.get(1)).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504, 408})
    void aWriteThatMayHaveBeenDoneIsNotRepeated(int status) {
        hub.answer(status, "");
        HubspotException failed =
                Hub.failure(hub.send("hubspot:objects/batchUpdate?objectType=contacts", List.of(Map.of("id", "1"))));
        assertThat(failed.getKind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(hub.calls()).hasSize(1);
    }

    @Test
    void aWriteThatWasRefusedForNowIsRepeated() {
        then(503, "", Map.of());
        assertThat(hub.send("hubspot:objects/batchUpdate?objectType=contacts", List.of(Map.of("id", "1")))
                        .getException())
                .isNull();
        assertThat(hub.calls()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"400,REFUSED", "401,AUTHENTICATION", "403,PERMISSION", "404,NOT_FOUND", "409,CONFLICT", "415,REFUSED"})
    void whatAPersonMustCureIsNotRepeated(int status, Kind kind) {
        hub.answer(
                status,
                "{\"status\":\"error\",\"message\":\"no\\nway\",\"category\":\"VALIDATION_ERROR\",\"subCategory\":\"x\",\"correlationId\":\"c-9\"}");
        HubspotException failed = Hub.failure(list());
        assertThat(failed.getKind()).isEqualTo(kind);
        assertThat(failed.getStatus()).isEqualTo(status);
        assertThat(failed.getCategory()).isEqualTo("VALIDATION_ERROR");
        assertThat(failed.getCorrelationId()).isEqualTo("c-9");
        assertThat(failed).hasMessageContaining("no way").hasMessageNotContaining("pat-secret");
        assertThat(hub.calls()).hasSize(1);
    }

    @Test
    void aRedirectIsNeverFollowed() {
        hub.stub(any(anyUrl())
                .willReturn(Hub.json(302, "").withHeader("Location", hub.server.baseUrl() + "/elsewhere")));
        assertThat(Hub.failure(list())).hasMessageContaining("redirect");
        assertThat(hub.calls()).hasSize(1);
    }

    @Test
    void anAnswerThatIsTooLargeIsNotRead() {
        hub.answer(200, "{\"results\":[\"" + "x".repeat(5000) + "\"]}");
        Exchange answer = hub.send("hubspot:objects/list?objectType=contacts&maxResponseBytes=1000&maxRetries=0", null);
        assertThat(Hub.failure(answer)).hasMessageContaining("larger than 1000 bytes");
    }

    @Test
    void anAnswerThatIsNoJsonIsTriedAgainAndNotQuoted() {
        hub.answer(200, "<html>personal data</html>");
        HubspotException failed = Hub.failure(hub.send("hubspot:objects/list?objectType=contacts&maxRetries=1", null));
        assertThat(failed.getKind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(failed).hasMessageNotContaining("personal");
        assertThat(hub.calls()).hasSize(2);
    }

    @Test
    void noMoreCallsAreMadeInTenSecondsThanAllowed() {
        hub.component.getConfiguration().setCallsPerTenSeconds(3);
        hub.answer(200, "{\"results\":[]}");
        for (int i = 0; i < 4; i++) {
            list();
        }
        assertThat(hub.pauses).hasSize(1);
        assertThat(hub.pauses.get(0)).isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_250));
    }

    @Test
    void bulkReadingLeavesPartOfTheLimitToOthers() {
        hub.component.getConfiguration().setCallsPerTenSeconds(10);
        hub.answer(200, "{\"results\":[]}");
        for (int i = 0; i < 5; i++) {
            hub.send("hubspot:objects/list?objectType=contacts&reservedPercent=50", null);
        }
        list();
        assertThat(hub.pauses).isEmpty();
        hub.send("hubspot:objects/list?objectType=contacts&reservedPercent=50", null);
        assertThat(hub.pauses).hasSize(1);
    }

    @Test
    void searchesHaveALimitOfTheirOwn() {
        hub.component.getConfiguration().setSearchesPerSecond(2);
        hub.answer(200, "{\"results\":[],\"total\":0}");
        for (int i = 0; i < 3; i++) {
            hub.send("hubspot:objects/search?objectType=contacts", null);
        }
        assertThat(hub.pauses).hasSize(1);
        assertThat(hub.pauses.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_250));
    }

    @Test
    void whatHubspotSaysOfItsLimitsIsKept() {
        hub.stub(any(anyUrl())
                .willReturn(Hub.json(200, "{\"results\":[]}")
                        .withHeader("X-HubSpot-RateLimit-Daily", "250000")
                        .withHeader("X-HubSpot-RateLimit-Daily-Remaining", "249000")
                        .withHeader("X-HubSpot-RateLimit-Max", "1")
                        .withHeader("X-HubSpot-RateLimit-Interval-Milliseconds", "10000")));
        list();
        assertThat(hub.component.usage()).isEqualTo(new HubspotUsage(250_000, 249_000, 0));
        list();
        assertThat(hub.pauses).hasSize(1);
    }
}
