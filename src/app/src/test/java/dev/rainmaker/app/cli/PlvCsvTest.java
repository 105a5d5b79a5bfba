package dev.rainmaker.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.lifetimevalue.forecast.SharedDeals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The partner lifetime value as an analyst tries it: on CSV files, without database or server. */
class PlvCsvTest {

    private static final String HEAD = "partner_id,expected_value,lower80,upper80,p_alive,model,score";

    @TempDir
    Path folder = Path.of("");

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String simulated(int partners, int days) throws IOException {
        return CsvOf.write(
                        folder.resolve("simulated.csv"), CsvOf.lines(SharedDeals.simulated(partners, days, 4, 1, null)))
                .toString();
    }

    /** Reference figures of the last period there: rank .908, error .404. */
    @Test
    void resellersThatOrderRegularlyFallBackToRecency() throws IOException {
        Path csv = CsvOf.write(folder.resolve("aw.csv"), CsvOf.lines(SharedDeals.adventureWorks()));
        Verb verb = Verb.run(
                "plv",
                "backtest",
                "--transactions",
                csv.toString(),
                "--horizon-days",
                "182",
                "--cutoffs",
                "2019-11-30",
                "-o",
                "json");

        assertThat(verb.code()).isZero();
        JsonNode origin = verb.json().path("origins").path(0);
        JsonNode chosen = origin.path("models").path(verb.json().path("chosen").asText());
        assertThat(origin.path("asOf").asText()).isEqualTo("2019-11-30");
        assertThat(origin.path("n").asInt()).isEqualTo(628);
        assertThat(chosen.path("spearman").asDouble()).isGreaterThanOrEqualTo(.90);
        assertThat(chosen.path("maeOverMean").asDouble()).isLessThanOrEqualTo(.42);
        assertThat(chosen.path("coverage80").asDouble()).isBetween(.7, .9);
        assertThat(verb.json().path("reason").asText()).contains("too regularly");
    }

    @Test
    void choiceOnBuyersOfDiscsBeatsTheNaiveRate() throws IOException {
        Path csv = CsvOf.write(folder.resolve("cdnow.csv"), CsvOf.lines(SharedDeals.cdnow()));
        Verb verb = Verb.run(
                "plv",
                "backtest",
                "--transactions",
                csv.toString(),
                "--horizon-days",
                "273",
                "--cutoffs",
                "1997-09-30",
                "-o",
                "json");

        JsonNode origin = verb.json().path("origins").path(0);
        JsonNode models = origin.path("models");
        assertThat(origin.path("n").asInt()).isEqualTo(2357);
        assertThat(models.path(verb.json().path("chosen").asText())
                        .path("maeOverMean")
                        .asDouble())
                .isLessThan(0.6 * models.path("all-history").path("maeOverMean").asDouble());
    }

