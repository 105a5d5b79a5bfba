package dev.rainmaker.assignment.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rainmaker.assignment.evaluation.Evaluation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluatePolicyTest {

    private static final EvaluationRules RULES = EvaluationRules.DEFAULT;

    /** Golden values of facts/plv.md section 10, printed to six decimals. */
    @Test
    void agreesWithTheGoldenValues() {
        double[] p = {.5, .2, .25, .8, .5};
        double[] target = {.25, .4, .75, .2, .5};
        double[] reward = {1, 0, 1, 0, 1};
        double[] q = {.6, .4, .5, .3, .7};
        double[] qTarget = {.5, .45, .55, .35, .6};
        List<LoggedDecision> log = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            log.add(new LoggedDecision("d" + i, p[i], target[i], reward[i], q[i], qTarget[i], "c" + i, true));
        }
        Evaluation found = EvaluatePolicy.evaluate(log, RULES.clip(2));
        assertThat(found.ips().value()).isCloseTo(.9, within(5e-7));
        assertThat(found.ips().se()).isCloseTo(.556776, within(5e-7));
        assertThat(found.snips().value()).isCloseTo(.666667, within(5e-7));
        assertThat(found.snips().se()).isCloseTo(.254213, within(5e-7));
        assertThat(found.ess()).isCloseTo(3.183406, within(5e-7));
        assertThat(found.dr().value()).isCloseTo(.715, within(5e-7));
        assertThat(found.dr().se()).isCloseTo(.396516, within(5e-7));
        assertThat(found.clippedIps()).isCloseTo(.7, within(5e-7));
        assertThat(found.clippedSnips()).isCloseTo(.608696, within(5e-7));
        assertThat(found.clipped()).isEqualTo(1);
        assertThat(found.verdict()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void effectiveSizeOfOneHundredIsEnoughAndLessIsNot() {
        assertThat(EvaluatePolicy.evaluate(same(100), RULES).verdict()).isEqualTo(Verdict.NO_ESTABLISHED_DIFFERENCE);
        Evaluation few = EvaluatePolicy.evaluate(same(99), RULES);
        assertThat(few.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(few.reasons()).containsExactly("the effective sample size is 99.0, less than 100");
    }

    @Test
    void wrongPropensitiesAreNoticedByTheMeanWeight() {
        List<LoggedDecision> log = IntStream.range(0, 500)
                .mapToObj(i -> LoggedDecision.of("d" + i, .5, .3 + .1 * (i % 2), i % 3 == 0 ? 1 : 0))
                .toList();
        assertThat(EvaluatePolicy.evaluate(log, RULES).reasons())
                .singleElement()
                .asString()
                .startsWith("the mean weight is 0.700");
    }

    @Test
    void missingOverlapOneHeavyWeightAndFreshOutcomesAreRefused() {
        List<LoggedDecision> log = new ArrayList<>(same(400));
        log.add(LoggedDecision.of("rare", .0005, .5, 1));
        log.add(new LoggedDecision("fresh", .5, .5, 0, Double.NaN, Double.NaN, "x", false));
        Evaluation found = EvaluatePolicy.evaluate(log, RULES);
        assertThat(found.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(found.reasons())
                .anyMatch(reason -> reason.contains("had a propensity below 0.001"))
                .anyMatch(reason -> reason.startsWith("one decision carries"))
                .anyMatch(reason -> reason.startsWith("1 outcomes are younger"));
    }

    @Test
    void candidateThatIsReallyBetterIsCalledBetterAndItsOppositeWorse() {
        Random random = new Random(5);
        List<LoggedDecision> better = new ArrayList<>();
        List<LoggedDecision> worse = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            boolean good = random.nextBoolean();
            double reward = random.nextDouble() < (good ? .5 : .2) ? 1 : 0;
            better.add(LoggedDecision.of("d" + i, .5, good ? .9 : .1, reward));
            worse.add(LoggedDecision.of("d" + i, .5, good ? .1 : .9, reward));
        }
        assertThat(EvaluatePolicy.evaluate(better, RULES).verdict()).isEqualTo(Verdict.BETTER);
        assertThat(EvaluatePolicy.evaluate(worse, RULES).verdict()).isEqualTo(Verdict.WORSE);
    }

    @Test
    void estimatedPropensitiesAreCalledSo() {
        assertThat(EvaluatePolicy.evaluate(same(200), RULES.estimated()).reasons())
                .containsExactly("propensities were estimated, not logged: confounding not excluded");
    }

    @Test
    void impossibleRowsAreRefusedByName() {
        assertThatThrownBy(() -> LoggedDecision.of("d7", 0, .5, 1)).hasMessageContaining("d7");
        assertThatThrownBy(() -> LoggedDecision.of("d7", .5, 1.5, 1)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> EvaluatePolicy.evaluate(List.of(), RULES)).hasMessageContaining("no decision");
    }

    private static List<LoggedDecision> same(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> LoggedDecision.of("d" + i, .5, .5, i % 2))
                .toList();
    }
}
