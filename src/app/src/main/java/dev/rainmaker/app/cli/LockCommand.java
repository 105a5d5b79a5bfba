package dev.rainmaker.app.cli;

import dev.rainmaker.app.dealregistration.RegistrationDesk;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.dealregistration.DealLock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The locks that registrations became. */
@Command(
        name = "lock",
        description = "Which partner holds which customer, until when, and why.",
        mixinStandardHelpOptions = true,
        subcommands = {LockCommand.ListLive.class, LockCommand.Explain.class})
final class LockCommand implements Runnable {

    private static final List<String> COLUMNS =
            List.of("number", "customer", "customerKey", "holder", "holderName", "scope", "from", "until", "fence");

    @picocli.CommandLine.Spec
    picocli.CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(), "Which? rainmaker lock list, or rainmaker lock explain");
        }
    }

    private static Map<String, Object> json(RegistrationDesk desk, DealLock lock) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("number", lock.number());
        members.put("customer", desk.customers().name(lock.customer()));
        members.put("customerKey", lock.customer());
        members.put("holder", lock.partner().toString());
        members.put("holderName", desk.name(lock.partner()));
        members.put("scope", lock.scope().text());
        members.put("from", lock.period().from().toString());
        members.put("until", lock.period().until().toString());
        members.put("fence", lock.fence());
        return members;
    }

    private static void print(CommonOptions common, RegistrationDesk desk, List<DealLock> locks) {
        List<Map<String, Object>> rows =
                locks.stream().map(lock -> json(desk, lock)).toList();
        switch (common.output) {
            case json -> Output.json(System.out, rows);
            case csv -> Output.csv(System.out, COLUMNS, rows);
            case table -> table(desk, locks).print(System.out);
        }
    }

    private static Table table(RegistrationDesk desk, List<DealLock> locks) {
        Table table = new Table("NUMBER", "CUSTOMER", "HOLDER", "SCOPE", "FROM (UTC)", "UNTIL (UTC)");
        locks.forEach(lock -> table.row(
                lock.number(),
                desk.customers().name(lock.customer()),
                desk.name(lock.partner()),
                lock.scope().text(),
                lock.period().from(),
                lock.period().until()));
        return table;
    }

    /** Lists live locks. */
    @Command(
            name = "list",
            description = "Locks that hold now, the next to end first.",
            mixinStandardHelpOptions = true)
    static final class ListLive implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                print(common, rainmaker.deals(), rainmaker.deals().locks().live());
                return ExitCode.DONE;
            }
        }
    }

    /** Who held a customer, and why. */
    @Command(
            name = "explain",
            description = "Every lock a customer ever had, with the registration behind it and how it ended.",
            mixinStandardHelpOptions = true)
    static final class Explain implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "NUMBER", description = "of a registration of the customer, or the customer's key")
        String wanted = "";

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                RegistrationDesk desk = rainmaker.deals();
                String customer = desk.registrations()
                        .find(wanted)
                        .map(registration -> registration.customer())
                        .orElse(wanted);
                List<DealLock> locks = desk.locks().historyOf(desk.customers().remaining(customer));
                if (locks.isEmpty()) {
                    throw new UserError("Nobody ever held a lock on " + wanted
                            + ". Give a registration's number or a customer's key (see rainmaker deal list -o json).");
                }
                print(common, desk, locks);
                if (common.output == Output.table) {
                    locks.forEach(lock -> desk.registrations()
                            .events(lock.number())
                            .forEach(event -> System.out.println(Table.printable(event.number() + "  " + event.at()
                                    + "  " + event.who() + ": " + event.step() + ", " + event.why()))));
                }
                return ExitCode.DONE;
            }
        }
    }
}