    @Test
    void scoresOfAStoredModelAreThoseOfTheModelLearnedAtOnce() throws IOException {
        String csv = simulated(120, 500);
        Path model = folder.resolve("model.json");
        Path out = folder.resolve("scores.csv");

        assertThat(Verb.run("plv", "fit", "--transactions", csv, "--out", model.toString())
                        .code())
                .isZero();
        Verb stored = Verb.run("plv", "score", "--transactions", csv, "--model", model.toString(), "-o", "csv");
        Verb atOnce = Verb.run("plv", "score", "--transactions", csv, "--out", out.toString());

        assertThat(stored.code()).isZero();
        assertThat(atOnce.code()).isZero();
        assertThat(Files.readString(out)).isEqualTo(stored.out());
        List<String> rows = stored.out().lines().toList();
        assertThat(rows.get(0)).isEqualTo(HEAD);
        assertThat(rows).hasSizeGreaterThan(100);
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",");
            assertThat(cells).hasSize(7);
            assertThat(Double.parseDouble(cells[1]))
                    .isBetween(Double.parseDouble(cells[2]), Double.parseDouble(cells[3]));
            assertThat(Double.parseDouble(cells[4])).isBetween(0.0, 1.0);
            assertThat(Double.parseDouble(cells[6])).isBetween(0.0, 100.0);
        }
    }

    @Test
    void orderOfRowsAndFormOfTheFileChangeNothing() throws IOException {
        List<String> lines = CsvOf.lines(SharedDeals.simulated(80, 400, 9, 1, null));
        List<String> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, new Random(5));
        StringBuilder other = new StringBuilder("\ufeff\"Amount\";Partner ID;note;DATE\r\n");
        for (String line : shuffled) {
            String[] cells = line.split(",");
            other.append('"')
                    .append(cells[2])
                    .append("\";")
                    .append(cells[0])
                    .append(";\"a; \"\"b\"\"\nc\";")
                    .append(cells[1])
                    .append("T09:30:00Z\r\n");
        }
        String plain = CsvOf.write(folder.resolve("plain.csv"), lines).toString();
        String odd = file("odd.csv", other.toString());

        Verb one = Verb.run("plv", "score", "--transactions", plain, "-o", "csv");
        Verb two = Verb.run("plv", "score", "--transactions", odd, "-o", "csv");
        assertThat(two.code()).isZero();
        assertThat(two.out()).isEqualTo(one.out());
    }

    @Test
    void brokenRowsAreToldByLineAndReasonAndStopNothing() throws IOException {
        String csv = file("broken.csv", """
                partner_id,date,amount,margin,currency
                a,2024-01-05,100,20,EUR
                ,2024-01-06,100,20,EUR
                a,06/01/2024,100,20,EUR
                a,2024-02-30,100,20,EUR
                a,2024-01-07,lots,20,EUR
                a,2024-01-08,1,234.50,20,EUR
                b,2024-01-09,50,?,EUR
                b,2024-01-10,,,EUR
                b,2024-01-11
                b,2024-01-12,70,,USD
                b,2024-01-13,"80,,EUR
                b,2024-01-14,-30,,EUR
                b,2024-01-15,60,,
                """);
        Verb verb = Verb.run("plv", "score", "--transactions", csv, "-o", "csv");

        assertThat(verb.code()).isEqualTo(3);
        assertThat(verb.out().lines().skip(1)).hasSize(2);
        assertThat(verb.err())
                .contains("line 3: partner_id is missing")
                .contains("line 4: date \"06/01/2024\" is not an ISO day")
                .contains("line 5: date \"2024-02-30\"")
                .contains("line 6: amount \"lots\" is not a number")
                .contains("line 7: has 6 cells, the first line has 5")
                .contains("line 8: margin \"?\"")
                .contains("line 9: amount is missing")
                .contains("line 10: amount is missing")
                .contains("line 11: currency USD has no rate to EUR")
                .contains("line 12: a quote is opened and never closed")
                .contains("10 rows rejected, 3 transactions used");
    }

    @Test
    void otherCurrenciesAreConvertedAtStatedRatesOnly() throws IOException {
        String csv = file(
                "money.csv",
                "partner_id,date,amount,currency\na,2024-01-05,100,usd\na,2024-01-06,100,EUR\nb,2024-01-07,1,EUR\n");

        Verb without = Verb.run("plv", "score", "--transactions", csv, "-o", "csv");
        Verb with = Verb.run("plv", "score", "--transactions", csv, "--rate", "USD=0.5", "-o", "json");

        assertThat(without.code()).isEqualTo(3);
        assertThat(without.err())
                .contains("line 2: currency USD has no rate to EUR")
                .contains("--rate USD=");
        assertThat(with.code()).isZero();
        assertThat(with.json()).hasSize(2);
    }

    @Test
    void fewPartnersShortDataAndOneDayGiveAnAnswerAndSayWhy() throws IOException {
        String one = file("one.csv", "partner_id,date,amount\nonly,2024-01-05,100\nonly,2024-03-05,50\n");
        String day = file("day.csv", "partner_id,date,amount\na,2024-01-05,100\nb,2024-01-05,50\na,2024-01-05,100\n");

        Verb scored = Verb.run("plv", "score", "--transactions", one);
        Verb oneDay = Verb.run("plv", "score", "--transactions", day, "-o", "json");
        Verb tested = Verb.run("plv", "backtest", "--transactions", one, "-o", "json");
        Verb impossible = Verb.run("plv", "backtest", "--transactions", day);

        assertThat(scored.code()).isZero();
        assertThat(scored.err()).contains("model: ");
        assertThat(oneDay.code()).isZero();
        assertThat(oneDay.json().path(0).path("partner_id").asText()).isEqualTo("a");
        assertThat(tested.code()).isZero();
        assertThat(tested.err()).contains("The data are too short for 180 days: tested with 20");
        assertThat(tested.json().path("horizonDays").asInt()).isEqualTo(20);
        assertThat(impossible.code()).isEqualTo(2);
        assertThat(impossible.err()).contains("no origin can be tested").contains("2024-01-05");
    }

    @Test
    void threeMonthsOfDataAreNotTakenForHalfAYear() throws IOException {
        StringBuilder text = new StringBuilder("partner_id,date,amount\n");
        for (int p = 0; p < 20; p++) {
            for (int week = 0; week < 13; week++) {
                text.append("p")
                        .append(p)
                        .append(',')
                        .append(java.time.LocalDate.of(2024, 1, 1).plusDays(7L * week + p % 7))
                        .append(",100\n");
            }
        }
        Verb verb = Verb.run("plv", "score", "--transactions", file("q.csv", text.toString()), "-o", "json");
        double total = 0;
        for (JsonNode row : verb.json()) {
            total += row.path("expected_value").asDouble();
        }
        assertThat(total / 20).isCloseTo(100 * 180 / 7.0, within(300.0));
    }

    @Test
    void filesThatCannotBeUsedAtAllAreWrongUsage() throws IOException {
        String wrong = file("wrong.csv", "partner,day,value\na,2024-01-05,100\n");
        Verb header = Verb.run("plv", "score", "--transactions", wrong);
        assertThat(header.code()).isEqualTo(2);
        assertThat(header.err()).contains("no column partner_id").contains("partner,day,value");

        assertThat(Verb.run(
                                "plv",
                                "score",
                                "--transactions",
                                folder.resolve("none.csv").toString())
                        .code())
                .isEqualTo(2);
        assertThat(Verb.run("plv", "fit", "--out", "m.json").err()).contains("--transactions");
        assertThat(Verb.run("plv", "backtest").code()).isEqualTo(2);

        String fine = file("fine.csv", "partner_id,date,amount\na,2024-01-05,100\nb,2024-03-05,100\n");
        assertThat(Verb.run("plv", "score", "--transactions", fine, "--as-of", "2023-12-31")
                        .err())
                .contains("before the first transaction (2024-01-05)");
        assertThat(Verb.run("plv", "score", "--transactions", fine, "--as-of", "soon")
                        .code())
                .isEqualTo(2);
        assertThat(Verb.run("plv", "score", "--transactions", fine, "--horizon-days", "3")
                        .err())
                .contains("--horizon-days must be 7 to 1830");
        assertThat(Verb.run("plv", "backtest", "--transactions", fine, "--cutoffs", "2024-13-01")
                        .code())
                .isEqualTo(2);
        assertThat(Verb.run("plv", "score", "--transactions", fine, "--model", fine)
                        .err())
                .contains("plv fit");

        String refunds = file("refunds.csv", "partner_id,date,amount\na,2024-01-05,-100\n");
        Verb nothing = Verb.run("plv", "score", "--transactions", refunds);
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).contains("only refunds");
        Verb empty = Verb.run("plv", "score", "--transactions", file("empty.csv", "partner_id,date,amount\n"));
        assertThat(empty.code()).isEqualTo(1);
        assertThat(empty.err()).contains("it has no rows");
    }

    @Test
    void aLoneDateFarAheadIsToldAsItMakesEverybodyLookSilent() throws IOException {
        String days = "p1,2024-01-01,5\np1,2024-02-01,5\np2,2024-03-01,5\n";
        String slip = file("slip.csv", "partner_id,date,amount\n" + days + "p2,2042-03-01,5\n");
        String quarter = file("quarter.csv", "partner_id,date,amount\n" + days + "p2,2024-05-30,5\n");

        assertThat(Verb.run("plv", "score", "--transactions", slip).err())
                .contains("2042-03-01, lies 6574 days after the one before it")
                .contains("give --as-of 2024-03-01");
        assertThat(Verb.run("plv", "score", "--transactions", slip, "--as-of", "2024-03-01")
                        .err())
                .doesNotContain("lies");
        assertThat(Verb.run("plv", "score", "--transactions", quarter).err()).doesNotContain("lies");
    }

    @Test
    void asOfInThePastLooksAtNothingLater() throws IOException {
        List<String> lines = CsvOf.lines(SharedDeals.simulated(60, 400, 2, 1, null));
        List<String> until = lines.stream()
                .filter(line -> line.split(",")[1].compareTo("2022-10-01") <= 0)
                .toList();
        String all = CsvOf.write(folder.resolve("all.csv"), lines).toString();
        String early = CsvOf.write(folder.resolve("early.csv"), until).toString();
        assertThat(Verb.run("plv", "score", "--transactions", all, "--as-of", "2022-10-01", "-o", "csv")
                        .out())
                .isEqualTo(Verb.run("plv", "score", "--transactions", early, "--as-of", "2022-10-01", "-o", "csv")
                        .out());
    }

    @Test
    void metricsRaiseWhoHasThemAndBrokenOnesAreTold() throws IOException {
        String csv = simulated(60, 300);
        String id = Files.readAllLines(Path.of(csv)).get(1).split(",")[0];
        StringBuilder text = new StringBuilder("partner_id,metric,date,value\n");
        for (int i = 0; i < 60; i++) {
            text.append(String.format("p%05d,training,2022-09-01,%d%n", i, i % 4));
            text.append(String.format("p%05d,csat,2022-09-01,%d%n", i, 1 + i % 5));
        }
        text.append(id).append(",golf,2022-09-01,1\n").append(id).append(",csat,2022-09-01,many\n");
        Verb verb = Verb.run(
                "plv", "score", "--transactions", csv, "--metrics", file("metrics.csv", text.toString()), "-o", "json");
        assertThat(verb.code()).isEqualTo(3);
        assertThat(verb.err()).contains("metrics.csv, line 122: unknown metric").contains("line 123: value \"many\"");
        Verb plain = Verb.run("plv", "score", "--transactions", csv, "-o", "json");
        assertThat(verb.json().toString()).isNotEqualTo(plain.json().toString());
    }
}
