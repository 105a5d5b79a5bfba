package dev.rainmaker.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of Rainmaker's own, with its data in {@code ledger} under the state folder. A commit it acknowledges is on
 * disk. It outlives the forced end of this process: the next start on the same folder takes it over, or recovers its data.
 *
 * <p>Beside the data: {@code lock} (who uses the folder), {@code keys/ledger-password} (mode 0600), {@code logs/ledger/}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    static final String USER = "rainmaker";
    static final String DATABASE = "rainmaker";

    private final StateLock lock;
    private final PostgresServer server;
    private final ServerAddress address;
    private final boolean takenOver;
    private final Options options;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final @Nullable Thread exitHook;

    private EmbeddedPostgres(StateLock lock, PostgresServer server, PostgresServer.Running running, Options options) {
        this.lock = lock;
        this.server = server;
        this.options = options;
        this.takenOver = running.takenOver();
        this.address = running.address();
        this.exitHook = options.stopAtExit() ? new Thread(this::stop, "ledger-stop") : null;
        if (exitHook != null) {
            Runtime.getRuntime().addShutdownHook(exitHook);
        }
    }

    /**
     * How to run the server.
     *
     * @param port the TCP port on 127.0.0.1; 0: any free one
     * @param durable false only for tests: commits are not forced to disk
     * @param stopAtExit stop the server in a shutdown hook if {@link #close()} was not called
     * @param keepRunning {@link #close()} leaves the server running for the next start to take over
     * @param startTimeout how long a start, with the recovery after a crash, may take
     * @param programs where to unpack PostgreSQL's programs; absent: the user's cache folder, else the state folder
     */
    public record Options(
            int port,
            boolean durable,
            boolean stopAtExit,
            boolean keepRunning,
            Duration startTimeout,
            Optional<Path> programs) {

        public Options {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
            }
        }

        /** Durable, on any free port, stopped by {@link EmbeddedPostgres#close()} or at exit, two minutes to start. */
        public static Options standard() {
            return new Options(0, true, true, false, Duration.ofMinutes(2), Optional.empty());
        }

        public Options onPort(int fixed) {
            return new Options(fixed, durable, stopAtExit, keepRunning, startTimeout, programs);
        }

        /** For an owner that orders its own shutdown: no hook, only {@link EmbeddedPostgres#close()} stops the server. */
        public Options stoppedByCloseOnly() {
            return new Options(port, durable, false, keepRunning, startTimeout, programs);
        }

        /** The server outlives its owner also in an orderly end. */
        public Options keptRunning() {
            return new Options(port, durable, false, true, startTimeout, programs);
        }

        public Options within(Duration timeout) {
            return new Options(port, durable, stopAtExit, keepRunning, timeout, programs);
        }

        Options withoutDurability() {
            return new Options(port, false, stopAtExit, keepRunning, startTimeout, programs);
        }

        Options programsIn(Path folder) {
            return new Options(port, durable, stopAtExit, keepRunning, startTimeout, Optional.of(folder));
        }
    }

    /**
     * Starts the server of a state folder, creating folder and data if need be, or takes over the one that still runs there.
     *
     * @throws PostgresFault if another process uses the folder, the data do not fit this version, there is no room or right, or
     *     the server does not come up in time; the message says which, and what to do
     */
    public static EmbeddedPostgres start(Path stateFolder, Options options) {
        Path state = stateFolder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(state);
        } catch (IOException failed) {
            throw new PostgresFault(IoReason.sentence("The state folder cannot be created in", state, failed), failed);
        }
        StateLock lock = StateLock.take(state);
        try {
            PostgresServer server =
                    PostgresServer.of(state, options, ServerAccount.forData(state, DataFolder.in(state)));
            return new EmbeddedPostgres(lock, server, server.run(), options);
        } catch (UncheckedIOException failed) {
            lock.close();
            throw new PostgresFault(IoReason.sentence("PostgreSQL cannot be started in", state, failed), failed);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /** Whether a living process uses the state folder. */
    public static boolean inUse(Path stateFolder) {
        return StateLock.taken(stateFolder);
    }

    /**
     * The server that runs for a state folder now, whoever owns it: for short commands beside a running Rainmaker. Takes no lock.
     */
    public static Optional<ServerAddress> find(Path stateFolder) {
        Path state = stateFolder.toAbsolutePath().normalize();
        Path data = DataFolder.in(state);
        return Postmaster.read(data)
                .filter(postmaster -> postmaster.ready() && postmaster.serves(data))
                .flatMap(postmaster -> SecretFile.read(PostgresServer.passwordFile(state))
                        .map(password -> ServerAddress.local(postmaster.port(), DATABASE, password)));
    }

    public String jdbcUrl() {
        return address.jdbcUrl();
    }

    public String user() {
        return address.user();
    }

    public String password() {
        return address.password();
    }

    public ServerAddress address() {
        return address;
    }

    /** Whether the server was found running from an owner that was killed. */
    public boolean takenOver() {
        return takenOver;
    }

    /** Stops the server (clients are cut off, what was committed is kept) and gives the state folder free. */
    @Override
    public void close() {
        if (exitHook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(exitHook);
            } catch (IllegalStateException exitingAlready) {
                // The hook runs or has run: stop() happens once.
            }
        }
        stop();
    }

    private void stop() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!options.keepRunning()) {
                server.stop();
            }
        } finally {
            lock.close();
        }
    }
}
