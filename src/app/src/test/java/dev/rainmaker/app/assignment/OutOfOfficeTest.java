package dev.rainmaker.app.assignment;

import static dev.rainmaker.app.assignment.Given.aLead;
import static dev.rainmaker.app.assignment.Given.aPartner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.partner.PartnerAbsence;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Out of office through the whole path: stated, followed by decisions, ended, replayed. */
class OutOfOfficeTest {

    private static final String IN_TURN = """
            rules:
              - { rule: in turn, strategy: { use: round-robin, rotation: all } }
            """;
    private static final Instant BACK = Desk.NOW.plus(Duration.ofDays(7));

    private static Map<String, Integer> assigned(Desk desk, String prefix, int leads, Instant now) {
        for (int i = 0; i < leads; i++) {
            desk.state(aLead(prefix + i).of(prefix + " " + i, null).fact());
        }
        desk.assign(now);
        Map<String, Integer> given = new TreeMap<>();
        for (int i = 0; i < leads; i++) {
            given.merge(desk.decision(prefix + i).partner().id(), 1, Integer::sum);
        }
        return given;
    }

    @Test
    void whoIsAwayGetsNothingAndItsTurnButNoFloodWhenItIsBack() {
        try (Desk desk = Desk.with(IN_TURN)) {
            desk.state(aPartner("a").fact(), aPartner("b").fact(), aPartner("c").fact());
            assertThat(assigned(desk, "before", 3, Desk.NOW)).isEqualTo(Map.of("a", 1, "b", 1, "c", 1));

            new Absences(desk.facts).state(Desk.id("c"), null, BACK, "holidays", Desk.NOW);
            assertThat(assigned(desk, "away", 20, Desk.NOW)).isEqualTo(Map.of("a", 10, "b", 10));
            assertThat(assigned(desk, "lastMoment", 1, BACK.minusMillis(1))).doesNotContainKey("c");

            assertThat(assigned(desk, "back", 6, BACK)).isEqualTo(Map.of("a", 2, "b", 2, "c", 2));
            StoredDecision away = desk.decision("away0");
            assertThat(away.receipt()).contains("\"reason\":\"absent\"");
            assertThat(desk.replay(away).same())
                    .as("replays although it is back")
                    .isTrue();
        }
    }

    @Test
    void leadThatWaitsBecauseAllAreAwayIsDecidedOnceOneIsBack() {
        try (Desk desk = Desk.with(IN_TURN)) {
            desk.state(aPartner("a").fact());
            new Absences(desk.facts).state(Desk.id("a"), null, BACK, "", Desk.NOW);
            desk.state(aLead("lead").fact());
            desk.assign();
            assertThat(desk.decision("lead").reason()).isEqualTo("all-absent");

            desk.assign(BACK.minusMillis(1));
            assertThat(desk.decision("lead").outcome()).isEqualTo("unassigned");
            desk.assign(BACK.plus(Duration.ofMinutes(5)));
            assertThat(desk.decision("lead").outcome()).isEqualTo("assigned");
        }
    }

    @Test
    void absenceTakenBackOrStatedByAConnectedSystemCounts() {
        try (Desk desk = Desk.with(IN_TURN)) {
            desk.state(aPartner("a").fact(), aPartner("b").fact());
            Absences absences = new Absences(desk.facts);
            PartnerAbsence stated = absences.state(Desk.id("a"), null, BACK, "", Desk.NOW);
            assertThat(absences.end(stated.id(), Desk.NOW.plusSeconds(1))).isTrue();
            assertThat(assigned(desk, "one", 4, Desk.NOW)).isEqualTo(Map.of("a", 2, "b", 2));

            desk.state(new PartnerAbsence(Desk.id("b"), Desk.id("b"), null, BACK, null, Desk.NOW));
            assertThat(assigned(desk, "two", 4, Desk.NOW)).isEqualTo(Map.of("a", 4));
            assertThat(absences.end(Desk.id("b"), Desk.NOW))
                    .as("not ours to end")
                    .isFalse();
        }
    }
}
