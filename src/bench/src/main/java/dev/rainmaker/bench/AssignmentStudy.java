package dev.rainmaker.bench;

import dev.rainmaker.assignment.AssignLead;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Candidates;
import dev.rainmaker.assignment.CompiledPolicy;
import dev.rainmaker.assignment.Condition;
import dev.rainmaker.assignment.Conversion;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.assignment.Decision;
import dev.rainmaker.assignment.Holidays;
import dev.rainmaker.assignment.LeadFacts;
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
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What assignment by value earns in worlds where the partners' true strength is known: 20 partners, four of them new, 60
 * leads a month for a year, outcomes seen at the month's end. Prints, per strategy, expected margin over round robin with a
 * 95 % interval over worlds, how far the best possible (oracle: who truly earns most and has room) lies, and the leads that
 * new partners got. The worlds say nothing about real partners; they say what the strategies make of differences.
 *
 * <p>Argument: number of worlds per setting (default 200). Seeds are 1, 2, 3 ...
 */
public final class AssignmentStudy {

    private static final int PARTNERS = 20;
    private static final int NEW = 4;
    private static final int MONTHS = 12;
    private static final int LEADS = 60;
    private static final int KNOWN = 10;
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    private AssignmentStudy() {}

    /**
     * Where the partners' win rates come from and how many leads one can take.
     *
     * @param alpha of the Beta distribution of true win rates, which is the prior too
     */
    private record Setting(String name, double alpha, double beta, int capacity) {}

    private record World(double[] rate, double[] margin, double[][] value, long seed) {}

    /** @param earned true expected margin of what was chosen */
    private record Year(double earned, double toNew) {}

    public static void main(String[] arguments) {
        int worlds = arguments.length == 0 ? 200 : Integer.parseInt(arguments[0]);
        for (Setting setting : List.of(
                new Setting("win rates Beta(2, 2), 10 leads a month each", 2, 2, 10),
                new Setting("win rates Beta(2, 2), 4 leads a month each", 2, 2, 4),
                new Setting("win rates Beta(2, 18), 10 leads a month each", 2, 18, 10),
                new Setting("alike: win rates Beta(1935, 1128), 10 leads a month each", 1935, 1128, 10))) {
            study(setting, worlds);
        }
    }

    private static Map<String, Strategy> strategies() {
        Map<String, Strategy> strategies = new LinkedHashMap<>();
        strategies.put("round robin", new Strategy.RoundRobin("all"));
        strategies.put("PLV-weighted, exponent 1", new Strategy.PlvWeighted(new BigDecimal(5), BigDecimal.ONE));
        strategies.put("PLV-weighted, exponent 4", new Strategy.PlvWeighted(new BigDecimal(5), new BigDecimal(4)));
        strategies.put("top PLV", new Strategy.TopPlv());
        strategies.put("expected value, greedy", Strategy.ExpectedValue.GREEDY);
        strategies.put("expected value, a tenth explored", Strategy.ExpectedValue.EXPLORING);
        return strategies;
    }

    private static void study(Setting setting, int worlds) {
        System.out.println(setting.name() + ", " + worlds + " worlds");
        double[] base = new double[worlds];
        strategies().forEach((name, strategy) -> {
            double[] earned = new double[worlds];
            double toNew = 0;
            for (int i = 0; i < worlds; i++) {
                Year year = year(world(setting, i + 1), setting, strategy);
                earned[i] = year.earned();
                base[i] = strategy instanceof Strategy.RoundRobin ? year.earned() : base[i];
                toNew += year.toNew() / worlds;
            }
            print(name, earned, base, toNew);
        });
        double[] oracle = new double[worlds];
        double toNew = 0;
        for (int i = 0; i < worlds; i++) {
            Year year = oracle(world(setting, i + 1), setting);
            oracle[i] = year.earned();
            toNew += year.toNew() / worlds;
        }
        print("oracle", oracle, base, toNew);
    }

