package dev.rainmaker.app.cli;

import dev.rainmaker.app.dealregistration.RegistrationDesk;
import dev.rainmaker.app.dealregistration.Submission;
import dev.rainmaker.app.ledger.DealConflictLedger;
import dev.rainmaker.app.ledger.RegistrationLedger;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.dealregistration.Claim;
import dev.rainmaker.dealregistration.MoveRegistration.Result;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.RegistrationState;
import dev.rainmaker.dealregistration.Step;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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
            DealCommand.Register.class,
            DealCommand.ListThem.class,
            DealCommand.Show.class,
            DealCommand.Approve.class,
            DealCommand.Reject.class,
            DealCommand.Ask.class,
            DealCommand.Extend.class,
            DealCommand.Release.class,
            DealCommand.Won.class,
            DealCommand.Lost.class,
            DealCommand.Withdraw.class,
            DealCommand.Merge.class
        })
final class DealCommand implements Runnable {

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

    /** Hands a claim in. */
    @Command(name = "register", description = "Hand in a partner's claim on a deal.", mixinStandardHelpOptions = true)
    static final class Register implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Option(names = "--partner", required = true, paramLabel = "PARTNER", description = "id or name")
        String partner = "";

        @Option(names = "--customer", paramLabel = "NAME", description = "the customer's legal name")
        @Nullable
        String customer;

        @Option(names = "--domain", paramLabel = "DOMAIN", description = "the customer's web domain")
        @Nullable
        String domain;

        @Option(names = "--country", paramLabel = "CC", description = "the customer's country, two letters")
        @Nullable
        String country;

        @Option(names = "--account", paramLabel = "ID", description = "the customer's account, connection/id")
        @Nullable
        String account;

        @Option(names = "--product", paramLabel = "PRODUCT", description = "a product or family; again for more")
        List<String> products = List.of();

        @Option(names = "--amount", paramLabel = "AMOUNT", description = "expected revenue")
        @Nullable
        String amount;

        @Option(names = "--currency", defaultValue = "USD", paramLabel = "CCC", description = "of the amount")
        String currency = "USD";

        @Option(names = "--close", paramLabel = "DATE", description = "expected close date, such as 2026-03-31")
        @Nullable
        LocalDate close;

        @Option(names = "--contact", paramLabel = "EMAIL", description = "who decides at the customer")
        @Nullable
        String contact;

        @Option(names = "--note", paramLabel = "TEXT", description = "what else should be known")
        @Nullable
        String note;

