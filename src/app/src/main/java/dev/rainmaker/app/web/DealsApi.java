package dev.rainmaker.app.web;

import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.dealregistration.RegistrationDesk;
import dev.rainmaker.app.dealregistration.Submission;
import dev.rainmaker.app.ledger.DealConflictLedger;
import dev.rainmaker.app.ledger.RegistrationLedger;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.dealregistration.Claim;
import dev.rainmaker.dealregistration.DealLock;
import dev.rainmaker.dealregistration.MoveRegistration.Result;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.RegistrationState;
import dev.rainmaker.dealregistration.Step;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Deal registrations and locks for programs. A partner hands in and sees its own; what it is told of a refusal never names
 * whoever holds the deal.
 */
@RestController
class DealsApi {

    private static final int LONGEST_KEY = 200;

    private final RegistrationDesk desk;

    DealsApi(Rainmaker rainmaker) {
        this.desk = rainmaker.deals();
    }

    /**
     * A claim as it comes in.
     *
     * @param partner connection/id; a caller of role partner may leave it out
     * @param customer connection/id of the customer's account, where known
     */
    record Asked(
            @Nullable String partner,
            @Nullable String customerName,
            @Nullable String customerDomain,
            @Nullable String customerCountry,
            @Nullable String customer,
            @Nullable List<String> products,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            @Nullable String closeDate,
            @Nullable String contactEmail,
            @Nullable String note) {

        Claim claim() {
            return new Claim(
                    customerName,
                    customerDomain,
                    customerCountry,
                    customer == null ? null : RecordId.parse(customer),
                    products == null ? Set.of() : new TreeSet<>(products),
                    amount == null ? null : new Money(amount, currency == null ? "USD" : currency),
                    closeDate == null ? null : LocalDate.parse(closeDate),
                    contactEmail,
                    note);
        }
    }

    /** A registration as it goes out; {@code customerKey} only to those who may see other partners' things. */
    record Shown(
            String number,
            String state,
            String reason,
            RecordId partner,
            @Nullable String customerName,
            @Nullable String customerKey,
            String scope,
            @Nullable Instant submittedAt,
            @Nullable Instant reviewBy,
            @Nullable Instant lockUntil,
            int version) {

        static Shown of(Registration registration) {
            boolean own = Caller.current().partner().isPresent();
            return new Shown(
                    registration.number(),
                    registration.state().word(),
                    registration.reason(),
                    registration.partner(),
                    registration.claim().customerName(),
                    own ? null : registration.customer(),
                    registration.scope().text(),
                    registration.submittedAt(),
                    registration.reviewBy(),
                    registration.lockUntil(),
                    registration.version());
        }
    }

    /** One with its history; conflicts only for those who may see other partners' things. */
    record Whole(
            Shown registration,
            List<RegistrationLedger.Event> events,
            @Nullable List<DealConflictLedger.Found> conflicts) {}

    /** A lock as it goes out. */
    record Held(
            String number, RecordId holder, String customer, String scope, Instant from, Instant until, long fence) {}

