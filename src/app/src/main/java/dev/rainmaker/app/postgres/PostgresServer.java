package dev.rainmaker.app.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the server of one locked state folder into the state wanted: running and ours, or stopped. */
final class PostgresServer {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration IMMEDIATE_STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration ORPHANS_LIMIT = Duration.ofSeconds(15);
    private static final int PORT_ATTEMPTS = 5;
    private static final long POLL_MILLIS = 20;

    private final Path state;
    private final EmbeddedPostgres.Options options;
    private final ServerAccount account;
    private final PostgresBinaries binaries;
    private final DataFolder data;
    private final ServerLog log;

    /** A server that answers. */
    record Running(ServerAddress address, boolean takenOver) {}

    private PostgresServer(
            Path state, EmbeddedPostgres.Options options, ServerAccount account, PostgresBinaries binaries) {
        this.state = state;
        this.options = options;
        this.account = account;
        this.binaries = binaries;
        this.data = new DataFolder(state, account);
        this.log = new ServerLog(state.resolve("logs").resolve("ledger"));
    }

    static PostgresServer of(Path state, EmbeddedPostgres.Options options, ServerAccount account) {
        Path home = options.programs().orElseGet(() -> programsHome(state, account));
        return new PostgresServer(state, options, account, PostgresBinaries.under(home));
    }

    static Path passwordFile(Path state) {
        return state.resolve("keys").resolve("ledger-password");
    }

    /** The user's cache, where several state folders share one copy; the state folder where that cannot be. */
    private static Path programsHome(Path state, ServerAccount account) {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path home = (cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
                .resolve("rainmaker");
        if (account.sharesFiles()) {
            try {
                Files.createDirectories(home);
                if (Files.isWritable(home)) {
                    return home;
                }
            } catch (IOException noCache) {
                LOG.debug("no cache folder {}: {}", home, noCache.getMessage());
            }
        }
        return state.resolve("programs");
    }

    Running run() {
        String password = prepareData();
        long deadline = System.nanoTime() + options.startTimeout().toNanos();
        long orphansSince = 0;
        boolean launched = false;
        while (true) {
            Optional<Postmaster> living = living();
            if (living.isPresent() && living.get().ready()) {
                if (launched || fits(living.get())) {
                    ServerAddress address = introduced(living.get(), password);
                    if (!launched) {
                        LOG.info(
                                "took over the ledger server that was still running, process {}",
                                living.get().pid());
                    }
                    return new Running(address, !launched);
                }
                LOG.info("restarting the ledger server that was still running, it was started differently");
                stop();
            } else if (living.isPresent()) {
                waitOn(living.get(), deadline);
            } else if (Postmaster.processesIn(data.path()).isEmpty()) {
                removeStalePid();
                launch(deadline);
                launched = true;
            } else {
                orphansSince = orphansSince == 0 ? System.nanoTime() : orphansSince;
                waitForOrphans(orphansSince);
            }
        }
    }

    /** A server that cannot be used is not left behind. */
    private ServerAddress introduced(Postmaster postmaster, String password) {
        try {
            return Introduction.to(postmaster, password);
        } catch (PostgresFault useless) {
            stop();
            throw useless;
        }
    }

    private String prepareData() {
        Optional<String> known = SecretFile.read(passwordFile(state));
        if (data.isThere()) {
            data.checkVersion();
            return known.orElseThrow(() -> new PostgresFault("The ledger's password is missing: " + passwordFile(state)
                    + " does not exist or is empty; put it back from a backup, the data cannot be read without it."));
        }
        String password = known.orElseGet(SecretFile::randomSecret);
        if (known.isEmpty()) {
            SecretFile.write(passwordFile(state), password);
        }
        data.make(binaries, password, options.durable(), options.startTimeout());
        return password;
    }

    private Optional<Postmaster> living() {
        return Postmaster.read(data.path()).filter(postmaster -> postmaster.serves(data.path()));
    }

    /** Whether a server found running is what a start would bring: the same programs, and the port asked for. */
    private boolean fits(Postmaster found) {
        try {
            Path program = Files.readSymbolicLink(Path.of("/proc", Long.toString(found.pid()), "exe"));
            return program.equals(binaries.program("postgres").toRealPath())
                    && (options.port() == 0 || options.port() == found.port());
        } catch (IOException gone) {
            return false;
        }
    }

    private void waitOn(Postmaster busy, long deadline) {
        if (System.nanoTime() > deadline) {
            throw new PostgresFault("The ledger server (process " + busy.pid() + ") is still "
                    + (busy.stopping() ? "stopping" : "starting") + " after "
                    + options.startTimeout().toSeconds() + " s; it goes on, start again in a while.");
        }
        pause();
    }

    /** Processes of a server whose head was killed end by themselves. A new one must not start beside them. */
    private void waitForOrphans(long since) {
        if (System.nanoTime() - since > ORPHANS_LIMIT.toNanos()) {
            List<Long> orphans = Postmaster.processesIn(data.path());
            if (!orphans.isEmpty() && living().isEmpty()) {
                throw new PostgresFault("Processes " + orphans + " of an earlier ledger server still use " + data.path()
                        + " and do not end; end them with kill and start again.");
            }
        }
        pause();
    }

    /**
     * After a crash of the machine the number in {@code postmaster.pid} may be a stranger's, for which PostgreSQL would not
     * start. Called only when no process works in the data folder.
     */
    private void removeStalePid() {
        Optional<Postmaster> stale = Postmaster.read(data.path());
        if (stale.isPresent() && ProcessHandle.of(stale.get().pid()).isPresent()) {
            try {
                Files.deleteIfExists(Postmaster.file(data.path()));
                LOG.info(
                        "removed a postmaster.pid whose process {} is another program",
                        stale.get().pid());
            } catch (IOException failed) {
                throw new PostgresFault(
                        IoReason.sentence("A stale file cannot be removed:", Postmaster.file(data.path()), failed),
                        failed);
            }
        }
    }

    private void launch(long deadline) {
        for (int attempt = 1; ; attempt++) {
            int port = options.port() == 0 ? freePort() : options.port();
            log.prepare(account);
            data.configure(new ServerSettings(port, log.folder(), options.durable()));
            long seconds =
                    Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toSeconds());
            Command.Ended ended = Command.run(
                    account.command(
                            binaries.program("pg_ctl"),
                            "start",
                            "--pgdata=" + data.path(),
                            "--log=" + log.startFile(),
                            "--wait",
                            "--timeout=" + seconds,
                            "--silent"),
                    state,
                    Duration.ofSeconds(seconds + 30));
            if (ended.well() || living().isPresent()) {
                return;
            }
            boolean portTaken = log.sinceStart().contains("Address already in use");
            if (!portTaken || options.port() != 0 || attempt == PORT_ATTEMPTS) {
                throw notStarted(port, portTaken, ended);
            }
        }
    }

