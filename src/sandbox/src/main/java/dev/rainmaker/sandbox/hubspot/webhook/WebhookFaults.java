package dev.rainmaker.sandbox.hubspot.webhook;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What shall go wrong with the next deliveries.
 *
 * @param drop deliveries that are lost for ever
 * @param duplicate deliveries that are made twice
 * @param forge deliveries with a wrong signature
 * @param late deliveries signed six minutes ago
 * @param shuffle whether events within a delivery come in reverse order
 */
public record WebhookFaults(int drop, int duplicate, int forge, int late, boolean shuffle) {

    static final WebhookFaults NONE = new WebhookFaults(0, 0, 0, 0, false);

    public static WebhookFaults read(JsonNode json) {
        return new WebhookFaults(
                json.path("drop").asInt(),
                json.path("duplicate").asInt(),
                json.path("forge").asInt(),
                json.path("late").asInt(),
                json.path("shuffle").asBoolean());
    }

    /** What is left after one more delivery. */
    WebhookFaults next() {
        return new WebhookFaults(
                Math.max(0, drop - 1),
                Math.max(0, duplicate - 1),
                Math.max(0, forge - 1),
                Math.max(0, late - 1),
                shuffle);
    }
}
