package dev.rainmaker.app.assignment;

import static dev.rainmaker.app.assignment.Desk.id;
import static dev.rainmaker.app.assignment.Given.aLead;
import static dev.rainmaker.app.assignment.Given.aPartner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.assignment.LeadLives.Answer;
import dev.rainmaker.app.assignment.LeadLives.Request;
import dev.rainmaker.app.ledger.LifeLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.assignment.life.LeadLife;
import dev.rainmaker.assignment.life.LeadState;
import dev.rainmaker.fact.RecordId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of a lead after its assignment, carried out on a real ledger. */
class LeadLivesTest {

    private static final String IN_TURN = """
            life: { attempts: 3 }
            rules:
              - rule: in turn
                strategy: { use: round-robin, rotation: all }
                deadline: { accept: PT8H, remind: PT4H }
            """;
    private static final String OPEN = """
            rules:
              - rule: open to all
                strategy: { use: shark-tank, claim-limit: 2, claim-window: day, follow-up: P2D }
                deadline: { accept: PT24H }
            """;

    private Desk desk;

    @AfterEach
    void everyLeadKeepsTheInvariants() {
        try (Desk open = desk) {
            for (StoredDecision decision : open.decisions.latest(1_000)) {
                List<StoredDecision> versions = desk.decisions.ofLead(decision.lead());
                assertThat(versions)
                        .as("versions of %s rise by one, without gaps", decision.lead())
                        .extracting(StoredDecision::version)
                        .containsExactly(java.util.stream.IntStream.iterate(versions.size(), v -> v - 1)
                                .limit(versions.size())
                                .boxed()
                                .toArray(Integer[]::new));
                if (decision.byPolicy()) {
                    assertThat(desk.replay(decision).same())
                            .as("%s replays to the byte", decision.id())
                            .isTrue();
                }
            }
        }
    }

