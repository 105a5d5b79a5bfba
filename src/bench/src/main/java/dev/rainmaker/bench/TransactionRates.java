package dev.rainmaker.bench;

import dev.rainmaker.app.assignment.AssignLeads;
import dev.rainmaker.app.assignment.CustomerDirectory;
import dev.rainmaker.app.assignment.EarlierLeads;
import dev.rainmaker.app.assignment.NamedAccounts;
import dev.rainmaker.app.assignment.PartnerSnapshots;
import dev.rainmaker.app.company.Companies;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.InboxLedger;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.app.postgres.EmbeddedPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Holidays;
import dev.rainmaker.assignment.LifeRules;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Two transactions of the flow beside bare SQL of the same shape, in the same run on the same durable PostgreSQL: inbox to
 * facts (200 events each), and decision + receipt + outbox (up to 500 each). The floor locks what waits, inserts the very
 * rows that the flow left behind, byte for byte, into tables with the same columns and indexes by batched inserts, and takes
 * what waited off: as many per transaction, and nothing is mapped, compared or decided. Each round has a database of its own, so
 * that both begin with empty tables.
 *
 * <p>Arguments: number of leads, number of partners, home folder.
 */
public final class TransactionRates {

    private static final int PAGE = 200;
    private static final int ROUND = 500;
    private static final int ROUNDS = 4;
    private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");

    private TransactionRates() {}

