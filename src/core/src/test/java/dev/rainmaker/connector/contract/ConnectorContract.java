package dev.rainmaker.connector.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.CheckReport;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.ConnectorFault.Fatal;
import dev.rainmaker.connector.ConnectorFault.Retryable;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.Settings;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.StreamDescription;
import dev.rainmaker.connector.StreamNeed;
import dev.rainmaker.connector.WriteOutcome;
import dev.rainmaker.connector.contract.Reply.Delivery;
import dev.rainmaker.connector.contract.VendorFixture.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the application relies on, whoever the vendor is. A connector binds it in one line:
 *
 * <pre>class AcmeContractTest extends ConnectorContract { AcmeContractTest() { super(new AcmeFixture()); } }</pre>
 */
@Timeout(60)
public abstract class ConnectorContract {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration FAR = Duration.ofSeconds(20);
    private static final int RECORDS = 5;
    private static final Instant LONG_AGO =
            Instant.now().minus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    private static final String NAME = "under-test";

    private final VendorFixture vendor;
    private final VendorTable table = new VendorTable();
    private final List<Connector> opened = new ArrayList<>();
    private VendorServer server;
    private volatile @Nullable Step broken;
    private volatile UnaryOperator<Reply> breaking = UnaryOperator.identity();

    protected ConnectorContract(VendorFixture vendor) {
        this.vendor = vendor;
    }

    @BeforeEach
    void start() {
        IntStream.rangeClosed(1, RECORDS)
                .forEach(n -> table.put(vendor.id(n), LONG_AGO.plusSeconds(n / 2), "value " + n));
        server = new VendorServer(this::answer);
    }

    @AfterEach
    void stop() {
        opened.forEach(Connector::close);
        server.close();
    }

    private Reply answer(Asked asked) {
        Reply good = vendor.answer(asked, table, server.url());
        return vendor.step(asked) == broken ? breaking.apply(good) : good;
    }

    private void breaks(Step step, UnaryOperator<Reply> how) {
        breaking = how;
        broken = step;
    }

    private Connector open() {
        return open(server.url(), PATIENCE);
    }

    private Connector open(String url, Duration patience) {
        Settings settings = new Settings(vendor.factory().settings(), vendor.settings(url, patience));
        Connector connector = vendor.factory().open(NAME, settings);
        opened.add(connector);
        return connector;
    }

    private Page read(Connector connector, @Nullable Cursor cursor) {
        return connector.read(vendor.stream(), Set.of(vendor.field()), cursor);
    }

    /** Reads to the end; as many pages as it takes, but not for ever. */
    private List<SourceRecord> readOn(Connector connector, @Nullable Cursor cursor) {
        List<SourceRecord> all = new ArrayList<>();
        for (int pages = 0; pages < 100; pages++) {
            Page page = read(connector, cursor);
            assertThat(page.records())
                    .hasSizeLessThanOrEqualTo(connector.capabilities().readPage());
            all.addAll(page.records());
            if (page.last()) {
                return all;
            }
            cursor = page.next();
        }
        throw new AssertionError("no end after 100 pages");
    }

    private Cursor end(Connector connector) {
        Cursor cursor = null;
        for (int pages = 0; pages < 100; pages++) {
            Page page = read(connector, cursor);
            if (page.last()) {
                return page.next();
            }
            cursor = page.next();
        }
        throw new AssertionError("no end after 100 pages");
    }

    private static Set<String> ids(List<SourceRecord> records) {
        return records.stream().map(SourceRecord::id).collect(Collectors.toSet());
    }

    private Set<String> allIds() {
        return IntStream.rangeClosed(1, RECORDS).mapToObj(vendor::id).collect(Collectors.toSet());
    }

    /** What a call failed with: a fault that names the connection and gives nothing away. */
    private ConnectorFault faultOf(Runnable call) {
        Throwable thrown = catchThrowable(call::run);
        assertThat(thrown).as("nothing else than a fault leaves a connector").isInstanceOf(ConnectorFault.class);
        assertThat(thrown.getMessage())
                .startsWith(NAME + ": ")
                .doesNotContain("canary")
                .doesNotContain(vendor.secrets())
                .doesNotContain("\n");
        assertThat(((ConnectorFault) thrown)).satisfies(fault -> {
            if (fault instanceof Retryable retryable) {
                assertThat(retryable.after()).isBetween(Duration.ZERO, Duration.ofDays(1));
            }
        });
        return (ConnectorFault) thrown;
    }