        @Option(names = "--key", paramLabel = "KEY", description = "repeat with the same key: one registration")
        @Nullable
        String key;

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                Partner by = FindFact.one(rainmaker, FactKind.PARTNER, partner, Partner.class);
                Claim claim = new Claim(
                        customer,
                        domain,
                        country,
                        account == null ? null : RecordId.parse(account),
                        new TreeSet<>(products),
                        amount == null ? null : Money.of(amount, currency),
                        close,
                        contact,
                        note);
                Submission.Result result = rainmaker.deals().register(new Submission(by.id(), claim, null, key, who()));
                if (result instanceof Submission.Result.Invalid invalid) {
                    throw new UserError("Not registered: " + String.join("; ", invalid.problems()) + ".");
                }
                Registration registration = result instanceof Submission.Result.Registered made
                        ? made.registration()
                        : ((Submission.Result.Known) result).registration();
                print(common, rainmaker.deals(), registration);
                return ExitCode.DONE;
            }
        }
    }

    private static void print(CommonOptions common, RegistrationDesk desk, Registration registration) {
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
                if (common.output == Output.json) {
                    Output.json(
                            System.out,
                            found.stream()
                                    .map(each -> json(rainmaker.deals(), each))
                                    .toList());
                    return ExitCode.DONE;
                }
                Table table = new Table("NUMBER", "STATE", "PARTNER", "CUSTOMER", "SCOPE", "UNTIL (UTC)", "WHY");
                found.forEach(each -> table.row(
                        each.number(),
                        each.state().word(),
                        rainmaker.deals().name(each.partner()),
                        rainmaker.deals().customers().name(each.customer()),
                        each.scope().text(),
                        each.lockUntil(),
                        each.reason()));
                table.print(System.out);
                return ExitCode.DONE;
            }
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

    /** A step that a person takes. */
    abstract static class StepCommand implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "NUMBER", description = "such as DR-000042")
        String number = "";

        @Option(names = "--why", required = true, paramLabel = "TEXT", description = "the reason; the partner sees it")
        String why = "";

        abstract Step step();

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                Result result = rainmaker.deals().move(number, step());
                if (result instanceof Result.Done done) {
                    print(common, rainmaker.deals(), done.registration());
                    return ExitCode.DONE;
                }
                if (result instanceof Result.Locked locked) {
                    throw new UserError("Not possible: the customer is locked by "
                            + locked.held().stream()
                                    .map(lock -> lock.number() + " of "
                                            + rainmaker.deals().name(lock.partner()) + " until "
                                            + lock.period().until())
                                    .toList()
                            + ".");
                }
                throw new UserError("Not possible: "
                        + (result instanceof Result.Refused refused ? refused.why() : "somebody else was faster")
                        + ".");
            }
        }
    }

    /** Approves. */
    @Command(name = "approve", description = "Approve: the partner gets the lock.", mixinStandardHelpOptions = true)
    static final class Approve extends StepCommand {
        @Override
        Step step() {
            return new Step.Approve(who(), why);
        }
    }

    /** Rejects. */
    @Command(name = "reject", description = "Reject.", mixinStandardHelpOptions = true)
    static final class Reject extends StepCommand {
        @Override
        Step step() {
            return new Step.Reject(who(), why, false);
        }
    }

    /** Asks for more. */
    @Command(name = "ask", description = "Ask the partner for more information.", mixinStandardHelpOptions = true)
    static final class Ask extends StepCommand {
        @Override
        Step step() {
            return new Step.Ask(who(), why);
        }
    }

    /** Extends. */
    @Command(name = "extend", description = "Extend the protection.", mixinStandardHelpOptions = true)
    static final class Extend extends StepCommand {

        @Option(names = "--proof", paramLabel = "TEXT", description = "what the partner did for the deal")
        @Nullable
        String proof;

        @Override
        Step step() {
            return new Step.Extend(who(), why, proof);
        }
    }

    /** Releases. */
    @Command(name = "release", description = "Release the lock.", mixinStandardHelpOptions = true)
    static final class Release extends StepCommand {
        @Override
        Step step() {
            return new Step.Release(who(), why);
        }
    }

    /** Marks as won. */
    @Command(name = "won", description = "The deal was won: the lock ends.", mixinStandardHelpOptions = true)
    static final class Won extends StepCommand {
        @Override
        Step step() {
            return new Step.Win(who(), why);
        }
    }

    /** Marks as lost. */
    @Command(name = "lost", description = "The deal was lost: the lock ends.", mixinStandardHelpOptions = true)
    static final class Lost extends StepCommand {
        @Override
        Step step() {
            return new Step.Lose(who(), why);
        }
    }

    /** Withdraws. */
    @Command(name = "withdraw", description = "The partner gives it up.", mixinStandardHelpOptions = true)
    static final class Withdraw extends StepCommand {
        @Override
        Step step() {
            return new Step.Withdraw(who(), why);
        }
    }

    /** Merges two customers. */
    @Command(
            name = "merge",
            description = "Two customers are one company: claims on the first go on under the second.",
            mixinStandardHelpOptions = true)
    static final class Merge implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(index = "0", paramLabel = "CUSTOMER", description = "the one that goes, such as C-000007")
        String loser = "";

        @Parameters(index = "1", paramLabel = "REMAINING", description = "the one that stays")
        String winner = "";

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                List<Registration> recalled = rainmaker.deals().merge(loser, winner, who());
                if (!rainmaker.deals().customers().remaining(loser).equals(winner)) {
                    throw new UserError("There are no two customers " + loser + " and " + winner + ".");
                }
                System.out.println(loser + " is " + winner + " now; " + recalled.size()
                        + " registrations lost their lock to an older one and wait for a reviewer");
                recalled.forEach(each -> print(common, rainmaker.deals(), each));
                return ExitCode.DONE;
            }
        }
    }
}
