package dev.rainmaker.bench;

import dev.rainmaker.assignment.AssignLead;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Candidates;
import dev.rainmaker.assignment.CapacitatedMatching;
import dev.rainmaker.assignment.CompiledPolicy;
import dev.rainmaker.assignment.Condition;
import dev.rainmaker.assignment.Conversion;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.assignment.Decision;
import dev.rainmaker.assignment.Holidays;
import dev.rainmaker.assignment.LeadFacts;
import dev.rainmaker.assignment.LeadView;
import dev.rainmaker.assignment.Load;
import dev.rainmaker.assignment.PartnerFacts;
import dev.rainmaker.assignment.PartnerIndex;
import dev.rainmaker.assignment.Pool;
import dev.rainmaker.assignment.Rule;
import dev.rainmaker.assignment.Standing;
import dev.rainmaker.assignment.Strategy;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.partner.Partner;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * How long decisions take: one decision with its receipt as JSON over 10,000 partners and 100 rules, compiling a policy
 * over them, and 5,000 leads x 500 partners jointly. Prints medians and tails of CPU time; conditions are compiled Java, the
 * expression language of the application is not measured here.
 */
public final class AssignmentSpeed {

    private static final int PARTNERS = 10_000;
    private static final int RULES = 100;
    private static final Instant NOW = Instant.parse("2026-03-04T10:00:00Z");

    private AssignmentSpeed() {}

    public static void main(String[] arguments) {
        Random random = new Random(7);
        PartnerIndex index = PartnerIndex.of(partners(random));
        Candidates candidates = Candidates.of(1, index, standings(index, random));
        Counters counters = new Counters(loads(index, random), Map.of());
        Strategy weighted = Strategy.PlvWeighted.PROPORTIONAL;
        decisions("typical pool, PLV-weighted", index, candidates, counters, Pool.STANDARD, weighted);
        decisions("all 10,000 eligible, PLV-weighted", index, candidates, counters, Pool.EVERYBODY, weighted);
        decisions(
                "typical pool, expected value with Thompson sampling",
                index,
                candidates,
                counters,
                Pool.STANDARD,
                Strategy.ExpectedValue.EXPLORING);
        compile(index);
        jointly(random);
    }

    private static void decisions(
            String what, PartnerIndex index, Candidates candidates, Counters counters, Pool pool, Strategy strategy) {
        CompiledPolicy compiled = CompiledPolicy.of(policy(pool, strategy), index, Holidays.NONE);
        Random random = new Random(11);
        long[] nanos = new long[4_000];
        int assigned = 0;
        for (int i = -2_000; i < nanos.length; i++) {
            LeadFacts lead = lead(i, random);
            long from = clock();
            Decision decision = AssignLead.decide(compiled, lead, candidates, counters, NOW);
            int length = decision.receipt().json().length();
            long took = clock() - from;
            if (i >= 0) {
                nanos[i] = took;
                assigned += decision instanceof Decision.Assigned && length > 0 ? 1 : 0;
            }
        }
        print(what + " (" + assigned + " of " + nanos.length + " assigned)", nanos);
    }

    private static void compile(PartnerIndex index) {
        long[] nanos = new long[60];
        for (int i = -20; i < nanos.length; i++) {
            long from = clock();
            CompiledPolicy.of(policy(Pool.STANDARD, new Strategy.TopPlv()), index, Holidays.NONE);
            if (i >= 0) {
                nanos[i] = clock() - from;
            }
        }
        print("compile 100 rules over 10,000 partners", nanos);
    }

    private static void jointly(Random random) {
        for (String tightness : List.of("tight", "loose")) {
            long[] nanos = new long[9];
            for (int run = -2; run < nanos.length; run++) {
                long[][] utility = new long[5_000][500];
                for (long[] row : utility) {
                    for (int p = 0; p < row.length; p++) {
                        row[p] = random.nextInt(10) < 3 ? CapacitatedMatching.NEVER : random.nextInt(1_000_000_000);
                    }
                }
                int[] capacity = new int[500];
                Arrays.fill(capacity, tightness.equals("tight") ? 10 : 20);
                long from = clock();
                CapacitatedMatching.solve(utility, capacity, new int[500]);
                if (run >= 0) {
                    nanos[run] = clock() - from;
                }
            }
            print("5,000 leads x 500 partners jointly, " + tightness + " capacities", nanos);
        }
    }

