package dev.rainmaker.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.Problem;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFactory;
import dev.rainmaker.connector.SettingKey;
import dev.rainmaker.connector.SettingKey.Type;
import dev.rainmaker.connector.Settings;
import dev.rainmaker.fact.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RainmakerConfigurationTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("SECRET", "s3cr$t", "HOST", "db.example", "EMPTY", "");

    @TempDir
    Path folder;

    @Test
    void everyKeyIsRead() throws IOException {
        Files.writeString(folder.resolve("pw"), "from-file\n");
        RainmakerConfiguration configuration = load("""
                tenant: acme
                connections:
                  crm:
                    type: paper
                    login-url: https://example.com
                    client-secret: ${env:SECRET}
                    timeout: PT5S
                    key-file: keys/crm.p12
                ledger: { url: "jdbc:postgresql://${env:HOST}/rainmaker", user: rain, password: "${file:pw}" }
                console: { port: 9090, public-url: https://rain.example.com }
                reporting-currency: EUR
                exchange-rates:
                  - { currency: USD, rate: 0.90, since: 2026-01-01 }
                  - { currency: USD, rate: 0.92, since: 2026-07-01 }
                schedules:
                  crm-sync: { task: sync, connection: crm, every: PT5M }
                  nightly: { task: refit, cron: "0 0 3 * * *", zone: Europe/Berlin }
                mappings: other/mappings
                """);

        ConnectionSettings crm = configuration.connection("crm").orElseThrow();
        assertThat(crm.type()).isEqualTo("paper");
        assertThat(crm.settings().text("client-secret")).isEqualTo("s3cr$t");
        assertThat(crm.settings().duration("timeout")).isEqualTo(Duration.ofSeconds(5));
        assertThat(crm.settings().text("key-file"))
                .isEqualTo(folder.resolve("keys/crm.p12").toString());
        assertThat(configuration.tenant()).isEqualTo("acme");
        assertThat(configuration.ledger())
                .contains(new LedgerSettings("jdbc:postgresql://db.example/rainmaker", "rain", "from-file"));
        assertThat(configuration.console().port()).isEqualTo(9090);
        assertThat(configuration.console().publicUrl()).hasToString("Optional[https://rain.example.com]");
        assertThat(configuration.schedules())
                .extracting(Schedule::name, Schedule::task)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("crm-sync", "sync"),
                        org.assertj.core.groups.Tuple.tuple("nightly", "refit"));
        assertThat(configuration.mappings()).isEqualTo(folder.resolve("other/mappings"));
        assertThat(configuration.policies()).isEqualTo(folder.resolve("policies"));
        assertThat(configuration.exchangeRates().convert(Money.of("100", "USD"), LocalDate.parse("2026-06-30")))
                .contains(Money.of("90", "EUR"));
        assertThat(configuration.exchangeRates().convert(Money.of("100", "USD"), LocalDate.parse("2026-07-01")))
                .contains(Money.of("92", "EUR"));
        assertThat(configuration.exchangeRates().convert(Money.of("100", "USD"), LocalDate.parse("2025-12-31")))
                .isEmpty();
        assertThat(configuration.toString()).doesNotContain("s3cr$t").doesNotContain("from-file");
    }

    @Test
    void defaultsApplyWhereNothingIsSaid() throws IOException {
        RainmakerConfiguration configuration = load("connections: {}\n");

        assertThat(configuration).isEqualTo(configuration.withConsole(ConsoleSettings.onPort(8080)));
        assertThat(configuration.tenant()).isEqualTo("default");
        assertThat(configuration.reportingCurrency()).isEqualTo("USD");
        assertThat(configuration.ledger()).isEmpty();
        assertThat(configuration.schedules()).isEmpty();
        assertThat(configuration.mappings()).isEqualTo(folder.resolve("mappings"));
    }

    @Test
    void everyMistakeIsToldAtOnceWithItsPlace() {
        assertThat(problems("""
                        connections:
                          crm:
                            type: paper
                            login-ulr: https://example.com
                            client-secret: plain-text-secret
                            timeout: fast
                          lms:
                            type: papr
                        schedules:
                          s: { task: sync, connection: cmr, every: PT5M }
                          t: { task: refit }
                          u: { task: refit, cron: "every day" }
                        """))
                .satisfiesExactly(
                        p -> assertThat(p)
                                .startsWith("rainmaker.yaml:2:3: key \"login-url\" is missing in connection \"crm\""),
                        p -> assertThat(p)
                                .isEqualTo(
                                        "rainmaker.yaml:4:5: unknown key \"login-ulr\" for a connection of type paper "
                                                + "(did you mean \"login-url\"?)"),
                        p -> assertThat(p)
                                .startsWith(
                                        "rainmaker.yaml:5:20: \"client-secret\" is a secret and must not stand in the file")
                                .doesNotContain("plain-text-secret"),
                        p -> assertThat(p)
                                .isEqualTo(
                                        "rainmaker.yaml:6:14: key \"timeout\" must be a duration such as PT30S, not \"fast\""),
                        p -> assertThat(p)
                                .isEqualTo(
                                        "rainmaker.yaml:8:11: there is no connector of type \"papr\" (did you mean \"paper\"?)"),
                        p -> assertThat(p)
                                .startsWith(
                                        "rainmaker.yaml:10:32: there is no connection \"cmr\" (did you mean \"crm\"?)"),
                        p -> assertThat(p)
                                .startsWith(
                                        "rainmaker.yaml:11:3: a schedule needs \"every\" or \"cron\", and not both"),
                        p -> assertThat(p).startsWith("rainmaker.yaml:12:27: cron \"every day\":"));
    }

    @Test
    void unknownKeysAndWrongTypesAreToldByTheSchema() {
        assertThat(problems("conections: {}\n"))
                .containsExactly("rainmaker.yaml:1:1: unknown key \"conections\" (did you mean \"connections\"?)");
        assertThat(problems("console: { port: many }\n"))
                .containsExactly("rainmaker.yaml:1:18: \"port\" must be a whole number, not \"many\"");
        assertThat(problems("console: { port: 70000 }\n"))
                .containsExactly("rainmaker.yaml:1:18: \"port\" must be at most 65535, not \"70000\"");
        assertThat(problems("connections:\n  crm: {}\n"))
                .containsExactly("rainmaker.yaml:2:8: key \"type\" is missing in \"crm\"");
        assertThat(problems("ledger: { url: x }\n"))
                .containsExactly("rainmaker.yaml:1:9: key \"user\" is missing in \"ledger\"");
        assertThat(problems("schedules: { s: { task: synch, every: PT1M } }\n"))
                .containsExactly(
                        "rainmaker.yaml:1:25: \"task\" must be one of [reconcile, refit, score, sync], not \"synch\""
                                + " (did you mean \"sync\"?)");
        assertThat(problems("reporting-currency: euro\n").get(0))
                .startsWith("rainmaker.yaml:1:21: \"reporting-currency\"");
        assertThat(problems("reporting-currency: QQQ\n").get(0)).contains("\"QQQ\" is not an ISO 4217 currency code");
        assertThat(problems("exchange-rates:\n  - { currency: EUR, rate: 0 }\n"))
                .containsExactly("rainmaker.yaml:2:28: \"rate\" must be more than 0, not \"0\"");
        assertThat(problems("exchange-rates:\n  - { currency: EUR, rate: 1, since: 2026-02-30 }\n")
                        .get(0))
                .startsWith("rainmaker.yaml:2:5:")
                .contains("2026-02-30");
    }

    @Test
    void missingSecretsAreNamedAndNeverShown() {
        assertThat(problems(connection("client-secret: ${env:NOT_SET}")))
                .containsExactly(
                        "rainmaker.yaml:5:20: \"client-secret\" needs the environment variable NOT_SET, which is not "
                                + "set (export NOT_SET before the start)");
        assertThat(problems(connection("client-secret: ${env:EMPTY}")).get(0)).contains("EMPTY, which is empty");
        assertThat(problems(connection("client-secret: ${file:none}")).get(0)).contains("file none does not exist");
        assertThat(problems(connection("client-secret: ${SECRET}")).get(0)).contains("is a secret and must not stand");
        assertThat(problems(connection("timeout: ${TIMEOUT}")).get(0)).contains("did you mean ${env:TIMEOUT}?");
        assertThat(problems(connection("client-secret: x${env:SECRET}")).get(0)).doesNotContain("s3cr");
        assertThat(problems("ledger: { url: 'jdbc:postgresql://h/d?user=u&password=hunter2', user: u }\n")
                        .get(0))
                .contains("must not hold the password")
                .doesNotContain("hunter2");
    }

    @Test
    void contradictionsFoundByTheConnectorStandAtTheConnection() throws IOException {
        ConnectionSettings crm =
                load(connection("timeout: PT0S")).connection("crm").orElseThrow();

        assertThatThrownBy(crm::open)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("rainmaker.yaml:2:3: connection \"crm\": timeout must be above zero");
    }

    @Test
    void aProgramMayGiveConnectionsItself() {
        RainmakerConfiguration configuration = RainmakerConfiguration.of(folder)
                .withConnection(
                        "crm", new PaperFactory(), Map.of("login-url", "http://localhost:1", "client-secret", "x"));

        assertThat(configuration.connection("crm").orElseThrow().settings().text("client-secret"))
                .isEqualTo("x");
        assertThat(configuration.toString()).contains("client-secret=****");
        assertThatThrownBy(() -> configuration.withConnection("lms", "papyrus", Map.of()))
                .hasMessageContaining("there is no connector of type \"papyrus\"");
    }

    private static String connection(String line) {
        return "connections:\n  crm:\n    type: paper\n    login-url: https://example.com\n    " + line + "\n";
    }

    private RainmakerConfiguration load(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("rainmaker.yaml"), yaml);
        return new ConfigurationFile(file, ENVIRONMENT::get, List.of(new PaperFactory())).read();
    }

    private List<String> problems(String yaml) {
        String prefix = folder + "/";
        return catchThrowableOfType(ConfigurationException.class, () -> load(yaml)).problems().stream()
                .map(Problem::toString)
                .map(line -> line.replace(prefix, ""))
                .toList();
    }

    private static final class PaperFactory implements ConnectorFactory {

        @Override
        public String type() {
            return "paper";
        }

        @Override
        public List<SettingKey> settings() {
            return List.of(
                    SettingKey.required("login-url", Type.URL, "where to log in"),
                    SettingKey.secret("client-secret", "the client's secret"),
                    SettingKey.optional("timeout", Type.DURATION, "PT30S", "how long to wait"),
                    SettingKey.optional("key-file", Type.FILE, null, "a key store"));
        }

        @Override
        public Connector open(String connection, Settings settings) {
            throw new IllegalArgumentException("timeout must be above zero");
        }
    }
}
