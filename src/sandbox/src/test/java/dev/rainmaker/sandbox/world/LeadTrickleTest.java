package dev.rainmaker.sandbox.world;

import static dev.rainmaker.sandbox.world.ExportFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadTrickleTest {
    @TempDir
    Path folder;

    @Test
    void newLeadsAreOfThePartnersCountriesAndProductsAndTheSameForTheSameSeed() throws IOException {
        GeneratedWorld.write(folder, 7, 30, 10, LocalDate.of(2026, 3, 2));

        List<Map<String, String>> leads = take(new LeadTrickle(1, folder), 400);

        assertThat(take(new LeadTrickle(1, folder), 400)).isEqualTo(leads);
        assertThat(take(new LeadTrickle(2, folder), 400)).isNotEqualTo(leads);
        Set<String> served = rows(folder, "Account").stream()
                .filter(account -> account.get("IsPartner").equals("true"))
                .map(account -> account.get("BillingCountry"))
                .collect(Collectors.toSet());
        assertThat(leads.stream().filter(lead -> served.contains(lead.getOrDefault("Country", ""))))
                .hasSizeBetween(360, 385);
        assertThat(leads).allSatisfy(lead -> {
            assertThat(lead).containsKeys("LastName", "Company", "Email", "Status", "ProductInterest__c");
            assertThat(lead).doesNotContainKeys("Id", "OwnerId", "CreatedDate", "IsConverted", "PartnerAccountId");
            assertThat(Catalogue.PRODUCTS).contains(lead.get("ProductInterest__c"));
        });
        assertThat(leads.stream().map(lead -> lead.get("Email")).distinct()).hasSizeGreaterThan(380);
    }

    @Test
    void newLeadsAreNotThoseOfTheWorldWithTheSameSeed() throws IOException {
        GeneratedWorld.write(folder, 7, 30, 400, LocalDate.of(2026, 3, 2));

        Set<String> there =
                rows(folder, "Lead").stream().map(lead -> lead.get("Email")).collect(Collectors.toSet());
        assertThat(take(new LeadTrickle(7, folder), 200).stream().filter(lead -> there.contains(lead.get("Email"))))
                .hasSizeLessThan(10);
    }

    @Test
    void itServesImportedFoldersToo() throws IOException {
        Files.writeString(
                folder.resolve("Account.csv"),
                "Id,Name,IsPartner,BillingCountry,Authorized_Products__c\r\n"
                        + "001000000000001AAA,A,true,Atlantis,Bikes;Bells\r\n001000000000002AAA,B,true,France,\r\n"
                        + "001000000000003AAA,C,false,Kenya,\r\n");

        List<Map<String, String>> leads = take(new LeadTrickle(1, folder), 100);

        assertThat(leads).extracting(lead -> lead.get("Country")).contains("Atlantis", "France", "Kenya");
        assertThat(leads).extracting(lead -> lead.get("ProductInterest__c")).containsOnly("Bikes", "Bells");
    }

    @Test
    void aFolderWithoutPartnersSaysWhatIsMissing() throws IOException {
        assertThatThrownBy(() -> new LeadTrickle(1, folder)).hasMessageContaining("holds neither Account.csv");
        Files.writeString(
                folder.resolve("Account.csv"),
                "Id,Name,IsPartner,BillingCountry\r\n001000000000003AAA,C,false,Kenya\r\n");
        assertThatThrownBy(() -> new LeadTrickle(1, folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no partner");
    }

    private static List<Map<String, String>> take(LeadTrickle trickle, int count) {
        return IntStream.range(0, count).mapToObj(i -> trickle.next()).toList();
    }
}
