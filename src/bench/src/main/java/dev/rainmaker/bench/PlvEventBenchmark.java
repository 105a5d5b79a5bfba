package dev.rainmaker.bench;

import dev.rainmaker.lifetimevalue.Deal;
import dev.rainmaker.lifetimevalue.DealHistory;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.PlvResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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

/** One deal folded into one partner's history, and the same with its new score, for partners of few and of many deals. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PlvEventBenchmark {

    private static final LocalDate AS_OF = LocalDate.of(2024, 6, 30);
    private static final int TODAY = (int) AS_OF.toEpochDay();

    @Param({"20", "1000", "100000"})
    public int deals = 20;

    private final PlvPolicy policy = PlvPolicy.standard();
    private PartnerHistory history = PartnerHistory.empty("p");
    private final Plv.Fitted fitted = fitted();

    private static Plv.Fitted fitted() {
        SplittableRandom random = new SplittableRandom(1);
        List<PartnerHistory> partners = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            List<Deal> own = new ArrayList<>();
            double rate = 0.03 * random.nextDouble();
            for (int day = TODAY - 600; day < TODAY - random.nextInt(200); day++) {
                if (random.nextDouble() < rate) {
                    own.add(Deal.of(day, 100 + random.nextInt(1_000), null));
                }
            }
            partners.add(PartnerHistory.empty("p" + i).withDeals(DealHistory.refold(own)));
        }
        return Plv.fit(partners, PlvPolicy.standard(), AS_OF, "bench");
    }

    @Setup
    public void fold() {
        SplittableRandom random = new SplittableRandom(3);
        List<Deal> own = new ArrayList<>();
        for (int i = 0; i < deals; i++) {
            own.add(Deal.of(TODAY - 1 - random.nextInt(1_500), 100 + random.nextInt(1_000), null));
        }
        history = PartnerHistory.empty("p").withDeals(DealHistory.refold(own));
    }

    @Benchmark
    public PartnerHistory foldOneDeal() {
        return history.withDeal(Deal.of(TODAY, 250, null), true);
    }

    @Benchmark
    public PlvResult foldOneDealAndScore() {
        return Plv.score(foldOneDeal(), fitted.model(), fitted.reference(), policy, AS_OF);
    }
}
