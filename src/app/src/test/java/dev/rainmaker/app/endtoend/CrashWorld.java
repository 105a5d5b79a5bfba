package dev.rainmaker.app.endtoend;

import dev.rainmaker.app.cli.Home;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.ledger.StreamState;
import dev.rainmaker.app.postgres.EmbeddedPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.connector.CallPurpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A small world from which every crash starts: an org of 8 partners and 60 open leads, a ledger folder with an empty
 * database, and what an undisturbed pass makes of them.
 */
final class CrashWorld {

    /** Small, so that the world has streams of many pages. */
    static final int PAGE = 100;

    private final Path org;
    private final Path ledger;
    private final Instant asOf = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Outcome undisturbed;

    /**
     * What a pass came to, as the ledger and the CRM tell it.
     *
     * @param facts current facts by kind and id, as JSON
     * @param decisions partner, rule and receipt by lead
     * @param shown what the CRM shows of our fields, by record
     * @param everShown every partner that a lead ever showed
     * @param pages pages committed by stream
     * @param reads read calls of the first of the two passes
     */
    record Outcome(
            Map<String, String> facts,
            Map<String, String> decisions,
            Map<String, Map<String, String>> shown,
            Map<String, TreeSet<String>> everShown,
            Map<String, Long> pages,
            long reads) {}

    private CrashWorld(Path folder) throws Exception {
        this.org = folder.resolve("org");
        this.ledger = folder.resolve("ledger");
        SandboxOrg.start(org, "--systems", "salesforce", "--seed", "7", "--partners", "8", "--leads", "60")
                .close();
        Files.createDirectories(ledger);
        EmbeddedPostgres.start(ledger, EmbeddedPostgres.Options.standard()).close();
        try (Round round = new Round(folder.resolve("undisturbed"), true)) {
            this.undisturbed = round.goOn();
        }
    }

    static CrashWorld in(Path folder) throws Exception {
        return new CrashWorld(folder);
    }

    Outcome undisturbed() {
        return undisturbed;
    }

    /** One crash and what follows, on copies of the world. */
    final class Round implements AutoCloseable {

        private final Path state;
        private final PassProcess pass;
        private final SandboxOrg sandbox;
        private long readsAtCrash;

        /** @param prepared whether the ledger's database is there already; else it is made by the pass itself */
        Round(Path folder, boolean prepared) throws Exception {
            this.state = Files.createDirectories(folder.resolve("state"));
            if (prepared) {
                SandboxOrg.copy(ledger, state);
            }
            this.sandbox = SandboxOrg.copyOf(org, folder.resolve("org"));
            Path configuration = Files.writeString(folder.resolve("rainmaker.yaml"), """
                    mappings: %s
                    policies: %s
                    routes: %s
                    connections:
                      crm:
                        type: salesforce
                        login-url: %s
                        client-id: %s
                        client-secret: ${env:CRM_SECRET}
                        page-size: %d
                        overlap: PT0S
                    """.formatted(
                            Home.folder().resolve("mappings"),
                            Home.folder().resolve("policies"),
                            Home.folder().resolve("routes"),
                            sandbox.url(),
                            sandbox.clientId(),
                            PAGE));
            this.pass =
                    new PassProcess(folder, configuration, state, asOf, Map.of("CRM_SECRET", sandbox.clientSecret()));
        }

        SandboxOrg sandbox() {
            return sandbox;
        }

        /** Starts a pass in a process of its own. */
        Process start(String crashAt) throws IOException {
            return pass.start(crashAt);
        }

        /** Runs a pass that must kill itself at the point, as {@code kill -9} would. */
        void crashAt(String point) throws Exception {
            pass.crashAt(point);
            crashed();
        }

        void crashed() throws Exception {
            readsAtCrash = sandbox.calls("query") + sandbox.calls("queryAll") + sandbox.calls("queryMore");
        }

        String said() throws IOException {
            return pass.said();
        }

        /** Read calls of the pass that died, if it died before it wrote. */
        long readsAtCrash() {
            return readsAtCrash;
        }

        /** Passes on the same state: first what the crash left, then once more, to have read our own writes back. */
        Outcome goOn() throws Exception {
            RainmakerConfiguration of =
                    RainmakerConfiguration.of(Home.folder()).withConnection("crm", "salesforce", settings());
            try (Rainmaker rainmaker = Rainmaker.open(of, state, Clock.fixed(asOf, ZoneOffset.UTC), Progress.SILENT)) {
                rainmaker.pass(null, false, Duration.ofSeconds(60));
                Map<String, Long> pages = rainmaker.streamLedger().streams().stream()
                        .collect(Collectors.toMap(StreamState::name, StreamState::pages, Long::sum, TreeMap::new));
                long reads = rainmaker
                        .connections()
                        .find("crm")
                        .orElseThrow()
                        .connector()
                        .usage()
                        .of(CallPurpose.READ);
                rainmaker.pass(null, false, Duration.ofSeconds(60));
                return new Outcome(
                        facts(rainmaker), decisions(rainmaker), shown(), sandbox.partnersEverShown(), pages, reads);
            }
        }

        private Map<String, String> settings() {
            Map<String, String> settings = new TreeMap<>(sandbox.settings());
            settings.put("page-size", Integer.toString(PAGE));
            settings.put("overlap", "PT0S");
            return settings;
        }

        private Map<String, Map<String, String>> shown() throws Exception {
            Map<String, Map<String, String>> shown = sandbox.values(
                    "Lead",
                    "Rainmaker_Partner__c",
                    "Rainmaker_Reason__c",
                    "Rainmaker_Decision_Id__c",
                    "Rainmaker_PLV_Score__c",
                    "Rainmaker_Assigned_At__c");
            shown.putAll(sandbox.values(
                    "Account", "Rainmaker_PLV_Score__c", "Rainmaker_PLV_Value__c", "Rainmaker_PLV_Reason__c"));
            return shown;
        }

        @Override
        public void close() throws Exception {
            sandbox.close();
        }
    }

    /** Current facts by kind and id, as JSON. */
    static Map<String, String> facts(Rainmaker rainmaker) {
        Map<String, String> facts = new TreeMap<>();
        rainmaker
                .ledger()
                .jdbc()
                .sql("select kind, connection, id, body::text as body from fact where until_seq is null")
                .query((row, number) -> facts.put(
                        row.getString("kind") + " " + row.getString("connection") + "/" + row.getString("id"),
                        row.getString("body")))
                .list();
        return facts;
    }

    /** Partner, rule and receipt by lead, the latest decision first. */
    static Map<String, String> decisions(Rainmaker rainmaker) {
        Map<String, String> decisions = new TreeMap<>();
        for (StoredDecision decision : rainmaker.decisions().latest(10_000)) {
            decisions.merge(
                    decision.lead().toString(),
                    decision.outcome() + " " + decision.partner() + " " + decision.receipt(),
                    (one, other) -> one + "\n" + other);
        }
        return decisions;
    }
}
