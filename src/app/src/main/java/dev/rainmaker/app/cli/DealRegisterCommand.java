package dev.rainmaker.app.cli;

import dev.rainmaker.app.dealregistration.Submission;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.dealregistration.Claim;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Hands a claim in. */
@Command(name = "register", description = "Hand in a partner's claim on a deal.", mixinStandardHelpOptions = true)
final class DealRegisterCommand implements Callable<Integer> {

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
            Submission.Result result =
                    rainmaker.deals().register(new Submission(by.id(), claim, null, key, DealCommand.who()));
            if (result instanceof Submission.Result.Invalid invalid) {
                throw new UserError("Not registered: " + String.join("; ", invalid.problems()) + ".");
            }
            Registration registration = result instanceof Submission.Result.Registered made
                    ? made.registration()
                    : ((Submission.Result.Known) result).registration();
            DealCommand.print(common, rainmaker.deals(), registration);
            return ExitCode.DONE;
        }
    }
}
