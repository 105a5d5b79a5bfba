package dev.rainmaker.lifetimevalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WinningOddsTest {

    private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);

    private static PartnerHistory worked(String name, String leadClass, int won, int lost) {
        return PartnerHistory.empty(name)
                .withLead(leadClass, LeadOutcome.WON, won)
                .withLead(leadClass, LeadOutcome.LOST, lost);
    }

    /** Fifty partners whose true rates lie between .1 and .7, 40 leads each. */
    private static List<PartnerHistory> partners(String leadClass) {
        Random random = new Random(3);
        List<PartnerHistory> partners = new ArrayList<>();
        for (int p = 0; p < 50; p++) {
            int won = 0;
            double rate = .1 + .6 * p / 49;
            for (int i = 0; i < 40; i++) {
                won += random.nextDouble() < rate ? 1 : 0;
            }
            partners.add(worked("p" + p, leadClass, won, 40 - won));
        }
        return partners;
    }

    private static PlvModel model(List<PartnerHistory> partners) {
        return Plv.fit(partners, PlvPolicy.standard(), AS_OF, "v").model();
    }

    private static double mean(WinningOdds odds) {
        return odds.alpha().doubleValue() / odds.alpha().add(odds.beta()).doubleValue();
    }

    @Test
    void withoutClassesTheyAreThePriorPlusWhatWasWonAndLost() {
        PlvModel model = model(partners(""));

        WinningOdds odds = Plv.odds(worked("x", "", 30, 10), model);

        assertThat(odds.alpha().doubleValue()).isCloseTo(model.conversion().alpha() + 30, within(1e-5));
        assertThat(odds.beta().doubleValue()).isCloseTo(model.conversion().beta() + 10, within(1e-5));
        assertThat(odds.marginRate()).as("margin is unknown").isEqualByComparingTo("1");
        assertThat(odds.meanByClass()).isEmpty();
    }

    @Test
    void aNewPartnerHasThePriorsChanceAndLessWeightThanOneWithLeads() {
        PlvModel model = model(partners(""));

        WinningOdds unknown = Plv.odds(PartnerHistory.empty("new"), model);

        assertThat(mean(unknown)).isCloseTo(model.conversion().mean(), within(1e-6));
        assertThat(unknown.alpha().add(unknown.beta()))
                .isLessThan(Plv.odds(worked("x", "", 1, 0), model)
                        .alpha()
                        .add(Plv.odds(worked("x", "", 1, 0), model).beta()));
    }

    @Test
    void withClassesWhoWonHardLeadsHasBetterOddsThanWhoWonAsManyEasyOnes() {
        PlvModel model = model(ofTwoClasses());

        WinningOdds ofHard = Plv.odds(worked("x", "hard", 16, 24), model);
        WinningOdds ofEasy = Plv.odds(worked("y", "easy", 16, 24), model);

        assertThat(mean(ofHard)).isGreaterThan(mean(ofEasy));
        assertThat(ofHard.meanByClass().get("easy"))
                .isGreaterThan(ofHard.meanByClass().get("hard"));
    }

    @Test
    void withClassesTheChanceIsAsUncertainAsTheSkillThatItRestsOn() {
        PlvModel model = model(ofTwoClasses());

        WinningOdds odds = Plv.odds(worked("x", "hard", 16, 24), model);

        double mean = mean(odds);
        double weight = odds.alpha().add(odds.beta()).doubleValue();
        double wins = 16 + java.util.Objects.requireNonNull(model.skill()).strength();
        assertThat(weight * mean / (1 - mean)).isCloseTo(wins, within(1e-3));
    }

    private static List<PartnerHistory> ofTwoClasses() {
        List<PartnerHistory> partners = new ArrayList<>();
        for (int p = 0; p < 40; p++) {
            partners.add(worked("easy" + p, "easy", 28 + p % 9, 12 - p % 9));
            partners.add(worked("hard" + p, "hard", 4 + p % 9, 36 - p % 9));
        }
        return partners;
    }
}
