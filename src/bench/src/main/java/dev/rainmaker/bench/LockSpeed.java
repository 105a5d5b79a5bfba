package dev.rainmaker.bench;

import dev.rainmaker.app.ledger.DealLockLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.postgres.EmbeddedPostgres;
import dev.rainmaker.dealregistration.LockBook;
import dev.rainmaker.dealregistration.ProductScope;
import dev.rainmaker.fact.RecordId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Attempts to lock twenty hot customers by 32 clients: the lock ledger beside bare SQL of the same shape (an insert that an
 * exclusion constraint may refuse, and a look at who holds it), in turns, over the same pool of connections to one durable
 * PostgreSQL. Argument: attempts per round.
 */
public final class LockSpeed {

    private static final int CLIENTS = 32;
    private static final int CUSTOMERS = 20;
    private static final int ROUNDS = 3;

    private static final String TABLE = "create table bare_lock (like deal_lock including all)";
    private static final String COLUMNS =
            "id, number, customer, partner_connection, partner_id, products, lower(period), upper(period), fence";
    private static final String INSERT = """
            insert into bare_lock (tenant, number, customer, partner_connection, partner_id, products, scope, period, fence)
            select 'default', ?, ?, 'crm', ?, '{}', '{(,)}', tstzrange(c.at, ?), nextval('deal_fence')
            from (select clock_timestamp() as at offset 0) c where c.at < ?
            on conflict do nothing returning """ + " " + COLUMNS;
    private static final String HOLDER = "select " + COLUMNS + """
             from (select clock_timestamp() as at offset 0) c, bare_lock
            where tenant = 'default' and active and period @> c.at and customer = ? and scope && '{(,)}'::int4multirange
            """;

    private LockSpeed() {}

    /** One attempt. */
    private interface Attempt {
        boolean at(String number, String customer, String partner, Instant until) throws SQLException;
    }

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
                .setLevel(ch.qos.logback.classic.Level.WARN);
        int attempts = args.length > 0 ? Integer.parseInt(args[0]) : 40_000;
        Path state = Files.createTempDirectory("rainmaker-bench");
        try (EmbeddedPostgres server = EmbeddedPostgres.start(state, EmbeddedPostgres.Options.standard());
                Ledger ledger = Ledger.open(server.jdbcUrl(), server.user(), server.password(), "default")) {
            ledger.jdbc().sql(TABLE).update();
            DealLockLedger locks = new DealLockLedger(ledger);
            Attempt ours = (number, customer, partner, until) ->
                    locks.take(number, customer, new RecordId("crm", partner), new ProductScope(Set.of()), until)
                            instanceof LockBook.Answer.Granted;
            Attempt bare = (number, customer, partner, until) -> bare(ledger, number, customer, partner, until);
            run(bare, attempts / 4, 0);
            run(ours, attempts / 4, 0);
            ledger.jdbc().sql("analyze bare_lock").update();
            for (int round = 1; round <= ROUNDS; round++) {
                double floor = run(bare, attempts, round);
                double rate = run(ours, attempts, round);
                System.out.printf(
                        Locale.ROOT,
                        "round %d: bare SQL %,.0f/s, lock ledger %,.0f/s, %.0f %%%n",
                        round,
                        floor,
                        rate,
                        100 * rate / floor);
            }
        }
    }

    private static boolean bare(Ledger ledger, String number, String customer, String partner, Instant until)
            throws SQLException {
        try (Connection connection = ledger.dataSource().getConnection()) {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, number);
                insert.setString(2, customer);
                insert.setString(3, partner);
                insert.setTimestamp(4, Timestamp.from(until));
                insert.setTimestamp(5, Timestamp.from(until));
                try (ResultSet granted = insert.executeQuery()) {
                    if (granted.next()) {
                        return true;
                    }
                }
            }
            try (PreparedStatement holder = connection.prepareStatement(HOLDER)) {
                holder.setString(1, customer);
                try (ResultSet row = holder.executeQuery()) {
                    row.next();
                    return false;
                }
            }
        }
    }

    /** Attempts per second. */
    private static double run(Attempt attempt, int attempts, int seed) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> running = new ArrayList<>();
        long begun = System.nanoTime();
        for (int client = 0; client < CLIENTS; client++) {
            Random random = new Random(1_000L * seed + client);
            String partner = "p" + client;
            running.add(clients.submit(() -> {
                for (int i = 0; i < attempts / CLIENTS; i++) {
                    attempt.at(
                            "DR-" + partner + "-" + i,
                            "hot-" + random.nextInt(CUSTOMERS),
                            partner,
                            Instant.now().plusMillis(20 + random.nextInt(200)));
                }
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
        clients.shutdown();
        return attempts / ((System.nanoTime() - begun) / 1e9);
    }
}