    /** The ratio to round robin, world by world; its interval is 1.96 standard errors of the mean over worlds. */
    private static void print(String name, double[] earned, double[] base, double toNew) {
        int n = earned.length;
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += (earned[i] / base[i] - 1) / n;
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += Math.pow(earned[i] / base[i] - 1 - mean, 2);
        }
        double half = 1.96 * Math.sqrt(squares / (n - 1) / n);
        System.out.printf(
                Locale.ROOT,
                "  %-34s %+6.1f %% (%+.1f to %+.1f)   new partners %4.1f %% of leads%n",
                name,
                100 * mean,
                100 * (mean - half),
                100 * (mean + half),
                100 * toNew);
    }

    private static World world(Setting setting, long seed) {
        Random random = new Random(seed);
        double[] rate = new double[PARTNERS];
        double[] margin = new double[PARTNERS];
        for (int p = 0; p < PARTNERS; p++) {
            rate[p] = beta(setting.alpha(), setting.beta(), random);
            margin[p] = .15 + .2 * random.nextDouble();
        }
        double[][] value = new double[MONTHS][LEADS];
        for (double[] month : value) {
            for (int i = 0; i < LEADS; i++) {
                month[i] = Math.rint(20_000 * Math.exp(random.nextGaussian() * .8));
            }
        }
        return new World(rate, margin, value, seed);
    }

    private static Year year(World world, Setting setting, Strategy strategy) {
        Random outcomes = new Random(world.seed() * 31 + 7);
        double[] won = new double[PARTNERS];
        double[] lost = new double[PARTNERS];
        for (int p = NEW; p < PARTNERS; p++) {
            for (int i = 0; i < KNOWN; i++) {
                boolean win = outcomes.nextDouble() < world.rate()[p];
                won[p] += win ? 1 : 0;
                lost[p] += win ? 0 : 1;
            }
        }
        PartnerIndex index = PartnerIndex.of(partners(setting));
        AssignmentPolicy policy = AssignmentPolicy.of(
                "study " + world.seed(), List.of(Rule.of("all", Condition.always(), Pool.EVERYBODY, strategy)));
        CompiledPolicy compiled = CompiledPolicy.of(policy, index, Holidays.NONE);
        Counters counters = Counters.NONE;
        double earned = 0;
        int toNew = 0;
        for (int month = 0; month < MONTHS; month++) {
            Candidates candidates = Candidates.of(month, index, standings(index, world, setting, won, lost));
            counters = new Counters(Map.of(), counters.rotations());
            double[] wins = new double[PARTNERS];
            double[] losses = new double[PARTNERS];
            for (int i = 0; i < LEADS; i++) {
                Instant now = START.plus(Duration.ofDays(30L * month)).plusSeconds(600L * i);
                LeadFacts lead = lead(month * LEADS + i, world.value()[month][i], now);
                Decision decision = AssignLead.decide(compiled, lead, candidates, counters, now);
                counters = counters.after(decision, now);
                double draw = outcomes.nextDouble();
                if (decision instanceof Decision.Assigned to) {
                    int p = Integer.parseInt(to.partner().id());
                    earned += world.rate()[p] * world.margin()[p] * world.value()[month][i];
                    toNew += p < NEW ? 1 : 0;
                    wins[p] += draw < world.rate()[p] ? 1 : 0;
                    losses[p] += draw < world.rate()[p] ? 0 : 1;
                }
            }
            for (int p = 0; p < PARTNERS; p++) {
                won[p] += wins[p];
                lost[p] += losses[p];
            }
        }
        return new Year(earned, (double) toNew / (MONTHS * LEADS));
    }

    private static Year oracle(World world, Setting setting) {
        double earned = 0;
        int toNew = 0;
        for (double[] month : world.value()) {
            int[] given = new int[PARTNERS];
            for (double value : month) {
                int best = -1;
                for (int p = 0; p < PARTNERS; p++) {
                    if (given[p] < setting.capacity()
                            && (best < 0
                                    || world.rate()[p] * world.margin()[p]
                                            > world.rate()[best] * world.margin()[best])) {
                        best = p;
                    }
                }
                given[best]++;
                earned += world.rate()[best] * world.margin()[best] * value;
                toNew += best < NEW ? 1 : 0;
            }
        }
        return new Year(earned, (double) toNew / (MONTHS * LEADS));
    }

    /** The score is the shrunk win rate times the margin rate, 100 for the best that could be. */
    private static Map<RecordId, Standing> standings(
            PartnerIndex index, World world, Setting setting, double[] won, double[] lost) {
        Map<RecordId, Standing> standings = new HashMap<>();
        for (int i = 0; i < index.size(); i++) {
            RecordId id = index.partner(i).id();
            int p = Integer.parseInt(id.id());
            double a = setting.alpha() + won[p];
            double b = setting.beta() + lost[p];
            standings.put(
                    id,
                    new Standing(
                            rounded(100 * a / (a + b) * world.margin()[p] / .35, 2),
                            null,
                            new Conversion(rounded(a, 3), rounded(b, 3)),
                            Map.of(),
                            rounded(world.margin()[p], 6),
                            "study",
                            1));
        }
        return standings;
    }

    private static BigDecimal rounded(double value, int places) {
        return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_EVEN);
    }

    /** A draw from a Beta distribution; for large parameters the normal approximation, which is then close enough. */
    private static double beta(double alpha, double beta, Random random) {
        if (alpha + beta > 100) {
            double mean = alpha / (alpha + beta);
            return mean + random.nextGaussian() * Math.sqrt(mean * (1 - mean) / (alpha + beta + 1));
        }
        // Whole parameters: the alpha-th smallest of alpha + beta - 1 uniform draws (order statistics).
        double[] draws = random.doubles((long) (alpha + beta) - 1).sorted().toArray();
        return draws[(int) alpha - 1];
    }

    private static List<PartnerFacts> partners(Setting setting) {
        List<PartnerFacts> partners = new ArrayList<>();
        for (int p = 0; p < PARTNERS; p++) {
            Partner partner = new Partner(
                    new RecordId("crm", Integer.toString(p)),
                    "Partner " + p,
                    null,
                    null,
                    Set.of("DE"),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    true,
                    setting.capacity(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    true,
                    Map.of(),
                    START);
            partners.add(PartnerFacts.of(partner, p));
        }
        return partners;
    }

    private static LeadFacts lead(int number, double value, Instant now) {
        Lead lead = new Lead(
                new RecordId("crm", "lead " + number),
                "Example",
                null,
                null,
                null,
                "DE",
                null,
                null,
                null,
                null,
                Set.of(),
                null,
                null,
                Money.of(BigDecimal.valueOf(value).toPlainString(), "EUR"),
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
                now,
                now);
        return LeadFacts.of(lead, number);
    }
}
