package dev.rainmaker.connector.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static dev.rainmaker.connector.salesforce.StubOrg.error;
import static dev.rainmaker.connector.salesforce.StubOrg.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.connector.CheckReport;
import dev.rainmaker.connector.CheckReport.Severity;
import dev.rainmaker.connector.StreamDescription;
import dev.rainmaker.connector.StreamNeed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SalesforceCheckTest {

    private final StubOrg org = new StubOrg();

    @BeforeEach
    void describeAnOrg() {
        describes(
                "Lead",
                field("Id", "id", 18, false, ""),
                field("Company", "string", 255, true, ""),
                field("SystemModstamp", "datetime", 0, false, ""),
                field("OwnerId", "reference", 18, true, "\"relationshipName\":\"Owner\",\"referenceTo\":[\"User\"],"),
                field(
                        "Rainmaker_Partner__c",
                        "reference",
                        18,
                        true,
                        "\"relationshipName\":\"Rainmaker_Partner__r\",\"referenceTo\":[\"Contact\"],"),
                field("Rainmaker_Reason__c", "string", 80, true, ""),
                field("Rainmaker_Assigned_At__c", "datetime", 0, false, ""));
        describes("User", field("IsActive", "boolean", 0, true, ""));
        org.server.stubFor(get("/services/data/v65.0/sobjects/Deal__c/describe")
                .willReturn(error(404, "NOT_FOUND", "The requested resource does not exist")));
    }

    @AfterEach
    void stop() {
        org.close();
    }

    private void describes(String object, String... fields) {
        org.server.stubFor(get("/services/data/v65.0/sobjects/" + object + "/describe")
                .willReturn(json(
                        200,
                        "{\"name\":\"%s\",\"label\":\"%s\",\"queryable\":true,\"fields\":[%s]}"
                                .formatted(object, object, String.join(",", fields)))));
    }

    private static String field(String name, String type, int length, boolean updateable, String more) {
        return "{%s\"name\":\"%s\",\"label\":\"%s\",\"type\":\"%s\",\"length\":%d,\"updateable\":%b,\"custom\":%b}"
                .formatted(more, name, name, type, length, updateable, name.endsWith("__c"));
    }

    @Test
    void namesEverythingThatIsMissingInOneFinding() {
        StreamNeed lead = new StreamNeed(
                "Lead",
                Set.of("Company", "Owner.IsActive", "Owner.Shoe__c", "Region__c", "Nobody.Name"),
                Map.of(
                        "Rainmaker_Partner__c", "Lookup(Account)",
                        "Rainmaker_Reason__c", "Text(255)",
                        "Rainmaker_Assigned_At__c", "Date/Time",
                        "Rainmaker_Decision_Id__c", "Text(36)"));
        StreamNeed deal = new StreamNeed("Deal__c", Set.of("Name"), Map.of("State__c", "Text(40)"));

        CheckReport report = org.open().check(List.of(lead, deal));

        assertThat(report.passed()).isFalse();
        assertThat(report.findings())
                .filteredOn(f -> f.severity() == Severity.ERROR)
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .isEqualTo("missing or not visible to the integration user:"
                                + " Lead: Rainmaker_Decision_Id__c Text(36), Nobody.Name, Owner.Shoe__c, Region__c;"
                                + " Deal__c (the object itself) with State__c Text(40)."
                                + " not writable: Lead: Rainmaker_Assigned_At__c."
                                + " of another type: Lead: Rainmaker_Partner__c is Lookup(Contact), wanted Lookup(Account),"
                                + " Rainmaker_Reason__c is Text(80), wanted Text(255)"))
                .satisfies(finding -> assertThat(finding.remedy()).contains("create the fields", "grant edit access"));
    }

    @Test
    void passesWhenAllIsThereAndDescribesEachObjectOnce() {
        StreamNeed lead = new StreamNeed("Lead", Set.of("Company", "Owner.IsActive"), Map.of("Company", "Text"));

        CheckReport report = org.open().check(List.of(lead, lead));

        assertThat(report.passed()).isTrue();
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .contains("logged in to org " + StubOrg.ORG, "18 of 5000 calls used"));
        assertThat(org.requests(".*/describe")).hasSize(2);
    }

    @Test
    void warnsWhenTheOrgsCallsAreNearlyUsedUp() {
        org.server.stubFor(get("/services/data/v65.0/sobjects/User/describe")
                .willReturn(json(200, "{\"name\":\"User\",\"fields\":[]}", "api-usage=4000/5000")));

        CheckReport report = org.open().check(List.of(new StreamNeed("User", Set.of(), Map.of())));

        assertThat(report.findings())
                .anySatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
        assertThat(report.passed()).isTrue();
    }

    @Test
    void reportsRatherThanThrowsWhenTheOrgIsDown() {
        org.server.stop();

        CheckReport report = org.open().check(List.of());

        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .isEqualTo("crm: Salesforce cannot be reached at " + org.url()
                                + ": no connection came about; check login-url and the network"));
    }

    @Test
    void discoversObjectsWithTheirFields() {
        org.server.stubFor(get("/services/data/v65.0/sobjects").willReturn(json(200, """
                        {"sobjects":[{"name":"Lead","label":"Lead","queryable":true},
                         {"name":"Asset","label":"Asset","queryable":true},
                         {"name":"Deal__c","label":"Deal","queryable":true},
                         {"name":"Secret","label":"S","queryable":false}]}""")));

        List<StreamDescription> streams = org.open().discover();

        assertThat(streams).extracting(StreamDescription::name).containsExactly("Lead", "Asset", "Deal__c");
        assertThat(streams.get(0).fields())
                .contains(new StreamDescription.Field("Company", "Company", "Text(255)", true, false))
                .contains(new StreamDescription.Field("OwnerId", "OwnerId", "Lookup(User)", true, false));
        assertThat(streams.get(1).fields()).isEmpty();
    }
}
