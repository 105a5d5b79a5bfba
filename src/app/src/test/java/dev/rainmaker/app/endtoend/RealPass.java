package dev.rainmaker.app.endtoend;

import dev.rainmaker.app.cli.Home;
import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A Rainmaker of the shipped mappings, policies and routes, connected as {@code crm} to an org; each test's own ledger. */
final class RealPass {

    private final Path folder;
    private final RainmakerConfiguration configuration;

    private RealPass(Path folder, RainmakerConfiguration configuration) {
        this.folder = folder;
        this.configuration = configuration;
    }

    static RealPass of(SandboxOrg org, Path folder) {
        return of(org, folder, Map.of());
    }

    /** With further settings of the connection. */
    static RealPass of(SandboxOrg org, Path folder, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(org.settings());
        settings.putAll(more);
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        return new RealPass(
                folder,
                RainmakerConfiguration.of(Home.folder())
                        .withConnection("crm", "salesforce", settings)
                        .withLedger(new LedgerSettings(database.jdbcUrl(), database.user(), database.password())));
    }

    /** The same ledger with flows that read and decide, but write nothing. */
    RealPass withoutWriting() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.copy(Home.folder().resolve("routes/sync.yaml"), routes.resolve("sync.yaml"));
        Files.writeString(routes.resolve("follow-up.yaml"), """
                - route:
                    id: follow-up
                    from:
                      uri: direct:follow-up
                      steps:
                        - to: rainmaker:score
                        - to: rainmaker:assign
                """);
        return new RealPass(
                folder,
                new RainmakerConfiguration(
                        configuration.tenant(),
                        configuration.connections(),
                        configuration.ledger(),
                        configuration.console(),
                        configuration.exchangeRates(),
                        configuration.schedules(),
                        configuration.mappings(),
                        configuration.policies(),
                        routes));
    }

    Rainmaker open() {
        return Rainmaker.open(configuration, folder.resolve("state"), Clock.systemUTC(), Progress.SILENT);
    }

    /** Opens, passes once, closes. */
    void once() {
        try (Rainmaker rainmaker = open()) {
            pass(rainmaker);
        }
    }

    static void pass(Rainmaker rainmaker) {
        rainmaker.pass(null, false, Duration.ofSeconds(30));
    }
}