    private ConnectorFault readFault() {
        return readFault(open());
    }

    private ConnectorFault readFault(Connector connector) {
        return faultOf(() -> readOn(connector, null));
    }

    private Change change(int n, String value) {
        return new Change(vendor.id(n), Map.of(vendor.field(), value));
    }

    private void takesWrites(Connector connector) {
        assumeTrue(
                connector.capabilities().writes(),
                "skipped: the vendor takes no writes, as its connector declares (capabilities.writes)");
    }

    // ---- check, discover ----

    @Test
    void openingCallsNobody() {
        open();

        assertThat(server.asked()).isEmpty();
    }

    @Test
    void checkPassesWhereEverythingIsThere() {
        CheckReport report = open().check(List.of(new StreamNeed(vendor.stream(), Set.of(vendor.field()), Map.of())));

        assertThat(report.connection()).isEqualTo(NAME);
        assertThat(report.findings()).isNotEmpty();
        assertThat(report.passed()).as(report.toString()).isTrue();
    }

    @Test
    void checkNamesAFieldThatIsMissing() {
        CheckReport report = open().check(List.of(new StreamNeed(vendor.stream(), Set.of("NoSuchField__c"), Map.of())));

        assertThat(report.passed()).isFalse();
        assertThat(report.findings())
                .anySatisfy(finding -> assertThat(finding.what()).contains("NoSuchField__c"));
    }

    @Test
    void checkNamesAStreamThatIsMissing() {
        CheckReport report = open().check(List.of(new StreamNeed("NoSuchStream", Set.of("Id"), Map.of())));

        assertThat(report.passed()).isFalse();
        assertThat(report.findings())
                .anySatisfy(finding -> assertThat(finding.what()).contains("NoSuchStream"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 503})
    void checkReportsWhateverIsWrongInsteadOfThrowing(int status) {
        for (Step step : List.of(Step.LOGIN, Step.READ, Step.DESCRIBE)) {
            breaks(step, good -> vendor.error(status));
            CheckReport report =
                    open().check(List.of(new StreamNeed(vendor.stream(), Set.of(vendor.field()), Map.of())));
            assertThat(report.toString()).doesNotContain("canary").doesNotContain(vendor.secrets());
        }
        server.close();
        assertThat(open().check(List.of()).passed()).isFalse();
    }

    @Test
    void discoverNamesTheStreamWithItsField() {
        Connector connector = open();

        assertThat(connector.discover())
                .filteredOn(found -> found.name().equals(vendor.stream()))
                .singleElement()
                .satisfies(found -> assertThat(found.fields())
                        .extracting(StreamDescription.Field::name)
                        .contains(vendor.field()));
        assertThat(connector.describe("NoSuchStream")).isEmpty();
    }

    @Test
    void refusedCredentialsAreFatal() {
        Reply refused = vendor.refused();
        breaks(refused == null ? Step.LOGIN : Step.READ, good -> refused == null ? vendor.error(401) : refused);

        assertThat(readFault()).isInstanceOf(Fatal.class);
    }

    // ---- reading ----

    @Test
    void readsEveryRecordWithItsIdItsValueAndItsBytes() {
        List<SourceRecord> records = readOn(open(), null);

        assertThat(ids(records)).isEqualTo(allIds());
        assertThat(records).hasSize(RECORDS);
        for (SourceRecord record : records) {
            assertThat(record.stream()).isEqualTo(vendor.stream());
            assertThat(record.raw()).isNotEmpty();
            assertThat(record.deleted()).isFalse();
            assertThat(record.at(vendor.field()))
                    .isEqualTo(table.find(record.id()).orElseThrow().value());
            assertThat(record.toString()).doesNotContain("value");
        }
    }

    @Test
    void anEmptyFieldIsEmptyAndEveryCharacterComesThrough() {
        String odd = "\uD83C\uDF27 \u05E9\u05DC\u05D5\u05DD e\u0301 \"quoted\" <b> \\ O'Neil\ttab";
        table.put(vendor.id(1), LONG_AGO, odd);
        table.put(vendor.id(2), LONG_AGO, null);
        Map<String, @Nullable Object> read = new HashMap<>();

        readOn(open(), null).forEach(record -> read.put(record.id(), record.at(vendor.field())));

        assertThat(read.get(vendor.id(1))).isEqualTo(odd);
        assertThat(read.get(vendor.id(2))).isIn(null, "");
    }

    @Test
    void anEmptyStreamEndsWithItsFirstPage() {
        VendorTable empty = new VendorTable();
        try (VendorServer nothing = new VendorServer(
                asked -> vendor.answer(asked, empty, "http://" + asked.headers().get("host")))) {
            Page page = read(open(nothing.url(), PATIENCE), null);

            assertThat(page.records()).isEmpty();
            assertThat(page.last()).isTrue();
        }
    }

    @Test
    void anotherProcessGoesOnFromEachCursorAndMissesNothing() {
        List<SourceRecord> before = new ArrayList<>();
        Cursor cursor = null;
        while (true) {
            Page page = read(open(), cursor);
            before.addAll(page.records());
            if (page.last()) {
                break;
            }
            List<SourceRecord> rest = readOn(open(), page.next());
            List<SourceRecord> both = new ArrayList<>(before);
            both.addAll(rest);
            assertThat(ids(both)).isEqualTo(allIds());
            assertThat(both).as("nothing twice").hasSize(RECORDS);
            cursor = page.next();
        }
        assertThat(ids(before)).isEqualTo(allIds());
    }

    @Test
    void readingAgainFromOneCursorGivesTheSameRecords() {
        Connector connector = open();
        Cursor cursor = read(connector, null).next();

        List<SourceRecord> once = readOn(connector, cursor);
        List<SourceRecord> again = readOn(connector, cursor);

        assertThat(ids(again)).isEqualTo(ids(once));
    }

    @Test
    void theNextRunBringsWhatChangedAfterTheLast() {
        Cursor cursor = end(open());
        table.put(vendor.id(2), Instant.now().truncatedTo(ChronoUnit.SECONDS), "changed");

        List<SourceRecord> records = readOn(open(), cursor);

        assertThat(records)
                .filteredOn(record -> record.id().equals(vendor.id(2)))
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.at(vendor.field())).isEqualTo("changed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", "[]", "0", "{\"v\":1}", "../..", "\u0000"})
    void aCursorThatItDidNotWriteIsRefused(String position) {
        Connector connector = open();

        assertThat(faultOf(() -> read(connector, new Cursor(position)))).isInstanceOf(Fatal.class);
    }

