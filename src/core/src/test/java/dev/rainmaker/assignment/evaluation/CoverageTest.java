package dev.rainmaker.assignment.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Intervals against simulated worlds of which the truth is known: 95 % intervals must cover it in 90 to 98 %. */
class CoverageTest {

    private static final int WORLDS = 600;
    private static final int ACCOUNTS = 300;

    private record World(List<LoggedDecision> log, double truth) {}

    @Test
    void intervalsCoverTheTruthInSimulatedWorlds() {
        int[] covered = new int[3];
        for (int i = 0; i < WORLDS; i++) {
            World world = world(new Random(1000 + i));
            Evaluation found = EvaluatePolicy.evaluate(world.log(), EvaluationRules.DEFAULT.resamples(400, i));
            covered[0] += covers(found, Evaluation::ips, world.truth());
            covered[1] += covers(found, Evaluation::snips, world.truth());
            covered[2] += covers(found, Evaluation::dr, world.truth());
        }
        System.out.printf(
                "coverage over %d worlds: ips %.3f snips %.3f dr %.3f%n",
                WORLDS, covered[0] / (double) WORLDS, covered[1] / (double) WORLDS, covered[2] / (double) WORLDS);
        for (int each : covered) {
            assertThat(each / (double) WORLDS).isBetween(.90, .98);
        }
    }

    private static int covers(Evaluation found, Function<Evaluation, Evaluation.Estimate> which, double truth) {
        Evaluation.Estimate estimate = which.apply(found);
        return estimate.lower95() <= truth && truth <= estimate.upper95() ? 1 : 0;
    }

    /** Four partners of unknown strength, accounts that buy more or less easily and ask one to three times. */
    private static World world(Random random) {
        double[] strength = random.doubles(4, .1, .7).toArray();
        double[] logged = mix(random);
        double[] target = mix(random);
        double[] model = random.doubles(4, .2, .6).toArray();
        List<LoggedDecision> log = new ArrayList<>();
        double truth = 0;
        double modelTarget = 0;
        for (int a = 0; a < 4; a++) {
            truth += target[a] * strength[a];
            modelTarget += target[a] * model[a];
        }
        for (int account = 0; account < ACCOUNTS; account++) {
            double ease = random.nextDouble() * .2 - .1;
            int asks = 1 + random.nextInt(3);
            for (int i = 0; i < asks; i++) {
                int action = pick(logged, random);
                double reward = random.nextDouble() < strength[action] + ease ? 1 : 0;
                log.add(new LoggedDecision(
                        account + "." + i,
                        logged[action],
                        target[action],
                        reward,
                        model[action],
                        modelTarget,
                        "a" + account,
                        true));
            }
        }
        return new World(log, truth);
    }

    private static double[] mix(Random random) {
        double[] mix = random.doubles(4, .5, 2).toArray();
        double sum = mix[0] + mix[1] + mix[2] + mix[3];
        for (int i = 0; i < 4; i++) {
            mix[i] /= sum;
        }
        return mix;
    }

    private static int pick(double[] probabilities, Random random) {
        double at = random.nextDouble();
        for (int i = 0; i < 3; i++) {
            at -= probabilities[i];
            if (at < 0) {
                return i;
            }
        }
        return 3;
    }
}
