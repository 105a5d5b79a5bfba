package dev.rainmaker.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.SharedFacts;
import dev.rainmaker.sandbox.hubspot.TestPortal.Answer;
import dev.rainmaker.sandbox.state.Shelf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The portal beside the digest of the vendor's descriptions: every declared operation of the parts that are imitated is there
 * and answers a good request with a declared status; a request without a declared member is refused. What deviates is waived
 * below, with the reason; a waiver that nothing needs fails the test.
 */
class DigestAgreementTest {

    private static final Set<String> IMITATED = Set.of(
            "companies-2026-09",
            "companies-v3",
            "contacts-2026-09",
            "contacts-v3",
            "deals-2026-09",
            "deals-v3",
            "leads-2026-09",
            "leads-v3",
            "associations-2026-09",
            "associations-v3",
            "associations-v4",
            "owners-2026-09",
            "owners-v3",
            "properties-2026-09",
            "properties-v3",
            "pipelines-2026-09",
            "pipelines-v3",
            "oauth-2026-09",
            "oauth-v1",
            "oauth-v3",
            "webhooks-2026-09",
            "webhooks-v3",
            "forms-v3",
            "forms-2026-09-beta",
            "marketing-events-2026-09",
            "marketing-events-v3");

    /** Operations that are not there: a pattern over method and path, and why. */
    private static final Map<String, String> ABSENT = new LinkedHashMap<>();

    /** Declared members that real requests leave out: a pattern over path and member, and why. */
    private static final Map<String, String> NOT_REQUIRED = new LinkedHashMap<>();

    static {
        ABSENT.put("POST .*/gdpr-delete", "erasing people is no concern of a partner programme");
        ABSENT.put("POST .*/usage/high-usage-report/.*", "a report by e-mail");
        ABSENT.put("(POST|PUT|PATCH|DELETE) .*/pipelines/.*", "the standard pipelines do not change here");
        ABSENT.put("GET .*/pipelines/.*/audit", "nothing to audit in a pipeline that does not change");
        ABSENT.put("(PUT|PATCH|DELETE) /marketing/(v3/forms|forms/2026-09-beta)/.*", "forms are made and read only");
        ABSENT.put("(GET|PUT|DELETE) .*/marketing-events/.*/lists.*", "contact lists are not imitated");
        ABSENT.put("(PUT|PATCH|DELETE) .*/marketing-events/.*", "marketing events are made, attended and read only");
        ABSENT.put("POST .*/marketing-events/(2026-09/)?(batch|attendance)/.*", "attendance is by the event's own id");
        ABSENT.put("POST .*/marketing-events/[^/]*/?events/.+", "marketing events are made one by one");
        ABSENT.put("POST .*/marketing-events/.*/settings", "no app page shows these events");
        ABSENT.put("GET .*/marketing-events/.*/(settings|identifiers|search)", "nothing is looked up by these");
        NOT_REQUIRED.put(
                ".*/search (after|filterGroups|limit|properties|sorts)", "W1: minimal searches leave them out");
        NOT_REQUIRED.put(".* associations", "W2: records are made without links");
        NOT_REQUIRED.put(".*/batch/read (properties|propertiesWithHistory)", "W3: reading needs neither");
        NOT_REQUIRED.put(".*/properties/.*/batch/read (archived|dataSensitivity)", "both have a default in practice");
        NOT_REQUIRED.put(".*/marketing-events/.* customProperties", "events without properties of their own are usual");
        NOT_REQUIRED.put(".*/subscriptions active", "a subscription starts inactive without it");
    }

    @TempDir
    private Path state;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> ids = new HashMap<>();
    private TestPortal portal;
    private int serial;

    @BeforeEach
    void start() throws Exception {
        portal = TestPortal.start(
                state,
                settings -> settings.filled((filled, shelf) -> shelf.put("owners", "9", owner()))
                        .behaving(PortalProfile.defaults()
                                .with("burst-limit", "100000")
                                .with("search-per-second", "100000")));
        for (String kind : List.of("contacts", "companies", "deals")) {
            ids.put(kind, fresh(kind));
        }
        ids.put("leads", lead());
        settings();
    }

    private void settings() throws Exception {
        portal.call(
                "PUT",
                "/webhooks/v3/" + portal.sandbox().identity().appId() + "/settings",
                "{\"targetUrl\":\"http://127.0.0.1:1/\",\"throttling\":{\"maxConcurrentRequests\":1}}");
    }

