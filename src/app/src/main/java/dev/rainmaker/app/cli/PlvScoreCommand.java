package dev.rainmaker.app.cli;

import dev.rainmaker.app.lifetimevalue.csv.ModelFile;
import dev.rainmaker.app.lifetimevalue.csv.OutputFile;
import dev.rainmaker.lifetimevalue.CsvHistories;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Values every partner of a CSV of transactions. */
@Command(
        name = "score",
        description = "Values every partner of a CSV of won deals: no database, no server.",
        mixinStandardHelpOptions = true)
final class PlvScoreCommand implements Callable<Integer> {

    private static final List<String> COLUMNS =
            List.of("partner_id", "expected_value", "lower80", "upper80", "p_alive", "model", "score");
    private static final int MOST_SHOWN = 50;

    @Mixin
    PlvCsvInput input = new PlvCsvInput();

    @Option(
            names = "--model",
            paramLabel = "MODEL.json",
            description = "a model of plv fit (default: one is learned from these transactions)")
    @Nullable
    Path model;

    @Option(names = "--out", paramLabel = "FILE.csv", description = "write all rows as CSV to this file")
    @Nullable
    Path out;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json or csv on standard output (default: table)")
    Output output = Output.table;

    @Option(names = "--verbose", description = "show details of errors")
    boolean verbose;

    @Override
    public Integer call() throws IOException {
        Scored scored = model == null ? learned() : byModel(model);
        List<PlvResult> results = scored.results();
        if (out != null) {
            OutputFile.write(out, writer -> write(results, writer));
        }
        switch (output) {
            case json ->
                Output.json(
                        System.out, results.stream().map(PlvScoreCommand::row).toList());
            case csv -> {
                if (out == null) {
                    Writer writer = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
                    write(results, writer);
                    writer.flush();
                }
            }
            case table -> print(scored);
        }
        return input.tell(System.err, scored.deals().size());
    }

    /** Results, best first. */
    private record Scored(Transactions deals, Plv.Fitted fitted, List<PlvResult> results) {

        static Scored of(Transactions deals, CsvHistories read, Plv.Fitted fitted, PlvPolicy policy, LocalDate asOf) {
            return new Scored(
                    deals,
                    fitted,
                    read.histories().stream()
                            .map(history -> Plv.score(history, fitted.model(), fitted.reference(), policy, asOf))
                            .sorted(Comparator.comparing(PlvResult::score)
                                    .reversed()
                                    .thenComparing(Comparator.comparingDouble(
                                            (PlvResult each) -> -each.value().expected()))
                                    .thenComparing(PlvResult::partner))
                            .toList());
        }
    }

    private Scored learned() throws IOException {
        PlvPolicy policy = input.policy();
        Transactions deals = input.transactions();
        PlvCsvModel learned = PlvCsvModel.learn(input, deals, policy);
        return Scored.of(deals, learned.read(), learned.fitted(), policy, learned.asOf());
    }

    private Scored byModel(Path file) throws IOException {
        ModelFile stored = ModelFile.read(file);
        Plv.Fitted fitted = stored.fitted();
        Integer asked = input.horizonDays;
        if (input.policy != null) {
            throw new IllegalArgumentException(
                    "--policy cannot be given with --model: " + file + " holds the policy it was fitted under");
        }
        if (asked != null && asked != fitted.model().horizonDays()) {
            throw new IllegalArgumentException(
                    file + " was fitted for " + fitted.model().horizonDays() + " days, not " + asked
                            + ": fit another with --horizon-days " + asked);
        }
        Transactions deals = input.transactions();
        if (!stored.currency().isEmpty()
                && !deals.currency().isEmpty()
                && !stored.currency().equals(deals.currency())) {
            throw new IllegalArgumentException(file + " was fitted in " + stored.currency()
                    + ", the transactions are in "
                    + deals.currency() + "; give --currency " + stored.currency() + " --rate " + deals.currency()
                    + "=N");
        }
        LocalDate asOf = input.asOf(deals);
        CsvHistories read = CsvHistories.of(deals, input.metrics().rows(), stored.policy(), asOf);
        input.rejected(read.rejected());
        return Scored.of(deals, read, fitted, stored.policy(), asOf);
    }

    private static Map<String, Object> row(PlvResult result) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("partner_id", result.partner());
        row.put("expected_value", result.value().expected());
        row.put("lower80", result.value().lower80());
        row.put("upper80", result.value().upper80());
        row.put("p_alive", result.probabilityAlive());
        row.put("model", result.method());
        row.put("score", result.score());
        return row;
    }

    private static void write(List<PlvResult> results, Writer out) throws IOException {
        out.write(String.join(",", COLUMNS) + "\n");
        for (PlvResult result : results) {
            out.write(quoted(result.partner()));
            out.write(',');
            out.write(number(result.value().expected()));
            out.write(',');
            out.write(number(result.value().lower80()));
            out.write(',');
            out.write(number(result.value().upper80()));
            out.write(',');
            out.write(number(result.probabilityAlive()));
            out.write(',');
            out.write(result.method());
            out.write(',');
            out.write(result.score().toPlainString());
            out.write('\n');
        }
    }

    /** Plain decimals, six of them: no exponent that a spreadsheet would read as text. */
    private static String number(double value) {
        return java.math.BigDecimal.valueOf(value)
                .setScale(6, java.math.RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String quoted(String text) {
        boolean plain =
                text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private void print(Scored scored) {
        List<PlvResult> results = scored.results();
        if (out == null) {
            Table table = new Table(COLUMNS.toArray(String[]::new));
            results.stream()
                    .limit(MOST_SHOWN)
                    .forEach(result -> table.row(
                            result.partner(),
                            money(result.value().expected()),
                            money(result.value().lower80()),
                            money(result.value().upper80()),
                            String.format(Locale.ROOT, "%.3f", result.probabilityAlive()),
                            result.method(),
                            result.score().toPlainString()));
            table.print(System.out);
            if (results.size() > MOST_SHOWN) {
                System.out.println("... and " + (results.size() - MOST_SHOWN)
                        + " more partners: -o csv or --out FILE.csv writes all");
            }
        } else {
            System.out.println(results.size() + " partners written to " + out);
        }
        System.err.println("model: " + scored.fitted().model().method() + "; "
                + scored.fitted().model().reason());
    }

    private static String money(double value) {
        return String.format(Locale.ROOT, "%,.2f", value);
    }
}