    /** Runs it and prints the figures; the first round warms up. */
    public static void main(String[] args) throws Exception {
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
                .setLevel(ch.qos.logback.classic.Level.WARN);
        int leads = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        int partners = args.length > 1 ? Integer.parseInt(args[1]) : 500;
        Path home = Path.of(args.length > 2 ? args[2] : "").toAbsolutePath();
        AssignmentPolicy policy = Policies.assignment(home.resolve("policies")).policy();
        Path state = Files.createTempDirectory("rainmaker-bench");
        try (EmbeddedPostgres server = EmbeddedPostgres.start(state, EmbeddedPostgres.Options.standard())) {
            for (int round = 1; round <= ROUNDS; round++) {
                String own = "rates" + round;
                try (Connection connection =
                                DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                        Statement statement = connection.createStatement()) {
                    statement.execute("create database " + own);
                }
                String url = server.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + own + "$1");
                try (Ledger ledger = Ledger.open(url, server.user(), server.password(), "default")) {
                    FactLedger facts = new FactLedger(ledger);
                    BenchPartners.store(facts, partners);
                    accept(ledger, leads);
                    List<List<IncomingRecord>> pages = pages(leads);
                    double intake = leads / seconds(() -> intake(ledger, facts, pages));
                    double bareIntake = leads / bareIntake(ledger);
                    double decided = leads / seconds(() -> decide(ledger, facts, policy));
                    double bareDecided = leads / bareDecisions(ledger);
                    System.out.printf(
                            Locale.ROOT,
                            "round %d  inbox to facts %,.0f/s, bare %,.0f/s: %.0f %%   decisions %,.0f/s, bare"
                                    + " %,.0f/s: %.0f %%%n",
                            round,
                            intake,
                            bareIntake,
                            100 * intake / bareIntake,
                            decided,
                            bareDecided,
                            100 * decided / bareDecided);
                }
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e9;
    }

    /** Events are in the inbox already; each transaction commits what 200 of them brought and takes them off. */
    private static void intake(Ledger ledger, FactLedger facts, List<List<IncomingRecord>> pages) {
        InboxLedger inbox = new InboxLedger(ledger);
        for (List<IncomingRecord> records : pages) {
            List<InboxLedger.Event> claimed = inbox.claim(PAGE, Duration.ofMinutes(1));
            facts.commit("crm", "Lead", "bench", records, () -> inbox.done(claimed, "done"));
        }
    }

    /** What the events' records are mapped to. */
    private static List<List<IncomingRecord>> pages(int leads) {
        List<List<IncomingRecord>> pages = new ArrayList<>();
        for (int from = 0; from < leads; from += PAGE) {
            List<IncomingRecord> records = new ArrayList<>();
            for (int i = from; i < Math.min(leads, from + PAGE); i++) {
                String id = id(i);
                byte[] raw = raw(id, i);
                records.add(new IncomingRecord(
                        new SourceRecord("Lead", id, NOW, false, Map.of(), raw),
                        List.of(lead(id, i)),
                        List.of(),
                        null));
            }
            pages.add(records);
        }
        return pages;
    }

    /** The events were accepted before: what is measured begins with taking them from the inbox. */
    private static void accept(Ledger ledger, int leads) {
        InboxLedger inbox = new InboxLedger(ledger);
        ledger.inTransaction(() -> {
            for (int i = 0; i < leads; i++) {
                String id = id(i);
                inbox.store("crm", "Lead", id, raw(id, i));
            }
        });
    }

    private static String id(int number) {
        return String.format(Locale.ROOT, "00Q%015d", number);
    }

    private static byte[] raw(String id, int number) {
        return ("{\"Id\":\"" + id + "\",\"Company\":\"Example " + number + "\",\"Country\":\"DE\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void decide(Ledger ledger, FactLedger facts, AssignmentPolicy policy) {
        DecisionLedger decisions = new DecisionLedger(ledger);
        new AssignLeads(
                        ledger,
                        facts,
                        decisions,
                        new OutboxLedger(ledger),
                        new PartnerSnapshots(ledger, facts, new ScoreLedger(ledger), Holidays.NONE),
                        new CustomerDirectory(facts, Companies.READER),
                        List.of(
                                new NamedAccounts(policy::zone),
                                new EarlierLeads(facts, decisions, Companies.READER, () -> LifeRules.SAME_PROSPECT)),
                        () -> policy,
                        connection -> "Lead")
                .assign(NOW, Progress.SILENT);
    }

    /** Waiting events are locked, their rows inserted, the events marked; returns the seconds. Reading the rows is not counted. */
    private static double bareIntake(Ledger ledger) throws Exception {
        try (Connection connection = ledger.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            copyOf(statement, "inbox");
            statement.execute("insert into bare_inbox overriding system value select * from inbox where tenant = '"
                    + ledger.tenant() + "'");
            statement.execute("update bare_inbox set done_at = null, outcome = null");
            Map<String, List<Object[]>> rows = new LinkedHashMap<>();
            rows.put("raw_record", rows(statement, ledger, "raw_record", "stream = 'Lead'"));
            rows.put("fact", rows(statement, ledger, "fact", "kind = 'lead'"));
            rows.put("lead_queue", rows(statement, ledger, "lead_queue", "true"));
            statement.execute("vacuum analyze bare_inbox");
            statement.execute("checkpoint");
            String lock = "select id from bare_inbox where tenant = '" + ledger.tenant()
                    + "' and done_at is null and due_at <= clock_timestamp() order by id limit " + PAGE
                    + " for update skip locked";
            return seconds(() -> transactions(connection, rows, PAGE, () -> {
                Long[] ids = ids(statement.executeQuery(lock));
                return () -> {
                    try (PreparedStatement done = connection.prepareStatement(
                            "update bare_inbox set done_at = clock_timestamp(), outcome = 'done' where tenant = ? and id = any (?)")) {
                        done.setString(1, ledger.tenant());
                        done.setArray(2, connection.createArrayOf("bigint", ids));
                        done.executeUpdate();
                    }
                };
            }));
        }
    }

    /** Waiting leads are locked and read, their decisions inserted, the leads taken off; returns the seconds. */
    private static double bareDecisions(Ledger ledger) throws Exception {
        try (Connection connection = ledger.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            Map<String, List<Object[]>> rows = new LinkedHashMap<>();
            for (String table : List.of("decision", "outbox", "decision_round")) {
                rows.put(table, rows(statement, ledger, table, "true"));
            }
            copyOf(statement, "lead_queue");
            statement.execute("insert into bare_lead_queue (tenant, connection, id, seq)"
                    + " select tenant, connection, id, seq from fact where kind = 'lead' and tenant = '"
                    + ledger.tenant()
                    + "'");
            statement.execute("vacuum analyze bare_lead_queue");
            statement.execute("checkpoint");
            String lock = "select id from bare_lead_queue where tenant = '" + ledger.tenant()
                    + "' order by connection collate \"C\", id collate \"C\" limit " + ROUND + " for update";
            return seconds(() -> transactions(connection, rows, ROUND, () -> {
                List<String> ids = new ArrayList<>();
                try (ResultSet waiting = statement.executeQuery(lock)) {
                    while (waiting.next()) {
                        ids.add(waiting.getString(1));
                    }
                }
                Object[] given = ids.toArray();
                withLeads(
                        connection,
                        ledger,
                        given,
                        "select body from fact where tenant = ? and kind = 'lead' and id = any (?)");
                return () -> withLeads(
                        connection, ledger, given, "delete from bare_lead_queue where tenant = ? and id = any (?)");
            }));
        }
    }

    private static void withLeads(Connection connection, Ledger ledger, Object[] ids, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, ledger.tenant());
            statement.setArray(2, connection.createArrayOf("text", ids));
            if (statement.execute()) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        rows.getString(1);
                    }
                }
            }
        }
    }

    private static Long[] ids(ResultSet found) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (found) {
            while (found.next()) {
                ids.add(found.getLong(1));
            }
        }
        return ids.toArray(Long[]::new);
    }

    private static void copyOf(Statement statement, String table) throws SQLException {
        statement.execute("drop table if exists bare_" + table);
        statement.execute("create table bare_" + table + " (like " + table + " including all)");
    }

    private static List<Object[]> rows(Statement statement, Ledger ledger, String table, String which)
            throws SQLException {
        copyOf(statement, table);
        return all(statement, "select * from " + table + " where tenant = '" + ledger.tenant() + "' and " + which);
    }

    private static List<Object[]> all(Statement statement, String query) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(query)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                Object[] row = new Object[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = found.getObject(i + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Locks what waits for one transaction; what it returns takes that off at the end. */
    private interface Taking {
        Work take() throws Exception;
    }

    private static void transactions(
            Connection connection, Map<String, List<Object[]>> rows, int perTransaction, Taking taking)
            throws Exception {
        int most = rows.values().stream().mapToInt(List::size).max().orElse(0);
        connection.setAutoCommit(false);
        for (int from = 0; from < most; from += perTransaction) {
            Work takeOff = taking.take();
            for (Map.Entry<String, List<Object[]>> table : rows.entrySet()) {
                List<Object[]> all = table.getValue();
                if (from < all.size()) {
                    batch(connection, table.getKey(), all.subList(from, Math.min(all.size(), from + perTransaction)));
                }
            }
            takeOff.run();
            connection.commit();
        }
        connection.setAutoCommit(true);
    }

    private static void batch(Connection connection, String table, List<Object[]> rows) throws SQLException {
        String marks = "?, ".repeat(rows.get(0).length - 1) + "?";
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into bare_" + table + " overriding system value values (" + marks + ")")) {
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Lead lead(String id, int number) {
        return new Lead(
                new RecordId("crm", id),
                "Example " + number,
                null,
                null,
                null,
                number % 4 == 0 ? "FR" : "DE",
                null,
                number % 2 == 0 ? "Manufacturing" : "Retail",
                null,
                null,
                Set.of("Firewall"),
                null,
                null,
                new Money(new BigDecimal(1_000 + number), "EUR"),
                null,
                "Open",
                true,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                Map.of(),
                NOW,
                NOW);
    }
}
