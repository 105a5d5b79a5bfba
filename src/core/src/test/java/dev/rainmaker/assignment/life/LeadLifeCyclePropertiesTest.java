package dev.rainmaker.assignment.life;

import static dev.rainmaker.assignment.A.NOW;
import static dev.rainmaker.assignment.A.aLead;
import static dev.rainmaker.assignment.A.aPartner;
import static dev.rainmaker.assignment.A.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.assignment.A;
import dev.rainmaker.assignment.AssignLead;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.assignment.Deadline;
import dev.rainmaker.assignment.Decision;
import dev.rainmaker.assignment.LeadFacts;
import dev.rainmaker.assignment.LifeRules;
import dev.rainmaker.assignment.Pool;
import dev.rainmaker.assignment.Strategy;
import dev.rainmaker.fact.RecordId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LeadLifeCyclePropertiesTest {

    private static final A.Market MARKET = A.market(aPartner("p0"), aPartner("p1"), aPartner("p2"), aPartner("p3"))
            .rules(
                    dev.rainmaker.assignment.Rule.of(
                                    "tank",
                                    A.when(
                                            "attempt is even",
                                            lead -> lead.facts().attempt() % 2 == 0),
                                    Pool.STANDARD,
                                    new Strategy.SharkTank(
                                            2, false, 0, dev.rainmaker.assignment.Window.DAY, Duration.ofHours(2)))
                            .deadline(new Deadline(Duration.ofHours(3), null, false)),
                    A.everyLead("rest", Pool.STANDARD, Strategy.PlvWeighted.PROPORTIONAL)
                            .deadline(new Deadline(Duration.ofHours(4), Duration.ofHours(1), false)));

    /** I2: whatever happens in whatever order, versions have no gap, and partners are charged exactly while they hold. */
    @Property(tries = 300)
    void anySequenceOfEventsKeepsOneHolderAndAnUnbrokenVersion(
            @ForAll("words") List<String> words, @ForAll LifeRules.Leaving leaving) {
        LifeRules rules = new LifeRules(4, leaving, false);
        LeadLife life = LeadLife.of(id("lead"));
        Map<RecordId, Integer> charged = new HashMap<>();
        Instant now = NOW;
        int step = 0;
        for (String word : words) {
            now = now.plus(Duration.ofMinutes(17L * (step++ % 7)));
            LeadEvent event = life.deciding() && !word.startsWith("hand") ? decide(life, now) : event(word, now);
            if (LeadLifeCycle.apply(life, event, rules, now) instanceof LifeStep.Moved moved) {
                assertThat(moved.life().version()).isEqualTo(life.version() + 1);
                moved.effects().forEach(effect -> count(charged, effect));
                assertThat(moved.life().declined()).containsAll(life.declined());
                life = moved.life();
            }
            charged.values().removeIf(n -> n == 0);
            boolean ended = life.state() instanceof LeadState.Ended;
            assertThat(charged)
                    .isEqualTo(life.state()
                            .holder()
                            .filter(h -> !ended)
                            .map(h -> Map.of(h, 1))
                            .orElse(Map.of()));
        }
    }

    private static void count(Map<RecordId, Integer> charged, LifeStep.Effect effect) {
        if (effect instanceof LifeStep.Effect.Charge charge) {
            charged.merge(charge.partner(), 1, Integer::sum);
        } else if (effect instanceof LifeStep.Effect.Release release) {
            charged.merge(release.partner(), -1, Integer::sum);
        }
    }

    private static LeadEvent decide(LeadLife life, Instant now) {
        LeadFacts facts = aLead("lead").attempt(life.attempt()).facts();
        LeadFacts asked = new LeadFacts(facts.lead(), 1, null, List.of(), life.declined(), life.attempt());
        Decision decision = AssignLead.decide(MARKET.compiled(), asked, MARKET.candidates(), Counters.NONE, now);
        if (decision instanceof Decision.Assigned assigned) {
            assertThat(life.declined()).doesNotContain(assigned.partner());
        } else if (decision instanceof Decision.Offered offered) {
            assertThat(life.declined()).doesNotContainAnyElementsOf(offered.partners());
        }
        return new LeadEvent.Decided(decision, life.attempt());
    }

    private static LeadEvent event(String word, Instant now) {
        RecordId partner = id("p" + word.charAt(word.length() - 1));
        return switch (word.substring(0, word.length() - 1)) {
            case "accept" -> new LeadEvent.Accepted(partner);
            case "decline" -> new LeadEvent.Declined(partner, "no");
            case "claim" -> new LeadEvent.Claimed(partner, now.plus(Duration.ofHours(2)));
            case "follow" -> new LeadEvent.FollowedUp(partner);
            case "hand" -> new LeadEvent.ChangedByHand(partner);
            case "handNobody" -> new LeadEvent.ChangedByHand(null);
            case "back" -> new LeadEvent.HandedBack();
            case "recycle" -> new LeadEvent.Recycled("later");
            case "leave" -> new LeadEvent.PartnerLeft(partner);
            case "close" -> new LeadEvent.Ended(LeadState.End.CLOSED);
            case "reopen" -> new LeadEvent.Reopened();
            default -> new LeadEvent.TimerFired();
        };
    }

    @Provide
    Arbitrary<List<String>> words() {
        Arbitrary<String> kinds = Arbitraries.of(
                "accept",
                "decline",
                "claim",
                "follow",
                "hand",
                "handNobody",
                "back",
                "recycle",
                "leave",
                "close",
                "reopen",
                "timer",
                "timer",
                "timer");
        Arbitrary<Integer> partners = Arbitraries.integers().between(0, 3);
        return net.jqwik.api.Combinators.combine(kinds, partners)
                .as((kind, partner) -> kind + partner)
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }
}
