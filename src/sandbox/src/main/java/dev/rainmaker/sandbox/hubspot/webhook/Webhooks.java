package dev.rainmaker.sandbox.hubspot.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.hubspot.portal.PortalEvent;
import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.state.Shelf;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Sends events: up to 100 in one request, signed, and again with growing pauses if the receiver fails. Events wait on the
 * shelf, so a restart loses none.
 */
public final class Webhooks implements AutoCloseable {

    private static final String QUEUE = "webhook-queue";
    private static final Set<Integer> FINAL = Set.of(400, 401, 403, 404, 405);
    private static final Duration LATE = Duration.ofMinutes(6);

    private final Shelf shelf;
    private final Subscriptions subscriptions;
    private final Supplier<Profile> profile;
    private final Clock clock;
    private final String secret;
    private final long portalId;
    private final long appId;
    private final HttpClient http;
    private final ScheduledExecutorService sender;
    private final AtomicInteger delivered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicReference<WebhookFaults> faults = new AtomicReference<>(WebhookFaults.NONE);
    private long sequence = System.currentTimeMillis() * 1_000;

    public Webhooks(
            Shelf shelf,
            Subscriptions subscriptions,
            Supplier<Profile> profile,
            Clock clock,
            String secret,
            long portalId,
            long appId) {
        this.shelf = shelf;
        this.subscriptions = subscriptions;
        this.profile = profile;
        this.clock = clock;
        this.secret = secret;
        this.portalId = portalId;
        this.appId = appId;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        this.sender = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "hubspot-webhooks");
            thread.setDaemon(true);
            return thread;
        });
        sender.scheduleWithFixedDelay(this::work, 100, 100, TimeUnit.MILLISECONDS);
    }

    /** Queues what subscribers want to know. */
    public void hear(List<PortalEvent> events) {
        if (subscriptions.settings().isEmpty()) {
            return;
        }
        List<Shelf.Put> puts = new ArrayList<>();
        for (PortalEvent event : events) {
            for (JsonNode subscription : subscriptions.of(event)) {
                puts.add(new Shelf.Put(QUEUE, nextKey(), queued(event, subscription)));
            }
        }
        shelf.put(puts);
    }

    private synchronized String nextKey() {
        return String.valueOf(++sequence);
    }

    private ObjectNode queued(PortalEvent event, JsonNode subscription) {
        ObjectNode queued = Shelf.object();
        queued.put("due", clock.instant().toString());
        ObjectNode body = queued.putObject("event");
        String type = subscription.path("eventType").asText();
        body.put("eventId", ThreadLocalRandom.current().nextLong(1, 4_000_000_000L))
                .put("subscriptionId", subscription.path("id").asLong())
                .put("portalId", portalId)
                .put("appId", appId)
                .put("occurredAt", event.at().toEpochMilli())
                .put("subscriptionType", type)
                .put("attemptNumber", 0);
        PortalEvent.End to = event.to();
        if (to != null) {
            String name = event.kind().singular().toUpperCase(java.util.Locale.ROOT) + "_TO_"
                    + to.kind().singular().toUpperCase(java.util.Locale.ROOT);
            body.put("fromObjectId", event.id())
                    .put("toObjectId", to.id())
                    .put("associationType", name)
                    .put("associationRemoved", to.removed())
                    .put("isPrimaryAssociation", to.primary());
        } else {
            body.put("objectId", event.id());
        }
        if (type.startsWith("object.")) {
            body.put("objectTypeId", event.kind().typeId());
        }
        body.put("changeSource", event.source().type())
                .put("sourceId", event.source().id());
        if (event.what().equals("propertyChange")) {
            body.put("propertyName", event.property()).put("propertyValue", event.value());
        } else if (to == null) {
            body.put("changeFlag", flag(event.what()));
        }
        return queued;
    }

    private static String flag(String what) {
        return switch (what) {
            case "creation" -> "CREATED";
            case "deletion" -> "DELETED";
            default -> what.toUpperCase(java.util.Locale.ROOT);
        };
    }

    private void work() {
        try {
            Optional<JsonNode> settings = subscriptions.settings();
            List<Map.Entry<String, JsonNode>> due = due();
            if (settings.isPresent() && !due.isEmpty()) {
                deliver(URI.create(settings.get().path("targetUrl").asText()), due);
            }
        } catch (RuntimeException e) {
            System.err.println("webhooks: " + e.getMessage());
        }
    }

    private List<Map.Entry<String, JsonNode>> due() {
        Instant now = clock.instant();
        List<Map.Entry<String, JsonNode>> due = new ArrayList<>();
        for (Map.Entry<String, JsonNode> queued : shelf.all(QUEUE).entrySet()) {
            if (!Instant.parse(queued.getValue().path("due").asText()).isAfter(now)) {
                due.add(queued);
            }
            if (due.size() == profile.get().number("webhook-batch")) {
                break;
            }
        }
        return due;
    }

    private void deliver(URI target, List<Map.Entry<String, JsonNode>> batch) {
        WebhookFaults now = faults.getAndUpdate(WebhookFaults::next);
        ArrayNode body = Shelf.object().arrayNode();
        List<Map.Entry<String, JsonNode>> ordered = new ArrayList<>(batch);
        if (now.shuffle()) {
            Collections.reverse(ordered);
        }
        ordered.forEach(queued -> body.add(queued.getValue().path("event")));
        if (now.drop() > 0) {
            done(batch);
            return;
        }
        Answer answer = post(target, body.toString(), now);
        if (now.duplicate() > 0) {
            answer = post(target, body.toString(), now);
        }
        if (answer.status() / 100 != 2) {
            refused.incrementAndGet();
        }
        if (answer.status() / 100 == 2) {
            delivered.addAndGet(batch.size());
            done(batch);
        } else if (FINAL.contains(answer.status())) {
            done(batch);
        } else {
            later(batch, answer.retryAfter());
        }
    }

    private record Answer(int status, Duration retryAfter) {}

    private Answer post(URI target, String body, WebhookFaults now) {
        Instant signed = now.late() > 0 ? clock.instant().minus(LATE) : clock.instant();
        String timestamp = String.valueOf(signed.toEpochMilli());
        String key = now.forge() > 0 ? secret + "x" : secret;
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(profile.get().duration("webhook-timeout"))
                .header("Content-Type", "application/json")
                .header("User-Agent", "HubSpot Connect 2.0 (sandbox)")
                .header("X-HubSpot-Signature", Signature.v1(key, body))
                .header("X-HubSpot-Signature-Version", "v1")
                .header("X-HubSpot-Signature-v3", Signature.v3(key, "POST", target.toString(), body, timestamp))
                .header("X-HubSpot-Request-Timestamp", timestamp)
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        try {
            HttpResponse<Void> answer = http.send(request, HttpResponse.BodyHandlers.discarding());
            String wait = answer.headers().firstValue("Retry-After").orElse("");
            boolean told = answer.statusCode() == 429 && wait.matches("\\d{1,6}");
            return new Answer(answer.statusCode(), told ? Duration.ofSeconds(Long.parseLong(wait)) : Duration.ZERO);
        } catch (java.io.IOException e) {
            return new Answer(0, Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, Duration.ZERO);
        }
    }

    private void done(List<Map.Entry<String, JsonNode>> batch) {
        List<Shelf.Put> puts = new ArrayList<>();
        batch.forEach(queued -> puts.add(new Shelf.Put(QUEUE, queued.getKey(), null)));
        shelf.put(puts);
    }

    /** Each pause is twice the one before; after the last attempt, or the whole span, the event is given up. */
    private void later(List<Map.Entry<String, JsonNode>> batch, Duration asked) {
        Profile now = profile.get();
        List<Shelf.Put> puts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> queued : batch) {
            ObjectNode again = queued.getValue().deepCopy();
            ObjectNode event = (ObjectNode) again.get("event");
            int attempt = event.path("attemptNumber").asInt();
            Duration pause = now.duration("webhook-first-retry").multipliedBy(1L << Math.min(attempt, 20));
            Instant next = clock.instant().plus(asked.compareTo(pause) > 0 ? asked : pause);
            Instant end =
                    Instant.ofEpochMilli(event.path("occurredAt").asLong()).plus(now.duration("webhook-retry-span"));
            event.put("attemptNumber", attempt + 1);
            again.put("due", next.toString());
            boolean over = attempt >= now.number("webhook-retries") || next.isAfter(end);
            puts.add(new Shelf.Put(QUEUE, queued.getKey(), over ? null : again));
        }
        shelf.put(puts);
    }

    /** How many events receivers have taken since the start. */
    public int delivered() {
        return delivered.get();
    }

    /** How many deliveries receivers have not taken, or not in time, since the start. */
    public int refused() {
        return refused.get();
    }

    /** How many events still wait. */
    public int waiting() {
        return shelf.size(QUEUE);
    }

    public void go(WebhookFaults wrong) {
        faults.set(wrong);
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