    /** Time of this thread on a core: what others do on the machine is no part of it. */
    private static long clock() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-75s p50 %9.3f ms  p99 %9.3f ms  max %9.3f ms%n",
                what,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6);
    }

    /** 95 rules that do not apply, four that apply and find nobody, one that decides. */
    private static AssignmentPolicy policy(Pool pool, Strategy strategy) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < RULES - 5; i++) {
            String product = "product " + (i + 100);
            rules.add(Rule.of(
                    "rule " + i,
                    condition(
                            "\"" + product + "\" in products",
                            lead -> lead.lead().products().contains(product)),
                    Pool.STANDARD,
                    strategy));
        }
        for (int i = 0; i < 4; i++) {
            rules.add(Rule.of("claim " + i, Condition.always(), Pool.STANDARD, Strategy.NamedAccount.ANY_CLAIM));
        }
        rules.add(Rule.of("rest", Condition.always(), pool, strategy));
        return AssignmentPolicy.of("bench", rules);
    }

    private static Condition condition(String text, java.util.function.Predicate<LeadView> test) {
        return new Condition() {
            @Override
            public boolean test(LeadView lead) {
                return test.test(lead);
            }

            @Override
            public String text() {
                return text;
            }
        };
    }

    private static List<PartnerFacts> partners(Random random) {
        List<PartnerFacts> partners = new ArrayList<>();
        for (int i = 0; i < PARTNERS; i++) {
            Set<String> products = Set.of("product " + random.nextInt(6), "product " + (6 + random.nextInt(6)));
            Partner partner = new Partner(
                    new RecordId("crm", String.format(Locale.ROOT, "001%015d", i)),
                    "Partner " + i,
                    "tier " + random.nextInt(4),
                    null,
                    Set.of("C" + random.nextInt(10), "D" + random.nextInt(10)),
                    Set.of(),
                    Set.of("industry " + random.nextInt(8)),
                    products,
                    Set.of("l" + random.nextInt(5)),
                    random.nextInt(20) > 0,
                    20,
                    "Europe/Berlin",
                    null,
                    null,
                    null,
                    null,
                    true,
                    Map.of(),
                    NOW);
            partners.add(PartnerFacts.of(partner, i));
        }
        return partners;
    }

    private static Map<RecordId, Standing> standings(PartnerIndex index, Random random) {
        Map<RecordId, Standing> standings = new HashMap<>();
        for (int i = 0; i < index.size(); i++) {
            Conversion conversion = Conversion.of("" + (1 + random.nextInt(30)), "" + (1 + random.nextInt(60)));
            standings.put(
                    index.partner(i).id(),
                    new Standing(
                            BigDecimal.valueOf(random.nextInt(10_001), 2),
                            null,
                            conversion,
                            Map.of(),
                            BigDecimal.ONE,
                            "bench",
                            i));
        }
        return standings;
    }

    private static Map<RecordId, Load> loads(PartnerIndex index, Random random) {
        Map<RecordId, Load> loads = new HashMap<>();
        for (int i = 0; i < index.size(); i++) {
            loads.put(index.partner(i).id(), Load.open(random.nextInt(22)));
        }
        return loads;
    }

    private static LeadFacts lead(int number, Random random) {
        String country = (random.nextBoolean() ? "C" : "D") + random.nextInt(10);
        Lead lead = new Lead(
                new RecordId("crm", "lead " + number),
                "Example",
                null,
                null,
                null,
                country,
                null,
                "industry 1",
                null,
                null,
                Set.of("product " + random.nextInt(12)),
                null,
                null,
                Money.of("" + (1 + random.nextInt(100_000)), "EUR"),
                null,
                "Open",
                true,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                Map.of(),
                NOW,
                NOW);
        return LeadFacts.of(lead, number);
    }
}
