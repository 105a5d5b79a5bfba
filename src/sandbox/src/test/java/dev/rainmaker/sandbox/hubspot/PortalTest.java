package dev.rainmaker.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.hubspot.TestPortal.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client meets in the portal. Time is set, never waited for. */
class PortalTest {

    private static final String ALL = "{\"limit\":10}";

    @TempDir
    private Path state;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T10:00:00Z"));
    private TestPortal portal;

    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };

    @BeforeEach
    void start() throws Exception {
        portal = TestPortal.start(state, settings -> settings.at(clock));
    }

    @AfterEach
    void stop() {
        portal.close();
    }

    private void pass(long millis) {
        now.updateAndGet(instant -> instant.plusMillis(millis));
    }

    @Test
    void bothGenerationsAndAllNamesOfAKindLeadToTheSameRecord() throws Exception {
        String id = portal.create("deals", "dealname=D");
        for (String path : new String[] {
            "/crm/v3/objects/deals/", "/crm/v3/objects/0-3/", "/crm/objects/2026-09/deals/", "/crm/objects/2026-09/0-3/"
        }) {
            assertThat(portal.get(path + id)
                            .json()
                            .path("properties")
                            .path("dealname")
                            .asText())
                    .as(path)
                    .isEqualTo("D");
        }
    }

    @Test
    void recordsLinksAndTokensSurviveARestart() throws Exception {
        String company = portal.create("companies", "name=Acme");
        String contact = portal.create("contacts", "email=a@x.example");
        portal.call("PUT", "/crm/v4/objects/contacts/" + contact + "/associations/default/companies/" + company, "");
        String token = portal.sandbox().identity().accessToken();
        portal.close();
        portal = TestPortal.start(state, settings -> settings.at(clock));
        assertThat(portal.sandbox().identity().accessToken()).isEqualTo(token);
        assertThat(portal.get("/crm/objects/2026-09/contacts/" + contact + "?properties=associatedcompanyid")
                        .json()
                        .path("properties")
                        .path("associatedcompanyid")
                        .asText())
                .isEqualTo(company);
        assertThat(portal.create("contacts", "email=b@x.example")).isNotEqualTo(contact);
        assertThat(portal.call("POST", "/crm/objects/2026-09/contacts", "{\"properties\":{\"email\":\"A@x.example\"}}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void searchSeesARecordOnlyAfterTheLagButReadingByIdAtOnce() throws Exception {
        portal.hook("profile", "{\"search-lag\":\"PT60S\"}");
        String id = portal.create("contacts", "email=a@x.example");
        assertThat(portal.get("/crm/objects/2026-09/contacts/" + id).status()).isEqualTo(200);
        pass(59_999);
        assertThat(portal.search("contacts", ALL).json().path("total").asInt()).isZero();
        pass(1_000);
        assertThat(portal.search("contacts", ALL).json().path("total").asInt()).isEqualTo(1);
    }

    @Test
    void searchEndsAtItsDepth() throws Exception {
        portal.hook("profile", "{\"search-depth\":\"300\"}");
        assertThat(portal.search("contacts", "{\"limit\":200,\"after\":\"100\"}")
                        .status())
                .isEqualTo(200);
        assertThat(portal.search("contacts", "{\"limit\":200,\"after\":\"101\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void burstAndSearchAndDayEachHaveTheirOwnRefusal() throws Exception {
        portal.hook("profile", "{\"burst-limit\":\"2\",\"search-per-second\":\"1\"}");
        Answer first = portal.get("/crm/v3/owners");
        assertThat(first.header("X-HubSpot-RateLimit-Remaining")).isEqualTo("1");
        portal.get("/crm/v3/owners");
        Answer third = portal.get("/crm/v3/owners");
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.json().path("policyName").asText()).isEqualTo("TEN_SECONDLY_ROLLING");
        Answer found = portal.search("contacts", ALL);
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.header("X-HubSpot-RateLimit-Remaining")).isEmpty();
        Answer again = portal.search("contacts", ALL);
        assertThat(again.json().path("message").asText()).isEqualTo("You have reached your secondly limit.");
        pass(10_001);
        assertThat(portal.get("/crm/v3/owners").status()).isEqualTo(200);
        portal.hook("usage", "{\"calls\":625000}");
        assertThat(portal.get("/crm/v3/owners").json().path("policyName").asText())
                .isEqualTo("DAILY");
        pass(24 * 3_600_000L);
        assertThat(portal.get("/crm/v3/owners").status()).isEqualTo(200);
    }

    @Test
    void rowsOfABatchFailAloneOnlyWhereTheyCanBeTold() throws Exception {
        String taken = "{\"properties\":{\"email\":\"a@x.example\"}%s}";
        portal.create("contacts", "email=a@x.example");
        String bare = "{\"inputs\":[" + taken.formatted("") + ",{\"properties\":{\"email\":\"b@x.example\"}}]}";
        Answer refused = portal.call("POST", "/crm/v3/objects/contacts/batch/create", bare);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(portal.sandbox().portal().find(kind("contacts"), "email", "b@x.example"))
                .isEmpty();
        String traced = "{\"inputs\":[" + taken.formatted(",\"objectWriteTraceId\":\"1\"")
                + ",{\"properties\":{\"email\":\"b@x.example\"},\"objectWriteTraceId\":\"2\"}]}";
        Answer mixed = portal.call("POST", "/crm/v3/objects/contacts/batch/create", traced);
        assertThat(mixed.status()).isEqualTo(207);
        assertThat(mixed.json()
                        .path("errors")
                        .path(0)
                        .path("context")
                        .path("objectWriteTraceId")
                        .path(0)
                        .asText())
                .isEqualTo("1");
        assertThat(mixed.json().path("results").size()).isEqualTo(1);
    }

    private static dev.rainmaker.sandbox.hubspot.portal.ObjectKind kind(String name) {
        return dev.rainmaker.sandbox.hubspot.portal.ObjectKind.named(name).orElseThrow();
    }

    @Test
    void valueThatDoesNotFitIsNamed() throws Exception {
        String id = portal.create("companies", "name=Acme");
        Answer answer = portal.call(
                "PATCH",
                "/crm/objects/2026-09/companies/" + id,
                "{\"properties\":{\"numberofemployees\":\"many\",\"type\":\"FRIEND\",\"createdate\":\"2020-01-01\",\"nose\":\"1\"}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText())
                .contains("INVALID_LONG", "INVALID_OPTION", "READ_ONLY_VALUE", "PROPERTY_DOESNT_EXIST");
    }

    @Test
    void unknownAndExpiredTokensAndMissingScopesAreToldApart() throws Exception {
        Answer unknown = portal.send(HttpRequest.newBuilder(URI.create(portal.url() + "/crm/v3/owners"))
                .header("Authorization", "Bearer nobody"));
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.json().path("category").asText()).isEqualTo("INVALID_AUTHENTICATION");
        portal.hook("profile", "{\"scopes\":\"crm.objects.contacts.read\"}");
        assertThat(portal.get("/crm/objects/2026-09/contacts").status()).isEqualTo(200);
        Answer denied = portal.get("/crm/objects/2026-09/companies");
        assertThat(denied.status()).isEqualTo(403);
        JsonNode error = denied.json().path("errors").path(0);
        assertThat(error.path("context").path("requiredGranularScopes").path(0).asText())
                .isEqualTo("crm.objects.companies.read");
    }

    @Test
    void personEditsARecordOnItsPage() throws Exception {
        String id = portal.create("contacts", "email=a@x.example", "lastname=<b>Rep");
        String page = "/contacts/" + portal.sandbox().identity().portalId() + "/record/0-1/" + id;
        assertThat(portal.get(page).text()).contains("&lt;b&gt;Rep").doesNotContain("<b>Rep");
        HttpRequest.Builder save = HttpRequest.newBuilder(URI.create(portal.url() + page))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("was.phone=&phone=123&was.city=&city="));
        assertThat(portal.send(save).status()).isEqualTo(303);
        JsonNode history = portal.get("/crm/objects/2026-09/contacts/" + id + "?propertiesWithHistory=phone")
                .json()
                .path("propertiesWithHistory")
                .path("phone")
                .path(0);
        assertThat(history.path("value").asText()).isEqualTo("123");
        assertThat(history.path("sourceType").asText()).isEqualTo("CRM_UI");
        HttpRequest.Builder foreign = HttpRequest.newBuilder(URI.create(portal.url() + page))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "http://elsewhere.example")
                .POST(HttpRequest.BodyPublishers.ofString("was.phone=123&phone=666"));
        assertThat(portal.send(foreign).status()).isEqualTo(403);
    }

    @Test
    void faultOnDemandStrikesTheCallItWaitsFor() throws Exception {
        portal.hook("faults", "{\"kind\":\"batchUpdate\",\"status\":503,\"headers\":{\"Retry-After\":\"7\"}}");
        assertThat(portal.get("/crm/v3/owners").status()).isEqualTo(200);
        Answer struck = portal.call("POST", "/crm/v3/objects/contacts/batch/update", "{\"inputs\":[]}");
        assertThat(struck.status()).isEqualTo(503);
        assertThat(struck.header("Retry-After")).isEqualTo("7");
        assertThat(portal.call("POST", "/crm/v3/objects/contacts/batch/update", "{\"inputs\":[]}")
                        .status())
                .isEqualTo(200);
    }
}
