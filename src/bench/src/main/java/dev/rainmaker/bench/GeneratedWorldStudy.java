package dev.rainmaker.bench;

import dev.rainmaker.app.assignment.PartnerSnapshots;
import dev.rainmaker.app.assignment.PastDecisions;
import dev.rainmaker.app.calendar.PublicHolidays;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.assignment.AssignLead;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.assignment.Decision;
import dev.rainmaker.fact.RecordId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What strategies earn in the sandbox's generated worlds, on the real path: each world was read by a demo's pass, so leads and partners
 * are what the mappings made of them, and scores, conversions and margins are what the lifetime value learned from three years of
 * history. The truth comes from the sandbox as a file. Judged by true expected margin, against round robin and against an
 * oracle that knows the truth and has the same pools and capacities.
 *
 * <p>Arguments: a folder of worlds, and Rainmaker's home. Made before by, for each number N:
 *
 * <pre>
 * ./rainmaker demo --once --seed N --partners 60 --leads 800 --state WORLDS/N
 * ./rainmaker sandbox truth WORLDS/N/sandbox/export WORLDS/N.csv
 * </pre>
 */
public final class GeneratedWorldStudy {

    private static final String ROUND_ROBIN = "round robin";
    private static final String ORACLE = "oracle";

    private GeneratedWorldStudy() {}

    /** @param margin true expected margin by lead and partner, and who is new */
    private record Truth(Map<String, Map<String, Double>> margin, Set<String> newcomers) {

        static Truth read(Path file) throws IOException {
            Map<String, Map<String, Double>> margin = new HashMap<>();
            Set<String> newcomers = new HashSet<>();
            try (Stream<String> lines = Files.lines(file)) {
                lines.skip(1).map(line -> line.split(",", -1)).forEach(cells -> {
                    margin.computeIfAbsent(cells[0], lead -> new HashMap<>())
                            .put(cells[1], Double.parseDouble(cells[4]));
                    if (cells[2].equals("new")) {
                        newcomers.add(cells[1]);
                    }
                });
            }
            return new Truth(margin, newcomers);
        }

        double margin(RecordId lead, RecordId partner) {
            return margin.getOrDefault(lead.id(), Map.of()).getOrDefault(partner.id(), 0.0);
        }
    }

    /** @param earned true expected margin of all leads together */
    private record Earned(double earned, int assigned, int toNew) {}

