package dev.rainmaker.app.cli;

import dev.rainmaker.app.configuration.Schedule;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What runs by itself, as the configuration says. */
@Command(
        name = "schedules",
        description = "What `rainmaker serve` runs by itself, and when.",
        mixinStandardHelpOptions = true)
final class SchedulesCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        List<Schedule> schedules = common.configuration().schedules();
        if (common.output == Output.json) {
            Output.json(System.out, schedules);
            return ExitCode.DONE;
        }
        if (schedules.isEmpty()) {
            System.out.println(
                    "Nothing is scheduled. Add an entry under schedules: in rainmaker.yaml (docs/configuration.md).");
            return ExitCode.DONE;
        }
        Table table = new Table("NAME", "TASK", "CONNECTION", "WHEN", "ZONE");
        for (Schedule schedule : schedules) {
            table.row(
                    schedule.name(),
                    schedule.task(),
                    schedule.connection().orElse("all"),
                    schedule.every()
                            .map(every -> "every " + every)
                            .or(schedule::cron)
                            .orElse(""),
                    schedule.zone());
        }
        table.print(System.out);
        return ExitCode.DONE;
    }
}
