package dev.rainmaker.bench;

import dev.rainmaker.lifetimevalue.Deal;
import dev.rainmaker.lifetimevalue.DealHistory;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.model.BgNbd;
import dev.rainmaker.lifetimevalue.model.DealFlowData;
import dev.rainmaker.lifetimevalue.model.MbgNbd;
import dev.rainmaker.lifetimevalue.model.ParetoNbd;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * CPU time of one thread for the fits of the deal-flow models, grouping included, and for one event: figures that other load on the
 * machine moves less than time on the clock. Prints median and least of the rounds after warming up.
 *
 * <p>The CDNOW lines need {@code -Drainmaker.shared=FOLDER} and are skipped without it.
 */
public final class PlvSpeed {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final LocalDate AS_OF = LocalDate.of(2024, 6, 30);
    private static double kept;

    private PlvSpeed() {}

    public static void main(String[] arguments) throws IOException {
        Path cdnow =
                Path.of(System.getProperty("rainmaker.shared", "../shared"), "data/cdnow/cdnow_customers_summary.csv");
        if (Files.exists(cdnow)) {
            Partners buyers = read(cdnow);
            fits("CDNOW, 2,357 buyers", buyers, 60, 40);
        } else {
            System.out.println("CDNOW is not here: skipped");
        }
        fits("100,000 partners, whole days", simulate(100_000, true, false), 2, 3);
        fits("100,000 partners, continuous times", simulate(100_000, false, false), 1, 3);
        fits("100,000 partners that no model fits", simulate(100_000, true, true), 0, 1);
        for (int deals : new int[] {20, 1_000, 100_000}) {
            event(deals);
        }
        System.out.println("(" + (kept == 0 ? "" : "checked") + ")");
    }

    private record Partners(int[] x, double[] recency, double[] age) {}

    private static void fits(String what, Partners partners, int warm, int rounds) {
        time(
                what + ", BG/NBD",
                warm,
                rounds,
                1e6,
                "ms",
                () -> BgNbd.fit(grouped(partners)).logLikelihood());
        time(
                what + ", MBG/NBD",
                warm,
                rounds,
                1e6,
                "ms",
                () -> MbgNbd.fit(grouped(partners)).logLikelihood());
        time(
                what + ", Pareto/NBD",
                warm,
                rounds,
                1e6,
                "ms",
                () -> ParetoNbd.fit(grouped(partners)).logLikelihood());
    }

    private static DealFlowData grouped(Partners partners) {
        return DealFlowData.of(partners.x, partners.recency, partners.age);
    }

    private static void event(int deals) {
        PlvPolicy policy = PlvPolicy.standard();
        int today = (int) AS_OF.toEpochDay();
        List<PartnerHistory> partners = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            List<Deal> own = new ArrayList<>();
            for (int d = 0; d < 3 + i % 30; d++) {
                own.add(Deal.of(today - random.nextInt(900), 100 + random.nextInt(1_000), null));
            }
            partners.add(PartnerHistory.empty("p" + i).withDeals(DealHistory.refold(own)));
        }
        Plv.Fitted fitted = Plv.fit(partners, policy, AS_OF, "bench");
        DealHistory history = DealHistory.EMPTY;
        for (int d = 0; d < deals; d++) {
            history = history.with(Deal.of(today - (int) (900L * d / deals), 100, null), d % 3 == 0);
        }
        PartnerHistory partner = PartnerHistory.empty("p").withDeals(history);
        int batch = 1_000;
        time("one deal folded into a history of " + deals + " deals", 30, 30, 1e3 * batch, "us", () -> {
            double sum = 0;
            for (int i = 0; i < batch; i++) {
                sum += partner.withDeal(Deal.of(today, i, null), false)
                        .deals()
                        .revenue()
                        .high();
            }
            return sum;
        });
        time("the same, and the partner valued and scored", 30, 30, 1e3 * batch, "us", () -> {
            double sum = 0;
            for (int i = 0; i < batch; i++) {
                PartnerHistory changed = partner.withDeal(Deal.of(today, i, null), false);
                sum += Plv.score(changed, fitted.model(), fitted.reference(), policy, AS_OF)
                        .value()
                        .expected();
            }
            return sum;
        });
    }

    private static void time(
            String what, int warm, int rounds, double unit, String name, java.util.function.DoubleSupplier work) {
        double[] took = new double[rounds];
        for (int i = -warm; i < rounds; i++) {
            long before = THREADS.getCurrentThreadCpuTime();
            kept += work.getAsDouble();
            long after = THREADS.getCurrentThreadCpuTime();
            if (i >= 0) {
                took[i] = (after - before) / unit;
            }
        }
        Arrays.sort(took);
        System.out.printf(
                Locale.ROOT, "%-62s median %8.2f %s, least %8.2f %s%n", what, took[rounds / 2], name, took[0], name);
    }

    private static Partners read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int n = lines.size() - 1;
        Partners result = new Partners(new int[n], new double[n], new double[n]);
        for (int i = 0; i < n; i++) {
            String[] cells = lines.get(i + 1).split(",", -1);
            result.x[i] = Integer.parseInt(cells[1]);
            result.recency[i] = Double.parseDouble(cells[2]);
            result.age[i] = Double.parseDouble(cells[3]);
        }
        return result;
    }

    /** Pareto/NBD partners; or, to see what a fit costs that must fail, partners who all leave with the same probability. */
    private static Partners simulate(int n, boolean wholeDays, boolean failing) {
        Partners result = new Partners(new int[n], new double[n], new double[n]);
        Random random = new Random(1);
        for (int i = 0; i < n; i++) {
            double weeks = 27 + 12 * random.nextDouble();
            double rate = ForecastWorld.gamma(random, failing ? 1.5 : .55) / 10.6;
            double end = failing ? weeks : Math.min(weeks, exponential(random, ForecastWorld.gamma(random, .6) / 11.7));
            double last = 0;
            for (double now = exponential(random, rate); now <= end; now += exponential(random, rate)) {
                result.x[i]++;
                last = now;
                if (failing && random.nextDouble() < 0.2) {
                    break;
                }
            }
            result.recency[i] = wholeDays ? Math.floor(last * 7) / 7 : last;
            result.age[i] = wholeDays ? Math.floor(weeks * 7) / 7 : weeks;
        }
        return result;
    }

    private static double exponential(Random random, double rate) {
        return -Math.log(1 - random.nextDouble()) / rate;
    }
}
