package dev.rainmaker.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.management.OperatingSystemMXBean;
import dev.rainmaker.app.assignment.AssignLeads;
import dev.rainmaker.app.assignment.CustomerDirectory;
import dev.rainmaker.app.assignment.EarlierLeads;
import dev.rainmaker.app.assignment.NamedAccounts;
import dev.rainmaker.app.assignment.PartnerSnapshots;
import dev.rainmaker.app.company.Companies;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.ledger.DeadLetterLedger;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.ledger.SeenLedger;
import dev.rainmaker.app.ledger.StreamLedger;
import dev.rainmaker.app.mapping.Mappings;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.app.postgres.EmbeddedPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.sync.SyncResult;
import dev.rainmaker.app.sync.SyncStreams;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Holidays;
import dev.rainmaker.assignment.LifeRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * 100,000 leads from HTTP into the ledger (parsed, mapped to facts, versioned, cursor per page), beside the floor: the same
 * pages stream-parsed and copied into a bare table. Then those leads are decided. One process, one PostgreSQL, durable.
 *
 * <p>Arguments: number of leads, number of partners, home folder.
 */
public final class LedgerIngest {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int ROUNDS = 3;

    private LedgerIngest() {}

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
                .setLevel(ch.qos.logback.classic.Level.WARN);
        int leads = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int partners = args.length > 1 ? Integer.parseInt(args[1]) : 500;
        Path home = Path.of(args.length > 2 ? args[2] : "").toAbsolutePath();
        Path state = Files.createTempDirectory("rainmaker-bench");
        Mappings mappings = Mappings.load(home.resolve("mappings"), "salesforce");
        Set<String> fields = mappings.stream("Lead").orElseThrow().reads();
        try (LeadPages pages = new LeadPages(leads, fields);
                EmbeddedPostgres server = EmbeddedPostgres.start(state, EmbeddedPostgres.Options.standard())) {
            System.out.printf(
                    Locale.ROOT, "%,d leads in %d pages, %.1f MB%n", leads, pages.count(), pages.bytes() / 1e6);
            for (int round = 1; round <= ROUNDS; round++) {
                try (Ledger ledger = Ledger.open(server.jdbcUrl(), server.user(), server.password(), "bench" + round)) {
                    Figures floor = measured(() -> floor(ledger, pages));
                    Figures ours = measured(() -> ours(ledger, pages, mappings));
                    System.out.printf(
                            Locale.ROOT,
                            "round %d  floor %s | ledger %s | CPU ratio %.2f, wall ratio %.2f%n",
                            round,
                            floor,
                            ours,
                            ours.cpu() / floor.cpu(),
                            ours.wall() / floor.wall());
                    if (round == ROUNDS) {
                        decide(ledger, home, partners, leads);
                    }
                }
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private record Figures(double cpu, double wall, long heapMegabytes) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f CPU-s %.2f s %d MB heap", cpu, wall, heapMegabytes);
        }
    }

    private static Figures measured(Work work) throws Exception {
        System.gc();
        long cpu = SYSTEM.getProcessCpuTime();
        long wall = System.nanoTime();
        work.run();
        double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
        double seconds = (System.nanoTime() - wall) / 1e9;
        Runtime runtime = Runtime.getRuntime();
        return new Figures(cpuSeconds, seconds, (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private static void floor(Ledger ledger, LeadPages pages) throws IOException, InterruptedException, SQLException {
        HttpClient client = HttpClient.newHttpClient();
        try (Connection connection = ledger.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists bare_lead");
            statement.execute("create table bare_lead (id text, stamp text, body text)");
            connection.setAutoCommit(false);
            for (int page = 0; page < pages.count(); page++) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(pages.url() + pages.pagePath(page)))
                        .build();
                InputStream body = client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body();
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy bare_lead from stdin", new java.io.ByteArrayInputStream(rows(body)));
                connection.commit();
            }
        }
    }

    private static byte[] rows(InputStream body) throws IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream(1 << 20);
        try (JsonParser parser = new JsonFactory().createParser(body)) {
            int depth = 0;
            StringBuilder row = new StringBuilder();
            String id = "";
            String stamp = "";
            while (parser.nextToken() != null) {
                JsonToken token = parser.currentToken();
                if (token == JsonToken.START_OBJECT) {
                    depth++;
                    if (depth == 2) {
                        row.setLength(0);
                    }
                } else if (token == JsonToken.END_OBJECT) {
                    if (depth == 2) {
                        rows.write((id + "\t" + stamp + "\t" + row + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                    depth--;
                } else if (depth == 2 && token.isScalarValue()) {
                    String name = parser.currentName();
                    String text = parser.getText();
                    if (name.equals("Id")) {
                        id = text;
                    } else if (name.equals("SystemModstamp")) {
                        stamp = text;
                    }
                    row.append(name).append('=').append(text).append(';');
                }
            }
        }
        return rows.toByteArray();
    }

    private static void ours(Ledger ledger, LeadPages pages, Mappings mappings) {
        RainmakerConfiguration configuration = RainmakerConfiguration.of(Path.of("."))
                .withConnection(
                        "crm",
                        "salesforce",
                        Map.of("login-url", pages.url(), "client-id", "bench", "client-secret", "bench"));
        try (LiveConnection connection = new LiveConnection(
                "crm", "salesforce", configuration.connections().get(0).open(), mappings)) {
            SyncResult result = new SyncStreams(
                            new FactLedger(ledger), new StreamLedger(ledger), new SeenLedger(ledger))
                    .sync(connection, mappings.stream("Lead").orElseThrow(), true, false, Progress.SILENT);
            if (result.facts() == 0) {
                throw new IllegalStateException("nothing was read: " + result + "; first reason: "
                        + new DeadLetterLedger(ledger).open(1).get(0).reason());
            }
        }
    }

    private static void decide(Ledger ledger, Path home, int partners, int leads) {
        AssignmentPolicy policy = Policies.assignment(home.resolve("policies")).policy();
        FactLedger facts = new FactLedger(ledger);
        BenchPartners.store(facts, partners);
        ScoreLedger scores = new ScoreLedger(ledger);
        DecisionLedger decisions = new DecisionLedger(ledger);
        AssignLeads assign = new AssignLeads(
                ledger,
                facts,
                decisions,
                new OutboxLedger(ledger),
                new PartnerSnapshots(ledger, facts, scores, Holidays.NONE),
                new CustomerDirectory(facts, Companies.READER),
                List.of(
                        new NamedAccounts(policy::zone),
                        new EarlierLeads(facts, decisions, Companies.READER, () -> LifeRules.SAME_PROSPECT)),
                () -> policy,
                connection -> "Lead");
        long began = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        long assigned = assign.assign(Instant.parse("2026-06-01T00:00:00Z"), Progress.SILENT)
                .assigned();
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "decisions over %d partners: %,d leads, %,d assigned, %.1f s, %,.0f/s, %.0f us CPU each%n",
                partners,
                leads,
                assigned,
                seconds,
                leads / seconds,
                (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / leads);
    }
}
