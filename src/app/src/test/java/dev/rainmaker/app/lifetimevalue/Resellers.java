package dev.rainmaker.app.lifetimevalue;

import static dev.rainmaker.app.lifetimevalue.Programme.at;
import static dev.rainmaker.app.lifetimevalue.Programme.certificate;
import static dev.rainmaker.app.lifetimevalue.Programme.deal;
import static dev.rainmaker.app.lifetimevalue.Programme.lead;
import static dev.rainmaker.app.lifetimevalue.Programme.person;

import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Twenty-four partners with three years of deals, leads of two classes, certificates, targets and costs; scored. */
public final class Resellers {

    private static final Map<String, String> COSTS =
            Map.of("target", "120000", "mdfSpent", "2000", "programmeCost", "5000");

    public static final LocalDate TODAY = LocalDate.parse("2026-06-01");
    public static final int PARTNERS = 24;
    /** Sold every month and stopped four months ago. */
    public static final String SILENT = "p20";

    private Resellers() {}

    /** The shipped policy, with this rule of required certificates alone. */
    public static String policyThatRequires(String rule) throws IOException {
        Path shipped = Path.of(System.getProperty("rainmaker.home", "../..")).resolve("policies");
        return Files.readString(shipped.resolve("plv.yaml")).replaceFirst("(?s)\\nrequired-certificates:.*", "")
                + "\nrequired-certificates:\n  - { " + rule + " }\n";
    }

    /** A Rainmaker on the database that holds them, with its policies in the folder. */
    public static Rainmaker open(Path home, TestPostgres.TestDatabase database) throws IOException {
        Path shipped = Path.of(System.getProperty("rainmaker.home", "../..")).resolve("policies");
        Path own = Files.createDirectories(home.resolve("policies"));
        Files.copy(shipped.resolve("assignment.yaml"), own.resolve("assignment.yaml"));
        Files.writeString(own.resolve("plv.yaml"), policyThatRequires("titles: [Firewall Expert]"));
        Rainmaker rainmaker = Rainmaker.open(
                RainmakerConfiguration.of(home)
                        .withExchangeRates(new ExchangeRates("EUR", List.of()))
                        .withLedger(new LedgerSettings(database.jdbcUrl(), database.user(), database.password())),
                home,
                Clock.systemUTC(),
                Progress.SILENT);
        List<Fact> facts = new ArrayList<>();
        for (int i = 1; i <= PARTNERS; i++) {
            add(facts, i);
        }
        Map<String, List<IncomingRecord>> streams = new TreeMap<>();
        for (Fact fact : facts) {
            String stream = fact.kind().word();
            SourceRecord source =
                    new SourceRecord(stream, fact.id().id(), Instant.EPOCH, false, Map.of(), new byte[] {'{', '}'});
            streams.computeIfAbsent(stream, first -> new ArrayList<>())
                    .add(new IncomingRecord(source, List.of(fact), List.of(), null));
        }
        streams.forEach((stream, records) -> rainmaker.facts().commit("crm", stream, "1", records));
        rainmaker.scorePartners().refit(at(TODAY), Progress.SILENT);
        return rainmaker;
    }

    private static void add(List<Fact> facts, int i) {
        String id = "p" + i;
        boolean silent = id.equals(SILENT);
        facts.add(Programme.partner(id, i <= 5 ? "Gold" : "Silver", COSTS));
        facts.add(person("h" + i, id));
        facts.add(certificate(
                "c" + i,
                "h" + i,
                "Firewall Expert",
                TODAY.minusYears(1),
                TODAY.minusDays(10).plusDays(silent ? 0 : 300)));
        for (int month = silent ? 4 : 0; month < 36; month++) {
            String amount = String.valueOf(1_000 * (PARTNERS + 5 - i) + 37 * ((i * month) % 11));
            facts.add(deal(i + "d" + month, id, closed(i, month), amount));
        }
        boolean easy = i % 2 == 0;
        for (int month = 5; month < 15; month++) {
            boolean won = (i + month) % (easy ? 2 : 4) == 0;
            facts.add(lead(
                    "l" + i + "m" + month,
                    id,
                    closed(i, month).minusDays(30),
                    easy ? "easy" : "hard",
                    won ? i + "d" + month : null,
                    false));
        }
    }

    private static LocalDate closed(int i, int month) {
        return TODAY.minusDays(30L * month + (i * 7 + month * 3) % 23);
    }
}
