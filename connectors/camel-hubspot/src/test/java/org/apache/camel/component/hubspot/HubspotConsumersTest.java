package org.apache.camel.component.hubspot;

import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks and polling. */
class HubspotConsumersTest {

    private static final String SECRET = "app-secret";
    private static final String ADDRESS = "https://rainmaker.example/hooks?tenant=1";
    private static final String EVENT =
            "{\"eventId\":1,\"portalId\":62515,\"occurredAt\":1564113600000,\"subscriptionType\":\"contact.creation\",\"objectId\":123}";

    private final Hub hub = new Hub();
    private final List<Exchange> given = new ArrayList<>();
    private boolean failing;

    @BeforeEach
    void secret() {
        hub.component.getConfiguration().setClientSecret(SECRET);
    }

    @AfterEach
    void end() throws Exception {
        hub.close();
    }

    private void take(Exchange exchange) {
        if (failing) {
            throw new IllegalStateException("the database is away");
        }
        given.add(exchange);
    }

    private Processor handler() {
        return hub.context
                .getEndpoint("hubspot:webhook/events?webhookPublicUrl=RAW(" + ADDRESS + ")", HubspotEndpoint.class)
                .createWebhookHandler(this::take);
    }

    private Exchange deliver(Processor handler, String body, String secret) throws Exception {
        String time = String.valueOf(Hub.START.toEpochMilli());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Exchange exchange = new DefaultExchange(hub.context);
        exchange.getMessage().setBody(bytes);
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
        exchange.getMessage().setHeader("x-hubspot-request-timestamp", time);
        exchange.getMessage()
                .setHeader("x-hubspot-signature-v3", HubspotSignature.v3(secret, "POST", ADDRESS, bytes, time));
        handler.process(exchange);
        return exchange;
    }

    private static Object status(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE);
    }

    @Test
    void eachEventOfASignedRequestGoesOn() throws Exception {
        Exchange answer = deliver(handler(), "[" + EVENT + "," + EVENT.replace("123", "124") + "]", SECRET);
        assertThat(status(answer)).isEqualTo(204);
        assertThat(given).hasSize(2);
        assertThat(given.get(0).getMessage().getHeader(HubspotConstants.EVENT_TYPE))
                .isEqualTo("contact.creation");
        assertThat(given.get(1).getMessage().getHeader(HubspotConstants.OBJECT_ID))
                .isEqualTo("124");
    }

    @Test
    void aForgedRequestIsRefusedWithoutABodyAndNothingGoesOn() throws Exception {
        Exchange answer = deliver(handler(), "[" + EVENT + "]", "wrong");
        assertThat(status(answer)).isEqualTo(401);
        assertThat(answer.getMessage().getBody()).isNull();
        assertThat(given).isEmpty();
    }

    @Test
    void aRepeatedEventIsGivenOnceWhateverItsAttempt() throws Exception {
        Processor handler = handler();
        deliver(handler, "[" + EVENT + "]", SECRET);
        Exchange again = deliver(handler, "[" + EVENT.replace("}", ",\"attemptNumber\":3}") + "]", SECRET);
        assertThat(status(again)).isEqualTo(204);
        assertThat(given).hasSize(1);
    }

    @Test
    void whatTheRouteCouldNotDoIsAskedForAgain() throws Exception {
        Processor handler = handler();
        failing = true;
        assertThat(status(deliver(handler, "[" + EVENT + "]", SECRET))).isEqualTo(503);
        failing = false;
        assertThat(status(deliver(handler, "[" + EVENT + "]", SECRET))).isEqualTo(204);
        assertThat(given).hasSize(1);
    }

    @Test
    void theFormerSecretIsTakenWhileTheSecretChanges() throws Exception {
        hub.component.getConfiguration().setClientSecret("new");
        hub.component.getConfiguration().setPreviousClientSecret(SECRET);
        assertThat(status(deliver(handler(), "[" + EVENT + "]", SECRET))).isEqualTo(204);
    }

    @Test
    void aSignedRequestThatIsNoListIsRefused() throws Exception {
        assertThat(status(deliver(handler(), EVENT, SECRET))).isEqualTo(400);
    }

    @Test
    void webhooksNeedASecretAndAServer() {
        hub.component.getConfiguration().setClientSecret(null);
        assertThatThrownBy(this::handler).hasMessageContaining("clientSecret");
        assertThatThrownBy(
                        () -> hub.context.getEndpoint("hubspot:webhook/events").createConsumer(this::take))
                .hasMessageContaining("webhook:hubspot:webhook/events");
    }

    // ---- polling ----

    private void page(String behind, String results, boolean more) {
        String next = more ? ",\"paging\":{\"next\":{\"after\":\"200\"}}" : "";
        var mapping = post(urlEqualTo("/crm/objects/2026-09/contacts/search"))
                .willReturn(Hub.json(200, "{\"total\":9,\"results\":[" + results + "]" + next + "}")
                        .withHeader("Date", "Thu, 01 Oct 2026 12:00:00 GMT"));
        hub.stub(
                behind == null
                        ? mapping.atPriority(9)
                        : mapping.atPriority(1)
                                .withRequestBody(matchingJsonPath(
                                        "$.filterGroups[0].filters[?(@.propertyName == 'hs_object_id' && @.value == '"
                                                + behind + "')]")));
    }

    private static String object(int id, String stamp) {
        return "{\"id\":\"" + id + "\",\"properties\":{\"lastmodifieddate\":\"" + stamp + "\"}}";
    }

    private HubspotPollingConsumer poller() throws Exception {
        HubspotPollingConsumer consumer = (HubspotPollingConsumer) hub.context
                .getEndpoint(
                        "hubspot:objects/poll?objectType=contacts&properties=email&since=2026-10-01T11:00:00Z&initialDelay=600000")
                .createConsumer(this::take);
        consumer.start();
        return consumer;
    }

    @Test
    void pollingGoesThroughAllPagesByIdAndGivesEachChangeOnce() throws Exception {
        page(null, object(1, "a") + "," + object(2, "a"), true);
        page("2", object(3, "a"), false);
        HubspotPollingConsumer consumer = poller();
        assertThat(consumer.poll()).isEqualTo(3);
        assertThat(consumer.poll()).isZero();
        page("2", object(3, "b"), false);
        assertThat(consumer.poll()).isEqualTo(1);
        assertThat(given)
                .extracting(e -> e.getMessage().getHeader(HubspotConstants.OBJECT_ID))
                .containsExactly("1", "2", "3", "3");
        consumer.stop();
    }

    @Test
    void everyPollReachesBackByTheOverlap() throws Exception {
        page(null, object(1, "a"), false);
        HubspotPollingConsumer consumer = poller();
        consumer.poll();
        consumer.poll();
        List<String> since = new ArrayList<>();
        for (var call : hub.calls()) {
            JsonNode body = new ObjectMapper().readTree(call.getBody());
            since.add(body.at("/filterGroups/0/filters/0/value").asText());
            assertThat(body.at("/sorts/0/propertyName").asText()).isEqualTo("hs_object_id");
        }
        assertThat(since).containsExactly("1790852400000", "1790855880000"); // 11:00, then 12:00 less two minutes
        consumer.stop();
    }

    @Test
    void whatTheRouteDidNotTakeIsGivenAgain() throws Exception {
        page(null, object(1, "a"), false);
        HubspotPollingConsumer consumer = poller();
        failing = true;
        consumer.poll();
        failing = false;
        assertThat(consumer.poll()).isEqualTo(1);
        consumer.stop();
    }
}