    public static void main(String[] arguments) throws IOException {
        Path worlds = Path.of(arguments[0]);
        Path home = Path.of(arguments.length > 1 ? arguments[1] : ".");
        Map<String, List<Earned>> results = new LinkedHashMap<>();
        List<Path> tables;
        try (Stream<Path> files = Files.list(worlds)) {
            tables = files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
        int leads = 0;
        double partners = 0;
        for (Path table : tables) {
            Path state = worlds.resolve(table.getFileName().toString().replace(".csv", ""));
            Truth truth = Truth.read(table);
            try (Rainmaker rainmaker =
                    Rainmaker.open(RainmakerConfiguration.of(home), state, Clock.systemUTC(), Progress.SILENT)) {
                List<PastDecisions.Seen> seen = seen(rainmaker, truth);
                leads += seen.size();
                partners += (double) truth.newcomers().size()
                        / truth.margin().values().iterator().next().size();
                world(rainmaker, seen, truth)
                        .forEach((name, earned) -> results.computeIfAbsent(name, any -> new ArrayList<>())
                                .add(earned));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d worlds, %d leads; %.1f %% of partners are new%n",
                tables.size(),
                leads,
                100 * partners / tables.size());
        results.forEach((name, earned) -> print(name, earned, results.getOrDefault(ROUND_ROBIN, earned)));
    }

    private static Map<String, String> strategies() {
        Map<String, String> strategies = new LinkedHashMap<>();
        strategies.put(ROUND_ROBIN, "{ use: round-robin, rotation: all }");
        strategies.put("PLV-weighted, exponent 1", "{ use: plv-weighted, floor: 5, exponent: 1 }");
        strategies.put("PLV-weighted, exponent 4", "{ use: plv-weighted, floor: 5, exponent: 4 }");
        strategies.put("top PLV", "top-plv");
        strategies.put("expected value, greedy", "{ use: expected-value, explore: none }");
        strategies.put("expected value, a tenth explored", "{ use: expected-value, explore-share: 0.1 }");
        strategies.put("expected value, all explored", "{ use: expected-value, explore-share: 1 }");
        return strategies;
    }

    /** What each decision about a lead of known truth saw, in the order of the decisions; the first of each lead. */
    private static List<PastDecisions.Seen> seen(Rainmaker rainmaker, Truth truth) {
        List<PastDecisions.Seen> seen = new ArrayList<>();
        rainmaker
                .decisions()
                .rounds(null, null, Integer.MAX_VALUE)
                .forEach((round, ids) -> rainmaker.pastDecisions().ofRound(round, ids, each -> {
                    if (each.stored().version() == 1
                            && truth.margin().containsKey(each.stored().lead().id())) {
                        seen.add(each);
                    }
                }));
        return seen;
    }

    private static Map<String, Earned> world(Rainmaker rainmaker, List<PastDecisions.Seen> seen, Truth truth) {
        PartnerSnapshots snapshots = new PartnerSnapshots(
                rainmaker.ledger(),
                new FactLedger(rainmaker.ledger()),
                new ScoreLedger(rainmaker.ledger()),
                new PublicHolidays());
        long sequence = rainmaker.ledger().sequence();
        Map<String, Earned> earned = new LinkedHashMap<>();
        strategies()
                .forEach((name, strategy) ->
                        earned.put(name, decided(snapshots.asOf(policy(name, strategy), sequence), seen, truth)));
        String alike = "{ use: plv-weighted, floor: 100, exponent: 1 }";
        earned.put(ORACLE, oracle(snapshots.asOf(policy(ORACLE, alike), sequence), seen, truth));
        return earned;
    }

    private static AssignmentPolicy policy(String name, String strategy) {
        return Policies.assignment(name, "rules:\n  - { rule: all, strategy: " + strategy + " }\n")
                .policy();
    }

    private static Earned decided(PartnerSnapshots.Snapshot snapshot, List<PastDecisions.Seen> seen, Truth truth) {
        Counters counters = Counters.NONE;
        double sum = 0;
        int assigned = 0;
        int toNew = 0;
        for (PastDecisions.Seen each : seen) {
            PartnerSnapshots.View view = snapshot.of(each.stored().lead().connection());
            Decision decision = AssignLead.decide(
                    view.policy(),
                    each.lead(),
                    view.candidates(),
                    counters,
                    each.stored().decidedAt());
            counters = counters.after(decision, each.stored().decidedAt());
            if (decision instanceof Decision.Assigned to) {
                sum += truth.margin(each.stored().lead(), to.partner());
                assigned++;
                toNew += truth.newcomers().contains(to.partner().id()) ? 1 : 0;
            }
        }
        return new Earned(sum, assigned, toNew);
    }

    /** The truly best of those that are eligible and have room, lead by lead. */
    private static Earned oracle(PartnerSnapshots.Snapshot snapshot, List<PastDecisions.Seen> seen, Truth truth) {
        Counters counters = Counters.NONE;
        double sum = 0;
        int assigned = 0;
        int toNew = 0;
        for (PastDecisions.Seen each : seen) {
            RecordId lead = each.stored().lead();
            PartnerSnapshots.View view = snapshot.of(lead.connection());
            Set<RecordId> eligible = AssignLead.chances(
                            view.policy(),
                            each.lead(),
                            view.candidates(),
                            counters,
                            each.stored().decidedAt())
                    .of()
                    .keySet();
            RecordId best = null;
            for (RecordId partner : eligible) {
                best = best == null || truth.margin(lead, partner) > truth.margin(lead, best) ? partner : best;
            }
            if (best != null) {
                counters = counters.after(best, null, each.stored().decidedAt());
                sum += truth.margin(lead, best);
                assigned++;
                toNew += truth.newcomers().contains(best.id()) ? 1 : 0;
            }
        }
        return new Earned(sum, assigned, toNew);
    }

    /** The ratio to round robin, world by world; its interval is 1.96 standard errors of the mean over worlds. */
    private static void print(String name, List<Earned> earned, List<Earned> base) {
        int n = earned.size();
        double mean = 0;
        double toNew = 0;
        for (int i = 0; i < n; i++) {
            mean += (earned.get(i).earned() / base.get(i).earned() - 1) / n;
            toNew += (double) earned.get(i).toNew() / Math.max(1, earned.get(i).assigned()) / n;
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += Math.pow(earned.get(i).earned() / base.get(i).earned() - 1 - mean, 2);
        }
        double half = 1.96 * Math.sqrt(squares / Math.max(1, n - 1) / n);
        System.out.printf(
                Locale.ROOT,
                "  %-34s %+6.1f %% (%+.1f to %+.1f)   new partners %4.1f %% of leads%n",
                name,
                100 * mean,
                100 * (mean - half),
                100 * (mean + half),
                100 * toNew);
    }
}
