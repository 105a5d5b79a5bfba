package dev.rainmaker.app.dealregistration;

import dev.rainmaker.account.AccountMerge;
import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.account.CompanyMatch;
import dev.rainmaker.app.company.Companies;
import dev.rainmaker.app.ledger.DealFacts;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxEntry;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.PlvLedger;
import dev.rainmaker.dealregistration.DealLock;
import dev.rainmaker.dealregistration.DealRegistration;
import dev.rainmaker.dealregistration.LockCopy;
import dev.rainmaker.dealregistration.MoveRegistration.Result;
import dev.rainmaker.dealregistration.ProductScope;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.Step;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Follows the ledger's facts: registrations that came in, leads and deals of locked customers, edits of locks. */
public final class FollowRegistrations {

    private static final String FOLLOWER = "deal-registration";
    private static final int SEQUENCES = 20; // each holds at most a page of records

    private final Ledger ledger;
    private final RegistrationDesk desk;
    private final PlvLedger followers;
    private final DealFacts changes;
    private final RegistrationTimers timers;
    private final RegistrationIntake intake;
    private final LockEdits edits;
    private final FactLedger facts;

    public FollowRegistrations(Ledger ledger, RegistrationDesk desk, FactLedger facts, OutboxLedger outbox) {
        this.ledger = ledger;
        this.desk = desk;
        this.followers = new PlvLedger(ledger);
        this.changes = desk.dealFacts();
        this.timers = new RegistrationTimers(desk, ledger);
        this.intake = new RegistrationIntake(desk, outbox);
        this.edits = new LockEdits(desk, facts, outbox);
        this.facts = facts;
    }

    /** Works off everything up to the ledger's head; counts by what was done. */
    public synchronized Map<String, Long> follow() {
        Map<String, Long> done = new TreeMap<>(timers.run());
        long head = ledger.sequence();
        for (long at = followers.followed(FOLLOWER); at < head; ) {
            long until = Math.min(head, at + SEQUENCES);
            window(at, until, done);
            followers.follow(FOLLOWER, until);
            at = until;
        }
        return done;
    }

    /** Moves on what is due by the database's clock: ends, reminders, late reviews, partners that left. */
    public Map<String, Long> due() {
        return timers.run();
    }

    private void window(long after, long until, Map<String, Long> done) {
        List<DealFacts.Changed> claims = changes.changed(
                List.of(FactKind.DEAL_REGISTRATION, FactKind.LOCK_COPY, FactKind.ACCOUNT_MERGE), after, until);
        for (DealFacts.Changed change : claims) {
            if (change.fact() instanceof AccountMerge merge) {
                done.merge("merged", (long) desk.merges().follow(merge, "crm"), Long::sum);
                done.merge("handed-over", handedOver(merge), Long::sum);
            }
        }
        claims.stream()
                .filter(change -> change.kind() == FactKind.LOCK_COPY)
                .forEach(change -> edits.look(change.id(), (LockCopy) change.fact())
                        .ifPresent(what -> done.merge(what, 1L, Long::sum)));
        List<DealLock> live = desk.locks().live();
        if (!live.isEmpty()) {
            done.merge("copies", copies(live, after, until), Long::sum);
        }
        claims.stream()
                .map(DealFacts.Changed::fact)
                .filter(DealRegistration.class::isInstance)
                .map(DealRegistration.class::cast)
                .sorted(Comparator.comparing(FollowRegistrations::createdAt).thenComparing(DealRegistration::id))
                .forEach(claim -> done.merge(intake.take(claim), 1L, Long::sum));
    }

    /**
     * Of merged partner accounts the one that remains goes on with what the others registered and hold; where it is no partner,
     * locks are released.
     */
    private long handedOver(AccountMerge merge) {
        long moved = 0;
        for (Map.Entry<RecordId, RecordId> gone : merge.gone().entrySet()) {
            RecordId into = desk.merges().last(gone.getValue());
            boolean partner = facts.find(FactKind.PARTNER, into, Partner.class).isPresent();
            for (Registration each : desk.registrations().list(gone.getKey(), null, null, Integer.MAX_VALUE)) {
                if (partner && !each.state().isEnd()) {
                    Step step = new Step.HandOver("crm", "the partner's account was merged into " + into, into);
                    moved += desk.move(each.number(), step) instanceof Result.Done ? 1 : 0;
                } else if (each.state().holdsLock()) {
                    desk.move(
                            each.number(),
                            new Step.Release("crm", "the partner's account was merged into one that is no partner's"));
                }
            }
        }
        return moved;
    }

    private static Instant createdAt(DealRegistration claim) {
        return claim.createdAt() == null ? claim.modifiedAt() : claim.createdAt();
    }

    /** New leads and deals of customers that were locked before they came. */
    private long copies(List<DealLock> live, long after, long until) {
        Map<String, CompanyIdentity> customers = desk.customers()
                .identitiesOf(live.stream().map(DealLock::customer).distinct().toList());
        List<OutboxEntry> entries = new ArrayList<>();
        for (DealFacts.Changed change : changes.changed(List.of(FactKind.LEAD, FactKind.OPPORTUNITY), after, until)) {
            lockOf(change, live, customers)
                    .flatMap(lock -> desk.writes().entry(change.id(), change.kind(), lock, true))
                    .ifPresent(entries::add);
        }
        ledger.inTransaction(() -> desk.writes().add(entries));
        return entries.size();
    }

    private static Optional<DealLock> lockOf(
            DealFacts.Changed change, List<DealLock> live, Map<String, CompanyIdentity> customers) {
        if (change.fact() instanceof Lead lead && lead.open()) {
            var identity = Companies.READER.of(lead);
            return live.stream()
                    .filter(lock -> covers(lock, lead.products())
                            && customers.containsKey(lock.customer())
                            && CompanyMatch.between(Objects.requireNonNull(customers.get(lock.customer())), identity)
                                    .isSame())
                    .findFirst();
        }
        if (change.fact() instanceof Opportunity deal && !deal.closed() && deal.account() != null) {
            return live.stream()
                    .filter(lock -> covers(lock, deal.products())
                            && customers.containsKey(lock.customer())
                            && Objects.requireNonNull(customers.get(lock.customer()))
                                    .records()
                                    .contains(deal.account()))
                    .findFirst();
        }
        return Optional.empty();
    }

    private static boolean covers(DealLock lock, java.util.Set<String> products) {
        return products.isEmpty() || lock.scope().overlaps(new ProductScope(products));
    }
}
