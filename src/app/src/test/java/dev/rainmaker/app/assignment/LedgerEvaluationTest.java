package dev.rainmaker.app.assignment;

import static dev.rainmaker.app.assignment.Given.aLead;
import static dev.rainmaker.app.assignment.Given.aPartner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.evaluation.JudgedDecisions;
import dev.rainmaker.app.evaluation.JudgedDecisions.Reward;
import dev.rainmaker.app.evaluation.LedgerLog;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.assignment.evaluation.Evaluation;
import dev.rainmaker.assignment.evaluation.EvaluationRules;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.opportunity.Opportunity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Drafts judged on a real ledger whose truth is known: 30 partners that get leads alike; the first ten win 60 % of them, the others
 * 20 %; a won deal is worth 1,000. More partners than a receipt shows.
 */
class LedgerEvaluationTest {

    private static final int PARTNERS = 30;
    private static final int LEADS = 1_200;
    private static final int OPEN = 60;
    private static final String LOGGED = """
            rules:
              - { rule: all, strategy: { use: plv-weighted, floor: 5, exponent: 1 } }
            """;

    private static Desk desk;

    @BeforeAll
    static void aYearOfDecisions() {
        desk = Desk.with(LOGGED);
        List<Fact> partners = new ArrayList<>();
        for (int p = 0; p < PARTNERS; p++) {
            partners.add(aPartner(word(p)).fact());
        }
        desk.state(partners.toArray(Fact[]::new));
        List<Fact> leads = new ArrayList<>();
        for (int i = 0; i < LEADS; i++) {
            leads.add(aLead("lead" + i).of("Company " + i, null).fact());
        }
        desk.state(leads.toArray(Fact[]::new));
        desk.assign();
        List<Fact> ended = new ArrayList<>();
        Random random = new Random(11);
        for (int i = OPEN; i < LEADS; i++) {
            RecordId partner = desk.decision("lead" + i).partner();
            boolean good = partner.id().compareTo(word(10)) < 0;
            if (random.nextDouble() < (good ? .6 : .2)) {
                ended.add(aLead("lead" + i)
                        .of("Company " + i, null)
                        .shows(partner.id(), "lead" + i + "-1")
                        .became("deal" + i)
                        .fact());
                ended.add(deal("deal" + i, partner));
            } else {
                ended.add(aLead("lead" + i)
                        .of("Company " + i, null)
                        .shows(partner.id(), "lead" + i + "-1")
                        .closed()
                        .fact());
            }
        }
        desk.state(ended.toArray(Fact[]::new));
        desk.assign();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static String word(int partner) {
        return "p%02d".formatted(partner);
    }

    private static Opportunity deal(String word, RecordId partner) {
        return new Opportunity(
                Desk.id(word),
                word,
                partner,
                null,
                "Closed Won",
                true,
                true,
                Money.of("1000", "EUR"),
                null,
                LocalDate.parse("2026-06-20"),
                null,
                false,
                Set.of(),
                null,
                Desk.NOW,
                Desk.NOW);
    }

    private static JudgedDecisions judged(String draft) {
        return judged(desk, draft);
    }

    private static JudgedDecisions judged(Desk desk, String draft) {
        return new LedgerLog(
                        desk.facts,
                        desk.decisions,
                        new PastDecisions(
                                desk.facts, desk.decisions, new dev.rainmaker.app.ledger.RoundLedger(desk.ledger)),
                        desk.snapshots,
                        new ExchangeRates("EUR", List.of()))
                .read(
                        Policies.assignment("draft", draft).policy(),
                        Desk.NOW.minusSeconds(60),
                        Instant.parse("2027-01-01T00:00:00Z"),
                        10_000);
    }

    private static Evaluation evaluated(String draft, Reward reward) {
        return judged(draft)
                .log(reward)
                .evaluate(EvaluationRules.DEFAULT.resamples(500, 1))
                .orElseThrow();
    }

    private static String only(int from, int to) {
        List<String> partners = new ArrayList<>();
        for (int p = from; p < to; p++) {
            partners.add("crm/" + word(p));
        }
        return "rules:\n  - { rule: few, pool: { only: " + partners
                + " }, strategy: { use: plv-weighted, floor: 5, exponent: 1 } }\n";
    }

    @Test
    void aDraftThatSendsToTheGoodOnesIsBetterAndItsIntervalsHoldTheTruth() {
        Evaluation won = evaluated(only(0, 10), Reward.WON);

        assertThat(won.verdict()).as(won.toString()).isEqualTo(Evaluation.Verdict.BETTER);
        for (Evaluation.Estimate estimate : List.of(won.ips(), won.snips(), won.dr())) {
            assertThat(.6).isBetween(estimate.lower95(), estimate.upper95());
        }
        assertThat(won.ess()).isBetween(300.0, 460.0); // a third of the log, with weight 3
        Evaluation value = evaluated(only(0, 10), Reward.VALUE);
        assertThat(600.0).isBetween(value.dr().lower95(), value.dr().upper95());
    }

    @Test
    void aDraftThatSendsToTheOthersIsWorse() {
        Evaluation won = evaluated(only(10, 30), Reward.WON);

        assertThat(won.verdict()).isEqualTo(Evaluation.Verdict.WORSE);
        assertThat(.2).isBetween(won.dr().lower95(), won.dr().upper95());
    }

    @Test
    void thePolicyThatDecidedIsNoBetterThanItself() {
        Evaluation won = evaluated(LOGGED, Reward.WON);

        assertThat(won.verdict()).isEqualTo(Evaluation.Verdict.NO_ESTABLISHED_DIFFERENCE);
        assertThat(won.ess()).isEqualTo(won.n());
        assertThat(won.snips().value()).isEqualTo(won.logged());
    }

    @Test
    void oneThirtiethOfTheLogIsTooLittleForAVerdict() {
        Evaluation won = evaluated(only(3, 4), Reward.WON);

        assertThat(won.verdict()).isEqualTo(Evaluation.Verdict.REFUSED);
        assertThat(won.reasons()).anyMatch(reason -> reason.contains("effective sample size is"));
    }

    @Test
    void openLeadsAreLeftOutAsCensoredAndOffersCannotBeJudged() {
        JudgedDecisions judged = judged(LOGGED);

        assertThat(judged.usable()).isEqualTo(LEADS - OPEN);
        assertThat(judged.leftOut()).isEqualTo(Map.of("the lead is still open (censored)", OPEN));
        assertThat(judged.log(Reward.WON).notes())
                .containsExactly("60 of 1200 left out: the lead is still open (censored)");
        JudgedDecisions offered = judged("rules:\n  - { rule: tank, strategy: { use: shark-tank } }\n");
        assertThat(offered.leftOut())
                .containsEntry("the draft would offer it, and who claims is not known", LEADS - OPEN);
    }

    @Test
    void whatAPersonChoseIsThePersonsAndWhatWasGivenBackEarnedNothing() {
        try (Desk small = Desk.with(LOGGED)) {
            small.state(aPartner("a").fact(), aPartner("b").fact());
            small.state(aLead("given back").fact(), aLead("by hand").fact());
            small.assign();
            small.lives.recycle(Desk.id("given back"), new LeadLives.Request("somebody", "no time", null));
            RecordId chosen = small.decision("by hand").partner();
            small.state(aLead("by hand")
                    .shows(chosen.id().equals("a") ? "b" : "a", null)
                    .fact());
            small.assign();

            JudgedDecisions judged = judged(small, LOGGED);

            assertThat(judged.leftOut())
                    .isEqualTo(Map.of("a person chose otherwise", 1, "the lead is still open (censored)", 1));
            assertThat(judged.usable()).as("the one that was given back").isEqualTo(1);
        }
    }

    @Test
    void storedDecisionsReplayInOnePass() {
        Replay.Replays replays = desk.replay().latest(10_000);

        assertThat(replays.replayed()).isGreaterThanOrEqualTo(LEADS);
        assertThat(replays.differing()).isEmpty();
        assertThat(replays.gone()).isEmpty();
    }
}
