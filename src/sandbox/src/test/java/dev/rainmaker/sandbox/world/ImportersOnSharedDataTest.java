package dev.rainmaker.sandbox.world;

import static dev.rainmaker.sandbox.world.ExportFixture.assertSound;
import static dev.rainmaker.sandbox.world.ExportFixture.bytes;
import static dev.rainmaker.sandbox.world.ExportFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers expected here were counted on the data sets by other means (a few lines of Python). */
class ImportersOnSharedDataTest {
    @TempDir
    Path out;

    @Test
    void everyResellerBecomesAPartnerAndEveryOrderAWonOpportunity() throws IOException {
        String summary = Importers.run("adventureworks", SharedData.folder("adventureworks-reseller"), out);

        assertThat(summary)
                .contains(
                        "701 partner Accounts (632 with orders)", "3616 won Opportunities", "77548570.20", "17 Users");
        List<Map<String, String>> partners = rows(out, "Account");
        assertThat(partners).hasSize(701).allSatisfy(partner -> {
            assertThat(partner.get("IsPartner")).isEqualTo("true");
            assertThat(partner).doesNotContainKey("Partner_Tier__c");
        });
        assertThat(partners.stream().collect(Collectors.groupingBy(p -> p.get("Type"), Collectors.counting())))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("Specialty Bike Shop", 231L, "Value Added Reseller", 238L, "Warehouse", 232L));
        assertThat(partners.stream()
                        .filter(p -> !p.get("Authorized_Products__c").isEmpty()))
                .hasSize(632);
        List<Map<String, String>> deals = rows(out, "Opportunity");
        assertThat(deals).hasSize(3_616).allSatisfy(deal -> {
            assertThat(deal.get("IsWon")).isEqualTo("true");
            assertThat(deal.get("AccountId")).isEqualTo(deal.get("PartnerAccountId"));
        });
        assertThat(sum(deals, "Amount")).isEqualByComparingTo("77548570.20");
        assertThat(sum(deals, "Margin__c")).isBetween(new BigDecimal("963407"), new BigDecimal("963408"));
        assertThat(deals.stream().filter(deal -> deal.get("Margin__c").startsWith("-")))
                .hasSize(1_548);
        assertThat(deals.stream().collect(Collectors.groupingBy(d -> d.get("Product__c"), Collectors.counting())))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("Bikes", 2907L, "Components", 536L, "Clothing", 149L, "Accessories", 24L));
        assertThat(deals.stream().map(deal -> deal.get("PartnerAccountId")).distinct())
                .hasSize(632);
        assertSound(out);
    }

    @Test
    void everyOpenOpportunityBecomesALeadWithTheCountryOfItsAccount() throws IOException {
        Importers.run("maven-crm", SharedData.folder("maven-crm"), out);

        assertThat(rows(out, "Account"))
                .hasSize(85)
                .allSatisfy(account -> assertThat(account.get("IsPartner")).isEqualTo("false"));
        assertThat(rows(out, "Account").stream()
                        .filter(account -> !account.get("ParentId").isEmpty()))
                .hasSize(15);
        List<Map<String, String>> leads = rows(out, "Lead");
        assertThat(leads).hasSize(2_089);
        assertThat(leads.stream().collect(Collectors.groupingBy(l -> l.get("Status"), Collectors.counting())))
                .containsExactlyInAnyOrderEntriesOf(Map.of("Open - Not Contacted", 500L, "Working - Contacted", 1589L));
        assertThat(leads.stream().filter(lead -> lead.get("Company").equals("[not provided]")))
                .hasSize(1_425)
                .allSatisfy(lead -> assertThat(lead.get("Country")).isEmpty());
        assertThat(leads.stream().map(lead -> lead.get("Country")))
                .contains("Philippines")
                .doesNotContain("Philipines");
        assertThat(leads.stream().map(lead -> lead.get("ProductInterest__c")))
                .contains("GTX Pro")
                .doesNotContain("GTXPro");
        assertThat(rows(out, "User")).hasSize(35);
        assertSound(out);
    }

    @Test
    void bothTogetherLeaveAtMost569LeadsInACountryWithAPartner() throws IOException {
        Importers.run("adventureworks", SharedData.folder("adventureworks-reseller"), out);
        String summary = Importers.run("maven-crm", SharedData.folder("maven-crm"), out);

        assertThat(summary).contains("664 with a country", (701 + 3_616 + 17) + " records of other sources kept");
        Set<String> served = rows(out, "Account").stream()
                .filter(account -> account.get("IsPartner").equals("true"))
                .map(account -> account.get("BillingCountry"))
                .collect(Collectors.toSet());
        assertThat(rows(out, "Lead").stream().filter(lead -> served.contains(lead.get("Country"))))
                .hasSize(569);
        assertThat(rows(out, "Account")).hasSize(701 + 85);
        assertSound(out);
    }

    @Test
    void neitherTheOrderNorARepetitionOfImportsMatters() throws IOException {
        Path adventureWorks = SharedData.folder("adventureworks-reseller");
        Path maven = SharedData.folder("maven-crm");
        Importers.run("adventureworks", adventureWorks, out.resolve("one"));
        Importers.run("maven-crm", maven, out.resolve("one"));
        Importers.run("maven-crm", maven, out.resolve("two"));
        Importers.run("adventureworks", adventureWorks, out.resolve("two"));
        Importers.run("maven-crm", maven, out.resolve("two"));

        Map<String, byte[]> one = bytes(out.resolve("one"));
        Map<String, byte[]> two = bytes(out.resolve("two"));
        assertThat(one).containsOnlyKeys("Account.csv", "Lead.csv", "Opportunity.csv", "User.csv");
        assertThat(two).containsOnlyKeys(one.keySet());
        one.forEach((file, content) -> assertThat(two.get(file)).as(file).isEqualTo(content));
    }

    private static BigDecimal sum(List<Map<String, String>> rows, String column) {
        return rows.stream().map(row -> new BigDecimal(row.get(column))).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
