package dev.rainmaker.assignment.life;

import static dev.rainmaker.assignment.A.NOW;
import static dev.rainmaker.assignment.A.aLead;
import static dev.rainmaker.assignment.A.aPartner;
import static dev.rainmaker.assignment.A.id;
import static dev.rainmaker.assignment.A.market;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.assignment.A;
import dev.rainmaker.assignment.Deadline;
import dev.rainmaker.assignment.Decision;
import dev.rainmaker.assignment.LifeRules;
import dev.rainmaker.assignment.Pool;
import dev.rainmaker.assignment.Strategy;
import dev.rainmaker.assignment.life.LifeStep.Effect;
import dev.rainmaker.fact.RecordId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadLifeCycleTest {

    private static final RecordId ACME = id("acme");
    private static final Instant DUE = NOW.plus(Duration.ofHours(4));
    private static final Deadline FOUR_HOURS = new Deadline(Duration.ofHours(4), Duration.ofHours(1), false);

    private static Decision toAcme(Deadline deadline) {
        var rule = A.everyLead("only", Pool.STANDARD, new Strategy.TopPlv()).deadline(deadline);
        return market(aPartner("acme")).rules(rule).decide(aLead("lead"));
    }

    private static Decision offer() {
        var rule = A.everyLead("tank", Pool.STANDARD, Strategy.SharkTank.OPEN).deadline(FOUR_HOURS);
        return market(aPartner("acme"), aPartner("bolt")).rules(rule).decide(aLead("lead"));
    }

    private static LeadLife decided(Decision decision) {
        return moved(LeadLife.of(id("lead")), new LeadEvent.Decided(decision, 0), NOW)
                .life();
    }

    private static LifeStep step(LeadLife life, LeadEvent event, Instant at) {
        return LeadLifeCycle.apply(life, event, LifeRules.DEFAULT, at);
    }

    private static LifeStep.Moved moved(LeadLife life, LeadEvent event, Instant at) {
        return (LifeStep.Moved) step(life, event, at);
    }

    private static LifeStep refused(String reason) {
        return new LifeStep.Refused(reason);
    }

    @Test
    void assignmentWithDeadlineWaitsForAcceptance() {
        var step = moved(LeadLife.of(id("lead")), new LeadEvent.Decided(toAcme(FOUR_HOURS), 0), NOW);
        assertThat(step.effects()).containsExactly(new Effect.Charge(ACME), new Effect.Write(ACME));
        assertThat(step.life().state()).isEqualTo(new LeadState.Pending(ACME, DUE, NOW.plus(Duration.ofHours(1))));
        assertThat(step.life().version()).isEqualTo(1);
    }

    @Test
    void assignmentWithoutDeadlineIsAcceptedAtOnce() {
        var life = decided(market(aPartner("acme"))
                .rule(Pool.STANDARD, new Strategy.TopPlv())
                .decide(aLead("lead")));
        assertThat(life.state()).isEqualTo(new LeadState.Accepted(ACME, null));
    }

    @Test
    void acceptanceIsInTimeUntilTheDeadlineAndLateAtIt() {
        var life = decided(toAcme(FOUR_HOURS));
        assertThat(moved(life, new LeadEvent.Accepted(ACME), DUE.minusMillis(1))
                        .life()
                        .state())
                .isEqualTo(new LeadState.Accepted(ACME, null));
        assertThat(step(life, new LeadEvent.Accepted(ACME), DUE)).isEqualTo(refused("deadline-passed"));
        assertThat(step(life, new LeadEvent.Accepted(id("bolt")), NOW)).isEqualTo(refused("not-yours"));
    }

    @Test
    void reminderComesOnceThenTheLeadIsPulledBackAndDecidedAnew() {
        var life = decided(toAcme(FOUR_HOURS));
        Instant reminder = NOW.plus(Duration.ofHours(1));
        assertThat(step(life, new LeadEvent.TimerFired(), reminder.minusMillis(1)))
                .isEqualTo(new LifeStep.Unchanged());
        var reminded = moved(life, new LeadEvent.TimerFired(), reminder);
        assertThat(reminded.effects()).containsExactly(new Effect.Remind(ACME));
        assertThat(step(reminded.life(), new LeadEvent.TimerFired(), DUE.minusMillis(1)))
                .isEqualTo(new LifeStep.Unchanged());
        var pulled = moved(reminded.life(), new LeadEvent.TimerFired(), DUE);
        assertThat(pulled.effects())
                .containsExactly(new Effect.Release(ACME), new Effect.Clear(ACME), new Effect.Decide());
        assertThat(pulled.life().declined()).containsExactly(ACME);
        assertThat(pulled.life().attempt()).isEqualTo(1);
        assertThat(pulled.life().deciding()).isTrue();
    }

    @Test
    void decisionForAnEarlierAttemptIsOutOfDate() {
        var declined = moved(decided(toAcme(FOUR_HOURS)), new LeadEvent.Declined(ACME, "no time"), NOW)
                .life();
        assertThat(step(declined, new LeadEvent.Decided(toAcme(FOUR_HOURS), 0), NOW))
                .isEqualTo(refused("decision-out-of-date"));
        assertThat(step(declined, new LeadEvent.Declined(ACME, "again"), NOW)).isEqualTo(new LifeStep.Unchanged());
    }

    @Test
    void personGetsTheLeadWhenThereWereEnoughAttempts() {
        LeadLife life = LeadLife.of(id("lead"));
        for (int attempt = 0; attempt < 5; attempt++) {
            life = moved(life, new LeadEvent.Decided(toAcme(FOUR_HOURS), attempt), NOW)
                    .life();
            life = moved(life, new LeadEvent.Declined(ACME, "no"), NOW).life();
        }
        assertThat(life.state()).isEqualTo(new LeadState.Waiting("attempts-exhausted", false));
        var recycled = moved(life, new LeadEvent.Recycled("new budget"), NOW).life();
        assertThat(recycled.deciding()).isTrue();
        assertThat(recycled.attempt()).isEqualTo(5);
        assertThat(recycled.declined()).containsExactly(ACME);
        var forgiving = (LifeStep.Moved) LeadLifeCycle.apply(
                life,
                new LeadEvent.Recycled("new budget"),
                new LifeRules(5, LifeRules.Leaving.REASSIGN_ALL, true),
                NOW);
        assertThat(forgiving.life().declined()).isEmpty();
    }

    @Test
    void changeByHandWinsAndIsNotUndone() {
        var life = decided(toAcme(FOUR_HOURS));
        var byHand = moved(life, new LeadEvent.ChangedByHand(id("bolt")), NOW);
        assertThat(byHand.effects())
                .containsExactly(new Effect.Release(ACME), new Effect.Charge(id("bolt")), new Effect.Supersede());
        assertThat(step(byHand.life(), new LeadEvent.Decided(toAcme(FOUR_HOURS), 0), NOW))
                .isEqualTo(refused("held-by-a-person"));
        assertThat(step(byHand.life(), new LeadEvent.TimerFired(), DUE.plusSeconds(1)))
                .isEqualTo(new LifeStep.Unchanged());
        var back = moved(byHand.life(), new LeadEvent.HandedBack(), NOW);
        assertThat(back.life().deciding()).isTrue();
        assertThat(back.effects()).contains(new Effect.Release(id("bolt")));
    }

    @Test
    void echoOfOurOwnWriteIsNoChangeByHand() {
        assertThat(step(decided(toAcme(FOUR_HOURS)), new LeadEvent.ChangedByHand(ACME), NOW))
                .isEqualTo(new LifeStep.Unchanged());
    }

    @Test
    void firstClaimWinsAndMissingFollowUpLosesTheLead() {
        var offered = decided(offer());
        var claimed = moved(offered, new LeadEvent.Claimed(ACME, DUE), NOW);
        assertThat(claimed.effects()).containsExactly(new Effect.Charge(ACME), new Effect.Write(ACME));
        assertThat(step(claimed.life(), new LeadEvent.Claimed(id("bolt"), DUE), NOW))
                .isEqualTo(refused("not-offered"));
        assertThat(moved(claimed.life(), new LeadEvent.FollowedUp(ACME), NOW)
                        .life()
                        .state()
                        .timer())
                .isEmpty();
        var lost = moved(claimed.life(), new LeadEvent.TimerFired(), DUE);
        assertThat(lost.life().declined()).containsExactly(ACME);
        assertThat(lost.life().deciding()).isTrue();
    }

    @Test
    void offerShrinksWithEachRefusalAndLapsesWhenUnclaimed() {
        var offered = decided(offer());
        var smaller = moved(offered, new LeadEvent.Declined(ACME, "no"), NOW).life();
        assertThat(step(smaller, new LeadEvent.Claimed(ACME, null), NOW)).isEqualTo(refused("not-offered"));
        var nobody =
                moved(smaller, new LeadEvent.Declined(id("bolt"), "no"), NOW).life();
        assertThat(nobody.deciding()).isTrue();
        assertThat(nobody.declined()).containsExactly(ACME, id("bolt"));
        var lapsed = moved(offered, new LeadEvent.TimerFired(), DUE).life();
        assertThat(lapsed.declined()).containsExactly(ACME, id("bolt"));
        assertThat(step(offered, new LeadEvent.Claimed(ACME, null), DUE)).isEqualTo(refused("offer-closed"));
    }

    @Test
    void leadsOfALeavingPartnerGoByTheRule() {
        var pending = decided(toAcme(FOUR_HOURS));
        var accepted = moved(pending, new LeadEvent.Accepted(ACME), NOW).life();
        var left = new LeadEvent.PartnerLeft(ACME);
        assertThat(moved(accepted, left, NOW).life().deciding()).isTrue();
        var keep = new LifeRules(5, LifeRules.Leaving.KEEP_ACCEPTED, false);
        assertThat(LeadLifeCycle.apply(accepted, left, keep, NOW)).isEqualTo(new LifeStep.Unchanged());
        assertThat(((LifeStep.Moved) LeadLifeCycle.apply(pending, left, keep, NOW))
                        .life()
                        .deciding())
                .isTrue();
        var person = new LifeRules(5, LifeRules.Leaving.TO_A_PERSON, false);
        assertThat(((LifeStep.Moved) LeadLifeCycle.apply(accepted, left, person, NOW))
                        .life()
                        .state())
                .isEqualTo(new LeadState.Waiting("partner-left", false));
        assertThat(step(accepted, new LeadEvent.PartnerLeft(id("bolt")), NOW)).isEqualTo(new LifeStep.Unchanged());
    }

    @Test
    void endedLeadTakesNoMoreEventsButMayBeReopened() {
        var pending = decided(toAcme(FOUR_HOURS));
        var converted = moved(pending, new LeadEvent.Ended(LeadState.End.CONVERTED), NOW);
        assertThat(converted.effects()).isEqualTo(List.of(new Effect.Release(ACME)));
        assertThat(step(converted.life(), new LeadEvent.Accepted(ACME), NOW)).isEqualTo(refused("lead-ended"));
        assertThat(step(converted.life(), new LeadEvent.TimerFired(), DUE)).isEqualTo(new LifeStep.Unchanged());
        assertThat(moved(converted.life(), new LeadEvent.Reopened(), NOW).life().deciding())
                .isTrue();
        var deleted =
                moved(pending, new LeadEvent.Ended(LeadState.End.DELETED), NOW).life();
        assertThat(step(deleted, new LeadEvent.Reopened(), NOW)).isEqualTo(refused("not-closed"));
    }
}
