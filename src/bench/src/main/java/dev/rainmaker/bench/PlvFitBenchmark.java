package dev.rainmaker.bench;

import dev.rainmaker.lifetimevalue.model.BgNbd;
import dev.rainmaker.lifetimevalue.model.DealFlowData;
import dev.rainmaker.lifetimevalue.model.DealFlowFit;
import dev.rainmaker.lifetimevalue.model.MbgNbd;
import dev.rainmaker.lifetimevalue.model.ParetoNbd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Maximum-likelihood fits, grouping included: CDNOW (2,357 buyers, skipped where the reference file is absent) and 100,000 simulated
 * partners, whose times are whole days as deals have them, or continuous, where no two partners share a time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PlvFitBenchmark {

    @Param({"cdnow", "days", "continuous"})
    public String data = "cdnow";

    private int[] x = new int[0];
    private double[] recency = new double[0];
    private double[] age = new double[0];

    @Setup
    public void read() throws IOException {
        if (data.equals("cdnow")) {
            Path file = Path.of(
                    System.getProperty("rainmaker.shared", "../shared"), "data/cdnow/cdnow_customers_summary.csv");
            List<String> lines = Files.readAllLines(file);
            allocate(lines.size() - 1);
            for (int i = 0; i < x.length; i++) {
                String[] cells = lines.get(i + 1).split(",", -1);
                x[i] = Integer.parseInt(cells[1]);
                recency[i] = Double.parseDouble(cells[2]);
                age[i] = Double.parseDouble(cells[3]);
            }
        } else {
            simulate(100_000, data.equals("days"));
        }
    }

    private void allocate(int n) {
        x = new int[n];
        recency = new double[n];
        age = new double[n];
    }

    private void simulate(int n, boolean wholeDays) {
        allocate(n);
        Random random = new Random(1);
        for (int i = 0; i < n; i++) {
            double weeks = 27 + 12 * random.nextDouble();
            double rate = 0.02 - 0.1 * Math.log(1 - random.nextDouble()) * random.nextDouble();
            double now = 0;
            double last = 0;
            while (true) {
                now -= Math.log(1 - random.nextDouble()) / rate;
                if (now > weeks) {
                    break;
                }
                x[i]++;
                last = now;
                if (random.nextDouble() < 0.2) {
                    break;
                }
            }
            recency[i] = wholeDays ? Math.floor(last * 7) / 7 : last;
            age[i] = wholeDays ? Math.floor(weeks * 7) / 7 : weeks;
        }
    }

    @Benchmark
    public DealFlowFit bgNbd() {
        return BgNbd.fit(DealFlowData.of(x, recency, age));
    }

    @Benchmark
    public DealFlowFit mbgNbd() {
        return MbgNbd.fit(DealFlowData.of(x, recency, age));
    }

    @Benchmark
    public DealFlowFit paretoNbd() {
        return ParetoNbd.fit(DealFlowData.of(x, recency, age));
    }
}
