package dev.rainmaker.app.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database connection that all parts of the ledger share: pool, transactions and the tenant's sequence.
 *
 * <p>A transaction that meets a deadlock or a serialization failure is run again as a whole, so the work given to {@link
 * #transaction} must have no effect outside the database.
 */
public final class Ledger implements AutoCloseable {

    private static final int ATTEMPTS = 5;
    private static final int FETCH_SIZE = 2_000; // rows held at once while a transaction streams a large result

    private final HikariDataSource pool;
    private final String tenant;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    private Ledger(HikariDataSource pool, String tenant) {
        this.pool = pool;
        this.tenant = tenant;
        JdbcTemplate template = new JdbcTemplate(pool);
        template.setFetchSize(FETCH_SIZE);
        this.jdbc = JdbcClient.create(template);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
    }

    /**
     * Connects, brings the schema up to date, and makes sure the tenant exists.
     *
     * @param url a JDBC address of a PostgreSQL of version 14 or newer
     * @throws LedgerException if the database cannot be reached or is of a newer Rainmaker, saying which
     */
    public static Ledger open(String url, @Nullable String user, @Nullable String password, String tenant) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        if (user != null) {
            config.setUsername(user);
        }
        if (password != null) {
            config.setPassword(password);
        }
        config.setPoolName("ledger");
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("ApplicationName", "rainmaker");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config);
        } catch (RuntimeException unreachable) {
            throw new LedgerException(
                    "The ledger's database cannot be reached at " + shown(url) + ": " + rootMessage(unreachable)
                            + ". Check ledger.url, ledger.user and ledger.password, and that the server runs.",
                    unreachable);
        }
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            pool.close();
            throw new LedgerException(
                    "The ledger's schema cannot be brought up to date at " + shown(url) + ": " + rootMessage(failed),
                    failed);
        }
        Ledger ledger = new Ledger(pool, tenant);
        ledger.jdbc
                .sql("insert into ledger_head (tenant, seq) values (?, 0) on conflict do nothing")
                .param(tenant)
                .update();
        return ledger;
    }

    /** An address without its parameters, which may hold a password. */
    private static String shown(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    public String tenant() {
        return tenant;
    }

    public DataSource dataSource() {
        return pool;
    }

    /** Statements; inside {@link #transaction} they belong to it. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Runs the work in one transaction, again from the start where the database asks for it. */
    public <T extends @Nullable Object> T transaction(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                @SuppressWarnings("NullAway") // the template's result is null only where the work's is
                T result = transactions.execute(status -> work.get());
                return result;
            } catch (ConcurrencyFailureException again) {
                if (attempt == ATTEMPTS) {
                    throw again;
                }
            }
        }
    }

    /** Runs the work in one transaction. */
    public void inTransaction(Runnable work) {
        transaction(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /**
     * Within a transaction that is done again where a crash undoes it (a lease, what follows from facts): its commit does not
     * wait for the disk. Whatever durable is built on it takes it to the disk first.
     */
    public void redoable() {
        jdbc.sql("set local synchronous_commit = off").update();
    }

    /**
     * Within a transaction: runs work that may hand statements to a second thread on the same connection, and waits for
     * them. Where one of those fails, that is what is thrown: what the work itself then meets is only the aborted transaction.
     */
    public void alongside(Consumer<Background> work) {
        Background background = new Background(pool);
        try {
            work.accept(background);
        } finally {
            background.await();
        }
    }

    /** Runs statements in order, on the connection of the transaction that it was opened in, in a thread of its own. */
    public static final class Background {

        private static final Executor THREADS = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "ledger-background");
            thread.setDaemon(true);
            return thread;
        });

        private final DataSource pool;
        private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

        private Background(DataSource pool) {
            this.pool = pool;
        }

        /** Begins when what was given before has ended well; else it never runs. */
        public void run(Runnable work) {
            Connection connection = connection();
            last = last.thenRunAsync(() -> bound(connection, work), THREADS);
        }

        /** The driver's own connection: it takes calls of two threads, the pool's wrapper does not. */
        private Connection connection() {
            Connection pooled = DataSourceUtils.getConnection(pool);
            try {
                return pooled.unwrap(PgConnection.class);
            } catch (SQLException other) {
                throw new IllegalStateException("the ledger is a PostgreSQL", other);
            } finally {
                DataSourceUtils.releaseConnection(pooled, pool);
            }
        }

        private void bound(Connection connection, Runnable work) {
            TransactionSynchronizationManager.bindResource(pool, new ConnectionHolder(connection));
            try {
                work.run();
            } finally {
                TransactionSynchronizationManager.unbindResource(pool);
            }
        }

        private void await() {
            try {
                last.join();
            } catch (CompletionException failed) {
                if (failed.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw failed;
            }
        }
    }

    /** The next number of the tenant's sequence; holds its lock to the end of the transaction. */
    long nextSequence() {
        return jdbc.sql("update ledger_head set seq = seq + 1 where tenant = ? returning seq")
                .param(tenant)
                .query(Long.class)
                .single();
    }

    /** The database's clock: the only one that leases and deadlines know. */
    public Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant();
    }

    /** The sequence up to which everything is visible. */
    public long sequence() {
        return jdbc.sql("select seq from ledger_head where tenant = ?")
                .param(tenant)
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        pool.close();
    }
}
