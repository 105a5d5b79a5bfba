package dev.rainmaker.app.assignment;

import static dev.rainmaker.app.assignment.Desk.NOW;
import static dev.rainmaker.app.assignment.Desk.account;
import static dev.rainmaker.app.assignment.Desk.id;
import static dev.rainmaker.app.assignment.Given.aLead;
import static dev.rainmaker.app.assignment.Given.aPartner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.ledger.LifeLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.assignment.life.LeadState;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.training.TrainingRecord;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What partners hold on customers reaches the decisions, with its evidence, and decisions replay to the byte. */
class ClaimsTest {

    private static final String POLICY = """
            zone: Europe/Berlin
            rules:
              - rule: customer's partner
                pool: { territory: ignored }
                strategy: named-account
              - rule: certified
                when: '"Firewall" in lead.products'
                pool: { product: ignored, certificates: [ Firewall Expert ] }
                strategy: { use: round-robin, rotation: certified }
              - rule: in turn
                strategy: { use: round-robin, rotation: all }
            """;

    private final Desk desk = Desk.with(POLICY);

    @AfterEach
    void close() {
        desk.close();
    }

    private static dev.rainmaker.account.Account contractEnding(String lastDay) {
        var plain = account("acme", "Acme GmbH", "https://www.acme.de", "c", "contract");
        return new dev.rainmaker.account.Account(
                plain.id(),
                plain.name(),
                plain.website(),
                null,
                "DE",
                null,
                null,
                null,
                null,
                null,
                plain.namedPartner(),
                "contract",
                java.util.Set.of(),
                java.time.LocalDate.parse(lastDay),
                java.util.Map.of(),
                NOW);
    }

    private void threePartners() {
        desk.state(aPartner("a").fact(), aPartner("b").fact(), aPartner("c").fact());
    }

    private RecordId partnerOf(String lead) {
        StoredDecision decision = desk.decision(lead);
        assertThat(desk.replay(decision).same()).as("replays to the byte").isTrue();
        return decision.partner();
    }

    @Test
    void leadOfANamedAccountGoesToItsPartnerWithConfidenceAndEvidence() {
        threePartners();
        desk.state(account("acme", "Acme GmbH", "https://www.acme.de", "c", "contract"))
                .state(aLead("l1").of("ACME", "jo@acme.de").fact());

        desk.assign();

        assertThat(partnerOf("l1")).isEqualTo(id("c"));
        assertThat(desk.decision("l1").receipt())
                .contains("\"customer\":\"crm/acme\"", "\"confidence\":0.99", "\"kind\":\"contract\"")
                .contains("domain acme.de (0.95)");
    }

    @ParameterizedTest
    @CsvSource({
        "Contract, contract",
        "program, programme",
        "Product, product",
        "qualification, qualification",
        "Territory, territory",
        "customer request, customer-request",
        "our oldest friend, named-account"
    })
    void whatTheAccountSaysIsWhatTheClaimRestsOn(String basis, String kind) {
        threePartners();
        desk.state(account("acme", "Acme GmbH", "https://www.acme.de", "c", basis))
                .state(aLead("l1").of("ACME", "jo@acme.de").fact());

        desk.assign();

        assertThat(partnerOf("l1")).isEqualTo(id("c"));
        assertThat(desk.decision("l1").receipt()).contains("\"kind\":\"" + kind + "\"");
    }

    @Test
    void contractHoldsOnItsLastDayInThePolicysZoneAndNotOnTheNext() {
        threePartners();
        desk.state(contractEnding("2026-06-01"))
                .state(aLead("l1").of("Acme GmbH", "jo@acme.de").fact());
        desk.assign(Instant.parse("2026-06-01T21:59:59Z")); // 23:59:59 in Berlin
        assertThat(partnerOf("l1")).isEqualTo(id("c"));

        Desk later = Desk.with(POLICY);
        try (later) {
            later.state(aPartner("a").fact(), aPartner("c").fact())
                    .state(contractEnding("2026-06-01"))
                    .state(aLead("l1").of("Acme GmbH", "jo@acme.de").fact());
            later.assign(Instant.parse("2026-06-01T22:00:00Z")); // midnight in Berlin
            assertThat(later.decision("l1").reason()).isEqualTo("in turn");
        }
    }

    @Test
    void duplicatesOfOneRoundAndOfLaterRoundsGoToOnePartner() {
        threePartners();
        desk.state(
                aLead("l1").of("Nord GmbH", "jo@nord.de").fact(),
                aLead("l2").of("Other AG", "x@other.de").fact(),
                aLead("l3").of("Nord", "kim@nord.de").fact());
        desk.assign();
        desk.state(aLead("l4").of("Nord GmbH & Co. KG", "max@nord.de").fact());
        desk.assign();

        assertThat(partnerOf("l3")).isEqualTo(partnerOf("l1"));
        assertThat(partnerOf("l4")).isEqualTo(partnerOf("l1"));
        assertThat(partnerOf("l2")).isNotEqualTo(partnerOf("l1"));
        assertThat(desk.decision("l4").receipt()).contains("earlier-lead", "crm/l1");
    }

    @Test
    void leadDecidedBeforeTheOneThatWasCreatedFirstStillBindsIt() {
        threePartners();
        desk.state(aLead("l1").of("Nord GmbH", "jo@nord.de").fact());
        desk.assign();
        desk.state(aLead("l0")
                .of("Nord GmbH", "kim@nord.de")
                .created(NOW.minus(Duration.ofDays(5)))
                .fact());
        desk.assign();

        assertThat(partnerOf("l0")).isEqualTo(partnerOf("l1"));
    }

