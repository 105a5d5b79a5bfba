package dev.rainmaker.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompanyIdentityTest {

    private static final CompanyIdentity.Reader READER = FewSuffixes.reader();
    private static final Instant NOW = Instant.parse("2026-03-04T10:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);

    @ParameterizedTest
    @CsvSource({
        "https://www.Acme.co.uk/about?x=1, acme.co.uk",
        "jane.doe@mail.acme.de, acme.de",
        "acme.com:8080, acme.com",
        "HTTP://shop.acme.com.au., acme.com.au",
        "one.github.io, one.github.io",
        "\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444, xn--e1afmkfd.xn--p1ai",
    })
    void readsTheRegistrableDomain(String address, String domain) {
        assertThat(READER.domain(address)).contains(domain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane@gmail.com",
                "x@GoogleMail.com",
                "https://www.facebook.com/acme",
                "linkedin.com/company/acme",
                "info@example.com",
                "localhost",
                "not a domain",
                "",
                "co.uk",
                "@",
                "jane@web.de",
                "http://"
            })
    void freeMailAndNonDomainsIdentifyNobody(String address) {
        assertThat(READER.domain(address)).isEmpty();
    }

    @Test
    void sharedRecordIsCertain() {
        var match = CompanyMatch.between(company("A", "DE", null, null, "1"), company("B", "US", null, null, "1"));
        assertThat(match.confidence()).isEqualByComparingTo("1");
    }

    @Test
    void evidenceAddsUpAndIsNamed() {
        var match = CompanyMatch.between(
                company("Nordwind GmbH", "DE", "nordwind.de", "+49 30 1234567", null),
                company("NORDWIND", "DE", "www.nordwind.de", "030 1234567", null));
        assertThat(match.evidence()).extracting(CompanyMatch.Evidence::kind).containsExactly("domain", "name", "phone");
        // 1 - .05 * .15 * .35 = .997, capped: only a shared record is certain
        assertThat(match.confidence()).isEqualByComparingTo("0.99");
    }

    @Test
    void sameNameInAnotherCountryIsNoMatch() {
        assertThat(confidence(company("Nordwind", "DE", null, null, null), company("Nordwind", "US", null, null, null)))
                .isEqualByComparingTo("0");
    }

    @Test
    void otherLegalFormOrOtherDomainMakesANameTooWeakAlone() {
        assertThat(confidence(
                        company("Nordwind GmbH", "DE", null, null, null),
                        company("Nordwind AG", "DE", null, null, null)))
                .isEqualByComparingTo("0.55");
        assertThat(confidence(
                        company("Nordwind", "DE", "nordwind.de", null, null),
                        company("Nordwind", "DE", "windnord.de", null, null)))
                .isEqualByComparingTo("0.70");
        assertThat(confidence(
                        company("Nordwind", "DE", "nordwind.de", null, null),
                        company("Nordwind", "DE", "nordwind.com", null, null)))
                .isEqualByComparingTo("0.85");
    }

    @Test
    void freeMailAndPlaceholdersNeverMatch() {
        var one = READER.of(lead("1", "[not provided]", "a@gmail.com", NOW));
        var other = READER.of(lead("2", "[Not Provided]", "b@gmail.com", NOW));
        assertThat(CompanyMatch.between(one, other).evidence()).isEmpty();
        assertThat(one.isBlank()).isTrue();
    }

    @Test
    void directoryFindsTheSurestFirstAndForgetsWhatIsRemoved() {
        var directory = new CompanyDirectory<String>();
        directory.put("by name", company("Nordwind", "DE", null, null, null));
        directory.put("by domain", company("Other", "DE", "nordwind.de", null, null));
        directory.put("neither", company("Third", "DE", "third.de", null, null));
        var asked = company("Nordwind GmbH", "DE", "nordwind.de", null, null);
        assertThat(directory.same(asked))
                .extracting(CompanyDirectory.Found::company)
                .containsExactly("by domain", "by name");
        directory.remove("by domain");
        directory.put("by name", company("Renamed", "DE", null, null, null));
        assertThat(directory.find(asked)).isEmpty();
    }

    @Test
    void duplicateLeadFindsTheEarliestOfItsProspectFirst() {
        var prior = new PriorLeads(READER);
        prior.put(lead("1", "Nordwind GmbH", "a@nordwind.de", NOW.minus(Duration.ofDays(2))));
        prior.put(lead("2", "Nordwind", "b@nordwind.de", NOW.minus(Duration.ofDays(1))));
        prior.put(lead("3", "unknown", "c@gmail.com", NOW.minus(Duration.ofDays(1))));
        assertThat(others(prior, lead("9", "Nordwind", null, NOW))).containsExactly("1", "2");
        assertThat(prior.others(lead("9", "unknown", "C@gmail.com", NOW), MONTH)
                        .get(0)
                        .match()
                        .evidence()
                        .get(0)
                        .kind())
                .isEqualTo("email");
        assertThat(others(prior, lead("9", "unknown", "d@gmail.com", NOW))).isEmpty();
        prior.remove(new RecordId("crm", "1"));
        assertThat(others(prior, lead("9", "Nordwind", null, NOW))).containsExactly("2");
    }

    @Test
    void memoryOfOtherLeadsEndsExactlyAndZeroIsNone() {
        var prior = new PriorLeads(READER);
        prior.put(lead("1", "Nordwind", null, NOW.minus(MONTH)));
        assertThat(others(prior, lead("9", "Nordwind", null, NOW))).containsExactly("1");
        assertThat(others(prior, lead("9", "Nordwind", null, NOW.plusMillis(1))))
                .isEmpty();
        assertThat(others(prior, lead("0", "Nordwind", null, NOW.minus(MONTH.multipliedBy(2)))))
                .containsExactly("1");
        assertThat(others(
                        prior,
                        lead(
                                "0",
                                "Nordwind",
                                null,
                                NOW.minus(MONTH.multipliedBy(2)).minusMillis(1))))
                .isEmpty();
        assertThat(prior.others(lead("9", "Nordwind", null, NOW.minus(MONTH)), Duration.ZERO))
                .isEmpty();
    }

    private static List<String> others(PriorLeads prior, Lead lead) {
        return prior.others(lead, MONTH).stream()
                .map(each -> each.earlier().id())
                .toList();
    }

    private static BigDecimal confidence(CompanyIdentity a, CompanyIdentity b) {
        assertThat(CompanyMatch.between(a, b).confidence())
                .isEqualTo(CompanyMatch.between(b, a).confidence());
        return CompanyMatch.between(a, b).confidence();
    }

    private static CompanyIdentity company(String name, String country, String website, String phone, String id) {
        Set<RecordId> records = id == null ? Set.of() : Set.of(new RecordId("crm", id));
        return READER.of(records, name, country, Stream.ofNullable(website), phone);
    }

    static Lead lead(String id, String company, String email, Instant createdAt) {
        return new Lead(
                new RecordId("crm", id),
                company,
                "P",
                email,
                null,
                "DE",
                null,
                null,
                null,
                null,
                Set.of(),
                null,
                null,
                null,
                null,
                "Open",
                true,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                Map.of(),
                createdAt,
                createdAt);
    }
}
