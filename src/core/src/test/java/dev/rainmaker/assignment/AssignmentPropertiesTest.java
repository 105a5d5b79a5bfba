package dev.rainmaker.assignment;

import static dev.rainmaker.assignment.A.aLead;
import static dev.rainmaker.assignment.A.aPartner;
import static dev.rainmaker.assignment.A.market;
import static dev.rainmaker.assignment.A.winner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.partner.Partner;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What must hold for every market. Markets are drawn from a seed that jqwik prints. */
class AssignmentPropertiesTest {

    private static final List<String> COUNTRIES = List.of("DE", "FR", "US");
    private static final List<String> PRODUCTS = List.of("Firewall", "Router");
    private static final List<String> TIERS = List.of("gold", "silver");

    private static A.PartnerBuilder aRandomPartner(String word, Random random) {
        A.PartnerBuilder partner = aPartner(word)
                .in(pick(COUNTRIES, random), pick(COUNTRIES, random).equals("DE") ? "AT" : "CH")
                .sells(pick(PRODUCTS, random), random.nextBoolean() ? "Switch" : "Cable")
                .tier(pick(TIERS, random))
                .wins("" + (1 + random.nextInt(20)), "" + (1 + random.nextInt(20)))
                .maxOpen(random.nextInt(5));
        if (random.nextInt(8) == 0) {
            partner.inactive();
        }
        if (random.nextInt(8) == 0) {
            partner.ownedByAnInactiveUser();
        }
        return random.nextInt(5) == 0 ? partner : partner.score("" + random.nextInt(101));
    }

