package dev.rainmaker.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.rainmaker.lifetimevalue.BulkScoring;
import dev.rainmaker.lifetimevalue.Deal;
import dev.rainmaker.lifetimevalue.DealHistory;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Whole process: deals of many partners in arrays, in random order, folded, valued and scored with parameters fitted before. Prints
 * CPU seconds of the fold and score alone and the process's largest resident set.
 *
 * <p>Arguments: partners (1,000,000) and deals (20,000,000).
 */
public final class PlvBulkBenchmark {

    private static final LocalDate AS_OF = LocalDate.of(2024, 6, 30);

    private PlvBulkBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int partners = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int deals = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000_000;
        PlvPolicy policy = PlvPolicy.standard();
        Plv.Fitted fitted = Plv.fit(sample(), policy, AS_OF, "bench");
        int[] partner = new int[deals];
        int[] day = new int[deals];
        double[] amount = new double[deals];
        fill(partners, partner, day, amount);
        long before = cpu();
        BulkScoring.Columns result = BulkScoring.score(partners, partner, day, amount, fitted, policy, AS_OF);
        double seconds = (cpu() - before) / 1e9;
        long sum = 0;
        for (int score : result.score()) {
            sum += score;
        }
        System.out.printf(
                Locale.ROOT,
                "%d deals of %d partners, method %s: %.2f CPU-s, peak %s, mean score %.2f%n",
                deals,
                partners,
                fitted.model().method(),
                seconds,
                peak(),
                sum / 100.0 / partners);
    }

    private static void fill(int partners, int[] partner, int[] day, double[] amount) {
        SplittableRandom random = new SplittableRandom(1);
        int last = (int) AS_OF.toEpochDay();
        for (int i = 0; i < partner.length; i++) {
            partner[i] = random.nextInt(partners);
            day[i] = last - random.nextInt(1_000);
            amount[i] = 100 + random.nextInt(100_000) / 100.0;
        }
    }

    /** Two thousand partners to fit the parameters to. */
    private static List<PartnerHistory> sample() {
        SplittableRandom random = new SplittableRandom(2);
        int last = (int) AS_OF.toEpochDay();
        List<PartnerHistory> result = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            double rate = 0.002 + 0.04 * random.nextDouble() * random.nextDouble();
            int end = last - (random.nextInt(3) == 0 ? random.nextInt(900) : 0);
            List<Deal> deals = new ArrayList<>();
            for (int day = last - random.nextInt(100, 1_000); day <= end; day++) {
                if (random.nextDouble() < rate) {
                    deals.add(Deal.of(day, 100 + random.nextInt(100_000) / 100.0, null));
                }
            }
            result.add(PartnerHistory.empty("p" + i).withDeals(DealHistory.refold(deals)));
        }
        return result;
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static String peak() throws Exception {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "unknown";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .map(line -> line.replaceAll("\\s+", " "))
                .orElse("unknown");
    }
}
