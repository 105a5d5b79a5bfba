package dev.rainmaker.app.cli;

import dev.rainmaker.app.revenue.CreditedBy;
import dev.rainmaker.app.revenue.Report;
import dev.rainmaker.app.revenue.Revenue;
import dev.rainmaker.app.revenue.RevenueReports;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.opportunity.Opportunity;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which partner won what, by a written rule. */
@Command(
        name = "revenue",
        description = "Which partner won what, by a written rule.",
        mixinStandardHelpOptions = true,
        subcommands = {RevenueCommand.ReportRevenue.class, RevenueCommand.Explain.class, RevenueCommand.Close.class})
final class RevenueCommand implements Runnable {

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Which? See rainmaker revenue --help");
        }
    }

    /** A report over months. */
    @Command(
            name = "report",
            description =
                    "Partner-led revenue by partner, tier, role, product, territory, period, kind or offer; plan, "
                            + "incentives, cross-sell and penetration.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: rainmaker revenue report --by tier --from 2026-01 --to 2026-06 -o csv"})
    static final class ReportRevenue implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Option(
                names = "--by",
                paramLabel = "WHAT",
                defaultValue = "partner",
                description = "partner, tier, role, product, territory, period, kind, offer (default: partner)")
        String by = "partner";

        @Option(
                names = "--view",
                paramLabel = "VIEW",
                defaultValue = "credits",
                description = "credits, registrations, plan, incentives, cross-sell, penetration (default: credits)")
        String view = "credits";

        @Option(names = "--from", paramLabel = "MONTH", description = "first month, as 2026-01 (default: January)")
        @Nullable
        YearMonth from;

        @Option(names = "--to", paramLabel = "MONTH", description = "last month (default: the current one)")
        @Nullable
        YearMonth to;

        @Override
        public Integer call() throws Exception {
            try (Rainmaker rainmaker = Opened.by(common)) {
                YearMonth last =
                        to == null ? YearMonth.from(rainmaker.ledger().now().atZone(ZoneOffset.UTC)) : to;
                Revenue revenue = rainmaker.revenue();
                RevenueReports reports = new RevenueReports(
                        revenue.read(),
                        revenue.policy(),
                        rainmaker.facts(),
                        from == null ? last.withMonth(1) : from,
                        last);
                print(reports.view(view, CreditedBy.of(by)), common.output, System.out);
                return ExitCode.DONE;
            }
        }
    }

    /** How one deal is credited. */
    @Command(
            name = "explain",
            description = "How one deal is credited, and on what evidence.",
            mixinStandardHelpOptions = true)
    static final class Explain implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "DEAL", description = "the opportunity's id in the CRM, or connection/id")
        String deal = "";

        @Override
        public Integer call() throws Exception {
            try (Rainmaker rainmaker = Opened.by(common)) {
                Opportunity found = FindFact.one(rainmaker, FactKind.OPPORTUNITY, deal, Opportunity.class);
                if (!found.won()) {
                    throw new UserError(found.id() + " is not won: only won deals are credited.");
                }
                Revenue revenue = rainmaker.revenue();
                YearMonth any = YearMonth.from(rainmaker.ledger().now().atZone(ZoneOffset.UTC));
                print(
                        new RevenueReports(revenue.read(), revenue.policy(), rainmaker.facts(), any, any)
                                .deal(found.id()),
                        common.output,
                        System.out);
                return ExitCode.DONE;
            }
        }
    }

    /** Makes months final. */
    @Command(
            name = "close",
            description = "Closes a month and all before it: what it says is final, later changes become adjustments.",
            mixinStandardHelpOptions = true)
    static final class Close implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "MONTH", description = "as 2026-01")
        YearMonth month = YearMonth.of(1970, 1);

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                int lines = rainmaker.revenue().close(month, System.getProperty("user.name", "command line"));
                System.out.println(month + " is closed with " + lines
                        + " lines; what is learnt of its deals from now on is booked in " + month.plusMonths(1) + ".");
                return ExitCode.DONE;
            }
        }
    }

    static void print(Report report, Output output, PrintStream out) throws java.io.IOException {
        switch (output) {
            case json -> Output.json(out, report.objects());
            case csv -> {
                out.write(report.csv().getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            case table -> {
                Table table = new Table(report.columns().stream()
                        .map(column -> column.replace('_', ' ').toUpperCase(java.util.Locale.ROOT))
                        .toArray(String[]::new));
                report.rows().forEach(row -> table.row(row.toArray()));
                table.print(out);
                report.notes().forEach(System.err::println);
            }
        }
    }
}