    @Test
    void fetchesByIdAndLeavesOutWhatDoesNotExist() {
        List<SourceRecord> found = open().fetch(
                        vendor.stream(),
                        List.of(vendor.id(3), vendor.id(1), vendor.id(999)),
                        Set.of(vendor.field()),
                        CallPurpose.PRE_READ);

        assertThat(ids(found)).isEqualTo(Set.of(vendor.id(1), vendor.id(3)));
        assertThat(found)
                .allSatisfy(record -> assertThat(record.at(vendor.field()))
                        .isEqualTo(table.find(record.id()).orElseThrow().value()));
    }

    @Test
    void everyCallIsCountedByItsPurpose() {
        Connector connector = open();
        assertThat(connector.usage().of(CallPurpose.READ)).isZero();

        readOn(connector, null);
        long reads = connector.usage().of(CallPurpose.READ);
        connector.fetch(vendor.stream(), List.of(vendor.id(1)), Set.of(vendor.field()), CallPurpose.CONFIRM);

        assertThat(reads).isPositive();
        assertThat(connector.usage().of(CallPurpose.READ)).isEqualTo(reads);
        assertThat(connector.usage().of(CallPurpose.CONFIRM)).isPositive();
        long counted =
                connector.usage().calls().values().stream().mapToLong(n -> n).sum();
        assertThat(counted).isEqualTo(server.asked().size());
    }

    @Test
    void namesThatAreNoNamesReachNobody() {
        for (String stream : List.of("", "a b", "../x", "x?y=1", "x'--", "\u00DCnit")) {
            Connector connector = open();
            assertThat(faultOf(() -> connector.read(stream, Set.of(vendor.field()), null)))
                    .isInstanceOf(Fatal.class);
        }
        assertThat(server.asked()).noneMatch(asked -> vendor.step(asked) == Step.READ);
    }

    // ---- writing ----

    @Test
    void writingTwiceLeavesTheSameAsWritingOnce() {
        Connector connector = open();
        takesWrites(connector);
        List<Change> changes = List.of(change(1, "written"), change(2, "too"));

        List<WriteOutcome> first = connector.write(vendor.stream(), changes);
        List<String> once = values();
        List<WriteOutcome> second = open().write(vendor.stream(), changes);

        assertThat(first)
                .containsExactly(new WriteOutcome.Written(vendor.id(1)), new WriteOutcome.Written(vendor.id(2)));
        assertThat(second).isEqualTo(first);
        assertThat(once).contains("written", "too");
        assertThat(values()).isEqualTo(once);
    }

