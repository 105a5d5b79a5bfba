package dev.rainmaker.app.dealregistration;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.app.connection.Connections;
import dev.rainmaker.app.ledger.DealConflictLedger;
import dev.rainmaker.app.ledger.DealCustomerLedger;
import dev.rainmaker.app.ledger.DealFacts;
import dev.rainmaker.app.ledger.DealLockLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.LeadQueue;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxEntry;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.RegistrationLedger;
import dev.rainmaker.dealregistration.ApprovalCondition;
import dev.rainmaker.dealregistration.Claim;
import dev.rainmaker.dealregistration.ClaimCheck;
import dev.rainmaker.dealregistration.Conflict;
import dev.rainmaker.dealregistration.ConflictFacts;
import dev.rainmaker.dealregistration.ConflictPolicy;
import dev.rainmaker.dealregistration.DealLock;
import dev.rainmaker.dealregistration.DealPolicy;
import dev.rainmaker.dealregistration.MoveRegistration;
import dev.rainmaker.dealregistration.MoveRegistration.Result;
import dev.rainmaker.dealregistration.ProductScope;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.RegistrationState;
import dev.rainmaker.dealregistration.Step;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;

/** Where claims are handed in and moved on: each call reads, asks the core once, and writes all of it or nothing. */
public final class RegistrationDesk {

    private final Ledger ledger;
    private final FactLedger facts;
    private final DealFacts dealFacts;
    private final RegistrationLedger registrations;
    private final DealLockLedger locks;
    private final DealCustomerLedger customers;
    private final DealConflictLedger conflicts;
    private final LeadQueue leads;
    private final CustomerAccounts accounts;
    private final ConflictLookup lookup;
    private final LockWrites writes;
    private final CustomerMerges merges;
    private final Supplier<DealPolicy> policy;

    public RegistrationDesk(
            Ledger ledger,
            FactLedger facts,
            OutboxLedger outbox,
            Connections connections,
            Supplier<DealPolicy> policy) {
        this.ledger = ledger;
        this.facts = facts;
        this.policy = policy;
        this.dealFacts = new DealFacts(ledger);
        this.locks = new DealLockLedger(ledger);
        this.registrations = new RegistrationLedger(ledger, locks);
        this.customers = new DealCustomerLedger(ledger);
        this.conflicts = new DealConflictLedger(ledger);
        this.leads = new LeadQueue(ledger);
        this.accounts = new CustomerAccounts(ledger, facts);
        this.lookup = new ConflictLookup(facts, dealFacts, registrations, locks, customers);
        this.writes = new LockWrites(outbox, connections, facts, registrations, conflicts, lookup);
        this.merges = new CustomerMerges(ledger, facts, registrations, customers, conflicts, lookup, writes, policy);
    }

    /** Takes a claim in: checks it, looks for conflicts, and approves, refuses or queues it. */
    public Submission.Result register(Submission submission) {
        Claim claim = submission.claim();
        DealPolicy rules = policy.get();
        Set<String> catalogue = dealFacts.catalogue();
        Optional<Partner> partner = facts.find(FactKind.PARTNER, submission.partner(), Partner.class);
        CustomerAccounts.Customer about = accounts.of(claim, partner.orElse(null));
        List<String> problems = problems(claim, partner, about, catalogue, rules);
        if (!problems.isEmpty()) {
            return new Submission.Result.Invalid(problems);
        }
        ProductScope scope = ClaimCheck.scope(claim, catalogue, rules);
        locks.know(scope);
        return ledger.transaction(() -> {
            Optional<Registration> known = known(submission);
            if (known.isPresent()) {
                return new Submission.Result.Known(known.get());
            }
            DealCustomerLedger.Customer customer =
                    customers.resolve(about.identity(), customerName(claim, about.account()));
            Instant now = ledger.now();
            Registration made = new Registration(
                    registrations.nextNumber(),
                    1,
                    RegistrationState.SUBMITTED,
                    "handed in",
                    submission.partner(),
                    customer.id(),
                    scope,
                    claim,
                    submission.source(),
                    now,
                    rules.reviewBy(now),
                    null,
                    0,
                    false);
            if (!registrations.create(
                    made, new Step.Submit(submission.who(), "handed in"), submission.requestKey(), now)) {
                throw new OptimisticLockingFailureException("the same claim came in at the same time");
            }
            return decide(made, partner.orElseThrow(), about.account(), customer);
        });
    }

    private Optional<Registration> known(Submission submission) {
        if (submission.source() != null) {
            Optional<Registration> open = registrations
                    .ofSource(submission.source())
                    .filter(registration -> !registration.state().isEnd());
            if (open.isPresent()) {
                return open;
            }
        }
        return submission.requestKey() == null
                ? Optional.empty()
                : registrations.ofRequest(submission.partner(), submission.requestKey());
    }