    @Test
    void freeMailAndPlaceholdersMatchNobody() {
        threePartners();
        desk.state(
                aLead("l1").of("unknown", "jo@gmail.com").fact(),
                aLead("l2").of("unknown", "kim@gmail.com").fact(),
                aLead("l3").of("[not provided]", null).fact(),
                aLead("l4").of("n/a", null).fact());
        desk.assign();

        assertThat(desk.decision("l2").reason()).isEqualTo("in turn");
        assertThat(desk.decision("l4").reason()).isEqualTo("in turn");
    }

    @Test
    void howLongAProspectIsRememberedIsThePolicysToSay() {
        try (Desk brief = Desk.with("life: { same-prospect: P3D }\n" + POLICY)) {
            brief.state(
                    aPartner("a").fact(), aPartner("b").fact(), aPartner("c").fact());
            brief.state(aLead("l1")
                    .of("Nord GmbH", "jo@nord.de")
                    .created(NOW.minus(Duration.ofDays(4)))
                    .fact());
            brief.assign();
            brief.state(aLead("l2")
                    .of("Nord GmbH", "kim@nord.de")
                    .created(NOW.minus(Duration.ofDays(1)))
                    .fact());
            brief.state(aLead("l3").of("Nord GmbH", "lee@nord.de").fact());
            brief.assign();

            assertThat(brief.decision("l2").partner())
                    .as("three days after l1")
                    .isEqualTo(brief.decision("l1").partner());
            assertThat(brief.decision("l3").receipt())
                    .as("four days after l1, one after l2")
                    .contains("crm/l2")
                    .doesNotContain("crm/l1");
        }
    }

    @Test
    void leadThatRemainsOfAMergeGoesToThePartnerOfTheOneThatWent() {
        threePartners();
        desk.state(aLead("l1").of("Nord GmbH", null).fact());
        desk.assign();
        RecordId partner = partnerOf("l1");
        desk.state(aLead("l9").of("Another Name AG", null).fact());
        desk.merge("l1", "l9");
        desk.assign();

        assertThat(partnerOf("l9")).isEqualTo(partner);
        assertThat(desk.decision("l9").receipt()).contains("merged in the CRM");
        assertThat(new LifeLedger(desk.ledger).find(id("l1")).orElseThrow().state())
                .isEqualTo(new LeadState.Ended(LeadState.End.MERGED, partner));
    }

    @Test
    void leadThatRemainsOfAMergeKeepsThePartnerItHasAndTheOthersAssignmentEnds() {
        threePartners();
        desk.state(
                aLead("l1").of("Nord GmbH", null).fact(),
                aLead("l9").of("Another Name AG", null).fact());
        desk.assign();
        RecordId kept = partnerOf("l9");
        assertThat(kept).isNotEqualTo(partnerOf("l1"));
        desk.merge("l1", "l9");
        desk.assign();

        assertThat(partnerOf("l9")).isEqualTo(kept);
        assertThat(desk.decisions.ofLead(id("l9"))).hasSize(1);
        assertThat(new LifeLedger(desk.ledger).find(id("l1")).orElseThrow().state())
                .isInstanceOf(LeadState.Ended.class);
    }

    @Test
    void leadThatCameToNothingBindsNobody() {
        threePartners();
        desk.state(aLead("l1").of("Nord GmbH", "jo@nord.de").fact());
        desk.assign();
        desk.state(aLead("l1").of("Nord GmbH", "jo@nord.de").closed().fact());
        desk.state(aLead("l2").of("Nord GmbH", "kim@nord.de").fact());
        desk.assign();

        assertThat(desk.decision("l2").reason()).isEqualTo("in turn");
    }

    @Test
    void accountThatChangesItsPartnerIsFollowed() {
        threePartners();
        desk.state(account("acme", "Acme GmbH", "https://www.acme.de", "c", null))
                .state(aLead("l1").of("Acme", "jo@acme.de").fact());
        desk.assign();
        desk.state(account("acme", "Acme GmbH", "https://www.acme.de", "b", null))
                .state(aLead("l1").of("Acme", "jo@acme.de").closed().fact())
                .state(aLead("l2").of("Acme", "jo@acme.de").fact());
        desk.assign();

        assertThat(partnerOf("l1")).isEqualTo(id("c"));
        assertThat(partnerOf("l2")).isEqualTo(id("b"));
    }

    @Test
    void certificateOfAPartnersPersonCountsUntilItExpires() {
        threePartners();
        desk.state(new TrainingRecord(
                id("t1"),
                null,
                id("b"),
                "Firewall Expert",
                true,
                NOW.minus(Duration.ofDays(300)),
                NOW.plus(Duration.ofDays(1)),
                NOW));
        desk.state(aLead("l1").wants("Firewall").fact());
        desk.assign();
        assertThat(partnerOf("l1")).isEqualTo(id("b"));

        desk.state(aLead("l2").wants("Firewall").fact());
        desk.assign(NOW.plus(Duration.ofDays(1)));
        assertThat(desk.decision("l2").outcome()).isEqualTo("unassigned");
        assertThat(partnerOf("l2")).isNull();
    }
}
