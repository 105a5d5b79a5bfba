package dev.rainmaker.dealregistration;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The promises of the real book in a few lines, each of which can be taken away. */
final class ModelBook implements MergeCustomers.Book {

    /** What the book relies on. */
    enum Promise {
        /** The exclusion constraint. */
        CONSTRAINT,
        /** Versions and fences are compared when something is written. */
        FENCE,
        /** Instants are the database's, not a host's. */
        DATABASE_CLOCK
    }

    /** A lock and whether it was ended before its time. */
    record Kept(DealLock lock, boolean ended) {}

    private final Set<Promise> promises;
    private final long tick;
    private final long hostAhead;
    final Map<String, Registration> registrations;
    final List<Kept> locks;
    final Set<String> ended;
    int fence;

    ModelBook(
            Set<Promise> promises,
            long tick,
            long hostAhead,
            Map<String, Registration> registrations,
            List<Kept> locks,
            Set<String> ended,
            int fence) {
        this.promises = promises;
        this.tick = tick;
        this.hostAhead = hostAhead;
        this.registrations = new TreeMap<>(registrations);
        this.locks = new ArrayList<>(locks);
        this.ended = new HashSet<>(ended);
        this.fence = fence;
    }

    static Instant at(long tick) {
        return Instant.EPOCH.plusSeconds(tick * 86_400);
    }

    private Instant database() {
        return at(tick);
    }

    @Override
    public Instant now() {
        return at(promises.contains(Promise.DATABASE_CLOCK) ? tick : tick + hostAhead);
    }

    @Override
    public Answer take(String number, String customer, RecordId partner, ProductScope scope, Instant until) {
        if (!database().isBefore(until)) {
            return new Answer.Refused(List.of());
        }
        DealLock wanted =
                new DealLock(locks.size(), number, customer, partner, scope, new Period(database(), until), ++fence);
        List<DealLock> held = inTheWay(wanted);
        if (!held.isEmpty()) {
            return new Answer.Refused(held);
        }
        locks.add(new Kept(wanted, false));
        return new Answer.Granted(wanted);
    }

    private List<DealLock> inTheWay(DealLock wanted) {
        if (!promises.contains(Promise.CONSTRAINT)) {
            return List.of();
        }
        return locks.stream()
                .map(Kept::lock)
                .filter(other -> other.id() != wanted.id() && other.contradicts(wanted))
                .toList();
    }

    @Override
    public Optional<DealLock> prolong(DealLock held, Instant until) {
        Kept kept = locks.get((int) held.id());
        DealLock now = kept.lock();
        boolean latest = now.fence() == held.fence()
                && !kept.ended()
                && database().isBefore(now.period().until())
                && now.period().until().isBefore(until);
        if (promises.contains(Promise.FENCE) && !latest) {
            return Optional.empty();
        }
        DealLock longer = with(now, new Period(now.period().from(), until));
        if (!inTheWay(longer).isEmpty()) {
            return Optional.empty();
        }
        locks.set((int) held.id(), new Kept(longer, false));
        return Optional.of(longer);
    }

    @Override
    public Optional<DealLock> end(DealLock held) {
        Kept kept = locks.get((int) held.id());
        DealLock now = kept.lock();
        if (promises.contains(Promise.FENCE) && (now.fence() != held.fence() || kept.ended())) {
            return Optional.empty();
        }
        boolean early = database().isBefore(now.period().until());
        Instant end = early ? database() : now.period().until();
        if (!now.period().from().isBefore(end)) {
            // Ended in the instant in which it began: it never held. A period cannot be empty, so it moves out of the
            // way.
            Instant never = Instant.EPOCH.minusSeconds(86_400L * (2 + held.id()));
            DealLock gone = with(now, new Period(never, never.plusSeconds(1)));
            locks.set((int) held.id(), new Kept(gone, true));
            return Optional.of(gone);
        }
        DealLock shorter = with(now, new Period(now.period().from(), end));
        locks.set((int) held.id(), new Kept(shorter, early));
        return Optional.of(shorter);
    }

    private DealLock with(DealLock lock, Period period) {
        return new DealLock(lock.id(), lock.number(), lock.customer(), lock.partner(), lock.scope(), period, ++fence);
    }

    @Override
    public Optional<DealLock> ofRegistration(String number) {
        return locks.stream()
                .map(Kept::lock)
                .filter(lock -> lock.number().equals(number))
                .max(Comparator.comparingLong(DealLock::id));
    }

    @Override
    public Optional<Registration> find(String number) {
        return Optional.ofNullable(registrations.get(number));
    }

    @Override
    public boolean save(Registration before, Registration after, Step step, Instant at) {
        Registration held = Objects.requireNonNull(registrations.get(before.number()));
        if (promises.contains(Promise.FENCE) && held.version() != before.version()) {
            return false;
        }
        registrations.put(after.number(), after);
        if (after.state().isEnd()) {
            ended.add(after.number());
        }
        return true;
    }

    @Override
    public List<Registration> openOf(String customer) {
        return registrations.values().stream()
                .filter(each ->
                        each.customer().equals(customer) && !each.state().isEnd())
                .toList();
    }

    /** What is wrong, null where nothing is. */
    String broken() {
        for (Kept one : locks) {
            for (Kept other : locks) {
                if (one.lock().id() < other.lock().id() && one.lock().contradicts(other.lock())) {
                    return "double lock: " + one.lock() + " and " + other.lock();
                }
            }
        }
        for (Registration each : registrations.values()) {
            if (ended.contains(each.number()) && !each.state().isEnd()) {
                return "revived: " + each.number() + " had ended and is " + each.state();
            }
            boolean holds = locks.stream()
                    .anyMatch(kept -> !kept.ended()
                            && kept.lock().number().equals(each.number())
                            && kept.lock().customer().equals(each.customer())
                            && kept.lock().partner().equals(each.partner())
                            && kept.lock().period().until().equals(each.lockUntil()));
            boolean over = each.lockUntil() != null && !database().isBefore(each.lockUntil());
            if (each.state().holdsLock() && !holds) {
                return "lost lock: " + each.number() + " is " + each.state() + " without a lock";
            }
            if (!each.state().holdsLock() && holds && !over) {
                return "lock without a registration: " + each.number() + " is " + each.state();
            }
        }
        return registrations.values().stream()
                .filter(each -> each.state() == RegistrationState.EXPIRED && lastEndedEarly(each.number()))
                .map(each -> "lost lock: " + each.number() + " expired before its time")
                .findFirst()
                .orElse(null);
    }

    private boolean lastEndedEarly(String number) {
        return locks.stream()
                .filter(kept -> kept.lock().number().equals(number))
                .reduce((earlier, later) -> later)
                .filter(Kept::ended)
                .isPresent();
    }
}
