package dev.rainmaker.bench;

import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.PlvLedger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.lifetimevalue.Models;
import dev.rainmaker.app.lifetimevalue.ScorePartners;
import dev.rainmaker.app.postgres.EmbeddedPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.opportunity.Opportunity;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One event through the ledger: a won deal is committed as a fact, and its partner's statistics, score, trend and write-back follow,
 * each in a durable transaction. Of a partner with few deals beside one with very many, in turns, so that both meet the same machine.
 *
 * <p>Arguments: deals of the large partner, events, other partners.
 */
public final class PlvLedgerEvents {

    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final LocalDate TODAY = LocalDate.parse("2026-06-01");
    private static final Instant NOW = TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC);
    private static final int DAYS = 1_000;
    private static final int FEW = 10;
    private static final int PAGE = 2_000;
    private static final int WARM = 1_500;

    private final FactLedger facts;
    private final ScorePartners scores;
    private int next;

    private PlvLedgerEvents(Ledger ledger) {
        facts = new FactLedger(ledger);
        PlvLedger versions = new PlvLedger(ledger);
        scores = new ScorePartners(
                ledger,
                facts,
                new ScoreLedger(ledger),
                versions,
                new Models(versions),
                new OutboxLedger(ledger),
                new ExchangeRates("USD", List.of()),
                PlvPolicy::standard,
                connection -> "Account");
    }

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
                .setLevel(ch.qos.logback.classic.Level.WARN);
        int many = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int events = args.length > 1 ? Integer.parseInt(args[1]) : 2_000;
        int partners = args.length > 2 ? Integer.parseInt(args[2]) : 200;
        Path state = Files.createTempDirectory("rainmaker-bench");
        try (EmbeddedPostgres server = EmbeddedPostgres.start(state, EmbeddedPostgres.Options.standard());
                Ledger ledger = Ledger.open(server.jdbcUrl(), server.user(), server.password(), "bench")) {
            new PlvLedgerEvents(ledger).run(partners, many, events);
        }
    }

    /** As {@link BenchPartners} names them. */
    private static String id(int partner) {
        return String.format(Locale.ROOT, "001%015d", partner);
    }

    private void run(int partners, int many, int events) {
        BenchPartners.store(facts, partners);
        RecordId small = new RecordId("crm", id(0));
        RecordId large = new RecordId("crm", id(1));
        fill(large, many);
        for (int i = 0; i < partners; i++) {
            if (i != 1) {
                fill(new RecordId("crm", id(i)), FEW);
            }
        }
        scores.refit(NOW, Progress.SILENT);
        for (int i = 0; i < WARM; i++) {
            event(small);
            event(large);
        }
        double[][] wall = new double[2][events];
        double[] cpu = new double[2];
        for (int i = 0; i < events; i++) {
            for (int which = 0; which < 2; which++) {
                long began = System.nanoTime();
                long used = THREAD.getCurrentThreadCpuTime();
                event(which == 0 ? small : large);
                cpu[which] += (THREAD.getCurrentThreadCpuTime() - used) / 1e6 / events;
                wall[which][i] = (System.nanoTime() - began) / 1e6;
            }
        }
        print(FEW, wall[0], cpu[0]);
        print(many, wall[1], cpu[1]);
        System.out.printf(
                Locale.ROOT,
                "ratio p50 %.2f, CPU %.2f%n",
                quantile(wall[1], 0.5) / quantile(wall[0], 0.5),
                cpu[1] / cpu[0]);
    }

    private static void print(int deals, double[] wall, double cpu) {
        System.out.printf(
                Locale.ROOT,
                "partner with %,7d deals: p50 %.2f ms, p99 %.2f ms, %.2f ms CPU of the thread%n",
                deals,
                quantile(wall, 0.5),
                quantile(wall, 0.99),
                cpu);
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))];
    }

    private void fill(RecordId partner, int deals) {
        List<IncomingRecord> page = new ArrayList<>();
        for (int i = 0; i < deals; i++) {
            page.add(deal(partner, TODAY.minusDays(1 + (long) i * DAYS / deals)));
            if (page.size() == PAGE || i == deals - 1) {
                facts.commit("crm", "Opportunity", "1", page);
                page.clear();
            }
        }
    }

    private void event(RecordId partner) {
        facts.commit("crm", "Opportunity", "1", List.of(deal(partner, TODAY)));
        scores.score(NOW, Progress.SILENT);
    }

    private IncomingRecord deal(RecordId partner, LocalDate closed) {
        String id = "%015dAAA".formatted(++next);
        Opportunity deal = new Opportunity(
                new RecordId("crm", id),
                "Deal " + next,
                partner,
                null,
                "Closed Won",
                true,
                true,
                Money.of(String.valueOf(1_000 + next % 977), "USD"),
                null,
                closed,
                null,
                next % 3 == 0,
                Set.of(),
                null,
                closed.minusDays(30).atStartOfDay(ZoneOffset.UTC).toInstant(),
                NOW);
        byte[] raw = ("{\"Id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
        return new IncomingRecord(
                new SourceRecord("Opportunity", id, NOW, false, Map.of(), raw), List.<Fact>of(deal), List.of(), null);
    }
}
