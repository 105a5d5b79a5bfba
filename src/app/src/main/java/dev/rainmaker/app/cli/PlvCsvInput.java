package dev.rainmaker.app.cli;

import dev.rainmaker.app.lifetimevalue.csv.MetricsCsv;
import dev.rainmaker.app.lifetimevalue.csv.TransactionsCsv;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import dev.rainmaker.lifetimevalue.forecast.Transactions.Rejected;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the PLV verbs that work on CSV files read, and how they tell what they could not read. */
final class PlvCsvInput {

    private static final int MOST_SHOWN = 20;
    private static final int LONGEST_SILENCE_DAYS = 90;

    @Option(
            names = "--transactions",
            paramLabel = "FILE",
            description = "CSV of won deals: partner_id,date,amount[,margin][,currency]; ISO dates, negative = refund")
    @Nullable
    Path transactions;

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description = "CSV of further metrics: partner_id,metric,date,value")
    @Nullable
    Path metrics;

    @Option(
            names = "--as-of",
            paramLabel = "DAY",
            description = "nothing after this day is looked at (default: the last date of the transactions)")
    @Nullable
    String asOf;

    @Option(
            names = "--horizon-days",
            paramLabel = "N",
            description = "days to look ahead, 7 to 1830 (default: the policy's, else 180)")
    @Nullable
    Integer horizonDays;

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            description = "currency of the result (default: that of most rows)")
    @Nullable
    String currency;

    @Option(
            names = "--rate",
            paramLabel = "CODE=N",
            description = "one unit of CODE is N units of the result's currency; may be given several times")
    Map<String, Double> rates = new LinkedHashMap<>();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "a plv.yaml with weights, horizon and scales (default: the standard policy)")
    @Nullable
    Path policy;

    private final List<Problem> problems = new ArrayList<>();

    private record Problem(Path file, Rejected row) {}

    /** The policy with the horizon that was asked for. */
    PlvPolicy policy() throws IOException {
        PlvPolicy stated = policy == null ? PlvPolicy.standard() : read(policy);
        return horizonDays == null ? stated : stated.withHorizonDays(horizon(horizonDays));
    }

    static int horizon(int days) {
        if (days < 7 || days > 1830) {
            throw new IllegalArgumentException("--horizon-days must be 7 to 1830, not " + days);
        }
        return days;
    }

    private void hint(PrintStream err) {
        for (Problem problem : problems) {
            String reason = problem.row().reason();
            if (reason.startsWith("currency ") && reason.contains(" has no rate to ")) {
                err.println("Amounts in another currency are not added up: give --rate " + reason.split(" ")[1]
                        + "=N for each.");
                return;
            }
        }
    }

    private static PlvPolicy read(Path file) throws IOException {
        try {
            return Policies.plv(file.toString(), Files.readString(file)).policy();
        } catch (NoSuchFileException absent) {
            throw new IllegalArgumentException("there is no policy " + file, absent);
        }
    }

    /** The transactions; rows that cannot be used are kept for {@link #tell}. */
    Transactions transactions() throws IOException {
        if (transactions == null) {
            throw new IllegalArgumentException("--transactions FILE.csv is missing");
        }
        Transactions deals = TransactionsCsv.read(transactions, currency, rates);
        deals.rejected().forEach(row -> problems.add(new Problem(transactions, row)));
        if (deals.size() == 0) {
            tell(System.err, 0);
            throw new UserError(transactions + " holds no usable transaction ("
                    + (problems.isEmpty() ? "it has no rows" : problems.size() + " rows rejected") + ").");
        }
        return deals;
    }

    /** Rows of the metrics file; none without one. */
    MetricsCsv metrics() throws IOException {
        if (metrics == null) {
            return new MetricsCsv(List.of(), List.of());
        }
        MetricsCsv read = MetricsCsv.read(metrics);
        rejected(read.rejected());
        return read;
    }

    /** Further metric rows that could not be used. */
    void rejected(List<Rejected> rows) {
        if (metrics != null) {
            rows.forEach(row -> problems.add(new Problem(metrics, row)));
        }
    }

    /** The as-of day: as stated, else the last day of the transactions. */
    LocalDate asOf(Transactions deals) {
        if (asOf == null) {
            warnOfALoneLastDay(deals);
            return deals.lastDate();
        }
        LocalDate day = day("--as-of", asOf);
        if (day.isBefore(deals.firstDate())) {
            throw new IllegalArgumentException(
                    "--as-of " + day + " is before the first transaction (" + deals.firstDate() + ")");
        }
        return day;
    }

    /** One row dated far ahead, by a slip of the pen, would make everybody look silent for as long. */
    private static void warnOfALoneLastDay(Transactions deals) {
        int last = (int) deals.lastDate().toEpochDay();
        int before = Integer.MIN_VALUE;
        for (int row = 0; row < deals.size(); row++) {
            int day = deals.day(row);
            before = day < last ? Math.max(before, day) : before;
        }
        if (before != Integer.MIN_VALUE && last - before > LONGEST_SILENCE_DAYS) {
            System.err.println("The last date, " + deals.lastDate() + ", lies " + (last - before)
                    + " days after the one before it, and everything is valued as of it. If that is a slip, give --as-of "
                    + LocalDate.ofEpochDay(before) + ".");
        }
    }

    static LocalDate day(String option, String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    option + " must be a day such as 2026-06-30, not \"" + text + "\"", wrong);
        }
    }

    int rejected() {
        return problems.size();
    }

    /** Rejected rows, the first of them by line. */
    List<Map<String, Object>> rejectedRows() {
        return problems.stream()
                .limit(1000)
                .map(problem -> Map.<String, Object>of(
                        "file", problem.file().toString(),
                        "line", problem.row().line(),
                        "reason", problem.row().reason()))
                .toList();
    }

    /** Says what was left out, and returns the exit code that tells it to programs. */
    int tell(PrintStream err, long used) {
        if (problems.isEmpty()) {
            return ExitCode.DONE;
        }
        problems.stream()
                .limit(MOST_SHOWN)
                .forEach(problem ->
                        err.println(problem.file() + ", line " + problem.row().line() + ": "
                                + Table.printable(problem.row().reason())));
        if (problems.size() > MOST_SHOWN) {
            err.println("... and " + (problems.size() - MOST_SHOWN) + " more");
        }
        hint(err);
        err.println(problems.size() + (problems.size() == 1 ? " row" : " rows") + " rejected, " + used
                + " transactions used");
        return ExitCode.REJECTS;
    }
}
