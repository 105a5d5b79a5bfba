package dev.rainmaker.app.web;

import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.dealregistration.RegistrationDesk;
import dev.rainmaker.app.ledger.DealConflictLedger;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.dealregistration.DealLock;
import dev.rainmaker.dealregistration.MoveRegistration.Result;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.RegistrationState;
import dev.rainmaker.fact.FactKind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The reviewer's queue, one registration with its time line and what is in its way, and the calendar of locks. */
@Controller
class DealsController {

    private static final int PAGE = 50;

    private final RegistrationDesk desk;
    private final RecordLinks links;

    DealsController(Rainmaker rainmaker, RecordLinks links) {
        this.desk = rainmaker.deals();
        this.links = links;
    }

    /** A registration as a row. */
    record Row(Registration registration, String partner, String customer, List<DealConflictLedger.Found> conflicts) {}

    /**
     * A lock as a bar of the calendar.
     *
     * @param share how much of its time is over, 0 to 100
     */
    record Bar(DealLock lock, String holder, String customer, long share, long daysLeft) {}

    @GetMapping("/deals")
    String deals(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String before,
            Model model) {
        String wanted = state == null || state.isBlank() ? null : state;
        RegistrationState in = wanted == null ? null : state(wanted);
        List<Row> rows = desk.registrations().list(null, in, before, PAGE).stream()
                .map(this::row)
                .toList();
        model.addAttribute(
                "queue",
                desk.registrations().queue(PAGE).stream().map(this::row).toList());
        model.addAttribute("edits", desk.conflicts().openEdits(PAGE));
        model.addAttribute("rows", rows);
        model.addAttribute("state", wanted);
        model.addAttribute("states", RegistrationState.values());
        model.addAttribute(
                "next", rows.size() == PAGE ? rows.get(PAGE - 1).registration().number() : null);
        return "deals";
    }

    private static RegistrationState state(String word) {
        try {
            return RegistrationState.of(word);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of(org.springframework.http.HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
        }
    }

    private Row row(Registration registration) {
        return new Row(
                registration,
                desk.name(registration.partner()),
                desk.customers().name(registration.customer()),
                desk.conflicts().openOf(registration.number()));
    }

    @GetMapping("/deals/{number}")
    String deal(@PathVariable String number, Model model) {
        Registration registration = find(number);
        List<Row> rivals = desk.registrations().ofCustomer(registration.customer()).stream()
                .filter(other -> !other.number().equals(number))
                .map(this::row)
                .toList();
        model.addAttribute("deal", row(registration));
        model.addAttribute("rivals", rivals);
        model.addAttribute("events", desk.registrations().events(number));
        model.addAttribute("conflicts", desk.conflicts().of(number));
        model.addAttribute("locks", desk.locks().historyOf(registration.customer()));
        model.addAttribute("name", (java.util.function.Function<DealLock, String>) lock -> desk.name(lock.partner()));
        model.addAttribute(
                "crm",
                registration.source() == null
                        ? null
                        : links.of(FactKind.DEAL_REGISTRATION, Objects.requireNonNull(registration.source())));
        return "deal";
    }

    private Registration find(String number) {
        return desk.registrations()
                .find(number)
                .orElseThrow(() -> Refusal.notFound("There is no registration " + number + "."));
    }

    @PostMapping("/deals/{number}/{step}")
    String step(
            @PathVariable String number,
            @PathVariable String step,
            @RequestParam String why,
            @RequestParam(required = false) @Nullable String proof,
            RedirectAttributes answer) {
        find(number);
        if (why.isBlank()) {
            answer.addFlashAttribute("said", "Nothing was done: say why, the partner sees it.");
            return "redirect:/deals/" + number;
        }
        Result result =
                desk.move(number, DealsApi.Steps.of(step, Caller.current().name(), why.strip(), proof));
        answer.addFlashAttribute(
                "said",
                result instanceof Result.Done done
                        ? number + " is " + done.registration().state().word() + " now."
                        : "Nothing was done: " + DealsApi.Steps.refusal(desk, result) + ".");
        return "redirect:/deals/" + number;
    }

    @PostMapping("/deals/merge")
    String merge(@RequestParam String from, @RequestParam String into, RedirectAttributes answer) {
        List<Registration> recalled =
                desk.merge(from.strip(), into.strip(), Caller.current().name());
        boolean merged = desk.customers().remaining(from.strip()).equals(into.strip());
        answer.addFlashAttribute(
                "said",
                merged
                        ? "They are one customer now; " + recalled.size() + " lock(s) gave way to an older one."
                        : "Nothing was done: these are not two known customers.");
        return "redirect:/deals";
    }

    /** @param how {@code restore}: show the lock again; {@code accept}: leave the record as the person wrote it */
    @PostMapping("/deals/edits/{id}")
    String settle(@PathVariable long id, @RequestParam String how, RedirectAttributes answer) {
        boolean settled = desk.settleEdit(id, Caller.current().name(), how.equals("restore"));
        answer.addFlashAttribute("said", settled ? "Settled." : "It was settled before.");
        return "redirect:/deals";
    }

    @GetMapping("/locks")
    String locks(Model model) {
        Instant now = desk.registrations().now();
        List<Bar> bars =
                desk.locks().live().stream().map(lock -> bar(lock, now)).toList();
        model.addAttribute("bars", bars);
        model.addAttribute(
                "calendar", LockCalendar.of(bars, now, desk.policy().zone()).orElse(null));
        return "locks";
    }

    private Bar bar(DealLock lock, Instant now) {
        long whole = Math.max(
                1,
                java.time.Duration.between(lock.period().from(), lock.period().until())
                        .toSeconds());
        long over = java.time.Duration.between(lock.period().from(), now).toSeconds();
        return new Bar(
                lock,
                desk.name(lock.partner()),
                desk.customers().name(lock.customer()),
                Math.max(0, Math.min(100, 100 * over / whole)),
                desk.policy().daysLeft(lock.period().until(), now));
    }
}