    private static List<String> problems(
            Claim claim,
            Optional<Partner> partner,
            CustomerAccounts.Customer about,
            Set<String> catalogue,
            DealPolicy rules) {
        return ClaimCheck.problems(claim, partner.orElse(null), about.account(), about.mergedInto(), catalogue, rules);
    }

    private static String customerName(Claim claim, @Nullable Account account) {
        if (account != null) {
            return account.name();
        }
        String name = claim.customerName() == null ? claim.customerDomain() : claim.customerName();
        return name == null ? Objects.requireNonNull(claim.customer()).toString() : name;
    }

    private Submission.Result decide(
            Registration made, Partner partner, @Nullable Account account, DealCustomerLedger.Customer customer) {
        DealPolicy rules = policy.get();
        ConflictFacts found = lookup.facts(made, customer.identity(), customer.near(), rules);
        List<Conflict> inTheWay = ConflictPolicy.checkAll(found, rules);
        conflicts.keep(made.number(), inTheWay);
        if (inTheWay.stream().anyMatch(Conflict::blocks)) {
            return refuse(made, inTheWay);
        }
        ApprovalCondition.View view = new ApprovalCondition.View(
                made.claim(), partner, account, inTheWay.size(), found.waiting() + 1, found.held());
        Optional<DealPolicy.ApprovalRule> rule = rules.approvals().stream()
                .filter(each -> each.when().test(view))
                .findFirst();
        if (rule.isEmpty()) {
            return registered(moved(made.number(), new Step.Review("policy", "a reviewer looks at it")), inTheWay);
        }
        Result result = step(
                made.number(),
                new Step.Approve("policy", "approved by rule \"" + rule.get().name() + "\""));
        if (result instanceof Result.Locked) {
            List<Conflict> again =
                    ConflictPolicy.checkAll(lookup.facts(made, customer.identity(), customer.near(), rules), rules);
            conflicts.keep(made.number(), again);
            return refuse(made, again);
        }
        return registered((Result.Done) result, inTheWay);
    }

    private Submission.Result refuse(Registration made, List<Conflict> inTheWay) {
        boolean inLine =
                inTheWay.stream().anyMatch(conflict -> conflict.kind() == Conflict.Kind.LIVE_LOCK && conflict.blocks());
        String why = inTheWay.stream()
                .filter(Conflict::blocks)
                .map(Conflict::forPartner)
                .distinct()
                .collect(Collectors.joining("; "));
        return registered(moved(made.number(), new Step.Reject("policy", why, inLine)), inTheWay);
    }

    private static Submission.Result registered(Result.Done done, List<Conflict> inTheWay) {
        return new Submission.Result.Registered(
                done.registration(), inTheWay, done.registration().state().holdsLock() ? done.lock() : null);
    }

    /** Moves a registration on, with everything that follows from it. */
    public Result move(String number, Step step) {
        return ledger.transaction(() -> step(number, step));
    }

    /**
     * A corrected claim of a registration that needed information.
     *
     * @return {@link Submission.Result.Invalid} where the correction has problems or the registration does not wait for one
     */
    public Submission.Result correct(String number, Claim claim, String who) {
        Registration held = registrations.find(number).orElse(null);
        if (held == null || held.state() != RegistrationState.NEEDS_INFORMATION) {
            return new Submission.Result.Invalid(List.of(number + " does not wait for information"));
        }
        DealPolicy rules = policy.get();
        Set<String> catalogue = dealFacts.catalogue();
        Optional<Partner> partner = facts.find(FactKind.PARTNER, held.partner(), Partner.class);
        CustomerAccounts.Customer about = accounts.of(claim, partner.orElse(null));
        List<String> problems = problems(claim, partner, about, catalogue, rules);
        if (!problems.isEmpty()) {
            return new Submission.Result.Invalid(problems);
        }
        ProductScope scope = ClaimCheck.scope(claim, catalogue, rules);
        locks.know(scope);
        return ledger.transaction(() -> {
            DealCustomerLedger.Customer customer =
                    customers.resolve(about.identity(), customerName(claim, about.account()));
            Result.Done submitted = moved(number, new Step.Submit(who, "corrected"));
            Registration corrected = submitted.registration().claiming(claim, customer.id(), scope);
            Registration next = registrations.replaceClaim(corrected);
            return decide(next, partner.orElseThrow(), about.account(), customer);
        });
    }

    private Result.Done moved(String number, Step step) {
        Result result = step(number, step);
        if (result instanceof Result.Done done) {
            return done;
        }
        throw new IllegalStateException(number + " could not be moved: " + result);
    }