    @PostMapping("/api/deal-registrations")
    ResponseEntity<Shown> register(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key, @RequestBody Asked asked) {
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "Idempotency-Key must have 1 to " + LONGEST_KEY + " characters");
        }
        RecordId partner = partner(asked.partner());
        Claim claim = read(asked::claim);
        Submission.Result result = desk.register(
                new Submission(partner, claim, null, key, Caller.current().name()));
        if (result instanceof Submission.Result.Invalid invalid) {
            throw Refusal.of(HttpStatus.UNPROCESSABLE_ENTITY, String.join("; ", invalid.problems()));
        }
        if (result instanceof Submission.Result.Known known) {
            if (!known.registration().claim().equals(claim)) {
                throw Refusal.of(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "this Idempotency-Key came with another claim before; use a new one");
            }
            return ResponseEntity.ok(Shown.of(known.registration()));
        }
        Registration made = ((Submission.Result.Registered) result).registration();
        return ResponseEntity.created(URI.create("/api/deal-registrations/" + made.number()))
                .body(Shown.of(made));
    }

    private static RecordId partner(@Nullable String asked) {
        RecordId own = Caller.current().partner().orElse(null);
        if (asked == null && own == null) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "partner is missing; it is connection/id");
        }
        RecordId partner = asked == null ? own : read(() -> RecordId.parse(asked));
        if (partner == null || !Caller.current().maySee(partner)) {
            throw Refusal.of(HttpStatus.FORBIDDEN, "a partner registers for itself only");
        }
        return partner;
    }

    private static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
        }
    }

    @GetMapping("/api/deal-registrations")
    ReadApi.Listed<Shown> registrations(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String partner,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        RecordId own = Caller.current().partner().orElse(null);
        RecordId of = own != null ? own : partner == null ? null : read(() -> RecordId.parse(partner));
        RegistrationState in = state == null ? null : read(() -> RegistrationState.of(state));
        List<Shown> page = desk.registrations().list(of, in, after, ReadApi.size(limit)).stream()
                .map(Shown::of)
                .toList();
        return new ReadApi.Listed<>(
                page, page.size() < limit ? null : page.get(limit - 1).number());
    }

    @GetMapping("/api/deal-registrations/{number}")
    Whole registration(@PathVariable String number) {
        Registration found = find(number);
        boolean own = Caller.current().partner().isPresent();
        return new Whole(
                Shown.of(found),
                desk.registrations().events(number),
                own ? null : desk.conflicts().of(number));
    }

    /** Another partner's registration does not exist for a partner. */
    private Registration find(String number) {
        return desk.registrations()
                .find(number)
                .filter(registration -> Caller.current().maySee(registration.partner()))
                .orElseThrow(() -> Refusal.notFound("there is no registration with this number"));
    }

    /** Why a step is taken. */
    record Why(@Nullable String why, @Nullable String proof) {}

    /** @param step approve, reject, ask, extend, release, won, lost or withdraw */
    @PostMapping("/api/deal-registrations/{number}/{step}")
    Shown step(@PathVariable String number, @PathVariable String step, @RequestBody Why why) {
        if (why.why() == null || why.why().isBlank()) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "why is missing: the partner is told it");
        }
        find(number);
        Result result = desk.move(number, Steps.of(step, Caller.current().name(), why.why(), why.proof()));
        if (result instanceof Result.Done done) {
            return Shown.of(done.registration());
        }
        throw Refusal.of(HttpStatus.CONFLICT, Steps.refusal(desk, result));
    }

    @GetMapping("/api/locks")
    List<Held> locks() {
        return desk.locks().live().stream()
                .filter(lock -> Caller.current().maySee(lock.partner()))
                .map(this::held)
                .toList();
    }

    private Held held(DealLock lock) {
        return new Held(
                lock.number(),
                lock.partner(),
                desk.customers().name(lock.customer()),
                lock.scope().text(),
                lock.period().from(),
                lock.period().until(),
                lock.fence());
    }

    /** Steps by the words of addresses and forms. */
    static final class Steps {

        private Steps() {}

        static Step of(String word, String who, String why, @Nullable String proof) {
            return switch (word) {
                case "approve" -> new Step.Approve(who, why);
                case "reject" -> new Step.Reject(who, why, false);
                case "ask" -> new Step.Ask(who, why);
                case "extend" -> new Step.Extend(who, why, proof);
                case "release" -> new Step.Release(who, why);
                case "won" -> new Step.Win(who, why);
                case "lost" -> new Step.Lose(who, why);
                case "withdraw" -> new Step.Withdraw(who, why);
                default ->
                    throw Refusal.notFound("there is no step \"" + word
                            + "\"; there are approve, reject, ask, extend, release, won, lost and withdraw");
            };
        }

        /** Why a step was not taken, for somebody who may see all partners' things. */
        static String refusal(RegistrationDesk desk, Result result) {
            if (result instanceof Result.Refused refused) {
                return refused.why();
            }
            if (result instanceof Result.Locked locked && !locked.held().isEmpty()) {
                DealLock lock = locked.held().get(0);
                return "the customer is locked: " + desk.name(lock.partner()) + " holds it by " + lock.number()
                        + " until " + lock.period().until();
            }
            return "somebody else was faster; look at it again";
        }
    }
}
