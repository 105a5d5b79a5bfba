package dev.rainmaker.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.rainmaker.sandbox.hubspot.webhook.Signature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that the portal sends, at a receiver of the test's own. */
class WebhooksTest {

    private record Received(String body, String signature, String timestamp) {
        JsonNode events() throws IOException {
            return new ObjectMapper().readTree(body);
        }
    }

    @TempDir
    private Path state;

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private HttpServer receiver;
    private URI target;
    private TestPortal portal;

    @BeforeEach
    void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            try (exchange) {
                received.add(new Received(
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                        exchange.getRequestHeaders().getFirst("X-HubSpot-Signature-v3"),
                        exchange.getRequestHeaders().getFirst("X-HubSpot-Request-Timestamp")));
                Integer status = answers.poll();
                exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            }
        });
        receiver.start();
        target = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
        portal = TestPortal.start(
                state,
                settings -> settings.withWebhook(target)
                        .behaving(PortalProfile.defaults().with("webhook-first-retry", "PT0.05S")));
    }

    @AfterEach
    void stop() {
        portal.close();
        receiver.stop(0);
    }

    private Received next() throws InterruptedException {
        return Objects.requireNonNull(received.poll(20, TimeUnit.SECONDS), "no event came within 20 s");
    }

    private boolean genuine(Received event) {
        return event.signature()
                .equals(Signature.v3(
                        portal.sandbox().identity().clientSecret(),
                        "POST",
                        target.toString(),
                        event.body(),
                        event.timestamp()));
    }

    @Test
    void changeIsToldSignedWithWhatChanged() throws Exception {
        String id = portal.create("contacts", "email=a@x.example");
        next();
        portal.call("PATCH", "/crm/objects/2026-09/contacts/" + id, "{\"properties\":{\"firstname\":\"Zoë\"}}");
        Received told = next();
        JsonNode event = told.events().path(0);
        assertThat(genuine(told)).isTrue();
        assertThat(event.path("subscriptionType").asText()).isEqualTo("contact.propertyChange");
        assertThat(event.path("objectId").asText()).isEqualTo(id);
        assertThat(event.path("propertyValue").asText()).isEqualTo("Zoë");
        assertThat(event.path("changeSource").asText()).isEqualTo("INTEGRATION");
    }

    @Test
    void failedDeliveryComesAgainWithTheNextAttemptNumber() throws Exception {
        answers.add(503);
        portal.create("companies", "name=Acme");
        assertThat(next().events().path(0).path("attemptNumber").asInt()).isZero();
        assertThat(next().events().path(0).path("attemptNumber").asInt()).isEqualTo(1);
    }

    @Test
    void answerOfTheClientsOwnFaultEndsTheEvent() throws Exception {
        answers.add(401);
        portal.create("companies", "name=Acme");
        next();
        portal.create("deals", "dealname=D");
        assertThat(next().events().path(0).path("subscriptionType").asText()).startsWith("deal.");
    }

    @Test
    void undeliveredEventSurvivesARestart() throws Exception {
        portal.hook("profile", "{\"webhook-first-retry\":\"PT0.3S\"}");
        answers.add(500);
        portal.create("companies", "name=Acme");
        next();
        portal.close();
        portal = TestPortal.start(state);
        assertThat(next().events().path(0).path("subscriptionType").asText()).startsWith("company.");
    }

    @Test
    void forgedDuplicateAndLostEventsComeOnDemand() throws Exception {
        portal.hook("webhook-faults", "{\"forge\":1}");
        portal.create("companies", "name=A");
        assertThat(genuine(next())).isFalse();
        portal.hook("webhook-faults", "{\"duplicate\":1}");
        portal.create("companies", "name=B");
        Received first = next();
        assertThat(next().body()).isEqualTo(first.body());
        portal.hook("webhook-faults", "{\"drop\":1}");
        portal.create("companies", "name=C");
        while (portal.call("GET", "/__sandbox/stats", "")
                        .json()
                        .path("webhooksWaiting")
                        .asInt()
                > 0) {
            Thread.onSpinWait();
        }
        portal.create("deals", "dealname=D");
        assertThat(next().events().path(0).path("subscriptionType").asText()).startsWith("deal.");
    }
}
