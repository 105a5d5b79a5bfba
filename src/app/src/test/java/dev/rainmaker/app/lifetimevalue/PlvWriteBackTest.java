package dev.rainmaker.app.lifetimevalue;

import static dev.rainmaker.app.lifetimevalue.Programme.START;
import static dev.rainmaker.app.lifetimevalue.Programme.deal;
import static dev.rainmaker.app.lifetimevalue.Programme.id;
import static dev.rainmaker.app.lifetimevalue.Programme.partner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.lifetimevalue.PlvPolicy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The CRM gets a score when it first exists, and again only when it moved by more than the policy's epsilon. */
class PlvWriteBackTest {

    private final Programme programme = new Programme(PlvPolicy.standard());

    @BeforeEach
    void aProgramme() {
        for (int i = 1; i <= 12; i++) {
            programme.state(partner("p" + i, null));
            for (int month = 0; month < 10; month++) {
                programme.state(
                        deal(i + "in" + month, "p" + i, START.minusDays(300 - 30L * month - i), 10_000 * i + ""));
            }
        }
        programme.score(START);
    }

    @AfterEach
    void close() {
        programme.close();
    }

    private Map<String, Object> asked(String partner) {
        return programme
                .outbox
                .latestFields(PlvWrites.PURPOSE, List.of(id(partner)))
                .get(id(partner));
    }

    @Test
    void theFirstScoreIsWrittenWithValueTrendAndAReasonOfOneLine() {
        assertThat(asked("p1")).containsOnlyKeys("plvScore", "plvValue", "plvTrend", "plvReason");
        assertThat(asked("p1").get("plvTrend")).isIn("improving", "stable", "falling", "at risk");
        assertThat(String.valueOf(asked("p1").get("plvReason")))
                .doesNotContain("\n")
                .hasSizeBetween(10, 255);
        assertThat(new BigDecimal(asked("p1").get("plvScore").toString()))
                .isEqualByComparingTo(
                        programme.scores.find(id("p1")).orElseThrow().score());
    }

    @Test
    void aMoveWithinTheEpsilonIsNotWrittenAndALargerOneIs() {
        Map<String, Object> first = asked("p1");

        programme.state(deal("1in9", "p1", START.minusDays(29), "10001")); // corrected by one euro
        programme.score(START);
        assertThat(programme
                        .scores
                        .find(id("p1"))
                        .orElseThrow()
                        .value()
                        .amount()
                        .toString())
                .isNotEqualTo(first.get("plvValue").toString());
        assertThat(asked("p1")).isEqualTo(first);

        programme.state(deal("large", "p1", START, "90000"));
        programme.score(START);
        assertThat(asked("p1").get("plvValue")).isNotEqualTo(first.get("plvValue"));
        assertThat(asked("p2")).isNotNull();
    }

    @Test
    void exactlyTheEpsilonIsNotMoreThanIt() {
        PlvPolicy policy = PlvPolicy.standard();
        assertThat(PlvWrites.moved(asked("50.00", "1000.00"), new BigDecimal("51.00"), new BigDecimal("1000"), policy))
                .isFalse();
        assertThat(PlvWrites.moved(asked("50.00", "1000.00"), new BigDecimal("51.01"), new BigDecimal("1000"), policy))
                .isTrue();
        assertThat(PlvWrites.moved(asked("50.00", "1000.00"), new BigDecimal("50"), new BigDecimal("950"), policy))
                .isFalse();
        assertThat(PlvWrites.moved(asked("50.00", "1000.00"), new BigDecimal("50"), new BigDecimal("949"), policy))
                .isTrue();
    }

    private static Map<String, Object> asked(String score, String value) {
        return Map.of("plvScore", score, "plvValue", value);
    }
}