    private void desk(String policy) {
        desk = Desk.with(policy);
        desk.state(aPartner("a").fact(), aPartner("b").fact(), aPartner("c").fact());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static Request by(String who) {
        return new Request(who, "no time", null);
    }

    private LeadLife life(String lead) {
        return new LifeLedger(desk.ledger).find(id(lead)).orElseThrow();
    }

    private LeadState state(String lead) {
        return life(lead).state();
    }

    private List<String> history(String lead) {
        return new LifeLedger(desk.ledger)
                .notesOf(id(lead)).stream().map(LifeLedger.LeadNote::what).toList();
    }

    @Test
    void acceptedInTimeStaysAndDeclinedGoesToAnotherPartnerButNotToWhoDeclined() {
        desk(IN_TURN);
        desk.state(aLead("l1").fact(), aLead("l2").fact());
        desk.assign(now());
        RecordId first = desk.decision("l1").partner();
        RecordId second = desk.decision("l2").partner();

        assertThat(desk.lives.accept(id("l1"), first, by("a's token"))).isInstanceOf(Answer.Done.class);
        assertThat(desk.lives.accept(id("l1"), first, by("a's token"))).isInstanceOf(Answer.Unchanged.class);
        assertThat(desk.lives.accept(id("l1"), second, by("b's token"))).isEqualTo(new Answer.Refused("not-yours"));
        assertThat(desk.lives.decline(id("l2"), second, by("b's token"))).isInstanceOf(Answer.Done.class);
        assertThat(desk.decision("l2").outcome()).isEqualTo("withdrawn");
        assertThat(desk.shown("l2")).containsEntry("partner", null);
        assertThat(desk.shown("l2").get("reason").toString()).contains("Withdrawn from Partner b", "no time");
        desk.assign(now());

        assertThat(state("l1")).isEqualTo(new LeadState.Accepted(first, null));
        assertThat(desk.shown("l1").get("reason").toString()).startsWith("Accepted. ");
        assertThat(desk.decision("l2").outcome()).isEqualTo("assigned");
        assertThat(desk.decision("l2").partner()).isNotEqualTo(second);
        assertThat(desk.decision("l2").receipt()).contains("\"declined\":[\"" + second + "\"]");
        assertThat(history("l2")).containsExactly("declined");
    }

    @Test
    void repeatedRequestOfOneKeyIsDoneOnce() {
        desk(IN_TURN);
        desk.state(aLead("l1").fact());
        desk.assign(now());
        RecordId partner = desk.decision("l1").partner();

        desk.lives.decline(id("l1"), partner, new Request("token", "full", "k1"));
        desk.assign(now());
        RecordId next = desk.decision("l1").partner();
        Answer again = desk.lives.decline(id("l1"), partner, new Request("token", "full", "k1"));

        assertThat(again).isInstanceOf(Answer.Unchanged.class);
        assertThat(desk.decision("l1").partner()).isEqualTo(next);
        assertThat(history("l1")).containsExactly("declined");
    }

    @Test
    void reminderComesOnceAndIsShownInTheCrm() {
        desk(IN_TURN);
        desk.state(aLead("l1").fact());
        desk.assign(now().minus(Duration.ofHours(5))); // the reminder is due, the deadline is not
        RecordId first = desk.decision("l1").partner();
        assertThat(desk.lives.fireDue()).isEqualTo(1);
        assertThat(history("l1")).containsExactly("reminded");
        assertThat(desk.shown("l1").get("reason").toString()).startsWith("Reminder: to be accepted by ");
        assertThat(desk.shown("l1")).containsEntry("partner", first.toString());
        assertThat(desk.lives.fireDue()).isZero();
    }

    @Test
    void deadlinePullsBackUntilAPersonMustLook() {
        desk(IN_TURN);
        desk.state(aLead("l2").fact());
        desk.assign(now().minus(Duration.ofHours(9)));
        for (int attempt = 1; attempt <= 3; attempt++) {
            desk.lives.fireDue(); // reminder and deadline at once: the deadline counts
            desk.assign(now().minus(Duration.ofHours(9)));
        }
        assertThat(desk.decision("l2"))
                .as(
                        "history %s, %s",
                        history("l2"),
                        desk.decisions.ofLead(id("l2")).stream()
                                .map(each -> each.outcome() + " " + each.partner() + " " + each.reason())
                                .toList())
                .extracting(StoredDecision::outcome, StoredDecision::reason)
                .containsExactly("withdrawn", "attempts-exhausted");
        assertThat(desk.decisions.ofLead(id("l2")).stream()
                        .filter(StoredDecision::byPolicy)
                        .map(StoredDecision::partner))
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(desk.decisions.countsOfOpenLeads()).containsEntry("attempts-exhausted", 1L);

        assertThat(desk.lives.recycle(id("l2"), by("operator"))).isInstanceOf(Answer.Done.class);
        desk.assign(now());
        assertThat(desk.decision("l2").outcome()).isEqualTo("unassigned"); // all three let it lapse
    }

    @Test
    void acceptanceAtTheDeadlineIsTooLate() {
        desk(IN_TURN);
        desk.state(aLead("l1").fact());
        desk.assign(now().minus(Duration.ofHours(8)));
        RecordId partner = desk.decision("l1").partner();

        assertThat(desk.lives.accept(id("l1"), partner, by("token"))).isEqualTo(new Answer.Refused("deadline-passed"));
    }

    @Test
    void offerShowsNoPartnerAndTheFirstOfSixteenClaimsGetsIt() throws Exception {
        desk = Desk.with(OPEN);
        for (int i = 0; i < 16; i++) {
            desk.state(aPartner("p" + i).fact());
        }
        desk.state(aLead("l1").fact());
        desk.assign(now());
        assertThat(desk.decision("l1").outcome()).isEqualTo("offered");
        assertThat(desk.shown("l1")).containsEntry("partner", null);

        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Callable<Answer>> claims = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            RecordId partner = id("p" + i);
            claims.add(() -> desk.lives.claim(id("l1"), partner, by(partner.id())));
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> answer : threads.invokeAll(claims)) {
            answers.add(answer.get());
        }
        threads.shutdown();

        assertThat(answers).filteredOn(Answer.Done.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(new Answer.Refused("already-claimed")::equals)
                .hasSize(15);
        assertThat(desk.decision("l1").outcome()).isEqualTo("claimed");
        assertThat(desk.shown("l1"))
                .containsEntry("partner", desk.decision("l1").partner().toString());
        assertThat(history("l1")).containsExactly("claimed");
    }

    @Test
    void claimsEndAtTheLimitAtTheCapacityAndAtTheEndOfTheOffer() {
        desk = Desk.with(OPEN);
        desk.state(aPartner("a").fact(), aPartner("b").maxOpen(1).fact());
        desk.state(aLead("l1").fact(), aLead("l2").fact(), aLead("l3").fact());
        desk.assign(now());

        assertThat(desk.lives.claim(id("l1"), id("a"), by("a"))).isInstanceOf(Answer.Done.class);
        assertThat(desk.lives.claim(id("l1"), id("a"), by("a"))).isInstanceOf(Answer.Unchanged.class);
        assertThat(desk.lives.claim(id("l2"), id("a"), by("a"))).isInstanceOf(Answer.Done.class);
        assertThat(desk.lives.claim(id("l3"), id("a"), by("a"))).isEqualTo(new Answer.Refused("claim-limit"));
        assertThat(desk.lives.claim(id("l3"), id("x"), by("x"))).isEqualTo(new Answer.Refused("not-offered"));
        assertThat(desk.lives.claim(id("l3"), id("b"), by("b"))).isInstanceOf(Answer.Done.class);
        desk.state(aLead("l4").fact());
        desk.assign(now().minus(Duration.ofHours(25)));
        assertThat(desk.lives.claim(id("l4"), id("b"), by("b")))
                .isIn(new Answer.Refused("offer-closed"), new Answer.Refused("not-offered"));
    }

    @Test
    void offerThatNobodyClaimsAndClaimThatNobodyFollowsUpGoOn() {
        desk(OPEN);
        desk.state(aLead("l1").fact(), aLead("l2").fact());
        desk.assign(now().minus(Duration.ofHours(25)));
        desk.lives.fireDue();
        assertThat(history("l1")).containsExactly("offer-lapsed");
        desk.assign(now());
        assertThat(desk.decision("l1").outcome()).isEqualTo("unassigned"); // everybody let it lapse

        desk.state(aLead("l3").fact());
        desk.assign(now());
        desk.lives.claim(id("l3"), id("a"), by("a"));
        assertThat(((LeadState.Accepted) state("l3")).followUpBy()).isAfter(now().plus(Duration.ofHours(47)));
        assertThat(desk.lives.followUp(id("l3"), id("a"), by("a"))).isInstanceOf(Answer.Done.class);
        assertThat(state("l3")).isEqualTo(new LeadState.Accepted(id("a"), null));
    }

    @Test
    void personsChoiceInTheCrmWinsIsRecordedAndEndsTheDeadline() {
        desk(IN_TURN);
        desk.state(aLead("l1").fact(), aLead("l2").fact());
        desk.assign(now().minus(Duration.ofHours(9)));
        StoredDecision ours = desk.decision("l1");
        RecordId other = List.of(id("a"), id("b"), id("c")).stream()
                .filter(each -> !each.equals(ours.partner()))
                .findFirst()
                .orElseThrow();
        desk.state(aLead("l1").shows(other.id(), ours.id()).fact());
        desk.state(aLead("l2").shows(null, desk.decision("l2").id()).fact()); // the partner was taken out
        desk.assign(now());
        desk.lives.fireDue();
        desk.assign(now());

        assertThat(desk.decision("l1").outcome()).isEqualTo("overridden");
        assertThat(desk.decision("l1").partner()).isEqualTo(other);
        assertThat(state("l1")).isEqualTo(new LeadState.ByHand(other));
        assertThat(state("l2")).isEqualTo(new LeadState.ByHand(null));
        assertThat(desk.decision("l2").partner()).isNull();
        assertThat(history("l1")).containsExactly("changed-by-hand");
        assertThat(desk.lives.handBack(id("l1"), by("operator"))).isInstanceOf(Answer.Done.class);
        desk.assign(now());
        assertThat(desk.decision("l1").outcome()).isEqualTo("assigned");
    }

    @Test
    void leadThatEndsInTheCrmEndsHereAndAReopenedOneIsDecidedAnew() {
        desk(IN_TURN);
        desk.state(aLead("l1").fact(), aLead("l2").fact(), aLead("l3").fact());
        desk.assign(now().minus(Duration.ofHours(9)));
        desk.state(aLead("l1").closed().fact(), aLead("l2").converted().fact()).delete("l3");
        desk.assign(now());
        desk.lives.fireDue();

        assertThat(history("l1")).containsExactly("closed");
        assertThat(history("l2")).containsExactly("converted");
        assertThat(history("l3")).containsExactly("deleted");
        assertThat(desk.lives.accept(id("l1"), desk.decision("l1").partner(), by("a")))
                .isEqualTo(new Answer.Refused("lead-ended"));
        desk.state(aLead("l1").fact());
        desk.assign(now());
        assertThat(history("l1")).containsExactly("closed", "reopened");
        assertThat(desk.decision("l1").outcome()).isEqualTo("assigned");
        assertThat(desk.decision("l1").version()).isEqualTo(2);
    }

    @Test
    void leadsOfADeactivatedPartnerGoToOthersAndItsOffersLoseIt() {
        desk("""
                rules:
                  - rule: big
                    when: '"Big" in lead.products'
                    pool: { product: ignored }
                    strategy: shark-tank
                  - rule: in turn
                    strategy: { use: round-robin, rotation: all }
                """);
        desk.state(
                aLead("l1").fact(),
                aLead("l2").fact(),
                aLead("l3").fact(),
                aLead("l4").wants("Big").fact());
        desk.assign(now());
        RecordId gone = desk.decision("l1").partner();
        desk.state(aPartner(gone.id()).inactive().fact());
        desk.assign(now());

        assertThat(List.of("l1", "l2", "l3"))
                .allSatisfy(lead ->
                        assertThat(desk.decision(lead).partner()).isNotNull().isNotEqualTo(gone));
        assertThat(history("l1")).containsExactly("partner-left");
        assertThat(((LeadState.Offered) state("l4")).offer().partners())
                .hasSize(2)
                .doesNotContain(gone);
    }

    @Test
    void pulledBackLeadCountsForNobodysCapacity() {
        desk = Desk.with(IN_TURN);
        desk.state(aPartner("a").maxOpen(1).fact(), aPartner("b").maxOpen(1).fact());
        desk.state(aLead("l1").fact(), aLead("l2").fact(), aLead("l3").fact());
        desk.assign(now());
        assertThat(desk.decision("l3").reason()).isEqualTo("capacity-exhausted");

        desk.lives.decline(id("l1"), desk.decision("l1").partner(), by("a"));
        Map<RecordId, Long> held = desk.decisions.heldByPartner();
        assertThat(held.values()).containsExactly(1L);
        assertThat(Set.of(id("a"), id("b"))).containsAll(held.keySet());
    }
}