    private Result step(String number, Step step) {
        if (step instanceof Step.Approve && isClosed(number)) {
            return new Result.Refused(ClaimCheck.CLOSED);
        }
        Result result = new MoveRegistration(policy.get()).move(registrations, number, step);
        if (result instanceof Result.OutOfDate) {
            throw new OptimisticLockingFailureException(number + " was moved by somebody else at the same time");
        }
        if (result instanceof Result.Done done) {
            follow(done, step);
        }
        return result;
    }

    /** A customer may have been closed since its deal was registered. */
    private boolean isClosed(String number) {
        return registrations.find(number).stream()
                .flatMap(waiting -> customers.recordsOf(waiting.customer()).stream())
                .flatMap(account -> facts.find(FactKind.ACCOUNT, account, Account.class).stream())
                .anyMatch(policy.get().closedCustomer()::test);
    }

    private void follow(Result.Done done, Step step) {
        Registration registration = done.registration();
        DealLock lock = done.lock();
        writes.registration(registration, lock);
        if (lock == null || step instanceof Step.Note) {
            return;
        }
        boolean live = registration.state().holdsLock();
        writes.copies(identityOf(registration.customer()), lock, live);
        leads.retryUnassigned(ledger.sequence());
        if (!live && !(step instanceof Step.Win)) {
            registrations
                    .nextInLine(registration.customer(), registration.scope())
                    .ifPresent(next -> {
                        step(
                                next.number(),
                                new Step.Note(
                                        step.who(),
                                        "the customer is free again: hand the registration in anew to claim it"));
                        registrations.freeTold(next.number());
                    });
        }
    }

    private CompanyIdentity identityOf(String customer) {
        return customers.identityOf(customer).orElse(new CompanyIdentity(Set.of(), Set.of(), null, null, Set.of()));
    }

    /**
     * Two customers are one company: the first goes on under the second's key.
     *
     * @return registrations that lost their lock to an older one and wait for a reviewer; empty also where one of the two is
     *     unknown or was merged before
     */
    public List<Registration> merge(String loser, String winner, String who) {
        return merges.merge(loser, winner, who);
    }

    CustomerMerges merges() {
        return merges;
    }

    /**
     * Settles a conflict that a person's edit made.
     *
     * @param restore whether the record shows the lock again; otherwise it stays as the person wrote it
     * @return false where it was settled before
     */
    public boolean settleEdit(long id, String who, boolean restore) {
        return ledger.transaction(() -> {
            Optional<DealConflictLedger.Found> settled = conflicts.settle(
                    id, who, restore ? "the record shows the lock again" : "left as the person wrote it");
            if (settled.isPresent() && restore) {
                registrations.find(settled.get().number()).ifPresent(registration -> {
                    DealLock lock =
                            registrations.ofRegistration(registration.number()).orElse(null);
                    RecordId record = RecordId.parse(settled.get().about());
                    if (record.equals(registration.source())) {
                        registrations.show(
                                registration.number(),
                                String.valueOf(settled.get().detail().get("state")));
                        writes.registration(registration, lock);
                    } else if (lock != null) {
                        FactKind kind = facts.find(FactKind.LEAD, record, dev.rainmaker.lead.Lead.class)
                                        .isPresent()
                                ? FactKind.LEAD
                                : FactKind.OPPORTUNITY;
                        writes.entry(record, kind, lock, registration.state().holdsLock())
                                .ifPresent(entry -> writes.add(List.of(entry)));
                    }
                });
            }
            return settled.isPresent();
        });
    }

    /** Tells a record what is wrong with its claim. */
    void problems(RecordId source, String state, String shown, List<String> problems) {
        ledger.inTransaction(() -> writes.problems(source, state, shown, problems));
    }

    void write(List<OutboxEntry> entries) {
        ledger.inTransaction(() -> writes.add(entries));
    }

    /** A partner's name for people. */
    public String name(@Nullable RecordId partner) {
        return partner == null ? "nobody" : lookup.name(partner);
    }

    public RegistrationLedger registrations() {
        return registrations;
    }

    public DealLockLedger locks() {
        return locks;
    }

    public DealCustomerLedger customers() {
        return customers;
    }

    public DealConflictLedger conflicts() {
        return conflicts;
    }

    /** Products that are sold, as the catalogue writes them. */
    public Set<String> catalogue() {
        return dealFacts.catalogue();
    }

    public DealPolicy policy() {
        return policy.get();
    }

    DealFacts dealFacts() {
        return dealFacts;
    }

    ConflictLookup lookup() {
        return lookup;
    }

    LockWrites writes() {
        return writes;
    }
}
