package dev.rainmaker.sandbox.salesforce;

import static dev.rainmaker.sandbox.salesforce.TestOrg.AUTO_ASSIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.salesforce.TestOrg.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {

    private static final String LEAD = "{\"LastName\":\"a\",\"Company\":\"b\"}";

    @TempDir
    private Path state;

    private TestOrg org;

    @BeforeEach
    void start() throws Exception {
        org = TestOrg.start(state);
    }

    @AfterEach
    void stop() {
        org.close();
    }

    private int leads() throws Exception {
        return org.query("SELECT count() FROM Lead").json().path("totalSize").asInt();
    }

    @Test
    void nthCallOfAKindIsAnsweredAsScripted() throws Exception {
        org.hook(
                "faults",
                "{\"kind\":\"query\",\"nth\":2,\"status\":503,\"body\":[{\"errorCode\":\"SERVER_UNAVAILABLE\"}],\"headers\":{\"Retry-After\":\"1\"}}");

        assertThat(org.query("SELECT Id FROM Lead").status()).isEqualTo(200);
        Answer second = org.query("SELECT Id FROM Lead");
        assertThat(second.status()).isEqualTo(503);
        assertThat(second.error()).isEqualTo("SERVER_UNAVAILABLE");
        assertThat(second.header("Retry-After")).isEqualTo("1");
        assertThat(org.query("SELECT Id FROM Lead").status()).isEqualTo(200);
    }

    @Test
    void droppedConnectionLosesTheWriteBeforeTheCommitAndKeepsItAfter() throws Exception {
        org.hook("faults", "{\"kind\":\"create\",\"drop\":true}");
        assertThatThrownBy(() -> org.create("Lead", LEAD)).isInstanceOf(IOException.class);
        assertThat(leads()).isZero();

        org.hook("faults", "{\"kind\":\"create\",\"drop\":true,\"afterCommit\":true}");
        assertThatThrownBy(() -> org.create("Lead", LEAD)).isInstanceOf(IOException.class);
        assertThat(leads()).isEqualTo(1);
    }

    @Test
    void cutBodyComesUnderItsFullLength() throws Exception {
        org.hook("faults", "{\"kind\":\"limits\",\"truncateAt\":20}");

        assertThatThrownBy(() -> org.get("/limits"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("fixed content-length");
    }

    @Test
    void tokensExpireInTheMiddleOfPaging() throws Exception {
        org.hook("faults", "{\"kind\":\"query\",\"nth\":2,\"expireTokens\":true}");

        assertThat(org.query("SELECT Id FROM Lead").status()).isEqualTo(200);
        assertThat(org.query("SELECT Id FROM Lead").error()).isEqualTo("INVALID_SESSION_ID");
    }

    @Test
    void lateCommitIsStampedEarlyAndSeenLate() throws Exception {
        org.hook("visibility", "{\"delay\":\"PT1.5S\",\"object\":\"Lead\"}");
        Instant begun = Instant.now();
        CompletableFuture<String> late = CompletableFuture.supplyAsync(() -> {
            try {
                return org.create("Lead", LEAD);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        org.create("Account", "{\"Name\":\"soon\"}");
        assertThat(leads()).isZero();
        late.join();
        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(1400));
        JsonNode row = org.query("SELECT SystemModstamp FROM Lead")
                .json()
                .path("records")
                .path(0);
        Instant stamp = Instant.parse(row.path("SystemModstamp").asText().replace("+0000", "Z"));
        assertThat(stamp).isBefore(begun.plusMillis(900));
    }

    @Test
    void hiddenFieldIsAnErrorAndNeverNull() throws Exception {
        org.create("Lead", LEAD);
        org.hook("fields", "{\"object\":\"Lead\",\"hide\":\"Industry\"}");
        assertThat(org.query("SELECT Industry FROM Lead").error()).isEqualTo("INVALID_FIELD");
        assertThat(org.get("/sobjects/Lead/describe").text()).doesNotContain("\"Industry\"");
        org.hook("fields", "{\"object\":\"Lead\",\"show\":\"Industry\"}");
        assertThat(org.query("SELECT Industry FROM Lead").status()).isEqualTo(200);
    }

    @Test
    void lockedRowIsRefusedOnceAmongItsNeighbours() throws Exception {
        String first = org.create("Lead", LEAD);
        String second = org.create("Lead", LEAD);
        org.hook("row-faults", "{\"id\":\"" + first + "\",\"code\":\"UNABLE_TO_LOCK_ROW\"}");
        String update = "{\"records\":[{\"attributes\":{\"type\":\"Lead\"},\"id\":\"" + first + "\",\"Title\":\"x\"},"
                + "{\"attributes\":{\"type\":\"Lead\"},\"id\":\"" + second + "\",\"Title\":\"x\"}]}";

        JsonNode once = org.call("PATCH", "/composite/sobjects", update, AUTO_ASSIGN, "FALSE")
                .json();
        assertThat(once.path(0).path("errors").path(0).path("statusCode").asText())
                .isEqualTo("UNABLE_TO_LOCK_ROW");
        assertThat(once.path(1).path("success").asBoolean()).isTrue();
        JsonNode again = org.call("PATCH", "/composite/sobjects", update, AUTO_ASSIGN, "FALSE")
                .json();
        assertThat(again.path(0).path("success").asBoolean()).isTrue();
    }

    @Test
    void lockedRowHasTheStatusOfTheProfile() throws Exception {
        String id = org.create("Lead", LEAD);
        org.hook("profile", "{\"row-lock-status\":\"500\"}");
        org.hook("row-faults", "{\"id\":\"" + id + "\"}");

        Answer locked = org.call("PATCH", "/sobjects/Lead/" + id, "{\"Title\":\"x\"}", AUTO_ASSIGN, "FALSE");
        assertThat(locked.status()).isEqualTo(500);
        assertThat(locked.error()).isEqualTo("UNABLE_TO_LOCK_ROW");
    }

    @Test
    void spentAllowanceIs403WithoutRetryAfter() throws Exception {
        org.hook("usage", "{\"calls\":100000}");
        Answer refused = org.get("/limits");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
        assertThat(refused.header("Retry-After")).isEmpty();
        assertThat(refused.header("Sforce-Limit-Info")).isEqualTo("api-usage=100001/100000");
    }

    @Test
    void expiredLocatorIsRefused() throws Exception {
        org.hook("profile", "{\"smallest-batch\":\"1\"}");
        org.create("Lead", LEAD);
        org.create("Lead", LEAD);
        String next = org.query("SELECT Id FROM Lead", "Sforce-Query-Options", "batchSize=1")
                .json()
                .path("nextRecordsUrl")
                .asText();
        assertThat(org.raw("GET", next, "").status()).isEqualTo(200);
        org.hook("expire-locators", "{}");
        assertThat(org.raw("GET", next, "").error()).isEqualTo("INVALID_QUERY_LOCATOR");
    }

    @Test
    void personsEditChangesStampAndModifier() throws Exception {
        String id = org.create("Lead", LEAD);
        Answer edit = org.hook("edit", "{\"object\":\"Lead\",\"id\":\"" + id + "\",\"fields\":{\"Title\":\"CEO\"}}");
        assertThat(edit.status()).isEqualTo(200);
        JsonNode row = org.query("SELECT LastModifiedBy.Name, Title FROM Lead")
                .json()
                .path("records")
                .path(0);
        assertThat(row.path("LastModifiedBy").path("Name").asText()).isEqualTo("Channel Manager");
        assertThat(row.path("Title").asText()).isEqualTo("CEO");
    }

    @Test
    void hooksAreNotThereUnlessAskedFor(@TempDir Path other) throws Exception {
        try (SalesforceSandbox plain = SalesforceSandbox.start(SalesforceSettings.in(other))) {
            java.net.http.HttpResponse<String> answer = java.net.http.HttpClient.newHttpClient()
                    .send(
                            java.net.http.HttpRequest.newBuilder(java.net.URI.create(plain.url() + "/__sandbox/stats"))
                                    .build(),
                            java.net.http.HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
        }
    }
}
