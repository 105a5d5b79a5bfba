package dev.rainmaker.app.cli;

import dev.rainmaker.app.configuration.ConnectionSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.mapping.Mappings;
import dev.rainmaker.connector.CheckReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tries credentials and compares what the mappings need with what each system has. */
@Command(
        name = "check",
        description = "Try the credentials and compare what the mappings need with what each system has.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(arity = "0..1", paramLabel = "CONNECTION", description = "only this one (default: all)")
    @Nullable
    String connection;

    @Override
    public Integer call() {
        List<CheckReport> reports = new ArrayList<>();
        RainmakerConfiguration configuration = common.configuration();
        for (ConnectionSettings settings : Chosen.of(configuration, connection)) {
            Mappings mappings = Mappings.load(configuration.mappings(), settings.type());
            try (LiveConnection live =
                    new LiveConnection(settings.name(), settings.type(), settings.open(), mappings)) {
                reports.add(live.check());
            }
        }
        print(reports);
        return reports.stream().allMatch(CheckReport::passed) ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private void print(List<CheckReport> reports) {
        if (common.output == Output.json) {
            Output.json(System.out, reports);
            return;
        }
        for (CheckReport report : reports) {
            System.out.println(report.connection() + ": " + (report.passed() ? "ok" : "FAILED"));
            for (CheckReport.Finding finding : report.findings()) {
                String mark = switch (finding.severity()) {
                    case INFO -> "  ok    ";
                    case WARNING -> "  warn  ";
                    case ERROR -> "  ERROR ";
                };
                System.out.println(mark + finding.what());
                if (!finding.remedy().isBlank()) {
                    System.out.println("        -> " + finding.remedy());
                }
            }
        }
    }
}
