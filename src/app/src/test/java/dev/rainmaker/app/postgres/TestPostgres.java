package dev.rainmaker.app.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Real PostgreSQL for tests: one server per test process, not forced to disk, gone with the process. Each call hands out a
 * database of its own.
 */
public final class TestPostgres {
    private static final String PREFIX = "rainmaker-test-ledger-";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final List<HikariDataSource> POOLS = new CopyOnWriteArrayList<>();

    private TestPostgres() {}

    /** A database for one test or test class. {@code dataSource} pools up to 10 connections, opened when needed. */
    public record TestDatabase(String jdbcUrl, String user, String password, DataSource dataSource) {

        /** Takes the database away from everybody, with a cut through what is connected, or gives it back. */
        public void setReachable(boolean reachable) {
            String name = jdbcUrl.substring(jdbcUrl.lastIndexOf('/') + 1);
            execute("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS " + reachable);
            if (!reachable) {
                execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            }
        }
    }

    /** A fresh database with all migrations applied (copied from a template in which Flyway ran once). */
    public static TestDatabase migrated() {
        return create(Template.NAME);
    }

    /** A fresh database with nothing in it. */
    public static TestDatabase empty() {
        return create("template0");
    }

    private static TestDatabase create(String template) {
        String name = "test_" + NUMBER.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        return database(name);
    }

    private static TestDatabase database(String name) {
        EmbeddedPostgres server = Server.RUNNING;
        String url = server.jdbcUrl().replaceFirst("/[^/]*$", "/" + name);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(0);
        config.setIdleTimeout(10_000);
        config.setPoolName(name);
        HikariDataSource pool = new HikariDataSource(config);
        POOLS.add(pool);
        return new TestDatabase(url, server.user(), server.password(), pool);
    }

    private static synchronized void execute(String sql) {
        EmbeddedPostgres server = Server.RUNNING;
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    private static final class Template {
        static final String NAME = migrated();

        private static String migrated() {
            String name = "migrated";
            execute("CREATE DATABASE " + name);
            EmbeddedPostgres server = Server.RUNNING;
            Flyway.configure()
                    .dataSource(server.jdbcUrl().replaceFirst("/[^/]*$", "/" + name), server.user(), server.password())
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return name;
        }
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                sweep();
                Path folder = Files.createTempDirectory(PREFIX);
                EmbeddedPostgres server = EmbeddedPostgres.start(
                        folder,
                        EmbeddedPostgres.Options.standard().stoppedByCloseOnly().withoutDurability());
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder)));
                return server;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private static void end(EmbeddedPostgres server, Path folder) {
            POOLS.forEach(HikariDataSource::close);
            server.close();
            try {
                Folders.delete(folder);
            } catch (IOException left) {
                throw new UncheckedIOException(left);
            }
        }

        /** Servers whose test process was killed: stopped and removed, if nobody holds their folder. */
        private static void sweep() throws IOException {
            Instant old = Instant.now().minus(10, ChronoUnit.MINUTES);
            try (Stream<Path> folders = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
                for (Path folder : (Iterable<Path>) folders::iterator) {
                    if (folder.getFileName().toString().startsWith(PREFIX)
                            && Files.getLastModifiedTime(folder).toInstant().isBefore(old)) {
                        remove(folder);
                    }
                }
            }
        }

        private static void remove(Path folder) throws IOException {
            try (StateLock lock = StateLock.take(folder)) {
                PostgresServer.of(
                                folder,
                                EmbeddedPostgres.Options.standard(),
                                ServerAccount.forData(folder, DataFolder.in(folder)))
                        .stop();
                Folders.delete(folder);
            } catch (PostgresFault inUseOrForeign) {
                // Its owner lives, or it is another user's.
            }
        }
    }
}
