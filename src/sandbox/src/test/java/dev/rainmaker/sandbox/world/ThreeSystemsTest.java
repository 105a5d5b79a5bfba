package dev.rainmaker.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.hubspot.PortalProfile;
import dev.rainmaker.sandbox.hubspot.portal.CrmRecord;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.moodle.Academy;
import dev.rainmaker.sandbox.moodle.SiteProfile;
import dev.rainmaker.sandbox.state.Shelf;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One generated world over a Salesforce org, a HubSpot portal and a Moodle site. */
class ThreeSystemsTest {

    private static final LocalDate AS_OF = LocalDate.of(2026, 11, 1);
    private static final Clock CLOCK =
            Clock.fixed(AS_OF.atStartOfDay(ZoneOffset.UTC).toInstant(), ZoneOffset.UTC);
    private static final WorldShares SHARES = new WorldShares(30, 103);

    @TempDir
    private static Path folder;

    private static Portal portal;
    private static Shelf portalShelf;
    private static Shelf site;
    private static Academy academy;

    @BeforeAll
    static void generate() throws Exception {
        Path salesforce = folder.resolve("salesforce");
        Path other = folder.resolve("hubspot");
        GeneratedWorld.write(salesforce, 7, SHARES.salesforcePartners(), SHARES.salesforceLeads(), AS_OF);
        GeneratedWorld.write(other, 8, SHARES.hubSpotPartners(), SHARES.hubSpotLeads(), AS_OF);
        portalShelf = Shelf.open(folder.resolve("portal"));
        portal = new Portal(portalShelf, CLOCK, PortalProfile::defaults);
        HubSpotWorld.fill(portal, portalShelf, other, salesforce);
        site = Shelf.open(folder.resolve("site"));
        academy = new Academy(site, CLOCK, SiteProfile::defaults);
        MoodleWorld.fill(academy, 7, List.of(salesforce, other));
    }

    private static long openLeads() {
        return portal.all(ObjectKind.CONTACT).values().stream()
                .filter(contact -> contact.text("lifecyclestage").equals("lead")
                        && contact.text("hs_lead_status").matches("NEW|ATTEMPTED_TO_CONTACT"))
                .count();
    }

    private static List<CrmRecord> companies(String types) {
        return portal.all(ObjectKind.COMPANY).values().stream()
                .filter(company -> company.text("type").matches(types))
                .toList();
    }

    @Test
    void openLeadsOfBothSourcesAreExactlyThoseAskedFor() throws Exception {
        long inSalesforce = HubSpotWorld.rows(folder.resolve("salesforce"), ExportObject.LEAD).stream()
                .filter(lead -> lead.getOrDefault("PartnerAccountId", "").isEmpty())
                .count();
        assertThat(inSalesforce + openLeads()).isEqualTo(103);
        assertThat(openLeads()).isEqualTo(SHARES.hubSpotLeads());
        assertThat(companies("RESELLER")).hasSize(SHARES.hubSpotPartners());
    }

    @Test
    void someCustomersAreInBothSources() throws Exception {
        Set<String> sites = HubSpotWorld.rows(folder.resolve("salesforce"), ExportObject.ACCOUNT).stream()
                .map(account -> account.getOrDefault("Website", ""))
                .collect(Collectors.toSet());
        assertThat(companies("OTHER").stream()
                        .filter(company -> sites.contains(company.text("website")))
                        .count())
                .isGreaterThanOrEqualTo(10);
    }

    @Test
    void everyDealHasACustomerAndAPartner() {
        portal.all(ObjectKind.DEAL).values().forEach(deal -> {
            var links = portal.links(ObjectKind.DEAL, deal.id(), ObjectKind.COMPANY);
            assertThat(links.values().stream().flatMap(Set::stream).map(type -> type.label()))
                    .as(deal.text("dealname"))
                    .contains("Primary", "Partner");
            assertThat(links).containsKey(Long.parseLong(deal.text("hs_primary_associated_company")));
        });
        assertThat(portal.all(ObjectKind.DEAL)).hasSizeGreaterThan(50);
    }

    @Test
    void learnersArePartnersPeopleAndSomeBadgesHaveRunOut() {
        Set<String> people = portal.all(ObjectKind.CONTACT).values().stream()
                .map(contact -> contact.text("email").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        assertThat(academy.users().stream()
                        .filter(user ->
                                people.contains(user.path("email").asText().toLowerCase(Locale.ROOT)))
                        .count())
                .isGreaterThan(3);
        long now = CLOCK.instant().getEpochSecond();
        Map<Boolean, Long> valid = site.all("issued-badges").values().stream()
                .collect(Collectors.partitioningBy(
                        (JsonNode badge) -> badge.path("expires").asLong() > now, Collectors.counting()));
        assertThat(valid.get(true)).isGreaterThan(5);
        assertThat(valid.get(false)).isGreaterThan(5);
        assertThat(site.all("issued-badges").values())
                .allMatch(badge -> badge.path("at").asLong() <= now);
    }

    @Test
    void engagementComesInAllThreeForms() {
        assertThat(portalShelf.size("participations")).isGreaterThan(10);
        assertThat(portalShelf.size("marketing-events")).isGreaterThan(5);
        assertThat(portalShelf.size("forms")).isPositive();
    }
}
