package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Fault;
import dev.rainmaker.sandbox.http.FaultScript;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.portal.CrmRecord;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import dev.rainmaker.sandbox.hubspot.portal.PropertyDefinition;
import dev.rainmaker.sandbox.hubspot.portal.Source;
import dev.rainmaker.sandbox.hubspot.webhook.WebhookFaults;
import dev.rainmaker.sandbox.hubspot.webhook.Webhooks;
import dev.rainmaker.sandbox.profile.Profile;
import java.io.IOException;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** {@code /__sandbox/…}: what the vendor does not offer and tests need; there only if asked for. See docs/sandbox.md. */
final class HubSpotHooks {

    private final Site site;
    private final Tokens tokens;
    private final RateLimits limits;
    private final CallLog calls;
    private final FaultScript faults;
    private final RowFaults rowFaults;
    private final Webhooks webhooks;
    private final AtomicReference<Profile> profile;

    HubSpotHooks(
            Site site,
            Tokens tokens,
            RateLimits limits,
            CallLog calls,
            FaultScript faults,
            RowFaults rowFaults,
            Webhooks webhooks,
            AtomicReference<Profile> profile) {
        this.site = site;
        this.tokens = tokens;
        this.limits = limits;
        this.calls = calls;
        this.faults = faults;
        this.rowFaults = rowFaults;
        this.webhooks = webhooks;
        this.profile = profile;
    }

    Reply answer(Request request) {
        String hook = request.segments().size() < 2 ? "" : request.segments().get(1);
        try {
            JsonNode body = request.body().length == 0 ? ApiJson.object() : ApiJson.MAPPER.readTree(request.body());
            return hook(request.method() + " " + hook, body);
        } catch (IOException | IllegalArgumentException | DateTimeParseException | PortalRefused e) {
            return said(400, "error", String.valueOf(e.getMessage()));
        }
    }

    private static Reply said(int status, String name, String value) {
        return Reply.json(status, ApiJson.object().put(name, value));
    }

    private Reply hook(String hook, JsonNode body) throws PortalRefused {
        switch (hook) {
            case "GET stats":
                ObjectNode stats = calls.json();
                stats.put("today", limits.used());
                stats.put("faultsWaiting", faults.size());
                stats.put("webhooksWaiting", webhooks.waiting());
                stats.put("webhooksDelivered", webhooks.delivered());
                stats.put("webhooksRefused", webhooks.refused());
                return Reply.json(200, stats);
            case "POST reset":
                calls.reset();
                faults.clear();
                rowFaults.clear();
                limits.reset();
                break;
            case "POST faults":
                faults.add(Fault.read(body));
                break;
            case "POST row-faults":
                rowFaults.add(
                        body.path("id").asText(),
                        body.path("status").asInt(400),
                        body.path("category").asText("VALIDATION_ERROR"),
                        body.path("message").asText("the row is refused"),
                        body.path("times").asInt(1));
                break;
            case "POST webhook-faults":
                webhooks.go(WebhookFaults.read(body));
                break;
            case "POST expire-tokens":
                tokens.expireAll();
                break;
            case "POST usage":
                limits.used(body.path("calls").asInt());
                break;
            case "POST profile":
                ApiJson.members(body).forEach((key, value) -> profile.updateAndGet(p -> p.with(key, value.asText())));
                break;
            case "POST property":
                property(body);
                break;
            case "POST edit":
                return said(200, "id", String.valueOf(edit(body).id()));
            case "POST click":
                site.portal()
                        .write(
                                Source.PERSON,
                                change -> change.set(
                                        change.required(
                                                ObjectKind.CONTACT,
                                                body.path("id").asLong()),
                                        Map.of(
                                                "hs_email_last_click_date",
                                                body.path("at").asText())));
                break;
            case "POST delete":
                site.portal().write(Source.PERSON, change -> {
                    change.archive(kind(body), body.path("id").asLong());
                    return body;
                });
                break;
            default:
                return said(404, "error", "no such hook: " + hook);
        }
        return said(200, "done", hook);
    }

    private static ObjectKind kind(JsonNode body) throws PortalRefused {
        return Records.kind(body.path("object").asText());
    }

    /** Takes a property away or brings it back, as an administrator would. */
    private void property(JsonNode body) throws PortalRefused {
        PropertyDefinition found = site.portal()
                .properties()
                .findAny(kind(body), body.path("name").asText())
                .orElseThrow(() -> PortalRefused.invalid("no such property"));
        site.portal().properties().archive(found, body.path("archived").asBoolean(true) ? site.now() : null);
    }

    /** Makes or changes a record as a person. */
    private CrmRecord edit(JsonNode body) throws PortalRefused {
        Map<String, String> values = new LinkedHashMap<>();
        ApiJson.members(body.path("properties")).forEach((name, value) -> values.put(name, value.asText()));
        ObjectKind kind = kind(body);
        return site.portal()
                .write(
                        Source.PERSON,
                        change -> body.has("id")
                                ? change.update(kind, body.get("id").asLong(), values)
                                : change.create(kind, values));
    }
}
