package dev.rainmaker.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.Person;
import dev.rainmaker.people.LinkEvidence.Kind;
import dev.rainmaker.people.PersonMatch.Ambiguous;
import dev.rainmaker.people.PersonMatch.Linked;
import dev.rainmaker.people.PersonMatch.Stated;
import dev.rainmaker.people.PersonMatch.Suggestion;
import dev.rainmaker.people.PersonMatch.Unmatched;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartnerDirectoryTest {

    private static final RecordId ALPHA = new RecordId("crm", "A");
    private static final RecordId BETA = new RecordId("crm", "B");
    private static final RecordId ALPHA_IN_OTHER = new RecordId("hub", "77");

    /** The last two labels; enough for these tests. */
    private static final CompanyIdentity.Reader READER = new CompanyIdentity.Reader(
            host -> {
                String[] labels = host.split("\\.");
                return labels.length < 2 ? null : labels[labels.length - 2] + "." + labels[labels.length - 1];
            },
            (text, country) -> null);

    private final PartnerDirectory partners = new PartnerDirectory(READER);

    PartnerDirectoryTest() {
        partners.put(partner(ALPHA, "Alpha GmbH", "https://www.alpha.de", "P-1"));
        partners.put(partner(BETA, "Beta AG", "beta.ch", "P-2"));
    }

    private static Partner partner(RecordId id, String name, String website, String code) {
        return new Partner(
                id,
                name,
                null,
                null,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                true,
                null,
                null,
                website,
                null,
                null,
                null,
                true,
                Map.of(PartnerDirectory.CODE, code),
                Instant.EPOCH);
    }

    private static Person learner(String email, String code) {
        return new Person(new RecordId("lms", "3"), "Ana", email, null, code, Instant.EPOCH);
    }

    private static Person contact(String email, RecordId company) {
        return new Person(new RecordId("crm", "c-" + email), "Ana", email, company, null, Instant.EPOCH);
    }

    private PersonMatch match(Person person) {
        return partners.match(person, PersonRulings.NONE);
    }

    private static void isLinked(PersonMatch match, RecordId partner, Kind kind) {
        assertThat(match).isInstanceOfSatisfying(Linked.class, linked -> {
            assertThat(linked.partner()).isEqualTo(partner);
            assertThat(linked.evidence().kind()).isEqualTo(kind);
        });
    }

    @Test
    void aContactOfTheCrmWithTheSameAddressLinksAndIsStrongerThanTheDomain() {
        partners.putContact(contact("Ana@Alpha.de", BETA));

        isLinked(match(learner("ana@alpha.de", null)), BETA, Kind.CONTACT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-1", " p-1 ", "A", "a"})
    void aCodeLinksWhetherItIsTheOwnOneOrTheId(String code) {
        isLinked(match(learner("someone@gmail.com", code)), ALPHA, Kind.CODE);
    }

    @Test
    void theOwnDomainLinksAndSaysSo() {
        PersonMatch match = match(learner("ana@training.alpha.de", null));

        isLinked(match, ALPHA, Kind.DOMAIN);
        assertThat(((Linked) match).evidence().text()).isEqualTo("e-mail domain alpha.de");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana@gmail.com", "ana@outlook.com", "ana@web.de", "ana@", "no address"})
    void freeMailNeverLinks(String email) {
        partners.put(partner(new RecordId("crm", "C"), "Mail", "https://gmail.com", "P-3"));
        partners.put(partner(new RecordId("crm", "D"), "Mail", "outlook.com", "P-4"));
        partners.put(partner(new RecordId("crm", "E"), "Mail", "http://web.de/x", "P-5"));

        assertThat(match(learner(email, null))).isEqualTo(new Unmatched(java.util.List.of()));
    }

    @Test
    void contactAndCodeThatContradictEachOtherAreLeftToAPerson() {
        partners.putContact(contact("ana@alpha.de", ALPHA));

        assertThat(match(learner("ana@alpha.de", "P-2")))
                .isInstanceOfSatisfying(
                        Ambiguous.class,
                        ambiguous -> assertThat(ambiguous.candidates())
                                .extracting(Suggestion::partner)
                                .containsExactly(ALPHA, BETA));
    }

    @Test
    void aCodeStandsAgainstTheDomainOfAnother() {
        isLinked(match(learner("ana@beta.ch", "P-1")), ALPHA, Kind.CODE);
    }

    @Test
    void oneDomainOfTwoPartnersOfOneCrmIsAmbiguousUntilACodeTells() {
        RecordId branch = new RecordId("crm", "A2");
        partners.put(partner(branch, "Alpha Nord", "alpha.de", "P-9"));

        assertThat(match(learner("ana@alpha.de", null))).isInstanceOf(Ambiguous.class);
        isLinked(match(learner("ana@alpha.de", "P-9")), branch, Kind.CODE);
    }

    @Test
    void aContactAtTwoPartnersIsToldApartByTheDomain() {
        partners.putContact(contact("ana@beta.ch", ALPHA));
        partners.putContact(contact("ana@beta.ch", BETA));

        isLinked(match(learner("ana@beta.ch", null)), BETA, Kind.CONTACT);
    }

    @Test
    void onePartnerKnownToTwoSystemsIsOneCompany() {
        partners.put(partner(ALPHA_IN_OTHER, "Alpha", "alpha.de", "P-77"));

        PersonMatch match = match(learner("ana@alpha.de", null));

        isLinked(match, ALPHA, Kind.DOMAIN);
        assertThat(((Linked) match).evidence().text()).contains("also known as hub/77");
    }

    @Test
    void whatTheSourceStatesStands() {
        RecordId customer = new RecordId("crm", "customer");

        assertThat(match(contact("ana@alpha.de", customer))).isEqualTo(new Stated(customer));
    }

    @Test
    void rulingsOfPeopleGoBeforeEverything() {
        Person learner = learner("ana@alpha.de", "P-1");

        isLinked(partners.match(learner, new PersonRulings(BETA, Set.of(), false, "jo")), BETA, Kind.RULING);
        assertThat(partners.match(learner, new PersonRulings(null, Set.of(), true, "jo")))
                .isEqualTo(new PersonMatch.Nobody());
        assertThat(partners.match(learner, new PersonRulings(null, Set.of(ALPHA), false, "jo")))
                .isInstanceOf(Unmatched.class);
    }

    @Test
    void nothingIsGuessedFromContactsOrNamesButSuggested() {
        partners.putContact(contact("else@alpha-academy.de", BETA));
        partners.put(partner(new RecordId("crm", "F"), "Gamma Ltd", "gamma-group.com", "P-6"));

        assertThat(match(learner("ana@alpha-academy.de", null)))
                .isEqualTo(new Unmatched(java.util.List.of(
                        new Suggestion(BETA, "Beta AG", "its contacts write from alpha-academy.de"))));
        assertThat(match(learner("ana@gamma.io", null)))
                .isInstanceOfSatisfying(
                        Unmatched.class,
                        unmatched -> assertThat(unmatched.suggestions())
                                .extracting(Suggestion::name)
                                .containsExactly("Gamma Ltd"));
    }
}
