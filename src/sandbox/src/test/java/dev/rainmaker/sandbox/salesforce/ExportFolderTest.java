package dev.rainmaker.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.salesforce.export.ExportFault;
import dev.rainmaker.sandbox.salesforce.record.SalesforceId;
import dev.rainmaker.sandbox.world.GeneratedWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFolderTest {

    private static final String PARTNER = SalesforceId.of("001", "EXP", 1);
    private static final String LEAD = SalesforceId.of("00Q", "EXP", 1);

    @TempDir
    private Path state;

    @TempDir
    private Path data;

    private TestOrg load() throws Exception {
        return TestOrg.start(state, settings -> settings.withData(data));
    }

    @Test
    void loadsRecordsWithTheirIdsStampsAndCustomFields() throws Exception {
        TestOrg.export(
                data,
                "Account",
                "Id,Name,IsPartner,Since__c,Zip__c,Rank__c",
                PARTNER + ",Nord,true,2020-05-01,01067,3");
        TestOrg.export(
                data,
                "Lead",
                "\uFEFFId,LastName,Company,PartnerAccountId,CreatedDate,Buddy__c",
                LEAD + ",\"Ng, \"\"K\"\"\",[not provided]," + PARTNER + ",2024-01-02T03:04:05Z,"
                        + PARTNER.substring(0, 15));
        try (TestOrg org = load()) {
            JsonNode lead = org.query(
                            "SELECT Id, LastName, CreatedDate, PartnerAccount.Name, Buddy__r.Since__c, Buddy__r.Zip__c,"
                                    + " Buddy__r.Rank__c FROM Lead")
                    .json()
                    .path("records")
                    .path(0);
            assertThat(lead.path("Id").asText()).isEqualTo(LEAD);
            assertThat(lead.path("LastName").asText()).isEqualTo("Ng, \"K\"");
            assertThat(lead.path("CreatedDate").asText()).isEqualTo("2024-01-02T03:04:05.000+0000");
            assertThat(lead.path("Buddy__r").path("Since__c").asText()).isEqualTo("2020-05-01");
            assertThat(lead.path("Buddy__r").path("Zip__c").asText()).isEqualTo("01067");
            assertThat(lead.path("Buddy__r").path("Rank__c").isNumber()).isTrue();
            assertThat(org.sandbox().loaded()).containsEntry("Lead", 1).containsEntry("Account", 1);
        }
        try (TestOrg again = load()) {
            assertThat(again.sandbox().loaded()).isEmpty();
            assertThat(again.query("SELECT Since__c FROM Account")
                            .json()
                            .path("totalSize")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void everyFaultIsNamedWithFileLineAndColumnAndNothingIsLoaded() throws Exception {
        TestOrg.export(
                data,
                "Account",
                "Id,Name,NumberOfEmployees,ParentId",
                PARTNER + ",ok,5,",
                PARTNER + ",twice,many,",
                LEAD + ",wrong,,",
                SalesforceId.of("001", "EXP", 9) + ",,,");
        assertThatThrownBy(this::load)
                .isInstanceOf(ExportFault.class)
                .hasMessageContaining("Account.csv line 3 column Id: " + PARTNER + " is there twice")
                .hasMessageContaining("Account.csv line 3 column NumberOfEmployees: 'many' is not a number")
                .hasMessageContaining("Account.csv line 4 column Id")
                .hasMessageContaining("Account.csv line 5 column Name: a value is needed");
        TestOrg.export(data, "Account", "Id,Name,ParentId", PARTNER + ",ok," + SalesforceId.of("001", "EXP", 2));
        assertThatThrownBy(this::load).hasMessageContaining("Account.csv line 2 column ParentId: there is no Account");
        TestOrg.export(data, "Account", "Id,Name", PARTNER + ",ok");
        try (TestOrg org = load()) {
            assertThat(org.query("SELECT count() FROM Account")
                            .json()
                            .path("totalSize")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void unknownColumnsAndObjectsAreErrors() throws Exception {
        TestOrg.export(data, "Account", "Id,Name,Shoe,shoe__c,Name", PARTNER + ",a,b,c,d");
        TestOrg.export(data, "Wallet", "Id", PARTNER);
        assertThatThrownBy(this::load)
                .hasMessageContaining("Account.csv line 1 column Shoe: Account has no such field")
                .hasMessageContaining("Account.csv line 1 column Name: the column is there twice")
                .hasMessageContaining("Wallet.csv: this org has no object Wallet");
    }

    @Test
    void raggedAndUnquotedLinesAreErrorsWithTheirLine() throws Exception {
        TestOrg.export(data, "Account", "Id,Name", PARTNER + ",a", PARTNER.replace('1', '2') + ",b,c");
        assertThatThrownBy(this::load).hasMessageContaining("Account.csv line");
    }

    @Test
    void folderWithoutFilesIsAnError() {
        assertThatThrownBy(this::load).hasMessageContaining("no CSV file");
    }

    @Test
    void aGeneratedWorldLoadsWhole() throws Exception {
        GeneratedWorld.write(data, 7, 12, 30);
        try (TestOrg org = load()) {
            assertThat(org.query("SELECT count() FROM Account WHERE IsPartner = true")
                            .json()
                            .path("totalSize")
                            .asInt())
                    .isEqualTo(12);
            assertThat(org.query(
                                    "SELECT Id FROM Opportunity WHERE PartnerAccount.IsPartner = true AND IsWon = true LIMIT 5")
                            .json()
                            .path("totalSize")
                            .asInt())
                    .isEqualTo(5);
        }
    }
}
