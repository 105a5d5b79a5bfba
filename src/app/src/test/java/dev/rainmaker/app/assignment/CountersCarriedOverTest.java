package dev.rainmaker.app.assignment;

import static dev.rainmaker.app.assignment.Given.aLead;
import static dev.rainmaker.app.assignment.Given.aPartner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.ledger.RotationLedger;
import dev.rainmaker.app.ledger.RoundLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.assignment.Load;
import dev.rainmaker.assignment.Rotation;
import dev.rainmaker.fact.RecordId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Counters that a round takes over from the one before are those that the ledger would give, whatever happened to leads in
 * between; and what is kept of them for replays, whole or as differences, says the same.
 */
class CountersCarriedOverTest {

    private static final int PARTNERS = 24;
    private static final int STEPS = 160;

    @Test
    void everyRoundSawWhatTheLedgerHeld() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (Desk desk = Desk.with("""
                rules:
                  - rule: in turn
                    pool: { capacity: { max-open: 3, per-hour: 4 } }
                    strategy: { use: round-robin, rotation: all }
                """)) {
            for (int i = 0; i < PARTNERS; i++) {
                desk.state(aPartner("p" + i).fact());
            }
            RoundLedger kept = new RoundLedger(desk.ledger);
            RotationLedger ledger = new RotationLedger(desk.ledger);
            List<String> leads = new ArrayList<>();
            Set<Long> known = new TreeSet<>();
            int differences = 0;
            Instant now = Desk.NOW;
            for (int step = 0; step < STEPS; step++) {
                happen(desk, leads, random, step);
                now = now.plus(Duration.ofSeconds(random.nextInt(100) == 0 ? 3_600 : random.nextInt(40)));
                Instant at = now;
                Counters expected = desk.ledger.transaction(() -> ledger.counters(at, ZoneOffset.UTC));
                desk.assign(at);
                for (long round : rounds(desk)) {
                    if (known.add(round)) {
                        differences += kept.find(round).whole() == null ? 0 : 1;
                        Counters saw = RoundCounters.of(kept, round);
                        Map<RecordId, Load> more = loads(saw);
                        Map<RecordId, Load> fewer = loads(expected);
                        more.entrySet().removeAll(loads(expected).entrySet());
                        fewer.entrySet().removeAll(loads(saw).entrySet());
                        assertThat(more).as("seed %d, step %d", seed, step).isEqualTo(fewer);
                        assertThat(marks(saw))
                                .as("seed %d, step %d", seed, step)
                                .isEqualTo(marks(expected));
                    }
                }
            }
            assertThat(known).hasSizeGreaterThan(STEPS / 4);
            assertThat(differences).as("kept as differences").isGreaterThan(known.size() / 2);
            for (StoredDecision decision : desk.decisions.latest(1_000)) {
                Replay.Replayed again = desk.replay(decision);
                assertThat(again.decision().receipt().json())
                        .as("seed %d, %s", seed, decision.id())
                        .isEqualTo(decision.receipt());
            }
        }
    }

    /** A new lead, mostly; or one that is read again, closes, opens again, or goes. */
    private static void happen(Desk desk, List<String> leads, Random random, int step) {
        int what = leads.isEmpty() ? 0 : random.nextInt(10);
        String one = leads.isEmpty() ? "" : leads.get(random.nextInt(leads.size()));
        if (what < 5) {
            leads.add("l" + step);
            desk.state(aLead("l" + step).fact());
        } else if (what < 7) {
            desk.state(aLead(one).closed().fact());
        } else if (what == 7) {
            desk.state(aLead(one).wants("Firewall").fact());
        } else if (what == 8) {
            desk.state(aLead(one).fact());
        } else {
            desk.delete(one);
            leads.remove(one);
        }
    }

    private static List<Long> rounds(Desk desk) {
        return desk.ledger
                .jdbc()
                .sql("select id from decision_round order by id")
                .query(Long.class)
                .list();
    }

    private static Map<RecordId, Load> loads(Counters counters) {
        Map<RecordId, Load> loads = new HashMap<>(counters.loads());
        loads.values().removeIf(load -> load.open() == 0 && load.lastGiven() == null);
        return loads;
    }

    private static Map<String, Rotation> marks(Counters counters) {
        return new HashMap<>(counters.rotations());
    }
}