    private PostgresFault notStarted(int port, boolean portTaken, Command.Ended ended) {
        if (portTaken) {
            return new PostgresFault("The ledger server cannot listen on 127.0.0.1:" + port
                    + ", another program does; choose another port or stop that program.");
        }
        String words = Cause.in(log.sinceStart());
        return new PostgresFault("The ledger server in " + data.path() + " did not start: "
                + IoReason.cured(words.isEmpty() ? ended.cause() : words));
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        } catch (IOException noPort) {
            throw new PostgresFault("No free port on 127.0.0.1 for the ledger server: " + noPort.getMessage(), noPort);
        }
    }

    /** Stops whatever server runs on the data: politely to the disk, not to its clients; by force if that does not help. */
    void stop() {
        stop("fast", STOP_LIMIT);
        if (living().isPresent()) {
            stop("immediate", IMMEDIATE_STOP_LIMIT);
        }
        living().flatMap(postmaster -> ProcessHandle.of(postmaster.pid())).ifPresent(ProcessHandle::destroyForcibly);
    }

    private void stop(String mode, Duration limit) {
        if (living().isEmpty()) {
            return;
        }
        Command.Ended ended = Command.run(
                account.command(
                        binaries.program("pg_ctl"),
                        "stop",
                        "--pgdata=" + data.path(),
                        "--mode=" + mode,
                        "--wait",
                        "--timeout=" + limit.toSeconds(),
                        "--silent"),
                state,
                limit.plusSeconds(10));
        if (!ended.well()) {
            LOG.warn("the ledger server did not stop ({}): {}", mode, ended.cause());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PostgresFault("Interrupted while waiting for the ledger server.", interrupted);
        }
    }
}
