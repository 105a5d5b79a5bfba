package dev.rainmaker.app.web;

import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.dealregistration.RegistrationDesk;
import dev.rainmaker.app.dealregistration.Submission;
import dev.rainmaker.app.ledger.DealConflictLedger;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.dealregistration.Claim;
import dev.rainmaker.dealregistration.Conflict;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The forms of deal registration: a claim handed in at the console, and two customers put side by side to be merged. */
@Controller
class DealFormsController {

    private static final int PARTNERS = 500;
    private static final int SUGGESTIONS = 50;

    private final Rainmaker rainmaker;
    private final RegistrationDesk desk;

    DealFormsController(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
        this.desk = rainmaker.deals();
    }

    /**
     * What was typed into the form.
     *
     * @param key made with the form: the same form sent twice is one registration
     */
    record Typed(
            @Nullable String key,
            @Nullable String partner,
            @Nullable String customerName,
            @Nullable String customerDomain,
            @Nullable String customerCountry,
            @Nullable String customer,
            @Nullable List<String> products,
            @Nullable String amount,
            @Nullable String currency,
            @Nullable String closeDate,
            @Nullable String contactEmail,
            @Nullable String note) {

        Claim claim() {
            return new Claim(
                    customerName,
                    customerDomain,
                    text(customerCountry)
                            .map(code -> code.toUpperCase(Locale.ROOT))
                            .orElse(null),
                    text(customer).map(RecordId::parse).orElse(null),
                    products == null ? new TreeSet<>() : new TreeSet<>(products),
                    text(amount).map(this::money).orElse(null),
                    text(closeDate).map(LocalDate::parse).orElse(null),
                    contactEmail,
                    note);
        }

        private Money money(String number) {
            try {
                return new Money(new BigDecimal(number), text(currency).orElse("USD"));
            } catch (NumberFormatException unreadable) {
                throw new IllegalArgumentException("amount is written as 12500.50", unreadable);
            }
        }

        private static Optional<String> text(@Nullable String typed) {
            return Optional.ofNullable(typed).map(String::strip).filter(text -> !text.isEmpty());
        }

        public boolean has(String product) {
            return products != null && products.contains(product);
        }
    }

    @GetMapping("/deals/new")
    String form(Model model) {
        return show(
                new Typed(
                        UUID.randomUUID().toString(), null, null, null, null, null, null, null, null, null, null, null),
                List.of(),
                model);
    }

    private String show(Typed typed, List<String> problems, Model model) {
        model.addAttribute("typed", typed);
        model.addAttribute("problems", problems);
        model.addAttribute("catalogue", desk.catalogue());
        model.addAttribute("required", desk.policy().required());
        model.addAttribute(
                "partners",
                rainmaker.facts().search(FactKind.PARTNER, "", Partner.class, PARTNERS).stream()
                        .filter(Partner::active)
                        .toList());
        return "deal-new";
    }

    @PostMapping("/deals/new")
    String register(@ModelAttribute Typed typed, Model model, RedirectAttributes answer) {
        Optional<Partner> partner = partner(typed.partner());
        if (partner.isEmpty()) {
            return show(typed, List.of("name one partner of the list"), model);
        }
        Submission.Result result;
        try {
            result = desk.register(new Submission(
                    partner.get().id(),
                    typed.claim(),
                    null,
                    typed.key(),
                    Caller.current().name()));
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            return show(typed, List.of(String.valueOf(unreadable.getMessage())), model);
        }
        if (result instanceof Submission.Result.Invalid invalid) {
            return show(typed, invalid.problems(), model);
        }
        Registration registration = result instanceof Submission.Result.Registered made
                ? made.registration()
                : ((Submission.Result.Known) result).registration();
        answer.addFlashAttribute(
                "said",
                registration.number() + " is " + registration.state().word() + ": " + registration.reason() + ".");
        return "redirect:/deals/" + registration.number();
    }

    private Optional<Partner> partner(@Nullable String named) {
        if (named == null || named.isBlank()) {
            return Optional.empty();
        }
        List<Partner> found = rainmaker.facts().search(FactKind.PARTNER, named.strip(), Partner.class, 10);
        return found.size() == 1
                ? Optional.of(found.get(0))
                : found.stream()
                        .filter(partner -> partner.name().equals(named.strip()))
                        .findFirst();
    }

    /** A customer as it is compared. */
    record Compared(String key, String name, CompanyIdentity identity, List<Registration> registrations) {}

    /**
     * A customer that may be another.
     *
     * @param why what speaks for it
     */
    record Likeness(String number, String from, String fromName, String into, String intoName, String why) {}

    @GetMapping("/deals/merge")
    String compare(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String into,
            Model model) {
        model.addAttribute("from", from);
        model.addAttribute("into", into);
        model.addAttribute("one", compared(from));
        model.addAttribute("other", compared(into));
        model.addAttribute(
                "alike",
                desk.conflicts().open(Conflict.Kind.NEAR_CUSTOMER.word(), SUGGESTIONS).stream()
                        .flatMap(found -> alike(found).stream())
                        .toList());
        return "deal-merge";
    }

    private Optional<Likeness> alike(DealConflictLedger.Found found) {
        return desk.registrations()
                .find(found.number())
                .filter(registration ->
                        desk.customers().remaining(found.about()).equals(found.about()))
                .map(registration -> new Likeness(
                        found.number(),
                        registration.customer(),
                        desk.customers().name(registration.customer()),
                        found.about(),
                        desk.customers().name(found.about()),
                        found.forReviewer()));
    }

    private @Nullable Compared compared(@Nullable String key) {
        return key == null
                ? null
                : desk.customers()
                        .identityOf(key.strip())
                        .map(identity -> new Compared(
                                key.strip(),
                                desk.customers().name(key.strip()),
                                identity,
                                desk.registrations().ofCustomer(key.strip())))
                        .orElse(null);
    }
}