    private List<String> values() {
        return table.rows().stream()
                .map(row -> row.id() + "=" + row.value())
                .sorted()
                .map(text -> text.substring(text.indexOf('=') + 1))
                .toList();
    }

    @Test
    void writesAnswerInOrderAndARecordThatIsGoneIsRejectedAlone() {
        Connector connector = open();
        takesWrites(connector);

        List<WriteOutcome> outcomes =
                connector.write(vendor.stream(), List.of(change(2, "new"), change(999, "nobody"), change(1, "new")));

        assertThat(outcomes).extracting(WriteOutcome::id).containsExactly(vendor.id(2), vendor.id(999), vendor.id(1));
        assertThat(outcomes.get(0)).isInstanceOf(WriteOutcome.Written.class);
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        WriteOutcome.Rejected.class,
                        refused -> assertThat(refused.gone()).isTrue());
        assertThat(outcomes.get(2)).isInstanceOf(WriteOutcome.Written.class);
    }

    @Test
    void aWriteOfNothingCallsNobodyAndOneTooManyIsRefused() {
        Connector connector = open();
        takesWrites(connector);
        int most = connector.capabilities().writeBatch();
        List<Change> tooMany =
                IntStream.rangeClosed(1, most + 1).mapToObj(n -> change(n, "x")).toList();

        assertThat(connector.write(vendor.stream(), List.of())).isEmpty();
        assertThatThrownBy(() -> connector.write(vendor.stream(), tooMany))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(server.asked()).noneMatch(asked -> vendor.step(asked) == Step.WRITE);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 409, 412, 429, 500, 503})
    void aWriteThatFailedIsNeverCalledWritten(int status) {
        Connector connector = open();
        takesWrites(connector);
        breaks(Step.WRITE, good -> vendor.error(status));

        notWritten(connector, status == 429 || status >= 500);
    }

    @ParameterizedTest
    @EnumSource(
            value = Delivery.class,
            names = {"CUT", "RESET", "SILENT"})
    void aWriteWithoutAWholeAnswerIsNeverCalledWritten(Delivery how) {
        Connector connector = open();
        takesWrites(connector);
        breaks(Step.WRITE, good -> good.delivered(how));

        notWritten(connector, true);
    }

    private void notWritten(Connector connector, boolean passing) {
        List<WriteOutcome> outcomes = new ArrayList<>();
        Throwable thrown =
                catchThrowable(() -> outcomes.addAll(connector.write(vendor.stream(), List.of(change(1, "x")))));
        if (thrown != null) {
            assertThat(faultOf(() -> {
                        throw (RuntimeException) thrown;
                    }))
                    .isInstanceOf(passing ? Retryable.class : ConnectorFault.class);
            return;
        }
        assertThat(outcomes).hasSize(1).noneMatch(WriteOutcome.Written.class::isInstance);
        if (passing) {
            assertThat(outcomes.get(0)).isInstanceOf(WriteOutcome.Postponed.class);
        }
    }

    @Test
    void aConnectorWithoutWritesRefusesThem() {
        Connector connector = open();
        assumeTrue(!connector.capabilities().writes(), "skipped: the vendor takes writes");

        assertThat(faultOf(() -> connector.write(vendor.stream(), List.of(change(1, "x")))))
                .isInstanceOf(Fatal.class);
        assertThat(server.asked()).isEmpty();
    }

    // ---- faults ----

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void whatOnlyAPersonCanCureIsFatal(int status) {
        breaks(Step.READ, good -> vendor.error(status));

        assertThat(readFault()).isInstanceOf(Fatal.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 412})
    void aConflictInAReadIsAFaultAndNoPage(int status) {
        breaks(Step.READ, good -> vendor.error(status));

        assertThat(readFault()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void whatPassesIsTriedAgain(int status) {
        breaks(Step.READ, good -> vendor.error(status));

        assertThat(readFault()).isInstanceOf(Retryable.class);
    }

    private Duration after(String retryAfter) {
        breaks(Step.READ, good -> vendor.error(503).with("Retry-After", retryAfter));
        return ((Retryable) readFault()).after();
    }

    @Test
    void theVendorIsGivenTheTimeItAsksFor() {
        assertThat(after("7")).isEqualTo(Duration.ofSeconds(7));
        assertThat(after(VendorServer.date(Instant.now().plusSeconds(40))))
                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(41));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "86400000", "soon", "", "99999999999999999999999", "Mon, 99 Foo 2026 00:00:00 GMT"})
    void anAbsurdRetryAfterDoesNotStopAConnection(String value) {
        assertThat(after(value)).isBetween(Duration.ZERO, Duration.ofHours(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Delivery.class,
            names = {"CUT", "DRIP", "SILENT", "RESET"})
    void anAnswerThatDoesNotComeWholeAndInTimeIsTriedAgain(Delivery how) {
        breaks(Step.READ, good -> good.delivered(how));
        long begun = System.nanoTime();

        assertThat(readFault()).isInstanceOf(Retryable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(FAR);
    }

    @Test
    void aCompressedAnswerThatIsCutIsTriedAgain() {
        breaks(Step.READ, good -> good.zipped().delivered(Delivery.CUT));

        assertThat(readFault()).isInstanceOf(Retryable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[", "true", "\"canary\"", "<html>canary</html>", "{\"a\":1}{", "[1]"})
    void aBodyThatIsNoAnswerIsNoPage(String body) {
        breaks(Step.READ, good -> good.body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        readFault();
    }

    @Test
    void anAnswerCutInItsTextIsNoPageWhereverItIsCut() {
        Connector connector = open();
        for (int part = 1; part < 16; part++) {
            int of16 = part;
            breaks(
                    Step.READ,
                    good -> good.body(java.util.Arrays.copyOf(
                            good.body(), Math.max(1, (good.body().length - 1) * of16 / 16))));
            readFault(connector);
        }
    }

    @Test
    void somethingBehindTheEndOfAnAnswerIsNoPage() {
        breaks(
                Step.READ,
                good -> good.body((good.text() + "{\"canary\":1}").getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        readFault();
    }

    @Test
    void randomBytesAreAFaultAndNothingElse() {
        long seed = Long.getLong("contract.seed", System.nanoTime());
        System.out.println("random bytes, -Dcontract.seed=" + seed);
        Connector connector = open();
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            breaks(Step.READ, good -> good.body(bytes));
            readFault(connector);
        }
    }

    @Test
    void aRedirectToAnotherHostIsNotFollowed() {
        try (VendorServer elsewhere = new VendorServer(asked -> Reply.json("{}"))) {
            for (Step step : List.of(Step.LOGIN, Step.READ, Step.WRITE)) {
                breaks(step, good -> Reply.of(302, "").with("Location", elsewhere.url() + "/x?canary"));
                Connector connector = open();
                if (step != Step.WRITE || connector.capabilities().writes()) {
                    assertThat(catchThrowable(() -> {
                                readOn(connector, null);
                                connector.write(vendor.stream(), List.of(change(1, "x")));
                            }))
                            .isInstanceOf(ConnectorFault.class);
                }
            }
            breaks(Step.READ, good -> Reply.of(302, "").with("Location", elsewhere.url() + "/x?canary"));
            assertThat(readFault()).isInstanceOf(Fatal.class);
            assertThat(elsewhere.asked()).isEmpty();
        }
    }

    @Test
    void aVendorThatIsDownIsTriedAgain() {
        server.close();

        assertThat(readFault()).isInstanceOf(Retryable.class);
    }

    @Test
    void aFieldThatIsLeftOutIsAbsentAndNotEmpty() {
        table.hideField();

        List<SourceRecord> records = readOn(open(), null);

        assertThat(records).hasSize(RECORDS);
        assertThat(records).noneMatch(record -> record.has(vendor.field()));
    }

    @Test
    void aFieldThatTheVendorNoLongerHasIsNamed() {
        Reply gone = vendor.fieldGone();
        assumeTrue(gone != null, "skipped: this vendor leaves a removed field out in silence, which is tested apart");
        breaks(Step.READ, good -> gone);

        assertThat(readFault()).isInstanceOf(Fatal.class).hasMessageContaining(vendor.field());
    }

    @Test
    void aClosedConnectorSaysSo() {
        Connector connector = open();
        connector.close();
        connector.close();

        faultOf(() -> read(connector, null));
    }

    @Test
    void noSecretInWhatAConnectorSaysOfItself() {
        assertThat(open().toString()).doesNotContain(vendor.secrets()).contains(NAME);
    }
}
