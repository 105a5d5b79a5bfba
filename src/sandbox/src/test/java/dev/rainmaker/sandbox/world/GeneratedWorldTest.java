package dev.rainmaker.sandbox.world;

import static dev.rainmaker.sandbox.world.ExportFixture.bytes;
import static dev.rainmaker.sandbox.world.ExportFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedWorldTest {
    private static final LocalDate AS_OF = LocalDate.of(2026, 3, 2);

    @TempDir
    Path folder;

    @Test
    void sameArgumentsGiveTheSameBytes() throws IOException {
        GeneratedWorld.write(folder.resolve("one"), 7, 12, 80, AS_OF);
        GeneratedWorld.write(folder.resolve("two"), 7, 12, 80, AS_OF);

        Map<String, byte[]> one = bytes(folder.resolve("one"));
        Map<String, byte[]> two = bytes(folder.resolve("two"));
        assertThat(one.keySet())
                .containsExactly(
                        "Account.csv",
                        "Campaign.csv",
                        "CampaignMember.csv",
                        "Contact.csv",
                        "Lead.csv",
                        "Opportunity.csv",
                        "Rainmaker_Deal_Registration__c.csv",
                        "User.csv",
                        "truth.json");
        one.forEach((file, content) -> assertThat(two.get(file)).as(file).isEqualTo(content));
    }

    @Test
    void anotherSeedGivesOtherPartnersAndLeads() throws IOException {
        GeneratedWorld.write(folder.resolve("one"), 7, 12, 80, AS_OF);
        GeneratedWorld.write(folder.resolve("two"), 8, 12, 80, AS_OF);

        for (String object : List.of("Account", "Lead", "Opportunity")) {
            assertThat(Files.mismatch(
                            folder.resolve("one/" + object + ".csv"), folder.resolve("two/" + object + ".csv")))
                    .as(object)
                    .isNotEqualTo(-1);
        }
    }

    @Test
    void moreLeadsLeaveThePartnersAndTheirDealsAsTheyWere() throws IOException {
        GeneratedWorld.write(folder.resolve("few"), 7, 12, 80, AS_OF);
        GeneratedWorld.write(folder.resolve("many"), 7, 12, 160, AS_OF);

        assertThat(folder.resolve("few/truth.json")).hasSameBinaryContentAs(folder.resolve("many/truth.json"));
        assertThat(folder.resolve("few/Opportunity.csv"))
                .hasSameBinaryContentAs(folder.resolve("many/Opportunity.csv"));
    }

    @ParameterizedTest
    @CsvSource({"7, 60, 500", "1, 1, 1", "2, 3, 0", "3, 90, 900"})
    void holdsExactlyThePartnersAndOpenLeadsAskedFor(long seed, int partners, int leads) throws IOException {
        GeneratedWorld.write(folder, seed, partners, leads, AS_OF);

        assertThat(rows(folder, "Account").stream()
                        .filter(account -> account.get("IsPartner").equals("true")))
                .hasSize(partners);
        assertThat(openLeads(folder)).hasSize(leads).allSatisfy(lead -> {
            assertThat(lead.get("PartnerAccountId")).isEmpty();
            assertThat(lead.get("LastName")).isNotEmpty();
            assertThat(lead.get("Company")).isNotEmpty();
        });
        ExportFixture.assertSound(folder);
    }

    @ParameterizedTest
    @CsvSource({"7, 60, 500", "8, 60, 500", "1, 1, 10", "2, 20, 40", "3, 150, 1500"})
    void nineInTenLeadsAreInTheTerritoryOfAPartnerThatMayAndCanTakeThem(long seed, int partners, int leads)
            throws IOException {
        GeneratedWorld.write(folder, seed, partners, leads, AS_OF);

        Set<String> activeUsers = rows(folder, "User").stream()
                .filter(user -> user.get("IsActive").equals("true"))
                .map(user -> user.get("Id"))
                .collect(Collectors.toSet());
        Set<String> served = new HashSet<>();
        for (Map<String, String> account : rows(folder, "Account")) {
            if (account.get("IsPartner").equals("true")
                    && account.get("Partner_Active__c").equals("true")
                    && account.get("BillingState").isEmpty()
                    && account.get("Max_Open_Leads__c").isEmpty()
                    && activeUsers.contains(account.get("OwnerId"))) {
                for (String product : account.get("Authorized_Products__c").split(";", -1)) {
                    served.add(account.get("BillingCountry") + "/" + product);
                }
            }
        }
        long assignable = openLeads(folder).stream()
                .filter(lead -> served.contains(lead.get("Country") + "/" + lead.get("ProductInterest__c")))
                .count();
        assertThat(assignable).isGreaterThanOrEqualTo((long) Math.ceil(0.9 * leads));
        if (leads >= 500) {
            assertThat(assignable).isLessThan(leads);
        }
    }

    @Test
    void newLeadsHaveTheFlawsOfRealOnes() throws IOException {
        GeneratedWorld.write(folder, 7, 60, 1000, AS_OF);

        List<Map<String, String>> leads = openLeads(folder);
        assertThat(count(leads, lead -> lead.get("Country").isEmpty())).isEqualTo(20);
        assertThat(count(leads, lead -> !lead.get("Requested_Partner__c").isEmpty()))
                .isEqualTo(30);
        assertThat(count(leads, lead -> LeadQuality.FREE_MAIL.contains(mailDomain(lead))))
                .isEqualTo(80);
        assertThat(count(
                        leads,
                        lead -> LeadQuality.PLACEHOLDERS.contains(
                                lead.get("Company").toLowerCase(Locale.ROOT))))
                .isEqualTo(15);
        Map<String, Set<String>> spellings = leads.stream()
                .collect(Collectors.groupingBy(
                        GeneratedWorldTest::mailDomain,
                        Collectors.mapping(lead -> lead.get("Company"), Collectors.toSet())));
        assertThat(spellings.entrySet().stream()
                        .filter(domain -> !LeadQuality.FREE_MAIL.contains(domain.getKey()))
                        .filter(domain -> domain.getValue().size() > 1))
                .hasSizeGreaterThan(20);
        assertThat(leads.stream().map(lead -> lead.get("CreatedDate")))
                .allSatisfy(created -> assertThat(LocalDate.parse(created.substring(0, 10)))
                        .isBefore(AS_OF)
                        .isAfter(AS_OF.minusDays(32)));
    }

    @Test
    void nothingInThePastHappensAfterTheAsOfDayOrBeforeThePartnerJoined() throws IOException {
        GeneratedWorld.write(folder, 7, 60, 10, AS_OF);

        WorldTruth truth = WorldTruth.read(folder);
        List<Map<String, String>> deals = rows(folder, "Opportunity");
        assertThat(deals).hasSizeGreaterThan(1000).allSatisfy(deal -> {
            PartnerTruth partner = truth.partner(deal.get("PartnerAccountId"));
            LocalDate created = LocalDate.parse(deal.get("CreatedDate").substring(0, 10));
            LocalDate closes = LocalDate.parse(deal.get("CloseDate"));
            assertThat(created).isAfterOrEqualTo(partner.since()).isBeforeOrEqualTo(AS_OF);
            assertThat(deal.get("IsClosed")).isEqualTo(Boolean.toString(!closes.isAfter(AS_OF)));
        });
        assertThat(deals.stream().map(deal -> deal.get("StageName")).distinct())
                .contains("Closed Won", "Closed Lost", "Prospecting", "Negotiation/Review");
    }

    @Test
    void oneUserHasLeftAndStillOwnsRecords() throws IOException {
        GeneratedWorld.write(folder, 7, 60, 500, AS_OF);

        List<String> gone = rows(folder, "User").stream()
                .filter(user -> user.get("IsActive").equals("false"))
                .map(user -> user.get("Id"))
                .toList();
        assertThat(gone).hasSize(1);
        assertThat(openLeads(folder))
                .anySatisfy(lead -> assertThat(lead.get("OwnerId")).isEqualTo(gone.get(0)));
    }

    @Test
    void filesOfSomebodyElseAreNotOverwritten() throws IOException {
        Path foreign = Files.writeString(folder.resolve("Account.csv"), "Id,Name\r\n");

        assertThatThrownBy(() -> GeneratedWorld.write(folder, 7, 3, 3, AS_OF))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("choose an empty folder");
        assertThat(foreign).hasContent("Id,Name\r\n");
    }

    @Test
    void anEarlierWorldIsReplaced() throws IOException {
        GeneratedWorld.write(folder, 7, 5, 5, AS_OF);
        GeneratedWorld.write(folder, 8, 3, 2, AS_OF);

        assertThat(openLeads(folder)).hasSize(2);
        assertThat(WorldTruth.read(folder).partners()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"0, 5, partners", "5, -1, leads", "100001, 5, partners"})
    void numbersOutOfRangeAreNamed(int partners, int leads, String which) {
        assertThatThrownBy(() -> GeneratedWorld.write(folder, 7, partners, leads, AS_OF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(which + " must be from");
        assertThat(folder).isEmptyDirectory();
    }

    private static long count(List<Map<String, String>> leads, Predicate<Map<String, String>> which) {
        return leads.stream().filter(which).count();
    }

    private static String mailDomain(Map<String, String> lead) {
        return lead.get("Email").substring(lead.get("Email").indexOf('@') + 1);
    }

    static List<Map<String, String>> openLeads(Path folder) {
        return rows(folder, "Lead").stream()
                .filter(lead -> !lead.get("Status").startsWith("Closed"))
                .toList();
    }
}
