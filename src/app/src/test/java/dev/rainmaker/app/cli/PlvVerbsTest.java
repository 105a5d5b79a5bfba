package dev.rainmaker.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.app.lifetimevalue.Resellers;
import dev.rainmaker.app.postgres.TestPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs on the ledger: their shapes as table, JSON and CSV, and how they end. */
class PlvVerbsTest {

    @TempDir
    static Path home = Path.of("");

    @BeforeAll
    static void scoredPartners() throws IOException {
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        Resellers.open(home, database).close();
        configuration(home.resolve("rainmaker.yaml"), database);
        configuration(home.resolve("empty.yaml"), TestPostgres.migrated());
    }

    private static void configuration(Path file, TestPostgres.TestDatabase database) throws IOException {
        Files.writeString(home.resolve("password"), database.password());
        Files.writeString(
                file,
                "reporting-currency: EUR\nledger:\n  url: " + database.jdbcUrl() + "\n  user: " + database.user()
                        + "\n  password: ${file:password}\n");
    }

    private static Verb plv(String... arguments) {
        return on("rainmaker.yaml", arguments);
    }

    private static Verb on(String configuration, String... arguments) {
        List<String> all = new ArrayList<>(List.of("plv"));
        all.addAll(List.of(arguments));
        all.addAll(List.of(
                "--config",
                home.resolve(configuration).toString(),
                "--state",
                home.resolve("state").toString()));
        return Verb.run(all.toArray(String[]::new));
    }

    @Test
    void rankListsTheBestFirstInEachForm() throws IOException {
        Verb json = plv("rank", "--most", "3", "-o", "json");
        Verb csv = plv("rank", "--most", "3", "-o", "csv");
        Verb table = plv("rank", "--most", "3");

        assertThat(List.of(json.code(), csv.code(), table.code())).containsOnly(ExitCode.DONE);
        assertThat(json.json()).hasSize(3).allSatisfy(row -> {
            assertThat(row.fieldNames())
                    .toIterable()
                    .contains("rank", "bestRank", "worstRank", "partner", "name", "score", "value", "lower80")
                    .contains("upper80", "currency", "trend", "confidence", "version");
            assertThat(row.path("bestRank").asInt())
                    .isLessThanOrEqualTo(row.path("rank").asInt());
        });
        assertThat(json.json()).extracting(row -> row.path("rank").asInt()).containsExactly(1, 2, 3);
        assertThat(csv.out().lines().toList()).hasSize(4);
        assertThat(csv.out().lines().skip(1).findFirst().orElseThrow())
                .contains(json.json().path(0).path("name").asText());
        assertThat(table.out()).startsWith("RANK").contains("80% BETWEEN", "EUR");
    }

