package dev.rainmaker.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.ledger.LifeLedger;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.assignment.life.LeadState;
import dev.rainmaker.fact.RecordId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do in a Salesforce org to leads that are assigned: merge, convert, close, delete. */
class LeadsInTheCrmTest {

    private static final String PARTNER = "Rainmaker_Partner__c";

    @TempDir
    static Path folder;

    private static SandboxOrg org;
    private static Rainmaker rainmaker;
    private static String partner;
    private static String name;

    @BeforeAll
    static void open() throws Exception {
        org = SandboxOrg.start(folder.resolve("org"), "--seed", "3", "--partners", "4", "--leads", "0");
        rainmaker = RealPass.of(org, folder).open();
        var first = org.query(
                        "SELECT Id, Name FROM Account WHERE IsPartner = true AND Partner_Active__c = true AND Owner.IsActive = true ORDER BY Name")
                .get(0);
        partner = first.path("Id").asText();
        name = first.path("Name").asText();
    }

    @AfterAll
    static void close() throws Exception {
        rainmaker.close();
        org.close();
    }

    /** A lead that asks for the partner. */
    private static String lead(String company) throws Exception {
        return org.edit("Lead", null, Map.of("LastName", "Kern", "Company", company, "Requested_Partner__c", name));
    }

    /** A lead of nowhere, which nobody gets. */
    private static String leadOfNowhere(String company) throws Exception {
        return org.edit("Lead", null, Map.of("LastName", "Kern", "Company", company));
    }

    private static String shown(String lead) throws Exception {
        return org.values("Lead", PARTNER).get(lead).get(PARTNER);
    }

    private static LeadState state(String lead) {
        return new LifeLedger(rainmaker.ledger())
                .find(new RecordId("crm", lead))
                .orElseThrow()
                .state();
    }

    private static LeadState ended(LeadState.End how) {
        return new LeadState.Ended(how, new RecordId("crm", partner));
    }

    @Test
    void ofTwoMergedLeadsTheOneThatRemainsHasThePartnerOfTheOneThatWent() throws Exception {
        String goes = lead("Werft Nord GmbH");
        String stays = leadOfNowhere("Schiffbau Ost AG");
        RealPass.pass(rainmaker);
        assertThat(shown(goes)).isEqualTo(partner);
        assertThat(shown(stays)).isEmpty();

        org.hook("merge", Map.of("object", "Lead", "into", stays, "ids", List.of(goes)));
        RealPass.pass(rainmaker);

        assertThat(shown(stays)).isEqualTo(partner);
        assertThat(rainmaker
                        .decisions()
                        .ofLead(new RecordId("crm", stays))
                        .get(0)
                        .receipt())
                .contains("merged in the CRM");
        assertThat(state(goes)).isEqualTo(ended(LeadState.End.MERGED));
    }

    @Test
    void aLeadThatIsConvertedClosedOrDeletedEndsWithItsPartner() throws Exception {
        String converted = lead("Konverter GmbH");
        String closed = lead("Geschlossen AG");
        String deleted = lead("Verschwunden KG");
        RealPass.pass(rainmaker);
        assertThat(List.of(shown(converted), shown(closed), shown(deleted))).containsOnly(partner);

        org.hook("convert", Map.of("id", converted));
        org.edit("Lead", closed, Map.of("Status", "Closed - Not Converted"));
        org.hook("delete", Map.of("object", "Lead", "id", deleted));
        RealPass.pass(rainmaker);

        assertThat(state(converted)).isEqualTo(ended(LeadState.End.CONVERTED));
        assertThat(state(closed)).isEqualTo(ended(LeadState.End.CLOSED));
        assertThat(state(deleted)).isEqualTo(ended(LeadState.End.DELETED));
        assertThat(shown(closed)).as("what it was stays on the record").isEqualTo(partner);
    }
}
