package dev.rainmaker.app.cli;

import dev.rainmaker.app.dealregistration.RegistrationDesk;
import dev.rainmaker.app.ledger.DealConflictLedger;
import dev.rainmaker.app.ledger.RegistrationLedger;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.RegistrationState;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deal registrations: hand in, look at, decide. */
@Command(
        name = "deal",
        description = "Deal registrations: hand in, look at, decide.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DealRegisterCommand.class,
            DealCommand.ListThem.class,
            DealCommand.Show.class,
            DealSteps.Approve.class,
            DealSteps.Reject.class,
            DealSteps.Ask.class,
            DealSteps.Extend.class,
            DealSteps.Release.class,
            DealSteps.Won.class,
            DealSteps.Lost.class,
            DealSteps.Withdraw.class,
            DealMergeCommand.class
        })
final class DealCommand implements Runnable {

    /** Members of {@link #json} as columns of {@code deal list -o csv}. */
    private static final List<String> COLUMNS = List.of(
            "number",
            "state",
            "partner",
            "partnerName",
            "customer",
            "customerKey",
            "scope",
            "submittedAt",
            "reviewBy",
            "lockUntil",
            "reason",
            "source");

    @picocli.CommandLine.Spec
    picocli.CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new picocli.CommandLine.ParameterException(spec.commandLine(), "Which? See rainmaker deal --help");
        }
    }

    static String who() {
        return System.getProperty("user.name", "somebody");
    }

    static Map<String, Object> json(RegistrationDesk desk, Registration registration) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("number", registration.number());
        members.put("state", registration.state().word());
        members.put("reason", registration.reason());
        members.put("partner", registration.partner().toString());
        members.put("partnerName", desk.name(registration.partner()));
        members.put("customer", desk.customers().name(registration.customer()));
        members.put("customerKey", registration.customer());
        members.put("scope", registration.scope().text());
        put(members, "source", registration.source());
        put(members, "submittedAt", registration.submittedAt());
        put(members, "reviewBy", registration.reviewBy());
        put(members, "lockUntil", registration.lockUntil());
        return members;
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value.toString());
        }
    }

    static void print(CommonOptions common, RegistrationDesk desk, Registration registration) {
        if (common.output == Output.json) {
            Output.json(System.out, json(desk, registration));
        } else {
            System.out.println(Table.printable(registration.number() + " of " + desk.name(registration.partner())
                    + " for "
                    + desk.customers().name(registration.customer()) + " ("
                    + registration.scope().text() + "): "
                    + registration.state().word() + ", " + registration.reason()
                    + (registration.state().holdsLock() ? "; protected until " + registration.lockUntil() : "")));
        }
    }

    /** Lists registrations. */
    @Command(name = "list", description = "List registrations, the latest first.", mixinStandardHelpOptions = true)
    static final class ListThem implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Option(names = "--in", paramLabel = "STATE", description = "only in this state, such as under-review")
        @Nullable
        String state;

        @Option(names = "--partner", paramLabel = "PARTNER", description = "only this partner's")
        @Nullable
        String partner;

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                RecordId of = partner == null
                        ? null
                        : FindFact.one(rainmaker, FactKind.PARTNER, partner, Partner.class)
                                .id();
                List<Registration> found = rainmaker
                        .deals()
                        .registrations()
                        .list(of, state == null ? null : RegistrationState.of(state), null, 1_000);
                switch (common.output) {
                    case json -> Output.json(System.out, rows(rainmaker.deals(), found));
                    case csv -> Output.csv(System.out, COLUMNS, rows(rainmaker.deals(), found));
                    case table -> table(rainmaker.deals(), found).print(System.out);
                }
                return ExitCode.DONE;
            }
        }

        private static List<Map<String, Object>> rows(RegistrationDesk desk, List<Registration> found) {
            return found.stream().map(each -> json(desk, each)).toList();
        }

        private static Table table(RegistrationDesk desk, List<Registration> found) {
            Table table = new Table("NUMBER", "STATE", "PARTNER", "CUSTOMER", "SCOPE", "UNTIL (UTC)", "WHY");
            found.forEach(each -> table.row(
                    each.number(),
                    each.state().word(),
                    desk.name(each.partner()),
                    desk.customers().name(each.customer()),
                    each.scope().text(),
                    each.lockUntil(),
                    each.reason()));
            return table;
        }
    }

    /** Shows one with its history and conflicts. */
    @Command(
            name = "show",
            description = "One registration with its history and what was found in its way.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "NUMBER", description = "such as DR-000042")
        String number = "";

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                RegistrationDesk desk = rainmaker.deals();
                Registration registration = desk.registrations()
                        .find(number)
                        .orElseThrow(() -> new UserError("There is no registration " + number + "."));
                List<RegistrationLedger.Event> events = desk.registrations().events(number);
                List<DealConflictLedger.Found> conflicts = desk.conflicts().of(number);
                if (common.output == Output.json) {
                    Map<String, Object> members = json(desk, registration);
                    members.put("events", events);
                    members.put("conflicts", conflicts);
                    Output.json(System.out, members);
                    return ExitCode.DONE;
                }
                print(common, desk, registration);
                Table table = new Table("AT (UTC)", "WHO", "STEP", "STATE", "WHY");
                events.forEach(event -> table.row(event.at(), event.who(), event.step(), event.toState(), event.why()));
                table.print(System.out);
                conflicts.forEach(conflict ->
                        System.out.println(Table.printable((conflict.settledAt() == null ? "In the way: " : "Settled: ")
                                + conflict.kind() + ": " + conflict.forReviewer())));
                return ExitCode.DONE;
            }
        }
    }
}
