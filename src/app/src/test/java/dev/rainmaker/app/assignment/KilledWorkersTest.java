package dev.rainmaker.app.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.ledger.LeadQueue;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two worker processes on one PostgreSQL, one of them killed (SIGKILL) again and again soon after it is ready, while leads
 * keep arriving: each lead is decided once, nobody is over its capacity, turns are kept. {@code
 * -Drainmaker.worker.leads=10000} makes it the long run, with kills one to three seconds after ready.
 */
class KilledWorkersTest {

    private static final int LEADS = Integer.getInteger("rainmaker.worker.leads", 1_000);
    private static final boolean LONG = LEADS >= 10_000;
    private static final int IN_TURN = 7;
    private static final int CAPPED = 3;
    private static final int CAP = LEADS / 20;
    private static final int CHUNKS = LONG ? 40 : 10;
    private static final long SEED = Long.getLong("rainmaker.worker.seed", 20_261_128L);
    private static final String POLICY = """
            rules:
              - rule: capped
                when: '"Capped" in lead.products'
                strategy: top-plv
                otherwise: stop
              - rule: in turn
                strategy: { use: round-robin, rotation: all }
            """;

    private final TestPostgres.TestDatabase database = TestPostgres.migrated();
    private final Random random = new Random(SEED);

    @TempDir
    Path policies;

    private Process worker() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AssignmentWorker.class.getName(),
                database.jdbcUrl(),
                database.user(),
                policies.toString());
        builder.environment().put("LEDGER_PASSWORD", database.password());
        return builder.redirectErrorStream(true).start();
    }

    /** Waits for the worker's word; what else it says is shown if it ends instead. */
    private static void awaitReady(Process worker) throws IOException {
        BufferedReader said = worker.inputReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.equals("ready")) {
                return;
            }
        }
        throw new AssertionError("the worker ended before it was ready:\n" + all);
    }

    @Test
    void eachLeadIsDecidedOnceWhileOneOfTwoWorkersIsKilledAgainAndAgain() throws Exception {
        Files.writeString(policies.resolve("assignment.yaml"), POLICY);
        Process steady = null;
        Process victim = null;
        int kills = 0;
        long began = System.nanoTime();
        try (Ledger ledger = Ledger.open(database.jdbcUrl(), database.user(), database.password(), "default")) {
            FactLedger facts = new FactLedger(ledger);
            state(facts, "Account", partners());
            steady = worker();
            victim = worker();
            awaitReady(steady);
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                if (victim == null) {
                    victim = worker();
                }
                int from = chunk * LEADS / CHUNKS;
                int to = (chunk + 1) * LEADS / CHUNKS;
                if (chunk % 2 == 0) {
                    awaitReady(victim);
                    state(facts, "Lead", leads(from, to));
                    int after = LONG ? 1_000 + random.nextInt(2_000) : random.nextInt(150);
                    assertThat(victim.waitFor(after, TimeUnit.MILLISECONDS))
                            .as("the worker goes on until it is killed")
                            .isFalse();
                    victim.destroyForcibly().waitFor();
                    victim = null;
                    kills++;
                } else {
                    state(facts, "Lead", leads(from, to));
                }
            }
            awaitEmpty(new LeadQueue(ledger), steady);
            System.out.printf(
                    "%,d leads, %d kills, seed %d, %.1f s%n", LEADS, kills, SEED, (System.nanoTime() - began) / 1e9);
            assertThat(kills).isGreaterThanOrEqualTo(LONG ? 20 : 5);
            check(ledger);
        } finally {
            for (Process process : new Process[] {steady, victim}) {
                if (process != null) {
                    process.destroyForcibly().waitFor();
                }
            }
        }
    }

    private static void awaitEmpty(LeadQueue queue, Process steady) throws InterruptedException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONG ? 300 : 60);
        while (queue.waiting() > 0) {
            assertThat(System.nanoTime()).as("the queue is worked off").isLessThan(patience);
            assertThat(steady.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private static void check(Ledger ledger) {
        List<StoredDecision> decisions = new DecisionLedger(ledger).latest(10 * LEADS);
        assertThat(decisions).hasSize(LEADS);
        assertThat(decisions).extracting(StoredDecision::lead).doesNotHaveDuplicates();
        assertThat(decisions).extracting(StoredDecision::version).containsOnly(1);
        Map<RecordId, Long> given = decisions.stream()
                .filter(decision -> decision.partner() != null)
                .collect(Collectors.groupingBy(StoredDecision::partner, Collectors.counting()));
        List<Long> turns = IntStream.range(0, IN_TURN)
                .mapToObj(i -> given.getOrDefault(new RecordId("crm", "turn" + i), 0L))
                .toList();
        assertThat(turns.stream().mapToLong(Long::longValue).max().orElseThrow()
                        - turns.stream().mapToLong(Long::longValue).min().orElseThrow())
                .as("turns %s differ by at most one", turns)
                .isLessThanOrEqualTo(1);
        IntStream.range(0, CAPPED)
                .forEach(i -> assertThat(given.get(new RecordId("crm", "capped" + i)))
                        .as("capacity is used up and never exceeded")
                        .isEqualTo(CAP));
        assertThat(decisions.stream().filter(decision -> decision.outcome().equals("unassigned")))
                .hasSize(LEADS / 5 - CAPPED * CAP)
                .allSatisfy(decision -> assertThat(decision.reason()).isEqualTo("capacity-exhausted"));
        assertThat(new OutboxLedger(ledger).open())
                .as("one entry for the CRM per assignment")
                .isEqualTo(LEADS - (LEADS / 5 - CAPPED * CAP));
    }

    private static List<Fact> partners() {
        return Stream.concat(
                        IntStream.range(0, IN_TURN)
                                .mapToObj(i -> Given.aPartner("turn" + i)
                                        .sells("Plain")
                                        .fact()),
                        IntStream.range(0, CAPPED)
                                .mapToObj(i -> Given.aPartner("capped" + i)
                                        .sells("Capped")
                                        .maxOpen(CAP)
                                        .fact()))
                .map(Fact.class::cast)
                .toList();
    }

    /** Every fifth lead asks for what only the capped partners sell. */
    private static List<Fact> leads(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Given.aLead("l%06d".formatted(i))
                        .of("Company %d GmbH".formatted(i), "buyer@company-%d.de".formatted(i))
                        .wants(i % 5 == 0 ? "Capped" : "Plain")
                        .fact())
                .map(Fact.class::cast)
                .toList();
    }

    private static void state(FactLedger facts, String stream, List<Fact> stated) {
        facts.commit(
                "crm",
                stream,
                "1",
                stated.stream()
                        .map(fact -> new IncomingRecord(
                                new SourceRecord(
                                        stream, fact.id().id(), Desk.NOW, false, Map.of(), new byte[] {'{', '}'}),
                                List.of(fact),
                                List.<FactKind>of(),
                                null))
                        .toList());
    }
}
