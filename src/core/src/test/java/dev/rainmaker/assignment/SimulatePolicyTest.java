package dev.rainmaker.assignment;

import static dev.rainmaker.assignment.A.aLead;
import static dev.rainmaker.assignment.A.aPartner;
import static dev.rainmaker.assignment.A.market;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatePolicyTest {

    private static List<SimulatePolicy.PastLead> hourly(int count, String actual) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SimulatePolicy.PastLead(
                        aLead("l" + (char) ('a' + i)).facts(), A.NOW.plus(Duration.ofHours(i)), A.id(actual)))
                .toList();
    }

    @Test
    void showsLoadPerPartnerAndWhatChanges() {
        var market =
                market(aPartner("a"), aPartner("b"), aPartner("c")).rule(Pool.STANDARD, new Strategy.RoundRobin("r"));
        var result = SimulatePolicy.run(market.compiled(), market.candidates(), hourly(6, "a"), Duration.ofDays(30));
        assertThat(result.load()).isEqualTo(Map.of(A.id("a"), 2, A.id("b"), 2, A.id("c"), 2));
        assertThat(result.loadBefore()).isEqualTo(Map.of(A.id("a"), 6));
        assertThat(result.changed()).isEqualTo(4);
        assertThat(result.gini()).isCloseTo(0, within(1e-12));
    }

    @Test
    void openLeadsCountForTheStatedTimeOnly() {
        var market = market(aPartner("a").maxOpen(2)).rule(Pool.STANDARD, new Strategy.TopPlv());
        var full = SimulatePolicy.run(market.compiled(), market.candidates(), hourly(6, "a"), Duration.ofDays(30));
        assertThat(full.assigned()).isEqualTo(2);
        assertThat(full.unassigned()).isEqualTo(Map.of("capacity-exhausted", 4));
        var quick = SimulatePolicy.run(market.compiled(), market.candidates(), hourly(6, "a"), Duration.ofHours(2));
        assertThat(quick.assigned()).isEqualTo(6);
    }

    @Test
    void capacityPerDayBeginsAnewAtMidnight() {
        var pool = Pool.STANDARD.capacity(new Capacity(null, Map.of(Window.DAY, 3), Duration.ZERO));
        var market = market(aPartner("a")).rule(pool, new Strategy.TopPlv());
        // From 10:00 on: three leads that day, then none until 00:00, then three again until 17:00.
        var result = SimulatePolicy.run(market.compiled(), market.candidates(), hourly(20, "a"), Duration.ofHours(1));
        assertThat(result.lines().stream().filter(line -> line.decision() instanceof Decision.Assigned))
                .extracting(line -> line.past().at().toString())
                .containsExactly(
                        "2026-03-04T10:00:00Z",
                        "2026-03-04T11:00:00Z",
                        "2026-03-04T12:00:00Z",
                        "2026-03-05T00:00:00Z",
                        "2026-03-05T01:00:00Z",
                        "2026-03-05T02:00:00Z");
    }
}
