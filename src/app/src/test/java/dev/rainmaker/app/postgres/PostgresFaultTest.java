package dev.rainmaker.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rainmaker.app.postgres.EmbeddedPostgres.Options;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every start that fails ends in one sentence: what, where, what to do. */
class PostgresFaultTest {
    /** Made once; each test leaves it as it was. */
    @TempDir
    static Path made;

    @TempDir
    Path state;

    @BeforeAll
    static void makeData() {
        EmbeddedPostgres.start(made, quick()).close();
    }

    @Test
    void dataOfAnotherMajorVersionAreNotTouched() throws Exception {
        Path version = DataFolder.in(made).resolve("PG_VERSION");
        withContent(
                version,
                "16\n",
                () -> startIn(made)
                        .hasMessage("The data folder " + DataFolder.in(made)
                                + " was made by PostgreSQL 16, and this Rainmaker brings"
                                + " PostgreSQL 17; dump it with the version that made it and load the dump, or choose another"
                                + " folder with --state."));
    }

    @Test
    void aLostPasswordIsNamedWithItsFile() throws Exception {
        withContent(
                PostgresServer.passwordFile(made),
                "",
                () -> startIn(made)
                        .hasMessageContaining("password is missing")
                        .hasMessageContaining("keys/ledger-password"));
    }

    @Test
    void aWrongPasswordIsSaidToBeWrongAndNotShown() throws Exception {
        withContent(
                PostgresServer.passwordFile(made),
                "not-the-right-one",
                () -> startIn(made)
                        .hasMessageContaining("does not accept the password in keys/ledger-password")
                        .hasMessageNotContaining("not-the-right-one"));
        assertThat(Postmaster.processesIn(DataFolder.in(made))).isEmpty();
    }

    @Test
    void aBrokenSettingIsQuotedFromTheServersLog() throws Exception {
        withContent(
                DataFolder.in(made).resolve("custom.conf"),
                "shared_buffers = 'many'\n",
                () -> startIn(made)
                        .hasMessageContaining("did not start")
                        .hasMessageContaining("invalid value for parameter \"shared_buffers\": \"many\"")
                        .hasMessageNotContaining("\n"));
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> EmbeddedPostgres.start(made, quick().onPort(port)))
                    .hasMessage("The ledger server cannot listen on 127.0.0.1:" + port
                            + ", another program does; choose another port or stop that program.");
        }
    }

    @Test
    void foreignFilesInTheDataFolderAreKept() throws Exception {
        Path foreign = Files.createDirectories(DataFolder.in(state)).resolve("thesis.txt");
        Files.writeString(foreign, "precious");

        startIn(state).hasMessageContaining("holds files but no PostgreSQL data");
        assertThat(foreign).hasContent("precious");
    }

    @Test
    void aFileInPlaceOfTheStateFolderIsNamed() throws Exception {
        Path file = Files.writeString(state.resolve("file"), "");

        startIn(file).hasMessageContaining(file + " is a file where a folder is needed");
    }

    @Test
    void aFailedStartGivesTheStateFolderFree() throws Exception {
        Path foreign = Files.createDirectories(DataFolder.in(state)).resolve("thesis.txt");
        Files.writeString(foreign, "");
        startIn(state);
        Files.delete(foreign);

        EmbeddedPostgres.start(state, quick()).close();
        assertThat(DataFolder.in(state).resolve("PG_VERSION")).exists();
    }

    @Test
    void aFullDiskEndsInOneSentence() throws Exception {
        try (Tmpfs small = Tmpfs.mount(state, "size=20m")) {
            Path folder = small.folder();
            startIn(folder)
                    .hasMessageContaining("the disk is full, free some space")
                    .hasMessageNotContaining("\n");
            try (var left = Files.list(folder)) {
                assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("lock", "keys");
            }
        }
    }

    @Test
    void aReadOnlyDiskEndsInOneSentence() throws Exception {
        try (Tmpfs frozen = Tmpfs.mount(state, "ro")) {
            startIn(frozen.folder())
                    .hasMessageContaining("Read-only file system; mount it writable or choose another folder");
        }
    }

    @Test
    void aFolderWithoutWriteAccessEndsInOneSentence() throws Exception {
        Path closed = Files.createDirectory(state.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
        assumeTrue(!Files.isWritable(closed), "root may write everywhere");

        startIn(closed).hasMessageContaining("permission denied").hasMessageContaining("give this user write access");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> startIn(Path folder) {
        return assertThatThrownBy(() -> EmbeddedPostgres.start(folder, quick())).isInstanceOf(PostgresFault.class);
    }

    private static Options quick() {
        return Options.standard().withoutDurability();
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static void withContent(Path file, String content, Attempt attempt) throws Exception {
        String before = Files.exists(file) ? Files.readString(file) : null;
        Files.writeString(file, content);
        try {
            attempt.run();
        } finally {
            if (before == null) {
                Files.delete(file);
            } else {
                Files.writeString(file, before);
            }
        }
    }

    /** A small disk of its own, where this user may mount one. */
    private record Tmpfs(Path folder) implements AutoCloseable {

        static Tmpfs mount(Path parent, String how) throws Exception {
            Path folder = Files.createDirectory(parent.resolve("disk"));
            boolean mounted = "root".equals(System.getProperty("user.name"))
                    && Command.run(
                                    List.of("mount", "-t", "tmpfs", "-o", how, "rainmaker-test", folder.toString()),
                                    parent,
                                    Duration.ofSeconds(10))
                            .well();
            assumeTrue(mounted, "mounting a small disk takes root");
            return new Tmpfs(folder);
        }

        @Override
        public void close() {
            Command.run(List.of("umount", folder.toString()), Path.of("/"), Duration.ofSeconds(10));
        }
    }
}
