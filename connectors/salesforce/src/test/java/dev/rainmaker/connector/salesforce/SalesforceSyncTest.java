package dev.rainmaker.connector.salesforce;

import static dev.rainmaker.connector.salesforce.StubOrg.lead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of a sync against an org whose rows and clock change between its pages. */
class SalesforceSyncTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final StubTable table = new StubTable(NOON);
    private final List<Connector> opened = new ArrayList<>();

    @AfterEach
    void stop() {
        opened.forEach(Connector::close);
        table.close();
    }

    private Connector open(String... keys) {
        Connector connector = new SalesforceConnector(
                "crm",
                SalesforceSettings.from(StubOrg.settings("http://localhost:" + table.server.port(), keys)),
                new SetClock(NOON));
        opened.add(connector);
        return connector;
    }

    private record Run(List<String> ids, Cursor next) {}

    private static Run run(Connector connector, Cursor from) {
        List<String> ids = new ArrayList<>();
        Cursor cursor = from;
        for (int pages = 0; pages < 1000; pages++) {
            Page page = connector.read("Lead", Set.of(), cursor);
            page.records().stream().map(SourceRecord::id).forEach(ids::add);
            cursor = page.next();
            if (page.last()) {
                return new Run(ids, cursor);
            }
        }
        throw new AssertionError("the run does not end");
    }

    private void fill(int from, int to, Instant stamp) {
        IntStream.range(from, to).forEach(n -> table.put(lead(n), stamp));
    }

    private static List<String> leads(int from, int to) {
        return IntStream.range(from, to).mapToObj(StubOrg::lead).toList();
    }

    @Test
    void readsEveryRowOnceAcrossTiesAtThePagesEndsWithTheFewestCalls() {
        table.pageSize = 200;
        fill(0, 1001, NOON.minusSeconds(3600));
        fill(1001, 1010, NOON.minusSeconds(3599));
        Connector connector = open("page-size", "200");

        Run run = run(connector, null);

        assertThat(run.ids()).isEqualTo(leads(0, 1010));
        assertThat(connector.usage().of(CallPurpose.READ)).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 50, 100, 199})
    void readsEveryRowOnceAcrossTiesWhenEachPageIsAQueryOfItsOwn(int pageSize) {
        fill(0, 100, NOON.minusSeconds(3600));
        fill(100, 105, NOON.minusSeconds(3599));
        Connector connector = open("page-size", String.valueOf(pageSize));

        Run run = run(connector, null);

        assertThat(run.ids()).isEqualTo(leads(0, 105));
        assertThat(connector.usage().of(CallPurpose.READ)).isLessThanOrEqualTo((105 + pageSize - 1) / pageSize + 1);
    }

    @Test
    void anotherProcessGoesOnFromTheCursorOfAnyPage() {
        table.pageSize = 10;
        fill(0, 25, NOON.minusSeconds(3600));
        fill(25, 40, NOON.minusSeconds(10));
        Page first = open().read("Lead", Set.of(), null);
        Page second = open().read("Lead", Set.of(), first.next());

        Run rest = run(open(), second.next());

        assertThat(second.records()).extracting(SourceRecord::id).isEqualTo(leads(10, 20));
        assertThat(rest.ids()).isEqualTo(leads(20, 40));
    }

    @Test
    void anExpiredLocatorIsReplacedByAQueryFromThePageNotFromTheStart() {
        table.pageSize = 10;
        fill(0, 30, NOON.minusSeconds(3600));
        Connector connector = open();
        Page first = connector.read("Lead", Set.of(), null);
        table.locatorsExpire = true;

        Page second = connector.read("Lead", Set.of(), first.next());

        assertThat(second.records()).extracting(SourceRecord::id).isEqualTo(leads(10, 20));
    }

    @Test
    void theSamePageIsReadAgainAfterItsRowsWereNotKept() {
        table.pageSize = 10;
        fill(0, 30, NOON.minusSeconds(3600));
        Connector connector = open();
        Cursor first = connector.read("Lead", Set.of(), null).next();
        Page second = connector.read("Lead", Set.of(), first);

        Page again = connector.read("Lead", Set.of(), first);

        assertThat(again.records())
                .extracting(SourceRecord::id)
                .isEqualTo(second.records().stream().map(SourceRecord::id).toList());
        assertThat(run(connector, again.next()).ids()).isEqualTo(leads(20, 30));
    }

    @Test
    void rowsChangedDuringTheRunDoNotMakeTheNextQuerySkip() {
        table.pageSize = 10;
        fill(0, 40, NOON.minusSeconds(3600));
        Page first = open().read("Lead", Set.of(), null);
        Connector connector = open();
        Page second = connector.read("Lead", Set.of(), first.next());
        table.now(NOON.plusSeconds(30));
        fill(20, 30, NOON.plusSeconds(20));
        Page third = connector.read("Lead", Set.of(), second.next());

        Run rest = run(open(), third.next());

        Set<String> seen = new HashSet<>(rest.ids());
        third.records().forEach(record -> seen.add(record.id()));
        assertThat(seen).containsAll(leads(20, 40));
    }

    @Test
    void aRowThatBecomesVisibleLateIsFoundByTheNextRun() {
        fill(0, 5, NOON.minusSeconds(3600));
        table.put(lead(5), NOON.minusSeconds(10));
        Connector connector = open();
        Cursor next = run(connector, null).next();
        table.now(NOON.plusSeconds(60));
        table.put(lead(100), NOON.minusSeconds(100));

        Run second = run(connector, next);

        assertThat(second.ids()).containsExactly(lead(100), lead(5));
    }

    @Test
    void theOverlapReachesBackInTheServersTimeFromTheQuerysStartWhereStampsLieAhead() {
        table.put(lead(1), NOON.plusSeconds(600));
        Connector connector = open("overlap", "PT1M");
        Cursor next = run(connector, null).next();
        table.put(lead(2), NOON.minusSeconds(59));

        Run second = run(connector, next);

        assertThat(second.ids()).containsExactly(lead(2), lead(1));
    }

    @Test
    void aQuietStreamIsNotReadAgainForEver() {
        fill(0, 500, NOON.minusSeconds(1));
        Connector connector = open();
        Cursor cursor = run(connector, null).next();
        table.now(NOON.plusSeconds(119));
        Run within = run(connector, cursor);
        table.now(NOON.plusSeconds(121));
        Run after = run(connector, within.next());
        Run quiet = run(connector, after.next());
        table.put(lead(501), NOON.plusSeconds(3));

        Run news = run(connector, quiet.next());

        assertThat(within.ids()).as("within the overlap").hasSize(500);
        assertThat(after.ids()).as("the last look back").hasSize(500);
        assertThat(quiet.ids()).isEmpty();
        assertThat(news.ids()).containsExactly(lead(501));
    }

    @Test
    void anEmptyStreamIsReadAndFillsLater() {
        Connector connector = open();
        Run empty = run(connector, null);
        Run still = run(connector, empty.next());
        fill(0, 3, NOON.minusSeconds(86_400));

        assertThat(empty.ids()).isEmpty();
        assertThat(run(connector, still.next()).ids()).isEqualTo(leads(0, 3));
    }

    @Test
    void aQueryThatTakesTheServerTooLongIsAskedInPortionsAndAllOfThemAreRead() {
        fill(0, 700, NOON.minusSeconds(3600));
        table.largestQuery = 150;
        Connector connector = open();

        Run run = run(connector, null);

        assertThat(run.ids()).isEqualTo(leads(0, 700));
    }

    @Test
    void anAnswerLargerThanAllowedIsAskedInPortions() {
        fill(0, 8000, NOON.minusSeconds(3600));
        table.pageSize = 8000;
        Connector connector = open("max-response-mb", "1");

        Run run = run(connector, null);

        assertThat(run.ids()).isEqualTo(leads(0, 8000));
    }

    /** The Date header knows whole seconds only: rows of the current second once ended the run before its end. */
    @Test
    void rowsOfTheSecondInWhichTheRunStartsAreAllRead() {
        table.now(NOON.plusMillis(900));
        fill(0, 5, NOON.plusMillis(700));
        fill(5, 10, NOON.plusMillis(800));

        assertThat(run(open("page-size", "2"), null).ids()).isEqualTo(leads(0, 10));
    }

    @Test
    void aRowsetThatNeverRestsStillEnds() {
        fill(0, 10, NOON.minusSeconds(3600));
        Connector connector = open("page-size", "2");
        List<String> seen = new ArrayList<>();
        Cursor cursor = null;
        Page page;
        int pages = 0;
        do {
            page = connector.read("Lead", Set.of(), cursor);
            page.records().forEach(record -> {
                seen.add(record.id());
                table.now(table.now().plusSeconds(1));
                table.put(record.id(), table.now());
            });
            cursor = page.next();
            pages++;
        } while (!page.last() && pages < 100);

        assertThat(page.last()).isTrue();
        assertThat(seen).containsAll(leads(0, 10));
    }

    @Test
    void aCursorFromElsewhereOrChangedByHandIsRefused() {
        fill(0, 3, NOON.minusSeconds(3600));
        Connector connector = open();
        Cursor good = run(connector, null).next();
        String text = good.position();
        String future = ReadCursor.first(StubOrg.ORG, "Lead")
                .advanced(new Position(NOON.plus(Duration.ofDays(2)), ""))
                .written()
                .position();
        String otherOrg =
                ReadCursor.first("00D000000000002EAA", "Lead").written().position();

        assertRefused(connector, "Lead", text.replace("11:00", "11:01").replace("10:5", "10:4"), "changed by hand");
        assertRefused(connector, "Lead", "{}", "not one that this connector wrote");
        assertRefused(connector, "Lead", "2026-01-01", "not one that this connector wrote");
        assertRefused(connector, "Lead", "{\"after\":\"x\"", "not one that this connector wrote");
        assertRefused(connector, "Lead", "{\"v\":2}", "newer Rainmaker");
        assertRefused(connector, "Lead", otherOrg, "belongs to the org 00D000000000002EAA");
        assertRefused(connector, "Account", text, "belongs to Lead");
        assertRefused(connector, "Lead", future, "lies in the future");
    }

    private static void assertRefused(Connector connector, String stream, String cursor, String why) {
        assertThatThrownBy(() -> connector.read(stream, Set.of(), new Cursor(cursor)))
                .isInstanceOf(ConnectorFault.Fatal.class)
                .hasMessageContaining("the cursor of " + stream + " cannot be used")
                .hasMessageContaining(why);
    }
}
