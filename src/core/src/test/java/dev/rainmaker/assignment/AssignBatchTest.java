package dev.rainmaker.assignment;

import static dev.rainmaker.assignment.A.aLead;
import static dev.rainmaker.assignment.A.aPartner;
import static dev.rainmaker.assignment.A.everyLead;
import static dev.rainmaker.assignment.A.market;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AssignBatchTest {

    private static List<String> winners(List<Decision> decisions) {
        return decisions.stream().map(A::winner).toList();
    }

    @Test
    void jointAssignmentBeatsGreedyUnderCapacity() {
        var market = market(
                        aPartner("a").wins("50", "50").maxOpen(1),
                        aPartner("b").wins("40", "60").maxOpen(1))
                .rule(Pool.STANDARD, Strategy.ExpectedValue.GREEDY);
        // Greedy gives a to the small lead that comes first; jointly a gets the large one.
        var leads = List.of(
                aLead("small").worth("100").facts(),
                aLead("large").worth("1000").facts());
        var compiled = market.compiled();
        assertThat(winners(AssignBatch.inSequence(compiled, leads, market.candidates(), Counters.NONE, A.NOW)))
                .containsExactly("a", "b");
        List<Decision> joint =
                AssignBatch.jointly(compiled, leads, market.candidates(), Counters.NONE, Map.of(), A.NOW);
        assertThat(winners(joint)).containsExactly("b", "a");
        assertThat(joint.get(1).receipt().selection().best().get(0).terms())
                .extracting(Term::name)
                .contains("expected-value", "price");
    }

    @Test
    void leadsBeyondEveryCapacityStayUnassignedWithTheirReason() {
        var market = market(aPartner("a").maxOpen(2)).rule(Pool.STANDARD, Strategy.ExpectedValue.GREEDY);
        var leads = IntStream.range(0, 4)
                .mapToObj(i -> aLead("l" + i).worth("" + (i + 1)).facts())
                .toList();
        assertThat(winners(AssignBatch.jointly(
                        market.compiled(), leads, market.candidates(), Counters.NONE, Map.of(), A.NOW)))
                .containsExactly("capacity-exhausted", "capacity-exhausted", "a", "a");
    }

    @Test
    void floorGivesAWeakPartnerItsLead() {
        var market = market(aPartner("a").wins("9", "1"), aPartner("b").wins("1", "9"))
                .rule(Pool.STANDARD, Strategy.ExpectedValue.GREEDY);
        var leads =
                List.of(aLead("l1").worth("10").facts(), aLead("l2").worth("90").facts());
        assertThat(winners(AssignBatch.jointly(
                        market.compiled(), leads, market.candidates(), Counters.NONE, Map.of(A.id("b"), 1), A.NOW)))
                .containsExactly("b", "a");
    }

    /** Metamorphic: strategies that treat leads apart or in turn give the same in a batch as one by one. */
    @Property(tries = 40)
    void batchEqualsOneByOneForSequenceStrategies(@ForAll long seed) {
        Random random = new Random(seed);
        List<A.PartnerBuilder> partners = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            partners.add(aPartner("p" + i)
                    .in(random.nextBoolean() ? "DE" : "FR", "AT")
                    .score("" + random.nextInt(100))
                    .maxOpen(3 + random.nextInt(4)));
        }
        List<Strategy> strategies = List.of(
                new Strategy.RoundRobin("r"),
                new Strategy.WeightedRoundRobin("w", Map.of(A.id("p1"), 3)),
                new Strategy.TopPlv(),
                Strategy.PlvWeighted.PROPORTIONAL,
                new Strategy.Territory(),
                new Strategy.WithFloor(new Strategy.TopPlv(), Window.DAY, 1, new BigDecimal("0.5")));
        var market = market(partners)
                .rules(everyLead("only", Pool.STANDARD, strategies.get(random.nextInt(strategies.size()))));
        List<A.LeadBuilder> leads = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            leads.add(aLead("l" + i).in(List.of("DE", "FR", "AT").get(random.nextInt(3))));
        }
        var facts = leads.stream().map(A.LeadBuilder::facts).toList();
        assertThat(winners(AssignBatch.jointly(
                        market.compiled(), facts, market.candidates(), Counters.NONE, Map.of(), A.NOW)))
                .isEqualTo(market.decideInTurn(leads));
    }
}
