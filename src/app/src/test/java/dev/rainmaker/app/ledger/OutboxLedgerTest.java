package dev.rainmaker.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.fact.RecordId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leases and fences of the outbox, against a real PostgreSQL. */
class OutboxLedgerTest {

    private static final OutboxLedger.Due DUE = new OutboxLedger.Due("crm", "Lead", "assignment", 0);
    private static final Duration LONG = Duration.ofMinutes(2);

    private final TestPostgres.TestDatabase database = TestPostgres.migrated();
    private final Ledger ledger = Ledger.open(database.jdbcUrl(), database.user(), database.password(), "default");
    private final OutboxLedger outbox = new OutboxLedger(ledger);

    @AfterEach
    void close() {
        ledger.close();
    }

    private static OutboxEntry entry(int record, String partner) {
        return OutboxEntry.of(
                new RecordId("crm", "lead" + record),
                "Lead",
                "assignment",
                "lead" + record + "-1",
                Map.of("partner", partner),
                Map.of());
    }

    private void add(int entries) {
        outbox.add(IntStream.range(0, entries).mapToObj(i -> entry(i, "crm/p1")).toList());
    }

    @Test
    void leaseNeverTakesMoreThanAskedForAndNobodyGetsTheSameTwice() {
        add(217);

        List<OutboxEntry> first = outbox.claim(DUE, 200, LONG);
        List<OutboxEntry> second = outbox.claim(DUE, 200, LONG);

        assertThat(first).hasSize(200);
        assertThat(second).hasSize(17).doesNotContainAnyElementsOf(first);
        assertThat(outbox.claim(DUE, 200, LONG)).isEmpty();
    }

    @Test
    void onlyTheHolderOfTheLatestLeaseSendsPostponesAndSettles() {
        add(1);
        List<OutboxEntry> lapsed = outbox.claim(DUE, 200, Duration.ZERO);
        List<OutboxEntry> current = outbox.claim(DUE, 200, LONG);
        assertThat(current)
                .singleElement()
                .satisfies(held -> assertThat(held.attempts()).isEqualTo(2));

        assertThat(outbox.sending(lapsed, LONG)).isEmpty();
        outbox.postpone(lapsed, Duration.ZERO, "from the past");
        assertThat(outbox.claim(DUE, 200, LONG)).as("still leased").isEmpty();
        assertThat(outbox.settle(lapsed.get(0), "confirmed", "from the past")).isFalse();

        assertThat(outbox.sending(current, LONG)).isEqualTo(current);
        assertThat(outbox.settle(current.get(0), "confirmed", "read back")).isTrue();
        assertThat(outbox.counts()).isEqualTo(Map.of("confirmed", 1L));
    }

    @Test
    void entryThatANewerDecisionReplacedIsNeitherSentNorSettledByTheOldLease() {
        add(1);
        List<OutboxEntry> old = outbox.claim(DUE, 200, LONG);
        outbox.add(List.of(entry(0, "crm/p2")));

        assertThat(outbox.sending(old, LONG)).isEmpty();
        outbox.written(old);
        assertThat(outbox.settle(old.get(0), "confirmed", "read back")).isFalse();

        assertThat(outbox.claim(DUE, 200, LONG)).singleElement().satisfies(entry -> {
            assertThat(entry.fields()).containsEntry("partner", "crm/p2");
            assertThat(entry.sent()).isFalse();
        });
    }

    @Test
    void whatMayHaveBeenSentIsReadBeforeItIsWrittenAgain() {
        add(2);
        List<OutboxEntry> held = outbox.claim(DUE, 1, LONG);
        outbox.sending(held, LONG);
        outbox.releaseLeases();

        assertThat(outbox.claim(DUE, 200, LONG)).extracting(OutboxEntry::sent).containsExactly(true, false);
    }

    @Test
    void entryGivenUpOpensAgainOnceAndNotBesideANewerOne() {
        add(1);
        OutboxEntry given = outbox.claim(DUE, 1, LONG).get(0);
        outbox.settle(given, "dead", "refused");

        assertThat(outbox.reopen(given.id())).isTrue();
        assertThat(outbox.reopen(given.id())).isFalse();
        OutboxEntry again = outbox.claim(DUE, 1, LONG).get(0);
        outbox.settle(again, "dead", "refused");
        add(1);

        assertThat(outbox.reopen(given.id())).isFalse();
    }

    @Test
    void eventsOfTheInboxAreLeasedLikewiseAndKnownByTheirKey() {
        InboxLedger inbox = new InboxLedger(ledger);
        for (int i = 0; i < 217; i++) {
            assertThat(inbox.store("crm", "Lead", "key" + i, new byte[] {1})).isTrue();
        }
        assertThat(inbox.store("crm", "Lead", "key0", new byte[] {2})).isFalse();

        assertThat(inbox.claim(200, LONG)).hasSize(200);
        assertThat(inbox.claim(200, LONG)).hasSize(17);
    }
}
