package dev.rainmaker.sandbox.salesforce;

import static dev.rainmaker.sandbox.salesforce.TestOrg.AUTO_ASSIGN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.salesforce.TestOrg.Answer;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionsTest {

    private static final String GOOD = "{\"attributes\":{\"type\":\"Lead\"},\"LastName\":\"a\",\"Company\":\"b\"}";
    private static final String BAD = "{\"attributes\":{\"type\":\"Lead\"},\"LastName\":\"a\"}";

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

    private Answer create(boolean allOrNone, String... records) throws Exception {
        String body = "{\"allOrNone\":" + allOrNone + ",\"records\":[" + String.join(",", records) + "]}";
        return org.call("POST", "/composite/sobjects", body, AUTO_ASSIGN, "FALSE");
    }

    private int leads() throws Exception {
        return org.query("SELECT count() FROM Lead").json().path("totalSize").asInt();
    }

    @Test
    void eachRecordHasItsOwnResultInTheOrderSent() throws Exception {
        JsonNode results = create(false, GOOD, BAD, GOOD).json();

        assertThat(results)
                .extracting(result -> result.path("success").asBoolean())
                .containsExactly(true, false, true);
        assertThat(results.path(1).path("errors").path(0).path("statusCode").asText())
                .isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(leads()).isEqualTo(2);
    }

    @Test
    void allOrNoneTakesTheNeighboursBack() throws Exception {
        JsonNode results = create(true, GOOD, BAD, GOOD).json();

        assertThat(results)
                .extracting(result ->
                        result.path("errors").path(0).path("statusCode").asText())
                .containsExactly(
                        "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                        "REQUIRED_FIELD_MISSING",
                        "ALL_OR_NONE_OPERATION_ROLLED_BACK");
        assertThat(leads()).isZero();
    }

    @Test
    void twoHundredRecordsAreTakenAndOneMoreIsRefused() throws Exception {
        String[] most = IntStream.range(0, 200).mapToObj(i -> GOOD).toArray(String[]::new);
        String[] tooMany = IntStream.range(0, 201).mapToObj(i -> GOOD).toArray(String[]::new);

        assertThat(create(false, tooMany).status()).isEqualTo(400);
        assertThat(leads()).isZero();
        assertThat(create(false, most).status()).isEqualTo(200);
        assertThat(leads()).isEqualTo(200);
    }

    @Test
    void elevenChunksAreRefused() throws Exception {
        String account = "{\"attributes\":{\"type\":\"Account\"},\"Name\":\"a\"}";
        String[] ten = IntStream.range(0, 10)
                .mapToObj(i -> i % 2 == 0 ? GOOD : account)
                .toArray(String[]::new);
        String[] eleven = IntStream.range(0, 11)
                .mapToObj(i -> i % 2 == 0 ? GOOD : account)
                .toArray(String[]::new);

        assertThat(create(false, ten).status()).isEqualTo(200);
        assertThat(create(false, eleven).error()).isEqualTo("LIMIT_EXCEEDED");
    }

    @Test
    void mistypedValueRefusesTheWholeRequest() throws Exception {
        Answer answer = create(false, GOOD, GOOD.replace("\"b\"", "\"b\",\"AnnualRevenue\":\"much\""));

        assertThat(answer.error()).isEqualTo("JSON_PARSER_ERROR");
        assertThat(leads()).isZero();
    }

    @Test
    void updatesUpsertsRetrievesAndDeletesMany() throws Exception {
        JsonNode made = create(false, GOOD, GOOD).json();
        String first = made.path(0).path("id").asText();
        String second = made.path(1).path("id").asText();
        String update = "{\"records\":[{\"attributes\":{\"type\":\"Lead\"},\"id\":\"" + first
                + "\",\"Title\":\"CTO\"},{\"attributes\":{\"type\":\"Lead\"},\"Title\":\"x\"}]}";
        JsonNode updated = org.call("PATCH", "/composite/sobjects", update, AUTO_ASSIGN, "FALSE")
                .json();
        assertThat(updated)
                .extracting(result -> result.path("success").asBoolean())
                .containsExactly(true, false);

        String upsert =
                "{\"records\":[{\"attributes\":{\"type\":\"Lead\"},\"Rainmaker_Decision_Id__c\":\"D\",\"LastName\":\"u\",\"Company\":\"v\"}]}";
        String path = "/composite/sobjects/Lead/Rainmaker_Decision_Id__c";
        assertThat(org.call("PATCH", path, upsert, AUTO_ASSIGN, "FALSE")
                        .json()
                        .path(0)
                        .path("created")
                        .asBoolean())
                .isTrue();
        assertThat(org.call("PATCH", path, upsert, AUTO_ASSIGN, "FALSE")
                        .json()
                        .path(0)
                        .path("created")
                        .asBoolean(true))
                .isFalse();

        String retrieve =
                "{\"ids\":[\"" + second + "\",\"00Q000000000001AAA\",\"" + first + "\"],\"fields\":[\"Title\"]}";
        JsonNode records =
                org.call("POST", "/composite/sobjects/Lead", retrieve).json();
        assertThat(records.path(0).path("Id").asText()).isEqualTo(second);
        assertThat(records.path(1).isNull()).isTrue();
        assertThat(records.path(2).path("Title").asText()).isEqualTo("CTO");

        JsonNode deleted = org.call("DELETE", "/composite/sobjects?ids=" + first + "," + second + "&allOrNone=true", "")
                .json();
        assertThat(deleted)
                .extracting(result -> result.path("success").asBoolean())
                .containsExactly(true, true);
        assertThat(leads()).isEqualTo(1);
    }

    @Test
    void compositeFollowsReferencesAndRollsBackTogether() throws Exception {
        String account =
                "{\"method\":\"POST\",\"url\":\"/services/data/v60.0/sobjects/Account\",\"referenceId\":\"acc\",\"body\":{\"Name\":\"A\"}}";
        String contact =
                "{\"method\":\"POST\",\"url\":\"/services/data/v60.0/sobjects/Contact\",\"referenceId\":\"con\",\"body\":{\"LastName\":\"C\",\"AccountId\":\"@{acc.id}\"}}";
        String broken = contact.replace("LastName", "Nose").replace("\"con\"", "\"bad\"");

        JsonNode good = org.call("POST", "/composite", "{\"compositeRequest\":[" + account + "," + contact + "]}")
                .json();
        assertThat(good.path("compositeResponse"))
                .extracting(part -> part.path("httpStatusCode").asInt())
                .containsExactly(201, 201);
        assertThat(org.query("SELECT Account.Name FROM Contact")
                        .json()
                        .path("records")
                        .path(0)
                        .path("Account")
                        .path("Name")
                        .asText())
                .isEqualTo("A");

        JsonNode halted = org.call(
                        "POST",
                        "/composite",
                        "{\"allOrNone\":true,\"compositeRequest\":[" + account + "," + broken + "]}")
                .json();
        assertThat(halted.path("compositeResponse")
                        .path(0)
                        .path("body")
                        .path(0)
                        .path("errorCode")
                        .asText())
                .isEqualTo("PROCESSING_HALTED");
        assertThat(org.query("SELECT count() FROM Account")
                        .json()
                        .path("totalSize")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void compositeNeedsTheAssignmentHeaderInEachSubrequest() throws Exception {
        String lead =
                "{\"method\":\"POST\",\"url\":\"/services/data/v60.0/sobjects/Lead\",\"referenceId\":\"l%d\",%s\"body\":{\"LastName\":\"L%d\",\"Company\":\"c\"}}";
        String requests = String.format(lead, 1, "", 1) + ","
                + String.format(lead, 2, "\"httpHeaders\":{\"Sforce-Auto-Assign\":\"FALSE\"},", 2);
        org.call("POST", "/composite", "{\"compositeRequest\":[" + requests + "]}", AUTO_ASSIGN, "FALSE");

        JsonNode rows = org.query("SELECT Owner.Type FROM Lead ORDER BY LastName")
                .json()
                .path("records");
        assertThat(IntStream.range(0, 2)
                        .mapToObj(i -> rows.path(i).path("Owner").path("Type").asText())
                        .collect(Collectors.toList()))
                .containsExactly("Group", "User");
    }

    @Test
    void batchCountsEachSubrequest() throws Exception {
        int before = org.stats().path("apiUsage").asInt();
        JsonNode answer = org.call(
                        "POST",
                        "/composite/batch",
                        "{\"batchRequests\":[{\"method\":\"GET\",\"url\":\"v60.0/limits\"},{\"method\":\"GET\",\"url\":\"v60.0/sobjects/Lead/00Q000000000001AAA\"}]}")
                .json();

        assertThat(answer.path("hasErrors").asBoolean()).isTrue();
        assertThat(answer.path("results"))
                .extracting(result -> result.path("statusCode").asInt())
                .containsExactly(200, 404);
        assertThat(org.stats().path("apiUsage").asInt()).isEqualTo(before + 3);
    }
}
