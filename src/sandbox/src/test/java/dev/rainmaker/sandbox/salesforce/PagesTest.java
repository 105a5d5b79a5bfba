package dev.rainmaker.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.salesforce.TestOrg.Answer;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {

    @TempDir
    private Path state;

    private TestOrg org;
    private String partner = "";
    private String lead = "";

    @BeforeEach
    void start() throws Exception {
        org = TestOrg.start(state);
        partner = org.create("Account", "{\"Name\":\"Nord & Söhne\",\"IsPartner\":true}");
        lead = org.create(
                "Lead",
                "{\"LastName\":\"<script>alert(1)</script>\",\"Company\":\"Acme \\\"A\\\"\",\"Rainmaker_Partner__c\":\""
                        + partner
                        + "\",\"Rainmaker_Reason__c\":\"highest value in Germany\",\"Rainmaker_PLV_Score__c\":71.4,"
                        + "\"Rainmaker_Lock_Holder__c\":\"" + partner
                        + "\",\"Rainmaker_Lock_Until__c\":\"2027-02-20T00:00:00Z\"}");
    }

    @AfterEach
    void stop() {
        org.close();
    }

    private String path(String action) {
        return "/lightning/r/Lead/" + lead + "/" + action;
    }

    @Test
    void recordPageShowsPartnerReasonScoreAndLock() throws Exception {
        String page = org.raw("GET", path("view"), "").text();

        assertThat(page)
                .contains("<a href=\"/lightning/r/Account/" + partner + "/view\">Nord &amp; Söhne</a>")
                .contains("highest value in Germany")
                .contains("71.4")
                .contains("20 Feb 2027")
                .contains("&lt;script&gt;")
                .doesNotContain("<script");
    }

    @Test
    void personsEditIsSavedUnderThePersonsName() throws Exception {
        String form = org.raw("GET", path("edit"), "").text();
        Answer saved = org.form(
                path("edit"),
                "stamp=" + TestOrg.encode(stamp(form)) + "&was.Rainmaker_Partner__c=" + partner
                        + "&Rainmaker_Partner__c=&was.Title=&Title=CTO");

        assertThat(saved.status()).isEqualTo(303);
        JsonNode row = org.query("SELECT Rainmaker_Partner__c, Title, LastModifiedBy.Name FROM Lead")
                .json()
                .path("records")
                .path(0);
        assertThat(row.path("Rainmaker_Partner__c").isNull()).isTrue();
        assertThat(row.path("Title").asText()).isEqualTo("CTO");
        assertThat(row.path("LastModifiedBy").path("Name").asText()).isEqualTo("Channel Manager");
    }

    private static String stamp(String form) {
        Matcher matcher = Pattern.compile("name=\"stamp\" value=\"([^\"]+)\"").matcher(form);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void refusedSaveKeepsWhatWasTypedAndSaysWhy() throws Exception {
        Answer refused = org.form(path("edit"), "stamp=x&was.Email=&Email=nobody&was.LastName=a&LastName=a");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("invalid email address").contains("value=\"nobody\"");
    }

    @Test
    void editOfWhatSomeoneElseChangedMeanwhileIsNotSavedUnseen() throws Exception {
        org.hook("edit", "{\"object\":\"Lead\",\"id\":\"" + lead + "\",\"fields\":{\"Title\":\"CEO\"}}");
        Answer refused = org.form(path("edit"), "stamp=earlier&was.Title=&Title=CTO");

        assertThat(refused.text()).contains("changed by someone else");
        assertThat(org.query("SELECT Title FROM Lead")
                        .json()
                        .path("records")
                        .path(0)
                        .path("Title")
                        .asText())
                .isEqualTo("CEO");
    }

    @Test
    void listsSearchAndPage() throws Exception {
        for (int i = 0; i < 60; i++) {
            org.create("Account", "{\"Name\":\"Firm " + i + "\"}");
        }
        assertThat(org.raw("GET", "/lightning/o/Account/list", "").text())
                .contains("61")
                .contains("Page 1 of 2")
                .contains("page=2");
        assertThat(org.raw("GET", "/lightning/o/Account/list?page=2", "").text())
                .contains("Page 2 of 2")
                .contains("Nord &amp; Söhne");
        assertThat(org.raw("GET", "/lightning/o/Account/list?q=firm+33", "").text())
                .contains("Firm 33")
                .doesNotContain("Firm 34");
        assertThat(org.raw("GET", "/", "").text()).contains("Leads changed last");
    }

    @Test
    void otherSitesCannotPostTheForm() throws Exception {
        java.net.http.HttpResponse<String> answer = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(java.net.URI.create(org.url() + path("edit")))
                                .header("Origin", "https://evil.example")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("was.Title=&Title=x"))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void missingPagesSayWhatToDo() throws Exception {
        Answer missing = org.raw("GET", "/lightning/r/Lead/00Q000000000001AAA/view", "");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).contains("Go to the home page");
        assertThat(org.raw("GET", "/lightning/o/Nothing/list", "").status()).isEqualTo(404);
    }
}
