package dev.rainmaker.app.web;

import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.app.runtime.StandingJobs;
import dev.rainmaker.app.schedule.Schedules;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** A Rainmaker on a real PostgreSQL with a CRM of two partners, their deals and three leads; one pass has run. */
final class SmallCompany implements AutoCloseable {

    static final String LEAD = "00Q000000000001AAA";
    static final String NOBODYS_LEAD = "00Q000000000002AAA";
    static final String NEW_LEAD = "00Q000000000003AAA";
    static final String PARTNER = "001000000000001AAA";

    final FakeCrm crm = new FakeCrm();
    final Rainmaker rainmaker;
    final WebServer web;
    private final Schedules schedules;

    SmallCompany(Path folder, boolean demo) throws IOException {
        this(folder, demo, null);
    }

    /** @param policy an assignment policy in place of the shipped one, null for that */
    SmallCompany(Path folder, boolean demo, String policy) throws IOException {
        fill();
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        Path home = home(folder);
        if (policy != null) {
            Files.writeString(home.resolve("policies/assignment.yaml"), policy);
        }
        RainmakerConfiguration configuration = RainmakerConfiguration.of(home)
                .withLedger(new LedgerSettings(database.jdbcUrl(), database.user(), database.password()))
                .withConnection("crm", crm, Map.of());
        rainmaker = Rainmaker.open(configuration, folder, Clock.systemUTC(), Progress.SILENT);
        rainmaker.pass(null, false, Duration.ofSeconds(5));
        schedules = new Schedules(
                rainmaker.ledger().dataSource(), Clock.systemUTC(), StandingJobs.of(rainmaker, Clock.systemUTC()));
        web = WebServer.start(rainmaker, schedules, folder, 0, demo);
    }

    /** The shipped policies and routes, and Salesforce's mappings under the fake's name. */
    private static Path home(Path folder) throws IOException {
        Path shipped = Path.of(System.getProperty("rainmaker.home", "../.."));
        copy(shipped.resolve("policies"), folder.resolve("policies"));
        copy(shipped.resolve("routes"), folder.resolve("routes"));
        copy(shipped.resolve("mappings/salesforce"), folder.resolve("mappings/fake"));
        return folder;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private void fill() {
        partner(PARTNER, "Rhine & <b>Ruhr</b> Networks");
        partner("001000000000002AAA", "Elbe Systems");
        for (int deal = 1; deal <= 6; deal++) {
            crm.put(
                    "Opportunity",
                    "00600000000000" + deal + "AAA",
                    Map.of(
                            "Name",
                            "Deal " + deal,
                            "PartnerAccountId",
                            deal < 5 ? PARTNER : "001000000000002AAA",
                            "StageName",
                            "Closed Won",
                            "IsClosed",
                            true,
                            "IsWon",
                            true,
                            "Amount",
                            new BigDecimal(10_000 * deal),
                            "CurrencyIsoCode",
                            "EUR",
                            "CloseDate",
                            "2026-0" + deal + "-15",
                            "CreatedDate",
                            "2026-01-02T00:00:00Z"));
        }
        lead(LEAD, "Ada Pumps GmbH", "DE");
        lead(NOBODYS_LEAD, "Nowhere Ltd", "");
    }

    private void partner(String id, String name) {
        crm.put(
                "Account",
                id,
                Map.of(
                        "Name",
                        name,
                        "IsPartner",
                        true,
                        "BillingCountry",
                        "DE",
                        "Partner_Active__c",
                        true,
                        "Authorized_Products__c",
                        "Firewall"));
    }

    void lead(String id, String company, String country) {
        crm.put(
                "Lead",
                id,
                Map.of(
                        "Company",
                        company,
                        "LastName",
                        "Example",
                        "Country",
                        country,
                        "Status",
                        "Open",
                        "IsConverted",
                        false,
                        "CreatedDate",
                        "2026-06-01T00:00:00Z"));
    }

    @Override
    public void close() {
        web.close();
        schedules.close();
        rainmaker.close();
    }
}
