package dev.rainmaker.app.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.SeenLedger;
import dev.rainmaker.app.ledger.StreamLedger;
import dev.rainmaker.app.mapping.Mappings;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.connector.ApiUsage;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Capabilities;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.CheckReport;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.StreamDescription;
import dev.rainmaker.connector.StreamNeed;
import dev.rainmaker.connector.WriteOutcome;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.partner.Person;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of records that a full read no longer brings, by what the connector declares. */
class ReconciliationTest {

    private final Academy academy = new Academy();
    private Ledger ledger;
    private FactLedger facts;
    private LiveConnection connection;

    /** A system of people that tells of no deletion unless it says so; pages of ten. */
    private static final class Academy implements Connector {
        final Set<String> people = new TreeSet<>();
        boolean tellsDeletes;
        Set<String> forgets = Set.of();

        @Override
        public Capabilities capabilities() {
            return new Capabilities(false, 1, 100, 10, false, tellsDeletes, forgets, false, false, false, null);
        }

        @Override
        public CheckReport check(List<StreamNeed> needs) {
            return new CheckReport("lms", List.of());
        }

        @Override
        public List<StreamDescription> discover() {
            return List.of();
        }

        @Override
        public Page read(String stream, Set<String> fields, Cursor cursor) {
            int from = cursor == null || cursor.position().equals("end") ? 0 : Integer.parseInt(cursor.position());
            List<SourceRecord> page =
                    people.stream().skip(from).limit(10).map(this::record).toList();
            boolean last = from + 10 >= people.size();
            return new Page(page, new Cursor(last ? "end" : Integer.toString(from + 10)), last, -1);
        }

        private SourceRecord record(String id) {
            return new SourceRecord(
                    "user",
                    id,
                    Instant.EPOCH,
                    false,
                    Map.of("fullname", "Person " + id),
                    ("{\"id\":" + id + "}").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public List<SourceRecord> fetch(String stream, List<String> ids, Set<String> fields, CallPurpose purpose) {
            return List.of();
        }

        @Override
        public List<WriteOutcome> write(String stream, List<Change> changes) {
            throw new ConnectorFault.Fatal("lms: nothing is written");
        }

        @Override
        public ApiUsage usage() {
            return new ApiUsage(Map.of(), -1, -1);
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void open() {
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        ledger = Ledger.open(database.jdbcUrl(), database.user(), database.password(), "default");
        facts = new FactLedger(ledger);
        Path mappings = Path.of(System.getProperty("rainmaker.home", "../..")).resolve("mappings");
        connection = new LiveConnection("lms", "moodle", academy, Mappings.load(mappings, "moodle"));
        IntStream.range(100, 160).forEach(n -> academy.people.add(Integer.toString(n)));
        sync(false);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private SyncResult sync(boolean full) {
        return new SyncStreams(facts, new StreamLedger(ledger), new SeenLedger(ledger))
                .sync(connection, connection.stream("user").orElseThrow(), full, false, Progress.SILENT);
    }

    private List<String> known() {
        List<String> ids = new ArrayList<>();
        facts.forEach(
                FactKind.PERSON, Person.class, person -> ids.add(person.id().id()));
        return ids;
    }

    @Test
    void whatAFullReadNoLongerBringsIsGoneAndComesBackWhenItDoes() {
        academy.people.removeAll(Set.of("100", "125", "159"));

        sync(false);
        assertThat(known()).as("an incremental read proves nothing").hasSize(60);
        sync(true);
        assertThat(known()).hasSize(57).doesNotContain("100", "125", "159");

        academy.people.add("125");
        sync(true);
        assertThat(known()).hasSize(58).contains("125");
    }

    @Test
    void aVendorThatTellsOfDeletionsIsBelievedInstead() {
        academy.tellsDeletes = true;
        academy.people.remove("100");

        sync(true);

        assertThat(known()).hasSize(60);
    }

    @Test
    void whatTheVendorForgotHappenedAllTheSame() {
        academy.forgets = Set.of("user");
        academy.people.remove("100");

        sync(true);

        assertThat(known()).hasSize(60);
    }

    @Test
    void aReadThatBringsNearlyNothingEndsNothingUntilItIsRepeated() {
        academy.people.removeIf(id -> !id.startsWith("10"));

        assertThatThrownBy(() -> sync(true))
                .isInstanceOf(ConnectorFault.Fatal.class)
                .hasMessageContaining("no longer brought 50 of 60 records");
        assertThat(known()).hasSize(60);

        sync(true);
        assertThat(known()).hasSize(10);
    }
}
