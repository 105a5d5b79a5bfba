package dev.rainmaker.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryTest {

    @TempDir
    private Path state;

    private TestOrg org;

    @BeforeEach
    void start() throws Exception {
        org = TestOrg.start(
                state, settings -> settings.behaving(settings.profile().with("smallest-batch", "1")));
    }

    @AfterEach
    void stop() {
        org.close();
    }

    @Test
    void givesRecordsWithTypeUrlAndRelatedFields() throws Exception {
        String account = org.create("Account", "{\"Name\":\"Nordlicht GmbH\"}");
        org.create("Contact", "{\"LastName\":\"Ende\",\"AccountId\":\"" + account + "\"}");

        JsonNode answer = org.query("SELECT Id, Account.Name, Account.Owner.IsActive FROM Contact")
                .json();

        assertThat(answer.path("totalSize").asInt()).isEqualTo(1);
        assertThat(answer.path("done").asBoolean()).isTrue();
        JsonNode record = answer.path("records").path(0);
        assertThat(record.path("attributes").path("url").asText())
                .startsWith("/services/data/v60.0/sobjects/Contact/003");
        assertThat(record.path("Account").path("Name").asText()).isEqualTo("Nordlicht GmbH");
        assertThat(record.path("Account").path("Owner").path("IsActive").asBoolean())
                .isTrue();
    }

    @Test
    void pagesThroughLocatorsInTheLastPathSegmentUntilDone() throws Exception {
        for (int i = 0; i < 7; i++) {
            org.create("Account", "{\"Name\":\"A" + i + "\"}");
        }

        List<String> names = new ArrayList<>();
        JsonNode page = org.query("SELECT Name FROM Account ORDER BY Name", "Sforce-Query-Options", "batchSize=3")
                .json();
        int pages = 1;
        while (true) {
            page.path("records").forEach(row -> names.add(row.path("Name").asText()));
            if (page.path("done").asBoolean()) {
                break;
            }
            page = org.raw("GET", page.path("nextRecordsUrl").asText(), "").json();
            pages++;
        }

        assertThat(pages).isEqualTo(3);
        assertThat(names).containsExactly("A0", "A1", "A2", "A3", "A4", "A5", "A6");
    }

    @Test
    void refusesUnknownFieldsObjectsAndBrokenQueriesWithTheVendorsCodes() throws Exception {
        assertThat(org.query("SELECT Colour FROM Lead").error()).isEqualTo("INVALID_FIELD");
        assertThat(org.query("SELECT Id FROM Leed").error()).isEqualTo("INVALID_TYPE");
        assertThat(org.query("SELECT Id Lead").error()).isEqualTo("MALFORMED_QUERY");
        assertThat(org.query("SELECT Id FROM Lead").header("Sforce-Limit-Info")).matches("api-usage=\\d+/100000");
    }
}
