package dev.rainmaker.app.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void intervalRunsAtOnceAndThenAtABeatThatDoesNotDrift() {
        Schedule every = Schedule.every(Duration.ofMinutes(15));

        assertThat(every.first(NOON)).isEqualTo(NOON);
        assertThat(every.next(NOON, NOON.plusSeconds(40))).isEqualTo(NOON.plusSeconds(900));
        assertThat(every.next(NOON, NOON.plusSeconds(899))).isEqualTo(NOON.plusSeconds(900));
        assertThat(every.next(NOON, NOON.plusSeconds(900))).isEqualTo(NOON.plusSeconds(1800));
    }

    @Test
    void runsMissedInADayAreFollowedByTheNextBeatOnly() {
        Schedule every = Schedule.every(Duration.ofHours(1));

        assertThat(every.next(NOON, NOON.plus(Duration.ofMinutes(24 * 60 + 5))))
                .isEqualTo(NOON.plus(Duration.ofHours(25)));
    }

    @Test
    void cronFollowsTheWallClockOfItsZone() {
        Schedule nightly = Schedule.cron("30 2 * * *", BERLIN);

        assertThat(nightly.first(NOON)).isEqualTo(Instant.parse("2026-11-23T01:30:00Z"));
        assertThat(Schedule.cron("0 30 2 * * MON-FRI", BERLIN).first(Instant.parse("2026-11-20T12:00:00Z")))
                .isEqualTo(Instant.parse("2026-11-23T01:30:00Z"));
    }

    @Test
    void aFixedHourRunsOnceInTheDoubledHourOfAutumn() {
        assertThat(times(Schedule.cron("30 2 * * *", BERLIN), "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void aStepRunsThroughTheDoubledHour() {
        assertThat(times(Schedule.cron("*/30 * * * *", BERLIN), "2026-10-24T23:45:00Z", 5))
                .containsExactly(
                        "2026-10-25T00:00:00Z",
                        "2026-10-25T00:30:00Z",
                        "2026-10-25T01:00:00Z",
                        "2026-10-25T01:30:00Z",
                        "2026-10-25T02:00:00Z");
    }

    @Test
    void aStepRunsOnAfterTheHourLeftOutInSpring() {
        assertThat(times(Schedule.cron("*/30 * * * *", BERLIN), "2026-03-29T00:15:00Z", 3))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z");
    }

    @Test
    void aFixedHourThatSpringLeavesOutRunsOnceAtTheJump() {
        assertThat(times(Schedule.cron("10,30 2 * * *", BERLIN), "2026-03-28T12:00:00Z", 3))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:10:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void onDemandNeverComes() {
        assertThat(Schedule.onDemand().first(NOON)).isEqualTo(Schedule.NEVER);
        assertThat(Schedule.onDemand().next(NOON, NOON)).isEqualTo(Schedule.NEVER);
    }

    @ParameterizedTest
    @CsvSource({
        "every 30s, every 30s",
        "15m, every 15m",
        "every PT6H, every 6h",
        "90m, every 90m",
        "2d, every 2d",
        "on demand, on demand",
        "0 2 * * *, 0 2 * * * Europe/Berlin",
        "0 2 * * * America/New_York, 0 2 * * * America/New_York"
    })
    void isReadFromWordsAndDescribedInWordsThatReadTheSame(String words, String described) {
        Schedule schedule = Schedule.parse(words, BERLIN);

        assertThat(schedule.describe()).isEqualTo(described);
        assertThat(Schedule.parse(schedule.describe(), ZoneId.of("UTC"))).isEqualTo(schedule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sometimes", "0 25 * * *", "* * *", "every 0s", "every Px", "61 * * * * *", ""})
    void nonsenseIsRefusedWithWhatWasExpected(String words) {
        assertThatThrownBy(() -> Schedule.parse(words, BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(no cron expression|no interval|at most once per second).*");
    }

    private static List<String> times(Schedule schedule, String from, int count) {
        List<String> times = new ArrayList<>();
        Instant now = Instant.parse(from);
        for (int i = 0; i < count; i++) {
            now = schedule.next(now, now);
            times.add(now.toString());
        }
        return times;
    }
}
