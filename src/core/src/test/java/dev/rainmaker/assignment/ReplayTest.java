package dev.rainmaker.assignment;

import static dev.rainmaker.assignment.A.aLead;
import static dev.rainmaker.assignment.A.aPartner;
import static dev.rainmaker.assignment.A.everyLead;
import static dev.rainmaker.assignment.A.market;
import static dev.rainmaker.assignment.A.when;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final Exploration FEW = new Exploration(Exploration.Kind.THOMPSON, new BigDecimal("0.2"), 5);

    /** A market in which every strategy decides some leads. Nothing in it is drawn by chance. */
    private static A.Market everything() {
        List<A.PartnerBuilder> partners = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            partners.add(aPartner("p" + i)
                    .in(i % 2 == 0 ? "DE" : "FR", i % 3 == 0 ? "US" : "AT")
                    .sells(i % 5 == 0 ? "Router" : "Firewall", "Switch")
                    .tier(i % 4 == 0 ? "gold" : "silver")
                    .zone(i % 2 == 0 ? "Europe/Berlin" : "America/New_York")
                    .wins("" + (1 + i % 7) + "." + i % 10, "" + (2 + i % 11) + ".25")
                    .score("" + (i * 37 % 100) + "." + (i * 7 % 100))
                    .maxOpen(50 + i));
        }
        return market(partners)
                .rules(
                        everyLead("named", Pool.EVERYBODY, Strategy.NamedAccount.ANY_CLAIM),
                        rule("value", 0, new Strategy.ExpectedValue(FEW, BigDecimal.ONE)),
                        rule(
                                "floor",
                                1,
                                new Strategy.WithFloor(new Strategy.TopPlv(), Window.DAY, 3, new BigDecimal("0.4"))),
                        rule("robin", 2, new Strategy.RoundRobin("r")),
                        rule("weights", 3, new Strategy.WeightedRoundRobin("w", Map.of(A.id("p2"), 7))),
                        rule("tier", 4, new Strategy.Tier(List.of("gold", "silver"))),
                        rule("tank", 5, new Strategy.SharkTank(5, true, 2, Window.DAY, null)),
                        everyLead(
                                "rest",
                                Pool.STANDARD,
                                new Strategy.PlvWeighted(new BigDecimal(5), new BigDecimal("1.7"))));
    }

    private static Rule rule(String name, int remainder, Strategy strategy) {
        Condition condition = when("number % 7 == " + remainder, lead -> number(lead) % 7 == remainder);
        return Rule.of(name, condition, Pool.STANDARD, strategy)
                .deadline(new Deadline(Duration.ofHours(6), Duration.ofHours(2), true));
    }

    private static int number(LeadView lead) {
        return Integer.parseInt(lead.lead().id().id());
    }

    private static A.LeadBuilder lead(int number) {
        A.LeadBuilder lead = aLead("" + number)
                .in(List.of("DE", "FR", "US", "JP").get(number % 4))
                .worth("" + (100 + number * 13 % 5000));
        if (number % 3 == 0) {
            lead.wants(number % 2 == 0 ? "Router" : "Firewall");
        }
        return number % 50 == 0 ? lead.claimedBy("p" + number % 60, NamedClaim.Kind.PROGRAMME) : lead;
    }

    private record Stored(LeadFacts lead, Counters counters, String receipt) {}

    @Test
    void tenThousandStoredDecisionsReplayToTheByte() {
        A.Market market = everything();
        CompiledPolicy compiled = market.compiled();
        Counters counters = Counters.NONE;
        List<Stored> stored = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            LeadFacts lead = lead(i).facts();
            Decision decision = AssignLead.decide(compiled, lead, market.candidates(), counters, A.NOW);
            stored.add(new Stored(lead, counters, decision.receipt().json()));
            counters = i % 700 == 0 ? Counters.NONE : counters.after(decision, A.NOW);
        }
        A.Market again = everything();
        CompiledPolicy recompiled = again.compiled();
        for (Stored each : stored) {
            Decision replayed = AssignLead.decide(recompiled, each.lead(), again.candidates(), each.counters(), A.NOW);
            assertThat(replayed.receipt().json()).isEqualTo(each.receipt());
        }
    }

    /**
     * The same bytes in every process and on every JDK. If this fails on purpose, the engine's version must rise with
     * {@link Receipt#ENGINE}: receipts of the old engine no longer replay to the byte.
     */
    @Test
    void bytesOfAThousandReceiptsAreThoseOfThisEngine() throws Exception {
        assertThat(digestOfAThousandReceipts())
                .isEqualTo("assignment/3 3ae5ed6de7f173312c71969b9edc94394eac67678a6dada1712e2958e0d84152");
    }

    static String digestOfAThousandReceipts() throws Exception {
        A.Market market = everything();
        CompiledPolicy compiled = market.compiled();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Counters counters = Counters.NONE;
        for (int i = 0; i < 1_000; i++) {
            Decision decision = AssignLead.decide(compiled, lead(i).facts(), market.candidates(), counters, A.NOW);
            counters = counters.after(decision, A.NOW);
            digest.update(decision.receipt().json().getBytes(StandardCharsets.UTF_8));
            digest.update(decision.receipt().text().getBytes(StandardCharsets.UTF_8));
        }
        return Receipt.ENGINE + " " + HexFormat.of().formatHex(digest.digest());
    }
}
