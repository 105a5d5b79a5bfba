package dev.rainmaker.sandbox.salesforce;

import static dev.rainmaker.sandbox.salesforce.TestOrg.AUTO_ASSIGN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.salesforce.TestOrg.Answer;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {

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

    private String lead() throws Exception {
        return org.create("Lead", "{\"LastName\":\"Ng\",\"Company\":\"Acme\"}");
    }

    private Answer patchLead(String id, String json, String... headers) throws Exception {
        return org.call("PATCH", "/sobjects/Lead/" + id, json, headers);
    }

    private String refusal(String json) throws Exception {
        return org.call("POST", "/sobjects/Lead", json, AUTO_ASSIGN, "FALSE").error();
    }

    @Test
    void recordLivesFromCreateToDelete() throws Exception {
        String id = lead();
        assertThat(patchLead(id, "{\"Title\":\"CTO\"}", AUTO_ASSIGN, "FALSE").status())
                .isEqualTo(204);
        JsonNode record = org.get("/sobjects/Lead/" + id.substring(0, 15)).json();
        assertThat(record.path("Id").asText()).isEqualTo(id);
        assertThat(record.path("Name").asText()).isEqualTo("Ng");
        assertThat(record.path("Title").asText()).isEqualTo("CTO");
        assertThat(record.path("SystemModstamp").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.000\\+0000");
        assertThat(org.call("DELETE", "/sobjects/Lead/" + id, "").status()).isEqualTo(204);
        assertThat(org.get("/sobjects/Lead/" + id).status()).isEqualTo(404);
        assertThat(org.query("SELECT count() FROM Lead")
                        .json()
                        .path("totalSize")
                        .asInt())
                .isZero();
        assertThat(org.get("/queryAll?q=SELECT+Id,IsDeleted+FROM+Lead")
                        .json()
                        .path("records")
                        .path(0)
                        .path("IsDeleted")
                        .asBoolean())
                .isTrue();
        Answer again = patchLead(id, "{\"Title\":\"CIO\"}");
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.error()).isEqualTo("ENTITY_IS_DELETED");
    }

    @Test
    void unknownIdsAreNotFoundWhenReadAndCrossReferencesWhenWritten() throws Exception {
        String unknown = "00Q000000000001AAA";
        assertThat(org.get("/sobjects/Lead/" + unknown).error()).isEqualTo("NOT_FOUND");
        Answer patch = patchLead(unknown, "{\"Title\":\"x\"}");
        assertThat(patch.status()).isEqualTo(404);
        assertThat(patch.error()).isEqualTo("INVALID_CROSS_REFERENCE_KEY");
    }

    @Test
    void savesAreRefusedWithTheVendorsCodes() throws Exception {
        assertThat(refusal("{\"LastName\":\"a\"}")).isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(refusal("{\"LastName\":\"" + "x".repeat(81) + "\",\"Company\":\"b\"}"))
                .isEqualTo("STRING_TOO_LONG");
        assertThat(refusal("{\"LastName\":\"" + "x".repeat(80) + "\",\"Company\":\"b\"}"))
                .isEmpty();
        String named = "{\"LastName\":\"a\",\"Company\":\"b\",";
        assertThat(refusal(named + "\"Nose\":1}")).isEqualTo("INVALID_FIELD");
        assertThat(refusal(named + "\"CreatedDate\":\"2026-01-01T00:00:00Z\"}"))
                .isEqualTo("INVALID_FIELD_FOR_INSERT_UPDATE");
        assertThat(refusal(named + "\"Email\":\"nobody\"}")).isEqualTo("INVALID_EMAIL_ADDRESS");
        assertThat(refusal(named + "\"CurrencyIsoCode\":\"ZZZ\"}"))
                .isEqualTo("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
        assertThat(refusal(named + "\"AnnualRevenue\":\"much\"}")).isEqualTo("JSON_PARSER_ERROR");
        assertThat(refusal(named + "\"AnnualRevenue\":12345678901234567}")).isEqualTo("NUMBER_OUTSIDE_VALID_RANGE");
        assertThat(refusal(named + "\"Rainmaker_Partner__c\":\"001000000000001AAA\"}"))
                .isEqualTo("INVALID_CROSS_REFERENCE_KEY");
        assertThat(refusal(named + "\"Rainmaker_Partner__c\":\"005000000000001AAA\"}"))
                .isEqualTo("FIELD_INTEGRITY_EXCEPTION");
        assertThat(refusal(named + "\"Rainmaker_Partner__c\":\"nonsense\"}")).isEqualTo("MALFORMED_ID");
        assertThat(refusal("{\"LastName\":")).isEqualTo("JSON_PARSER_ERROR");
    }

    @Test
    void idsAreTheSameInFifteenAndEighteenCharactersAndAnyCaseOfTheLongForm() throws Exception {
        String id = lead();
        assertThat(org.query("SELECT Id FROM Lead WHERE Id = '" + id.substring(0, 15) + "'")
                        .json()
                        .path("totalSize")
                        .asInt())
                .isEqualTo(1);
        assertThat(org.get("/sobjects/Lead/" + id.toLowerCase(Locale.ROOT))
                        .json()
                        .path("Id")
                        .asText())
                .isEqualTo(id);
        assertThat(org.get("/sobjects/Lead/" + id.substring(0, 17) + "9").status())
                .isEqualTo(404);
    }

    @Test
    void upsertByExternalIdCreatesThenUpdates() throws Exception {
        String path = "/sobjects/Lead/Rainmaker_Decision_Id__c/D-1";
        Answer created = org.call("PATCH", path, "{\"LastName\":\"a\",\"Company\":\"b\"}", AUTO_ASSIGN, "FALSE");
        assertThat(created.status()).isEqualTo(201);
        Answer updated = org.call("PATCH", path, "{\"Title\":\"CTO\"}", AUTO_ASSIGN, "FALSE");
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.json().path("created").asBoolean(true)).isFalse();
        assertThat(updated.json().path("id")).isEqualTo(created.json().path("id"));
        assertThat(org.get(path).json().path("Title").asText()).isEqualTo("CTO");
        String duplicate = "{\"LastName\":\"a\",\"Company\":\"b\",\"Rainmaker_Decision_Id__c\":\"d-1\"}";
        assertThat(refusal(duplicate)).isEqualTo("DUPLICATE_VALUE");
    }

    @Test
    void assignmentRuleTakesTheLeadUnlessTheHeaderSaysFalse() throws Exception {
        String kept = lead();
        assertThat(owner(kept)).isEqualTo("Integration User");
        patchLead(kept, "{\"Title\":\"x\"}", AUTO_ASSIGN, "false");
        assertThat(owner(kept)).isEqualTo("Integration User");
        patchLead(kept, "{\"Title\":\"y\"}");
        assertThat(owner(kept)).isEqualTo("Unassigned Leads");
        String lost = org.call("POST", "/sobjects/Lead", "{\"LastName\":\"a\",\"Company\":\"b\"}", AUTO_ASSIGN, "TRUE")
                .json()
                .path("id")
                .asText();
        assertThat(owner(lost)).isEqualTo("Unassigned Leads");
        assertThat(org.stats().path("leadWriteCalls").asInt()).isEqualTo(4);
        assertThat(org.stats().path("leadWriteCallsWithoutAutoAssignFalse").asInt())
                .isEqualTo(2);
    }

    private String owner(String lead) throws Exception {
        return org.query("SELECT Owner.Name FROM Lead WHERE Id = '" + lead + "'")
                .json()
                .path("records")
                .path(0)
                .path("Owner")
                .path("Name")
                .asText();
    }

    @Test
    void unmetConditionIs412AndWritesNothing() throws Exception {
        String id = lead();
        String longAgo = "Thu, 01 Jan 2026 00:00:00 GMT";
        String later = "Fri, 01 Jan 2100 00:00:00 GMT";
        assertThat(patchLead(id, "{\"Title\":\"x\"}", "If-Unmodified-Since", longAgo)
                        .status())
                .isEqualTo(412);
        assertThat(org.get("/sobjects/Lead/" + id).json().path("Title").isNull())
                .isTrue();
        assertThat(patchLead(id, "{\"Title\":\"x\"}", "If-Unmodified-Since", later)
                        .status())
                .isEqualTo(204);
        assertThat(patchLead(id, "{\"Title\":\"x\"}", "If-Unmodified-Since", "soon")
                        .status())
                .isEqualTo(400);
        assertThat(org.call("GET", "/sobjects/Lead/" + id, "", "If-Modified-Since", later)
                        .status())
                .isEqualTo(304);
        String account = org.create("Account", "{\"Name\":\"A\"}");
        String tag = org.get("/sobjects/Account/" + account).header("ETag");
        assertThat(org.call("GET", "/sobjects/Account/" + account, "", "If-None-Match", tag)
                        .status())
                .isEqualTo(304);
    }

    @Test
    void convertedLeadTakesNoMoreWrites() throws Exception {
        String id = lead();
        JsonNode converted = org.hook("convert", "{\"id\":\"" + id + "\"}").json();
        assertThat(converted.path("opportunityId").asText()).startsWith("006");
        Answer refused = patchLead(id, "{\"Title\":\"x\"}", AUTO_ASSIGN, "FALSE");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("CANNOT_UPDATE_CONVERTED_LEAD");
        assertThat(org.query("SELECT ConvertedOpportunityId FROM Lead WHERE IsConverted = true")
                        .json()
                        .path("records")
                        .path(0)
                        .path("ConvertedOpportunityId"))
                .isEqualTo(converted.path("opportunityId"));
    }

    @Test
    void describeTellsTypesLengthsAndLookups() throws Exception {
        JsonNode fields = org.get("/sobjects/Lead/describe").json().path("fields");
        JsonNode partner = null;
        JsonNode reason = null;
        for (JsonNode field : fields) {
            partner = field.path("name").asText().equals("Rainmaker_Partner__c") ? field : partner;
            reason = field.path("name").asText().equals("Rainmaker_Reason__c") ? field : reason;
        }
        assertThat(partner.path("type").asText()).isEqualTo("reference");
        assertThat(partner.path("referenceTo").path(0).asText()).isEqualTo("Account");
        assertThat(partner.path("relationshipName").asText()).isEqualTo("Rainmaker_Partner__r");
        assertThat(reason.path("length").asInt()).isEqualTo(255);
        assertThat(org.get("/sobjects/Nothing/describe").status()).isEqualTo(404);
    }

    @Test
    void textComesBackAsItWasSent() throws Exception {
        String id =
                org.create("Lead", "{\"LastName\":\"\\u0000 \\ud800 \\\"q\\\" \\\\ 🙂 שלום é\",\"Company\":\"a\\tb\"}");
        String expected = "\0 \uFFFD \"q\" \\ 🙂 שלום é";
        assertThat(org.get("/sobjects/Lead/" + id).json().path("LastName").asText())
                .isEqualTo(expected);
        JsonNode queried = org.query("SELECT LastName, Company FROM Lead")
                .json()
                .path("records")
                .path(0);
        assertThat(queried.path("LastName").asText()).isEqualTo(expected);
        assertThat(queried.path("Company").asText()).isEqualTo("a\tb");
    }

    @Test
    void replicationWindowsGiveChangedAndDeletedIds() throws Exception {
        String id = lead();
        String window = "?start="
                + TestOrg.encode(java.time.Instant.now().minusSeconds(3600).toString()) + "&end="
                + TestOrg.encode(java.time.Instant.now().plusSeconds(3600).toString());
        Thread.sleep(1100); // The window ends now, and stamps have whole seconds.
        assertThat(org.get("/sobjects/Lead/updated" + window)
                        .json()
                        .path("ids")
                        .path(0)
                        .asText())
                .isEqualTo(id);
        assertThat(org.get("/sobjects/Lead/updated?start=2020-01-01T00:00:00Z&end=2020-02-01T00:00:00Z")
                        .error())
                .isEqualTo("INVALID_REPLICATION_DATE");
    }
}