    @Test
    void rankByTrendShowsOnlyThoseAndAnUnknownTrendIsWrongUsage() throws IOException {
        assertThat(plv("rank", "--trend", "at_risk", "-o", "json").json())
                .extracting(row -> row.path("name").asText())
                .contains("Partner " + Resellers.SILENT);
        assertThat(plv("rank", "--trend", "sideways").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void showGivesTheForecastAndTermsThatSumToTheScoreInEachForm() throws IOException {
        Verb json = plv("show", "Partner p3", "-o", "json");
        Verb csv = plv("show", "p3", "-o", "csv");
        Verb table = plv("show", "crm/p3");

        assertThat(List.of(json.code(), csv.code(), table.code())).containsOnly(ExitCode.DONE);
        BigDecimal score = json.json().path("result").path("score").decimalValue();
        List<String> rows = csv.out().lines().toList();
        assertThat(rows.get(0)).isEqualTo("term,points,weight,metric,position,confidence");
        assertThat(rows.subList(1, rows.size()))
                .extracting(row -> row.split(",")[0])
                .containsExactly(
                        "value",
                        "frequency",
                        "size",
                        "conversion",
                        "margin",
                        "engagement",
                        "certification",
                        "satisfaction",
                        "initiative");
        assertThat(rows.stream()
                        .skip(1)
                        .map(row -> new BigDecimal(row.split(",")[1]))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(score);
        assertThat(table.out()).contains("PLV value", "80% between", "PLV score   " + score.toPlainString(), "trend");
    }

    @Test
    void explainSaysWhatChangedWhatToDoAndHowLeadsWereWon() throws IOException {
        Verb json = plv("explain", Resellers.SILENT, "-o", "json");
        Verb table = plv("explain", Resellers.SILENT);

        assertThat(List.of(json.code(), table.code())).containsOnly(ExitCode.DONE);
        JsonNode value = json.json();
        assertThat(value.path("advice").path(0).path("what").asText()).contains("Firewall Expert");
        assertThat(value.path("changes").path("steps")).isNotEmpty();
        assertThat(value.path("conversion").path("worked").asInt()).isEqualTo(10);
        assertThat(value.path("conversion").path("adjustedRank").asInt())
                .as("nobody is told apart once difficulty is taken out: all share the first rank")
                .isEqualTo(1);
        assertThat(table.out())
                .contains("What it should do next", "What changed since 2026-05-0", "leads won", "adjusted", "tier");
        assertThat(plv("explain", Resellers.SILENT, "-o", "csv").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aPartnerThatIsNotThereIsToldAndEndsAsFailed() {
        for (String verb : List.of("show", "explain")) {
            Verb unknown = plv(verb, "Nobody Ltd");
            assertThat(unknown.code()).isEqualTo(ExitCode.FAILED);
            assertThat(unknown.err()).contains("Nobody Ltd");
            assertThat(plv(verb).code()).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void exportWritesEveryPartnerWithItsTermsToTheOutputOrAFile() throws IOException {
        Path file = home.resolve("export.json");
        Verb csv = plv("export");
        Verb toFile = plv("export", "-o", "json", "--out", file.toString());

        assertThat(csv.code()).isEqualTo(ExitCode.DONE);
        assertThat(csv.out().lines().toList()).hasSize(Resellers.PARTNERS + 1);
        assertThat(csv.out().lines().findFirst().orElseThrow()).contains("certification", "initiative");
        assertThat(toFile.out()).isEmpty();
        JsonNode rows = new ObjectMapper().readTree(Files.readString(file));
        assertThat(rows).hasSize(Resellers.PARTNERS);
        assertThat(rows.path(0).path("result").path("terms")).hasSize(9);
        assertThat(plv("export", "--out", home.resolve("no/such/folder/f.csv").toString())
                        .code())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void backtestOnTheLedgerHasTheShapeOfTheOneOnAFile() throws IOException {
        Verb json = plv("backtest", "-o", "json");
        Verb table = plv("backtest");

        assertThat(List.of(json.code(), table.code())).containsOnly(ExitCode.DONE);
        JsonNode first = json.json().path("origins").path(0);
        assertThat(first.path("n").asInt()).isEqualTo(Resellers.PARTNERS);
        assertThat(first.path("models").path("last-period").fieldNames())
                .toIterable()
                .containsExactly("spearman", "top10Share", "maeOverMean", "sumRatio", "coverage80");
        assertThat(json.json().path("chosen").asText()).isNotEmpty();
        assertThat(table.out()).contains("MAE/MEAN", "chosen   ", "why      ");
    }

    @Test
    void refitMakesANewVersionAndTellsMethodAndTest() throws IOException {
        String before = plv("rank", "-o", "json").json().path(0).path("version").asText();
        Verb json = plv("refit", "--as-of", "2026-06-02", "-o", "json");
        Verb table = plv("refit", "--as-of", "2026-06-02");

        assertThat(List.of(json.code(), table.code())).containsOnly(ExitCode.DONE);
        assertThat(json.json().path("scored").asInt()).isEqualTo(Resellers.PARTNERS);
        assertThat(json.json().path("version").asText()).isNotEqualTo(before);
        assertThat(json.json().path("health").path("backtest").path("origins")).isNotEmpty();
        assertThat(table.out()).contains("version     ", "method      ", "backtest    ");
        assertThat(plv("refit", "-o", "csv").code()).isEqualTo(ExitCode.USAGE);
        assertThat(plv("refit", "--as-of", "yesterday").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aLedgerWithoutPartnersSaysWhatToDoFirst() {
        assertThat(on("empty.yaml", "refit").code()).isEqualTo(ExitCode.FAILED);
        assertThat(on("empty.yaml", "refit").err()).contains("rainmaker sync");
        assertThat(on("empty.yaml", "backtest").err()).contains("rainmaker sync");
        assertThat(on("empty.yaml", "rank").code()).isEqualTo(ExitCode.DONE);
        assertThat(on("absent.yaml", "rank").code()).isEqualTo(ExitCode.USAGE);
    }
}