    private static List<A.PartnerBuilder> partners(Random random) {
        List<A.PartnerBuilder> partners = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            partners.add(aRandomPartner("p" + i, random));
        }
        return partners;
    }

    private static A.LeadBuilder aRandomLead(String word, Random random) {
        A.LeadBuilder lead = aLead(word).in(random.nextInt(10) == 0 ? null : pick(COUNTRIES, random));
        if (random.nextBoolean()) {
            lead.wants(pick(PRODUCTS, random));
        }
        if (random.nextInt(4) == 0) {
            lead.declinedBy("p" + random.nextInt(12));
        }
        if (random.nextInt(3) == 0) {
            lead.claimedBy("p" + random.nextInt(12), NamedClaim.Kind.CONTRACT);
        }
        return lead;
    }

    private static Strategy aStrategy(Random random) {
        List<Strategy> all = List.of(
                new Strategy.TopPlv(),
                Strategy.PlvWeighted.PROPORTIONAL,
                Strategy.ExpectedValue.EXPLORING,
                Strategy.ExpectedValue.GREEDY,
                new Strategy.RoundRobin("r"),
                new Strategy.WeightedRoundRobin("w", Map.of(A.id("p1"), 4)),
                new Strategy.Territory(),
                new Strategy.Tier(TIERS),
                Strategy.NamedAccount.ANY_CLAIM,
                new Strategy.WithFloor(Strategy.PlvWeighted.PROPORTIONAL, Window.DAY, 1, new BigDecimal("0.2")));
        return pick(all, random);
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    /** Eligibility said again in the plainest words, and capacity along a whole sequence of leads. */
    @Property(tries = 300)
    void neverAnIneligiblePartnerAndNeverOverCapacity(@ForAll long seed) {
        Random random = new Random(seed);
        List<A.PartnerBuilder> partners = partners(random);
        A.Market market = market(partners).rule(Pool.STANDARD, aStrategy(random));
        CompiledPolicy compiled = market.compiled();
        Counters counters = Counters.NONE;
        Map<String, Integer> open = new HashMap<>();
        for (int i = 0; i < 25; i++) {
            LeadFacts lead = aRandomLead("l" + i, random).facts();
            Decision decision = AssignLead.decide(compiled, lead, market.candidates(), counters, A.NOW);
            counters = counters.after(decision, A.NOW);
            if (decision instanceof Decision.Assigned assigned) {
                Partner partner = market.candidates()
                        .index()
                        .partner(market.candidates()
                                .index()
                                .ordinal(assigned.partner())
                                .orElseThrow())
                        .partner();
                assertThat(partner.active() && partner.ownerActive()).isTrue();
                assertThat(partner.countries()).contains(lead.lead().country());
                assertThat(partner.products()).containsAll(lead.lead().products());
                assertThat(lead.declined()).doesNotContain(partner.id());
                assertThat(open.merge(partner.id().id(), 1, Integer::sum)).isLessThanOrEqualTo(partner.maxOpenLeads());
                assertThat(decision.receipt().propensity().orElseThrow()).isPositive();
            } else {
                assertThat(((Decision.Unassigned) decision).reason()).isNotBlank();
            }
        }
    }

    /** Input order never matters, and equal inputs give equal bytes. */
    @Property(tries = 150)
    void sameFactsInAnyOrderGiveTheSameBytes(@ForAll long seed) {
        Random random = new Random(seed);
        List<A.PartnerBuilder> partners = partners(random);
        Strategy strategy = aStrategy(random);
        A.LeadBuilder lead = aRandomLead("l", random);
        String bytes = market(partners)
                .rule(Pool.STANDARD, strategy)
                .decide(lead)
                .receipt()
                .json();
        Collections.shuffle(partners, random);
        assertThat(market(partners)
                        .rule(Pool.STANDARD, strategy)
                        .decide(lead)
                        .receipt()
                        .json())
                .isEqualTo(bytes);
    }

    @Property(tries = 200)
    void raisingAScoreNeverLowersTheChance(@ForAll long seed) {
        Random random = new Random(seed);
        List<A.PartnerBuilder> partners = partners(random);
        partners.add(aPartner("raised").in("DE").sells("Firewall", "Router"));
        int low = random.nextInt(10_000);
        int high = low + 1 + random.nextInt(10_000 - low);
        List<Strategy> plv = List.of(
                new Strategy.TopPlv(),
                Strategy.PlvWeighted.PROPORTIONAL,
                new Strategy.PlvWeighted(new BigDecimal("20"), new BigDecimal("2.5")),
                new Strategy.WithFloor(new Strategy.TopPlv(), Window.DAY, 1, new BigDecimal("0.3")),
                new Strategy.ExpectedValue(Exploration.TENTH, BigDecimal.ONE));
        Strategy strategy = pick(plv, random);
        A.LeadBuilder lead = aLead("l").in("DE");
        BigDecimal before = chance(partners, strategy, lead, BigDecimal.valueOf(low, 2));
        BigDecimal after = chance(partners, strategy, lead, BigDecimal.valueOf(high, 2));
        assertThat(after).isGreaterThanOrEqualTo(before);
    }

    private static BigDecimal chance(
            List<A.PartnerBuilder> partners, Strategy strategy, A.LeadBuilder lead, BigDecimal score) {
        partners.get(partners.size() - 1).score(score.toPlainString());
        return market(partners).rule(Pool.STANDARD, strategy).decide(lead).receipt().selection().best().stream()
                .filter(line -> line.partner().equals(A.id("raised")))
                .map(Receipt.CandidateLine::propensity)
                .findFirst()
                .orElseThrow();
    }

    @Property(tries = 200)
    void removingALoserNeverChangesTheWinner(@ForAll long seed) {
        Random random = new Random(seed);
        List<Strategy> strategies = List.of(
                Strategy.NamedAccount.ANY_CLAIM,
                new Strategy.Territory(),
                new Strategy.Tier(TIERS),
                new Strategy.TopPlv(),
                Strategy.ExpectedValue.GREEDY);
        List<A.PartnerBuilder> partners = partners(random);
        if (random.nextBoolean()) {
            // Alike in all that counts: ties must not depend on who else is there.
            partners.forEach(partner -> partner.score("50").wins("2", "3").in("DE", "FR", "US"));
        }
        Strategy strategy = pick(strategies, random);
        A.LeadBuilder lead = aRandomLead("l", random);
        String winner = winner(market(partners).rule(Pool.STANDARD, strategy).decide(lead));
        if (partners.removeIf(p -> !p.id.id().equals(winner) && random.nextInt(3) == 0)
                && partners.stream().anyMatch(p -> p.id.id().equals(winner))) {
            assertThat(winner(market(partners).rule(Pool.STANDARD, strategy).decide(lead)))
                    .isEqualTo(winner);
        }
    }

    /** Currency and amount are one factor for all: they change no winner and no propensity. */
    @Property(tries = 60)
    void unitOfMoneyDoesNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        A.Market market = market(partners(random)).rule(Pool.STANDARD, Strategy.ExpectedValue.EXPLORING);
        Function<String, Object> line = amount -> {
            Decision decision = market.decide(aLead("l").in("DE").worth(amount));
            return List.of(winner(decision), decision.receipt().propensity());
        };
        assertThat(line.apply("1024000")).isEqualTo(line.apply("1000"));
    }

    /** I16: at every prefix max - min <= 1, also when decisions are made and lost before they are stored (crash). */
    @Property(tries = 100)
    void roundRobinSpreadIsAtMostOneUnderCrashes(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 2 + random.nextInt(9);
        List<A.PartnerBuilder> partners = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            partners.add(aPartner("p" + i));
        }
        A.Market market = market(partners).rule(Pool.STANDARD, new Strategy.RoundRobin("r"));
        CompiledPolicy compiled = market.compiled();
        Counters stored = Counters.NONE;
        Map<String, Integer> served = new HashMap<>();
        partners.forEach(p -> served.put(p.id.id(), 0));
        for (int i = 0; i < 60; i++) {
            Decision decision = AssignLead.decide(compiled, aLead("l" + i).facts(), market.candidates(), stored, A.NOW);
            if (random.nextInt(3) == 0) {
                continue;
            }
            stored = stored.after(decision, A.NOW);
            served.merge(winner(decision), 1, Integer::sum);
            assertThat(Collections.max(served.values()) - Collections.min(served.values()))
                    .isLessThanOrEqualTo(1);
        }
    }

    @Property(tries = 100)
    void weightedRoundRobinIsNeverALeadAwayFromItsShare(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 2 + random.nextInt(9);
        List<A.PartnerBuilder> partners = new ArrayList<>();
        Map<dev.rainmaker.fact.RecordId, Integer> weights = new HashMap<>();
        int total = 0;
        for (int i = 0; i < count; i++) {
            partners.add(aPartner("p" + i));
            weights.put(A.id("p" + i), 1 + random.nextInt(20));
            total += weights.get(A.id("p" + i));
        }
        A.Market market = market(partners).rule(Pool.STANDARD, new Strategy.WeightedRoundRobin("w", weights));
        CompiledPolicy compiled = market.compiled();
        Counters stored = Counters.NONE;
        Map<String, Integer> served = new HashMap<>();
        for (int turn = 1; turn <= 150; turn++) {
            Decision decision =
                    AssignLead.decide(compiled, aLead("l" + turn).facts(), market.candidates(), stored, A.NOW);
            stored = stored.after(decision, A.NOW);
            served.merge(winner(decision), 1, Integer::sum);
            for (A.PartnerBuilder partner : partners) {
                double share = (double) turn * weights.get(partner.id) / total;
                assertThat(Math.abs(served.getOrDefault(partner.id.id(), 0) - share))
                        .isLessThan(1 + 1e-9);
            }
        }
    }

    /** Whatever rules there are, a lead ends assigned, offered or unassigned with a reason, and the receipt agrees. */
    @Property(tries = 150)
    void everyLeadEndsSomewhere(@ForAll long seed) {
        Random random = new Random(seed);
        List<Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            boolean applies = random.nextBoolean();
            Strategy strategy = random.nextInt(5) == 0 ? Strategy.SharkTank.OPEN : aStrategy(random);
            Rule rule = Rule.of("r" + i, A.when("drawn", lead -> applies), Pool.STANDARD, strategy);
            rules.add(random.nextBoolean() ? rule : rule.fallback(Fallback.STOP));
        }
        Decision decision =
                market(partners(random)).rules(rules.toArray(Rule[]::new)).decide(aRandomLead("l", random));
        Receipt.Outcome outcome = decision.receipt().outcome();
        if (decision instanceof Decision.Unassigned unassigned) {
            assertThat(outcome.reason()).isEqualTo(unassigned.reason()).isNotBlank();
        } else {
            assertThat(outcome.partners()).isNotEmpty();
        }
        assertThat(decision.receipt().rules()).hasSize(rules.size());
        assertThat(decision.receipt().shortText()).hasSizeLessThanOrEqualTo(255);
    }
}