    private static JsonNode owner() {
        return Shelf.object().put("id", "9").put("archived", false);
    }

    @AfterEach
    void stop() {
        portal.close();
    }

    private String fresh(String kind) throws Exception {
        serial++;
        return switch (kind) {
            case "contacts" -> portal.create(kind, "email=p" + serial + "@x.example");
            case "deals" -> portal.create(kind, "dealname=D" + serial);
            case "leads" -> lead();
            default -> portal.create(kind, "name=C" + serial);
        };
    }

    private String lead() throws Exception {
        return portal.call("POST", "/crm/v3/objects/leads", leadBody().toString())
                .id();
    }

    private ObjectNode leadBody() throws Exception {
        return (ObjectNode) json.readTree(
                "{\"properties\":{\"hs_lead_name\":\"L\"},\"associations\":[{\"to\":{\"id\":\"" + ids.get("contacts")
                        + "\"},\"types\":[{\"associationCategory\":\"HUBSPOT_DEFINED\",\"associationTypeId\":578}]}]}");
    }

    private Answer form(String path, String extra) throws Exception {
        String body = "grant_type=refresh_token&client_id="
                + portal.sandbox().identity().clientId() + "&client_secret="
                + portal.sandbox().identity().clientSecret() + "&refresh_token="
                + portal.sandbox().identity().refreshToken() + extra;
        return portal.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(portal.url() + "/" + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void everyDeclaredOperationIsThereAndKeepsItsWord() throws Exception {
        JsonNode apis = SharedFacts.contract("hubspot/digest.json").path("apis");
        List<String> broken = new ArrayList<>();
        Set<String> usedAbsent = new TreeSet<>();
        Set<String> usedMembers = new TreeSet<>();
        int operations = 0;
        for (String api : new TreeSet<>(IMITATED)) {
            String kind = api.replaceFirst("-.*", "");
            for (JsonNode operation : apis.path(api)) {
                String name =
                        operation.path("m").asText() + " " + operation.path("p").asText();
                String waiver = ABSENT.keySet().stream()
                        .filter(name::matches)
                        .findFirst()
                        .orElse(null);
                if (waiver != null) {
                    usedAbsent.add(waiver);
                    continue;
                }
                operations++;
                check(kind, operation, broken);
                members(kind, operation, broken, usedMembers);
            }
        }
        assertThat(broken).isEmpty();
        assertThat(operations).isGreaterThan(150);
        assertThat(usedAbsent).isEqualTo(new TreeSet<>(ABSENT.keySet()));
        assertThat(usedMembers).isEqualTo(new TreeSet<>(NOT_REQUIRED.keySet()));
    }

    private void check(String kind, JsonNode operation, List<String> broken) throws Exception {
        settings();
        Answer answer = send(kind, operation, body(kind, operation));
        List<Integer> declared = new ArrayList<>();
        operation.path("ok").forEach(status -> declared.add(status.asInt()));
        // W8: token and revoke of the dated version declare no success at all.
        boolean good = declared.isEmpty() ? answer.status() / 100 == 2 : declared.contains(answer.status());
        if (!good) {
            broken.add(operation.path("m").asText() + " " + operation.path("p").asText() + " answers " + answer.status()
                    + " and not " + declared + ": " + answer.text());
        }
    }

    /** Each declared member in turn is left out; the answer must be a refusal, or the member is waived. */
    private void members(String kind, JsonNode operation, List<String> broken, Set<String> used) throws Exception {
        for (JsonNode member : operation.path("required")) {
            String name = operation.path("p").asText() + " " + member.asText();
            String waiver = NOT_REQUIRED.keySet().stream()
                    .filter(name::matches)
                    .findFirst()
                    .orElse(null);
            if (waiver != null) {
                used.add(waiver);
                continue;
            }
            JsonNode full = body(kind, operation);
            if (!full.isObject()) {
                continue;
            }
            Answer answer = send(kind, operation, ((ObjectNode) full).without(member.asText()));
            if (answer.status() / 100 != 4) {
                broken.add(operation.path("m").asText() + " " + name + " may be left out: " + answer.status());
            }
        }
    }

    private Answer send(String kind, JsonNode operation, JsonNode body) throws Exception {
        String path =
                path(kind, operation.path("p").asText(), operation.path("m").asText());
        if (operation.path("contentType").asText().contains("form-urlencoded")) {
            String token = path.endsWith("revoke")
                    ? "nobody"
                    : portal.sandbox().identity().refreshToken();
            return form(path.substring(1), "&token=" + token);
        }
        return operation.path("m").asText().equals("GET")
                ? portal.get(path)
                : portal.call(operation.path("m").asText(), path, body.isMissingNode() ? "" : body.toString());
    }

    private String path(String kind, String declared, String method) throws Exception {
        String own = declared.contains("/companies") ? "companies" : declared.contains("/0-3") ? "deals" : kind;
        boolean links = declared.contains("{fromObjectType}") || declared.contains("associations/{toObjectType}");
        String record = links ? ids.get("contacts") : ids.get(own);
        if (method.equals("DELETE") && record != null && !links) {
            record = fresh(own);
        }
        String token = declared.contains("access-tokens")
                ? form("oauth/v1/token", "").json().path("access_token").asText()
                : refreshToken(method);
        return declared.replace("{fromObjectType}", "contacts")
                .replace("{toObjectType}", "companies")
                .replaceAll("\\{(fromObjectId|contactId|companyId|dealId|leadId|leadsId)}", String.valueOf(record))
                .replace("{toObjectId}", ids.get("companies"))
                .replace("{objectType}", links ? "contacts" : objectType(kind))
                .replace("{objectId}", declared.contains("marketing-events") ? event() : String.valueOf(record))
                .replace("{marketingEventId}", event())
                .replace("{externalEventId}", external(declared))
                .replace("{externalAccountId}", "acc")
                .replace("{contactIdentifier}", String.valueOf(ids.get("contacts")))
                .replace("{subscriberState}", "attend")
                .replace("{formId}", form())
                .replace("{ownerId}", "9")
                .replace("{propertyName}", declared.contains("properties") ? property(method) : "")
                .replace("{groupName}", declared.contains("groups") ? group() : "")
                .replace("{pipelineId}", "default")
                .replace("{stageId}", "closedwon")
                .replace("{token}", token)
                .replace("{appId}", String.valueOf(portal.sandbox().identity().appId()))
                .replace("{subscriptionId}", declared.contains("{subscriptionId}") ? subscription() : "");
    }

    /** The portal's own, or one to throw away: a person lets the app in, and the code buys a token. */
    private String refreshToken(String method) throws Exception {
        if (!method.equals("DELETE")) {
            return portal.sandbox().identity().refreshToken();
        }
        Answer consent = portal.call("POST", "/oauth/authorize?redirect_uri=http://app.example/", "");
        String code = consent.header("Location").replaceFirst(".*code=", "");
        return form("oauth/v1/token", "&grant_type=authorization_code&redirect_uri=http://app.example/&code=" + code)
                .json()
                .path("refresh_token")
                .asText();
    }

    private static String objectType(String kind) {
        return switch (kind) {
            case "pipelines" -> "deals";
            case "properties" -> "contacts";
            default -> kind;
        };
    }

    private String external(String declared) throws Exception {
        event();
        return declared.endsWith("events/{externalEventId}") ? "ext?externalAccountId=acc" : "ext";
    }

    private String event() throws Exception {
        if (!ids.containsKey("event")) {
            Answer made = portal.call(
                    "POST",
                    "/marketing/v3/marketing-events/events",
                    "{\"externalEventId\":\"ext\",\"externalAccountId\":\"acc\",\"eventName\":\"E\",\"eventOrganizer\":\"O\"}");
            ids.put("event", made.json().path("objectId").asText());
        }
        return String.valueOf(ids.get("event"));
    }

    private String form() throws Exception {
        if (!ids.containsKey("form")) {
            ids.put(
                    "form",
                    portal.call("POST", "/marketing/v3/forms", "{\"name\":\"F\"}")
                            .id());
        }
        return String.valueOf(ids.get("form"));
    }

    private String property(String method) throws Exception {
        serial++;
        portal.call(
                "POST",
                "/crm/v3/properties/contacts",
                propertyBody("own" + serial).toString());
        return "own" + serial;
    }

    private ObjectNode propertyBody(String name) {
        return json.createObjectNode()
                .put("name", name)
                .put("label", "L")
                .put("type", "string")
                .put("fieldType", "text")
                .put("groupName", "contactinformation");
    }

    private String group() throws Exception {
        serial++;
        portal.call("POST", "/crm/v3/properties/contacts/groups", "{\"name\":\"g" + serial + "\",\"label\":\"G\"}");
        return "g" + serial;
    }

    private String subscription() throws Exception {
        return portal.call(
                        "POST",
                        "/webhooks/v3/" + portal.sandbox().identity().appId() + "/subscriptions",
                        "{\"eventType\":\"contact.creation\",\"active\":false}")
                .id();
    }

    /** A good body: one for each form of operation. */
    private JsonNode body(String kind, JsonNode operation) throws Exception {
        String path = operation.path("p").asText();
        String last = path.substring(path.lastIndexOf('/') + 1);
        String own = path.contains("/companies") ? "companies" : path.contains("/0-3") ? "deals" : kind;
        if (operation.path("m").asText().matches("GET|DELETE")) {
            return json.missingNode();
        }
        if (path.contains("associations")) {
            return associations(path);
        }
        if (path.contains("properties")) {
            return propertyBodies(path, last);
        }
        if (path.contains("webhooks")) {
            return webhookBodies(last);
        }
        if (path.contains("attendance")) {
            return json.readTree("{\"inputs\":[{\"vid\":\"" + ids.get("contacts") + "\",\"email\":\"p1@x.example\"}]}");
        }
        if (path.contains("marketing")) {
            return json.readTree(
                    "{\"name\":\"F\",\"externalEventId\":\"e\",\"externalAccountId\":\"a\",\"eventName\":\"E\",\"eventOrganizer\":\"O\"}");
        }
        return objectBodies(own, last);
    }

    private JsonNode associations(String path) throws Exception {
        String from = "\"from\":{\"id\":\"" + ids.get("contacts") + "\"}";
        String to = "\"to\":{\"id\":\"" + ids.get("companies") + "\"}";
        String types = "\"types\":[{\"associationCategory\":\"HUBSPOT_DEFINED\",\"associationTypeId\":279}]";
        if (path.endsWith("batch/read")) {
            return json.readTree("{\"inputs\":[{\"id\":\"" + ids.get("contacts") + "\"}]}");
        }
        if (path.contains("/v3/")) {
            return json.readTree("{\"inputs\":[{" + from + "," + to + ",\"type\":\"contact_to_company\"}]}");
        }
        if (path.endsWith("batch/archive")) {
            return json.readTree("{\"inputs\":[{" + from + ",\"to\":[{\"id\":\"" + ids.get("companies") + "\"}]}]}");
        }
        return path.contains("batch")
                ? json.readTree("{\"inputs\":[{" + from + "," + to + "," + types + "}]}")
                : json.readTree("{" + types + "}").path("types");
    }

    private JsonNode propertyBodies(String path, String last) throws Exception {
        if (last.equals("groups") || last.equals("{groupName}")) {
            return json.createObjectNode().put("name", "new" + ++serial).put("label", "G");
        }
        ObjectNode one = path.endsWith("batch/create") || last.equals("{objectType}")
                ? propertyBody("made" + ++serial)
                : json.createObjectNode().put("name", property("")).put("label", "M");
        if (!path.contains("batch")) {
            return one;
        }
        ObjectNode batch = json.createObjectNode();
        batch.putArray("inputs").add(one);
        return batch;
    }

    private JsonNode webhookBodies(String last) throws Exception {
        return switch (last) {
            case "settings" ->
                json.readTree("{\"targetUrl\":\"http://127.0.0.1:1/\",\"throttling\":{\"maxConcurrentRequests\":1}}");
            case "subscriptions" -> json.readTree("{\"eventType\":\"deal.creation\",\"active\":false}");
            case "update" -> json.readTree("{\"inputs\":[{\"id\":\"" + subscription() + "\",\"active\":false}]}");
            default -> json.readTree("{\"active\":false}");
        };
    }

    private JsonNode objectBodies(String own, String last) throws Exception {
        ObjectNode body = json.createObjectNode();
        switch (last) {
            case "search":
                return body;
            case "merge":
                return body.put("primaryObjectId", fresh(own)).put("objectIdToMerge", fresh(own));
            case "read", "archive":
                body.putArray("inputs").addObject().put("id", fresh(own));
                return body;
            case "update":
                body.putArray("inputs").addObject().put("id", fresh(own)).putObject("properties");
                return body;
            case "upsert":
                body.putArray("inputs")
                        .addObject()
                        .put("id", fresh(own))
                        .put("idProperty", "hs_object_id")
                        .putObject("properties");
                return body;
            case "create":
                body.putArray("inputs").add(one(own));
                return body;
            default:
                return one(own);
        }
    }

    private ObjectNode one(String own) throws Exception {
        if (own.equals("leads")) {
            return leadBody();
        }
        ObjectNode one = json.createObjectNode();
        one.putObject("properties");
        return one;
    }
}
