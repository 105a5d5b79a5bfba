package dev.rainmaker.app.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A server's data: made once by initdb, whole or not at all, and configured anew before each start. */
final class DataFolder {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String BEING_MADE = "ledger.new-";

    private final Path state;
    private final Path folder;
    private final ServerAccount account;

    DataFolder(Path state, ServerAccount account) {
        this.state = state;
        this.folder = in(state);
        this.account = account;
    }

    static Path in(Path state) {
        return state.resolve("ledger");
    }

    Path path() {
        return folder;
    }

    boolean isThere() {
        return Files.exists(folder.resolve("PG_VERSION"));
    }

    /** @throws PostgresFault if the data was made by another major version, or is not a server's data at all */
    void checkVersion() {
        try {
            String version = Files.readString(folder.resolve("PG_VERSION")).strip();
            if (!version.equals(Integer.toString(PostgresBinaries.MAJOR))) {
                throw new PostgresFault(
                        "The data folder " + folder + " was made by PostgreSQL " + version
                                + ", and this Rainmaker brings PostgreSQL " + PostgresBinaries.MAJOR
                                + "; dump it with the version that made it and load the dump, or choose another folder with --state.");
            }
        } catch (IOException unreadable) {
            throw new PostgresFault(IoReason.sentence("PG_VERSION cannot be read in", folder, unreadable), unreadable);
        }
    }

    /**
     * Makes the data in a folder of its own and renames it into place.
     *
     * @param durable false only for tests: nothing is forced to disk
     * @throws PostgresFault with initdb's reason
     */
    void make(PostgresBinaries binaries, String password, boolean durable, Duration limit) {
        try {
            refuseForeignContent();
            removeAbandoned();
            Path workshop = Files.createTempDirectory(state, BEING_MADE, OWNER_ONLY);
            try {
                Path passwordFile = workshop.resolve("password");
                SecretFile.write(passwordFile, password);
                account.own(workshop);
                Path data = workshop.resolve("data");
                Command.Ended ended = Command.run(initdb(binaries, data, passwordFile, durable), workshop, limit);
                if (!ended.well()) {
                    throw new PostgresFault("PostgreSQL could not create its data folder " + folder + ": "
                            + IoReason.cured(ended.cause()));
                }
                Files.move(data, folder, StandardCopyOption.ATOMIC_MOVE);
                Folders.force(state);
            } finally {
                Folders.discard(workshop);
            }
        } catch (IOException failed) {
            throw new PostgresFault(
                    IoReason.sentence("PostgreSQL's data cannot be created in", folder, failed), failed);
        }
    }

    private List<String> initdb(PostgresBinaries binaries, Path data, Path passwordFile, boolean durable) {
        List<String> words = new ArrayList<>(account.command(
                binaries.program("initdb"),
                "--pgdata=" + data,
                "--username=" + EmbeddedPostgres.USER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions"));
        if (!durable) {
            words.add("--no-sync");
        }
        return words;
    }

    private void refuseForeignContent() throws IOException {
        if (!Files.isDirectory(folder)) {
            if (Files.exists(folder)) {
                throw new PostgresFault("The data folder " + folder
                        + " is a file; move it away or choose another folder with --state.");
            }
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new PostgresFault(
                        "The folder " + folder
                                + " holds files but no PostgreSQL data (no PG_VERSION); move them away or choose another folder with --state.");
            }
        }
    }

    /** What a killed start left. Its initdb may still be at work in there, then the folder goes at a later start. */
    private void removeAbandoned() throws IOException {
        try (Stream<Path> entries = Files.list(state)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                if (entry.getFileName().toString().startsWith(BEING_MADE)) {
                    Folders.discard(entry);
                }
            }
        }
    }

    /** Replaces {@code postgresql.conf}. What an admin adds to {@code custom.conf} beside it comes last and wins. */
    void configure(ServerSettings settings) {
        Path file = folder.resolve("postgresql.conf");
        Path beside = folder.resolve("postgresql.conf.new");
        try {
            Files.writeString(beside, settings.text());
            account.own(beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new PostgresFault(IoReason.sentence("PostgreSQL cannot be configured in", file, failed), failed);
        }
    }
}
