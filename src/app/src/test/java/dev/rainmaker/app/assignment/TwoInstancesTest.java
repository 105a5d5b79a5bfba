package dev.rainmaker.app.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.company.Companies;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.lifetimevalue.Programme;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Holidays;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several instances on one database: each lead is decided once, and turns are kept as if there were one instance. */
class TwoInstancesTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final int PARTNERS = 7;
    private static final int LEADS = 1_300;

    private final TestPostgres.TestDatabase database = TestPostgres.migrated();

    private Ledger open() {
        return Ledger.open(database.jdbcUrl(), database.user(), database.password(), "default");
    }

    private static AssignLeads instance(Ledger ledger) {
        FactLedger facts = new FactLedger(ledger);
        AssignmentPolicy policy = Policies.assignment("test", """
                        zone: UTC
                        rules:
                          - rule: in turn
                            strategy: { use: round-robin, rotation: all }
                        """).policy();
        return new AssignLeads(
                ledger,
                facts,
                new DecisionLedger(ledger),
                new OutboxLedger(ledger),
                new PartnerSnapshots(ledger, facts, new ScoreLedger(ledger), Holidays.NONE),
                new CustomerDirectory(facts, Companies.READER),
                List.of(),
                () -> policy,
                connection -> "Lead");
    }

    @Test
    void eachLeadIsDecidedOnceAndTurnsDifferByAtMostOne() throws Exception {
        try (Ledger one = open();
                Ledger other = open()) {
            FactLedger facts = new FactLedger(one);
            state(
                    facts,
                    "Account",
                    IntStream.range(0, PARTNERS)
                            .mapToObj(number -> Programme.partner("p" + number, null))
                            .toList());
            AssignLeads first = instance(one);
            AssignLeads second = instance(other);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<AssignResult> results = new ArrayList<>();
            for (int at = 0; at < LEADS; at += LEADS / 4) { // leads arrive while both decide
                state(
                        facts,
                        "Lead",
                        IntStream.range(at, Math.min(LEADS, at + LEADS / 4))
                                .mapToObj(TwoInstancesTest::lead)
                                .toList());
                for (Future<AssignResult> result : threads.invokeAll(List.<Callable<AssignResult>>of(
                        () -> first.assign(NOW, Progress.SILENT), () -> second.assign(NOW, Progress.SILENT)))) {
                    results.add(result.get());
                }
            }
            threads.shutdown();

            List<StoredDecision> decisions = new DecisionLedger(one).latest(10 * LEADS);
            assertThat(decisions).hasSize(LEADS);
            assertThat(decisions).extracting(StoredDecision::lead).doesNotHaveDuplicates();
            assertThat(results.stream().mapToLong(AssignResult::assigned).sum()).isEqualTo(LEADS);
            Map<RecordId, Long> turns =
                    decisions.stream().collect(Collectors.groupingBy(StoredDecision::partner, Collectors.counting()));
            assertThat(turns).hasSize(PARTNERS);
            assertThat(turns.values())
                    .allSatisfy(
                            given -> assertThat(given).isBetween((long) LEADS / PARTNERS, (long) LEADS / PARTNERS + 1));
        }
    }

    private static void state(FactLedger facts, String stream, List<? extends Fact> stated) {
        facts.commit(
                "crm",
                stream,
                "1",
                stated.stream()
                        .map(fact -> new IncomingRecord(
                                new SourceRecord(stream, fact.id().id(), NOW, false, Map.of(), new byte[] {'{', '}'}),
                                List.<Fact>of(fact),
                                List.of(),
                                null))
                        .toList());
    }

    private static Lead lead(int number) {
        return new Lead(
                new RecordId("crm", "l%05d".formatted(number)),
                "Company " + number,
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
                null,
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
    }
}
