package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Fault;
import dev.rainmaker.sandbox.http.FaultScript;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.salesforce.record.Actor;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Refused;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.record.SalesforceId;
import dev.rainmaker.sandbox.salesforce.record.SalesforceOrgId;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code /__sandbox/…}: what no vendor offers and tests need. Scripts faults, counts calls, acts as a person or an
 * administrator. There only if the sandbox was started with hooks. Described in docs/sandbox.md.
 */
final class Hooks {

    private final Org org;
    private final Sessions sessions;
    private final Queries queries;
    private final CallCounts counts;
    private final FaultScript faults;
    private final RowFaults rowFaults;
    private final AtomicReference<Profile> profile;

    Hooks(
            Org org,
            Sessions sessions,
            Queries queries,
            CallCounts counts,
            FaultScript faults,
            RowFaults rowFaults,
            AtomicReference<Profile> profile) {
        this.org = org;
        this.sessions = sessions;
        this.queries = queries;
        this.counts = counts;
        this.faults = faults;
        this.rowFaults = rowFaults;
        this.profile = profile;
    }

    Reply answer(Request request) {
        String hook = request.segments().size() < 2 ? "" : request.segments().get(1);
        try {
            JsonNode body = request.body().length == 0 ? ApiJson.object() : ApiJson.MAPPER.readTree(request.body());
            return hook(request.method() + " " + hook, body);
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            return said(400, "error", String.valueOf(e.getMessage()));
        } catch (Refused refused) {
            return said(400, "error", refused.code() + ": " + refused.getMessage());
        } catch (Exception e) {
            throw new IllegalStateException("hook " + hook + " failed", e);
        }
    }

    private Reply hook(String hook, JsonNode body) throws Exception {
        switch (hook) {
            case "GET stats":
                ObjectNode stats = counts.json();
                stats.put("faultsWaiting", faults.size());
                return Reply.json(200, stats);
            case "POST reset":
                counts.reset();
                faults.clear();
                rowFaults.clear();
                org.delayCommits(Duration.ZERO, "");
                break;
            case "POST faults":
                faults.add(Fault.read(body));
                break;
            case "POST row-faults":
                rowFaults.add(
                        id(body, "id"),
                        body.path("code").asText("UNABLE_TO_LOCK_ROW"),
                        body.path("message").asText("unable to obtain exclusive access to this record"),
                        body.path("times").asInt(1));
                break;
            case "POST expire-tokens":
                sessions.expireAll();
                break;
            case "POST expire-locators":
                queries.expireLocators();
                break;
            case "POST refresh-token":
                return said(200, "refresh_token", sessions.openRefresh(SalesforceOrgId.INTEGRATION_USER));
            case "POST usage":
                counts.usage(body.path("calls").asInt());
                break;
            case "POST visibility":
                org.delayCommits(
                        Duration.parse(body.path("delay").asText("PT0S")),
                        body.path("object").asText(""));
                break;
            case "POST profile":
                ApiJson.members(body).forEach((key, value) -> profile.updateAndGet(p -> p.with(key, value.asText())));
                break;
            case "POST fields":
                field(body);
                break;
            case "POST edit":
                return said(200, "id", edit(body).id());
            case "POST delete":
                asPerson(transaction -> {
                    transaction.delete(object(body), id(body, "id"));
                    return true;
                });
                break;
            case "POST merge":
                Merge.merge(org, object(body), id(body, "into"), ids(body.path("ids")));
                break;
            case "POST convert":
                return Reply.json(200, Conversion.convert(org, id(body, "id")));
            default:
                return said(404, "error", "no such hook: " + hook);
        }
        return said(200, "done", hook);
    }

    private static Reply said(int status, String name, String value) {
        return Reply.json(status, ApiJson.object().put(name, value));
    }

    private static List<String> ids(JsonNode texts) {
        List<String> ids = new ArrayList<>();
        texts.forEach(text -> ids.add(id(text.asText())));
        return ids;
    }

    private static String id(JsonNode body, String name) {
        return id(body.path(name).asText());
    }

    private static String id(String text) {
        return SalesforceId.parse(text).orElseThrow(() -> new IllegalArgumentException("not an id: '" + text + "'"));
    }

    private ObjectType object(JsonNode body) {
        return org.schema().required(body.path("object").asText());
    }

    /** Hides, shows or adds a field as an administrator would. */
    private void field(JsonNode body) {
        ObjectType type = object(body);
        if (body.has("hide")) {
            org.hideField(type, body.get("hide").asText(), true);
        } else if (body.has("show")) {
            org.hideField(type, body.get("show").asText(), false);
        } else {
            org.addField(type, body.path("add").asText());
        }
    }

    /** Makes or changes a record as a person of the CRM. */
    private Row edit(JsonNode body) throws Exception {
        Map<String, JsonNode> fields = ApiJson.members(body.path("fields"));
        return asPerson(transaction -> body.has("id")
                ? transaction.update(object(body), id(body, "id"), fields)
                : transaction.create(object(body), fields));
    }

    private <T> T asPerson(Org.Work<T, Exception> work) throws Exception {
        return org.write(new Actor(SalesforceOrgId.PERSON_USER, Actor.Channel.PAGE, false), work);
    }
}
