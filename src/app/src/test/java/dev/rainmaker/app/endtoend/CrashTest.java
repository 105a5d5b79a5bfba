package dev.rainmaker.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.crash.CrashPoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pass is killed as {@code kill -9} kills, at a named point or at any instant, and started again on the same state:
 * facts, decisions to the byte of their receipts, and what the CRM shows are those of an undisturbed pass.
 */
class CrashTest {

    @TempDir
    static Path folder;

    private static CrashWorld world;

    @BeforeAll
    static void makeWorld() throws Exception {
        world = CrashWorld.in(folder);
    }

    @ParameterizedTest
    @EnumSource(CrashPoint.class)
    void passKilledAtThePointEndsAsAnUndisturbedOne(CrashPoint point) throws Exception {
        try (CrashWorld.Round round =
                world.new Round(folder.resolve(point.name()), point != CrashPoint.LEDGER_STARTING)) {
            int nth = 1;
            if (point == CrashPoint.BATCH_SENT) { // the org has done its work, the answer is still to come
                round.sandbox()
                        .hook("faults", Map.of("kind", "collectionsUpdate", "afterCommit", true, "delay", "PT5S"));
            } else if (point == CrashPoint.PAGE_FETCHED || point == CrashPoint.PAGE_COMMITTED) {
                nth = 4; // in the middle of a stream
            }
            round.crashAt(point + ":" + nth);
            CrashWorld.Outcome outcome = assertSameAsUndisturbed(round);
            if (nth > 1) {
                long news = outcome.pages().size(); // each stream ends with a look at what is new
                assertThat(round.readsAtCrash() + outcome.reads())
                        .as("reads of both passes: at most one page again")
                        .isLessThanOrEqualTo(world.undisturbed().reads() + news + 1);
            }
        }
    }

    /** Repeats at random instants: {@code mvn verify -Pcrash}; {@code -Drainmaker.crash.seed} runs the same again. */
    @Test
    @EnabledIfSystemProperty(named = "rainmaker.crash.rounds", matches = "[1-9]\\d*")
    void passKilledAtAnyInstantEndsAsAnUndisturbedOne() throws Exception {
        int rounds = Integer.getInteger("rainmaker.crash.rounds");
        long seed = Long.getLong("rainmaker.crash.seed", System.nanoTime());
        System.out.println("crashes at random instants: seed " + seed + ", " + rounds + " rounds");
        Random random = new Random(seed);
        long whole = undisturbedMillis();
        int killed = 0;
        for (int i = 0; i < rounds; i++) {
            long after = random.nextLong(whole + whole / 5);
            try (CrashWorld.Round round = world.new Round(folder.resolve("random-" + i), random.nextInt(4) > 0)) {
                Process pass = round.start(null);
                boolean ended = pass.waitFor(after, TimeUnit.MILLISECONDS);
                pass.destroyForcibly().waitFor();
                round.crashed();
                killed += ended ? 0 : 1;
                System.out.println("round " + i + ": " + (ended ? "ended by itself" : "killed after " + after + " ms"));
                assertSameAsUndisturbed(round);
            }
        }
        System.out.println(killed + " of " + rounds + " passes were killed; a whole one takes " + whole + " ms");
        assertThat(killed).isPositive();
    }

    private static long undisturbedMillis() throws Exception {
        try (CrashWorld.Round round = world.new Round(folder.resolve("timed"), true)) {
            long start = System.nanoTime();
            assertThat(round.start(null).waitFor()).as(round.said()).isZero();
            return (System.nanoTime() - start) / 1_000_000;
        }
    }

    private static CrashWorld.Outcome assertSameAsUndisturbed(CrashWorld.Round round) throws Exception {
        CrashWorld.Outcome undisturbed = world.undisturbed();
        CrashWorld.Outcome outcome = round.goOn();
        assertThat(outcome.decisions()).isEqualTo(undisturbed.decisions());
        assertThat(outcome.facts()).isEqualTo(undisturbed.facts());
        assertThat(outcome.shown()).isEqualTo(undisturbed.shown());
        assertThat(outcome.everShown()).isEqualTo(undisturbed.everShown());
        assertThat(outcome.everShown().values())
                .allSatisfy(partners -> assertThat(partners)
                        .as("partners that a lead ever showed")
                        .hasSize(1));
        return outcome;
    }
}
