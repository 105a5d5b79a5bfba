package dev.rainmaker.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.app.postgres.EmbeddedPostgres.Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    /** Data made once and copied, to save the time of making. */
    @TempDir
    static Path made;

    @TempDir
    Path state;

    private final List<Process> owners = new ArrayList<>();

    @BeforeAll
    static void makeData() {
        EmbeddedPostgres.start(made, Options.standard()).close();
    }

    @BeforeEach
    void copyData() throws IOException {
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = state.resolve(made.relativize(file).toString());
                if (!copy.equals(state)) {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    @AfterEach
    void leaveNothingRunning() {
        owners.forEach(Process::destroyForcibly);
        Postmaster.processesIn(DataFolder.in(state))
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void keepsDataFromOneStartToTheNextAndLeavesNothingRunning() throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(state, Options.standard())) {
            execute(first, "CREATE TABLE t AS SELECT 'Ümläut' AS word");
            assertThat(first.takenOver()).isFalse();
        }
        assertThat(Postmaster.processesIn(DataFolder.in(state))).isEmpty();

        try (EmbeddedPostgres second = EmbeddedPostgres.start(state, Options.standard())) {
            assertThat(query(second, "SELECT upper(word) FROM t")).isEqualTo("ÜMLÄUT");
            assertThat(second.takenOver()).isFalse();
        }
    }

    @Test
    void isDurableClosedToStrangersAndConfiguredForThePurpose() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(state, Options.standard())) {
            assertThat(query(server, "SHOW fsync")).isEqualTo("on");
            assertThat(query(server, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(server, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(query(server, "SHOW data_checksums")).isEqualTo("on");
            assertThat(query(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(server, "SHOW unix_socket_directories")).isEmpty();
            assertThat(query(server, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(query(server, "SHOW TimeZone")).isNotEmpty();
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(state.resolve("keys/ledger-password"))))
                    .isEqualTo("rw-------");
            assertThat(server.address().toString()).doesNotContain(server.password());
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(EmbeddedPostgres.find(state)).contains(server.address());
        }
        assertThat(EmbeddedPostgres.find(state)).isEmpty();
    }

    @Test
    void serverOfAKilledOwnerIsTakenOverWithAllItCommittedAndStoppedInTheEnd() throws Exception {
        long last = killAfterCommits(state, 50);

        try (EmbeddedPostgres next = EmbeddedPostgres.start(state, Options.standard())) {
            assertThat(next.takenOver()).isTrue();
            assertThat(Long.parseLong(query(next, "SELECT max(n) FROM committed")))
                    .isGreaterThanOrEqualTo(last);
            assertThat(query(next, "SELECT max(n) - count(*) FROM committed")).isEqualTo("0");
        }
        assertThat(Postmaster.processesIn(DataFolder.in(state))).isEmpty();
    }

    @Test
    void dataOfAKilledServerAreRecovered() throws Exception {
        long last = killAfterCommits(state, 50);
        killServer();

        try (EmbeddedPostgres next = EmbeddedPostgres.start(state, Options.standard())) {
            assertThat(next.takenOver()).isFalse();
            assertThat(Long.parseLong(query(next, "SELECT max(n) FROM committed")))
                    .isGreaterThanOrEqualTo(last);
        }
    }

    @Test
    void anOwnerKilledWhileItMakesTheDataLeavesNothingThatStopsTheNextStart() throws Exception {
        Path fresh = Files.createDirectory(state.resolve("fresh"));
        Process owner = owner(fresh, Long.MAX_VALUE);
        awaitIn(fresh, "ledger.new-");
        owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(DataFolder.in(fresh)).doesNotExist();

        try (EmbeddedPostgres next = EmbeddedPostgres.start(fresh, Options.standard())) {
            assertThat(query(next, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void anOwnerKilledWhileItsServerStartsIsFollowedByOneThatUsesThatServer() throws Exception {
        Process owner = owner(state, Long.MAX_VALUE);
        awaitIn(DataFolder.in(state), "postmaster.pid");
        owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        try (EmbeddedPostgres next = EmbeddedPostgres.start(state, Options.standard())) {
            assertThat(query(next, "SELECT 1")).isEqualTo("1");
            assertThat(next.takenOver()).isTrue();
        }
    }

    private static void awaitIn(Path folder, String start) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline) {
            try (var entries = Files.list(folder)) {
                if (entries.anyMatch(entry -> entry.getFileName().toString().startsWith(start))) {
                    return;
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no " + start + " in " + folder);
    }

    @Test
    void aProcessNumberThatNowIsAStrangersDoesNotStopTheStart() throws Exception {
        killAfterCommits(state, 3);
        killServer();
        Path file = Postmaster.file(DataFolder.in(state));
        List<String> lines = Files.readAllLines(file);
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(file, lines);

        try (EmbeddedPostgres next = EmbeddedPostgres.start(state, Options.standard())) {
            assertThat(next.takenOver()).isFalse();
            assertThat(query(next, "SELECT count(*) >= 3 FROM committed")).isEqualTo("t");
        }
    }

    @Test
    void secondProcessOnTheSameFolderIsRefusedWithTheNumberOfTheFirst() throws Exception {
        Process owner = owner(state, Long.MAX_VALUE);
        readUntil(owner, "committed 1");

        assertThatThrownBy(() -> EmbeddedPostgres.start(state, Options.standard()))
                .isInstanceOf(PostgresFault.class)
                .hasMessage("The state folder " + state + " is in use by process " + owner.pid()
                        + "; stop that process or choose another folder with --state.");
    }

    @Test
    void secondStartInTheSameProcessIsRefusedAndTheFirstKeepsItsLock() throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(state, Options.standard())) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(state, Options.standard()))
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());

            Process other = owner(state, 1);
            assertThat(readUntil(other, "refused"))
                    .contains("in use by process " + ProcessHandle.current().pid());
            assertThat(query(first, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aServerKeptRunningIsTakenOverUnlessAnotherPortIsAskedFor() throws Exception {
        EmbeddedPostgres.start(state, Options.standard().keptRunning()).close();
        int port = freePort();

        try (EmbeddedPostgres same =
                EmbeddedPostgres.start(state, Options.standard().keptRunning())) {
            assertThat(same.takenOver()).isTrue();
        }
        try (EmbeddedPostgres other =
                EmbeddedPostgres.start(state, Options.standard().onPort(port))) {
            assertThat(other.takenOver()).isFalse();
            assertThat(other.jdbcUrl()).contains(":" + port + "/");
        }
    }

    @Test
    void adminsSettingsInCustomConfWin() throws Exception {
        Files.writeString(DataFolder.in(state).resolve("custom.conf"), "work_mem = '11MB'\n");

        try (EmbeddedPostgres server = EmbeddedPostgres.start(state, Options.standard())) {
            assertThat(query(server, "SHOW work_mem")).isEqualTo("11MB");
        }
    }

    private long killAfterCommits(Path folder, long commits) throws Exception {
        Process owner = owner(folder, Long.MAX_VALUE);
        String line = readUntil(owner, "committed " + commits);
        owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        return Long.parseLong(line.substring(line.indexOf(' ') + 1));
    }

    private void killServer() throws InterruptedException {
        long pid = Postmaster.read(DataFolder.in(state)).orElseThrow().pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private Process owner(Path folder, long commits) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerOwner.class.getName(),
                        folder.toString(),
                        Long.toString(commits))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        owners.add(process);
        return process;
    }

    private static String readUntil(Process process, String start) throws IOException {
        BufferedReader reader = process.inputReader();
        List<String> seen = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
            seen.add(line);
        }
        throw new AssertionError("the process ended without \"" + start + "\": " + seen);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }

    static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String query(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
