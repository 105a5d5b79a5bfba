package dev.rainmaker.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.account.Account;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Facts against a real PostgreSQL: any order, duplication and lateness come to the same, and the past stays readable. */
class FactLedgerTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** A version of a record: later stamps win, whenever they arrive. */
    record Version(int record, int stamp, boolean deleted) {

        String id() {
            return "r" + record;
        }

        IncomingRecord incoming() {
            Instant at = START.plusSeconds(stamp);
            Account account = new Account(
                    new RecordId("crm", id()),
                    "name " + stamp,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Map.of(),
                    at);
            byte[] raw = ("{\"name\":\"name " + stamp + "\"}").getBytes(StandardCharsets.UTF_8);
            SourceRecord source = new SourceRecord("Account", id(), at, deleted, Map.of(), raw);
            return deleted
                    ? new IncomingRecord(source, List.of(), List.of(FactKind.ACCOUNT), null)
                    : new IncomingRecord(source, List.of(account), List.of(), null);
        }
    }

    private Ledger ledger;
    private FactLedger facts;

    @org.junit.jupiter.api.BeforeEach
    @net.jqwik.api.lifecycle.BeforeTry
    void open() {
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        ledger = Ledger.open(database.jdbcUrl(), database.user(), database.password(), "default");
        facts = new FactLedger(ledger);
    }

    @org.junit.jupiter.api.AfterEach
    @net.jqwik.api.lifecycle.AfterTry
    void close() {
        ledger.close();
    }

    private CommittedPage commit(Version... versions) {
        return facts.commit(
                "crm",
                "Account",
                "1",
                Arrays.stream(versions).map(Version::incoming).toList());
    }

    private String name(int record) {
        return facts.find(FactKind.ACCOUNT, new RecordId("crm", "r" + record), Account.class)
                .map(Account::name)
                .orElse("none");
    }

    @Provide
    Arbitrary<List<Version>> histories() {
        Arbitrary<Version> version = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 1_000),
                        Arbitraries.of(true, false, false))
                .as(Version::new);
        return version.list()
                .uniqueElements(one -> one.record() + "@" + one.stamp())
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Property(tries = 12)
    void anyOrderDuplicationAndLatenessComeToTheLatestVersionOfEachRecord(
            @ForAll("histories") List<Version> history, @ForAll Random random) {
        List<Version> delivered = new ArrayList<>(history);
        history.forEach(version -> {
            if (random.nextInt(3) == 0) {
                delivered.add(version);
            }
        });
        Collections.shuffle(delivered, random);
        Map<Long, Map<Integer, String>> seen = new HashMap<>();
        for (int at = 0; at < delivered.size(); ) {
            int next = Math.min(delivered.size(), at + 1 + random.nextInt(4));
            commit(delivered.subList(at, next).toArray(Version[]::new));
            seen.put(ledger.sequence(), names());
            at = next;
        }

        Map<Integer, Version> latest = new HashMap<>();
        history.forEach(version -> latest.merge(version.record(), version, (a, b) -> a.stamp() > b.stamp() ? a : b));
        latest.forEach((record, version) ->
                assertThat(name(record)).isEqualTo(version.deleted() ? "none" : "name " + version.stamp()));
        seen.forEach((sequence, names) -> names.forEach((record, name) -> assertThat(
                        facts.findAsOf(FactKind.ACCOUNT, new RecordId("crm", "r" + record), sequence, Account.class)
                                .map(Account::name)
                                .orElse("none"))
                .as("r%d as of %d", record, sequence)
                .isEqualTo(name)));
    }

    private Map<Integer, String> names() {
        Map<Integer, String> names = new HashMap<>();
        for (int record = 0; record < 4; record++) {
            names.put(record, name(record));
        }
        return names;
    }

    @Test
    void lateEventDoesNotReviveADeletedRecord() {
        commit(new Version(1, 10, false));
        commit(new Version(1, 30, true));
        assertThat(name(1)).isEqualTo("none");

        commit(new Version(1, 20, false));

        assertThat(name(1)).isEqualTo("none");
    }

    @Test
    void repeatedRecordMakesNoVersionAndNoSequence() {
        CommittedPage first = commit(new Version(1, 10, false));
        CommittedPage again = commit(new Version(1, 10, false));

        assertThat(first.changed()).isEqualTo(1);
        assertThat(again.changed()).isZero();
        assertThat(ledger.sequence()).isEqualTo(1);
    }

    @Test
    void pageFromAPositionThatAnotherInstanceLeftBehindChangesNothing() {
        Cursor one = new Cursor("1");
        Cursor two = new Cursor("2");
        facts.commit("crm", "Account", "1", List.of(new Version(1, 1, false).incoming()), null, one, false);
        facts.commit("crm", "Account", "1", List.of(new Version(1, 2, false).incoming()), one, two, true);

        assertThatThrownBy(() -> facts.commit(
                        "crm", "Account", "1", List.of(new Version(1, 3, false).incoming()), one, two, true))
                .isInstanceOf(StaleCursorException.class);

        assertThat(name(1)).isEqualTo("name 2");
        StreamLedger streams = new StreamLedger(ledger);
        assertThat(streams.cursor("crm", "Account")).contains(two);
        assertThat(streams.streams())
                .singleElement()
                .satisfies(stream -> assertThat(stream.pages()).isEqualTo(2));
    }

    @Test
    void recordThatCannotBeMappedIsKeptWithItsBytesAndItsFactStaysAsKnown() {
        commit(new Version(1, 1, false));
        IncomingRecord broken = new Version(1, 2, false).incoming();
        facts.commit(
                "crm",
                "Account",
                "1",
                List.of(new IncomingRecord(broken.source(), List.of(), List.of(), "BillingCountry: no such country")));

        DeadLetterLedger deadLetters = new DeadLetterLedger(ledger);
        assertThat(name(1)).isEqualTo("name 1");
        assertThat(deadLetters.open(10)).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("BillingCountry: no such country");
            assertThat(new String(letter.body(), StandardCharsets.UTF_8)).contains("name 2");
        });

        commit(new Version(1, 3, false));
        assertThat(deadLetters.count()).as("mended by the next good version").isZero();
    }

    @Test
    void recordsThatComeAgainUnderAnotherStreamsNameGoOnAsTheSameFacts() {
        commit(new Version(1, 1, false), new Version(2, 1, false), new Version(3, 1, false));
        for (Version version : List.of(new Version(1, 2, false), new Version(2, 2, true), new Version(4, 2, false))) {
            facts.commit("crm", "Companies", "1", List.of(version.incoming()));
        }

        assertThat(List.of(name(1), name(2), name(3), name(4))).containsExactly("name 2", "none", "name 1", "name 2");
        assertThat(facts.count(FactKind.ACCOUNT)).isEqualTo(3);
    }

    @Test
    void aRecordReadAgainUnchangedIsNoNewVersionButOfItsNewTime() {
        long seq = commit(new Version(1, 1, false)).seq();
        IncomingRecord later = new Version(1, 1, false).incoming();
        SourceRecord source = new SourceRecord(
                "Account",
                "r1",
                START.plusSeconds(9),
                false,
                Map.of(),
                later.source().raw());

        facts.commit("crm", "Account", "1", List.of(new IncomingRecord(source, later.facts(), List.of(), null)));

        RecordId id = new RecordId("crm", "r1");
        assertThat(facts.findAsOf(FactKind.ACCOUNT, id, seq, Account.class)).isPresent();
        assertThat(facts.findAllAsOf(FactKind.ACCOUNT, List.of(id), Long.MAX_VALUE, Account.class)
                        .get(id)
                        .seq())
                .isEqualTo(seq);
        assertThat(facts.find(FactKind.ACCOUNT, id, Account.class).orElseThrow().modifiedAt())
                .isEqualTo(START.plusSeconds(9));
    }

    @Test
    void theDatabaseKnowsOfMuchThatCameBeforeItLooksByItself() {
        commit(java.util.stream.IntStream.range(0, 1_200)
                .mapToObj(i -> new Version(i, 1, false))
                .toArray(Version[]::new));

        assertThat(ledger.jdbc()
                        .sql("select reltuples::bigint from pg_class where relname = 'fact'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1_200);
    }
}
