package dev.rainmaker.dealregistration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.dealregistration.ModelBook.Kept;
import dev.rainmaker.dealregistration.ModelBook.Promise;
import dev.rainmaker.dealregistration.MoveRegistration.Preparation;
import dev.rainmaker.dealregistration.MoveRegistration.Prepared;
import dev.rainmaker.dealregistration.MoveRegistration.Result;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every order in which two instances can read, pause, crash and write while the clock moves on and writes to the CRM are
 * delayed, over the real transition code. The book below it keeps its promises or, in the mutations, breaks one.
 */
class LockExplorerTest {

    private static final DealPolicy POLICY = Deals.policy(ZoneId.of("UTC"), 1, 1, Map.of());
    private static final MoveRegistration MOVES = new MoveRegistration(POLICY);
    private static final int MOST_TICKS = 3;
    private static final int MOST_STATES = 1_000_000;

    /** A write on its way to the CRM. */
    private record Message(int fence, String holder) {}

    private record State(
            long tick,
            Map<String, Registration> registrations,
            List<Kept> locks,
            Set<String> ended,
            int fence,
            List<Prepared> pending,
            Set<Message> flight,
            Message shown,
            boolean merged) {

        /**
         * What the future depends on: fences by their rank only, and instances that are alike in any order. States with one
         * key are one state.
         */
        String key(boolean alike) {
            TreeSet<Long> fences = new TreeSet<>();
            locks.forEach(kept -> fences.add(kept.lock().fence()));
            pending.forEach(each -> {
                if (each != null && each.lock() != null) {
                    fences.add(each.lock().fence());
                }
            });
            flight.forEach(message -> fences.add((long) message.fence()));
            fences.add((long) shown.fence());
            StringBuilder key = new StringBuilder().append(tick).append(merged ? 'm' : '-');
            registrations.values().forEach(each -> key.append('|').append(text(each)));
            locks.forEach(
                    kept -> key.append('|').append(text(kept.lock(), fences)).append(kept.ended() ? 'e' : '-'));
            Stream<String> waiting = pending.stream().map(each -> each == null ? "" : text(each, fences));
            (alike ? waiting.sorted() : waiting).forEach(each -> key.append('/').append(each));
            flight.stream()
                    .map(message -> message.holder()
                            + fences.headSet((long) message.fence()).size())
                    .sorted()
                    .forEach(each -> key.append('>').append(each));
            return key.append('=')
                    .append(shown.holder())
                    .append(fences.headSet((long) shown.fence()).size())
                    .toString();
        }

        private static String text(Registration each) {
            return each.number() + each.version() + each.state().ordinal() + each.customer()
                    + each.partner().id() + day(each.lockUntil()) + "x" + each.extensions();
        }

        private static String text(DealLock lock, TreeSet<Long> fences) {
            return lock.number() + lock.customer() + lock.partner().id()
                    + day(lock.period().from()) + ".."
                    + day(lock.period().until()) + "f"
                    + fences.headSet(lock.fence()).size();
        }

        private static String text(Prepared each, TreeSet<Long> fences) {
            return each.step().word()
                    + each.before().version()
                    + text(each.move().after())
                    + each.move().lock()
                    + (each.lock() == null ? "" : each.lock().id() + text(each.lock(), fences));
        }

        private static String day(Instant instant) {
            return instant == null ? "-" : Long.toString(instant.getEpochSecond() / 86_400);
        }

        ModelBook book(Set<Promise> promises, int instance) {
            return new ModelBook(promises, tick, instance, registrations, locks, ended, fence);
        }
    }

    /** What was found. */
    private record Found(long states, String broken) {}

    private static final List<Step> STEPS = List.of(
            new Step.Approve("reviewer", "first"),
            new Step.Extend("reviewer", "they work on it", "a meeting"),
            new Step.Expire("timer", "over"),
            new Step.Release("reviewer", "given up"));

    /** With writes to the CRM under way the states multiply: the steps that change what it shows are enough. */
    private static final List<Step> TAKE_AND_GIVE = List.of(STEPS.get(0), STEPS.get(3));

    /** Both partners' accounts are merged into a third one. */
    private static final List<Step> HANDED_OVER = Stream.concat(
                    STEPS.stream(), Stream.of(new Step.HandOver("crm", "merged", Deals.EAST)))
            .toList();

    private static Found explore(Set<Promise> promises, boolean crmGuarded, String customerOfB, boolean follows) {
        return explore(promises, crmGuarded, customerOfB, follows, follows ? TAKE_AND_GIVE : STEPS);
    }

    private static Found explore(
            Set<Promise> promises, boolean crmGuarded, String customerOfB, boolean follows, List<Step> steps) {
        List<Prepared> idle = new ArrayList<>();
        idle.add(null);
        idle.add(null);
        State start = new State(
                0, Map.of(), List.of(), Set.of(), 0, idle, Set.of(), new Message(0, "-"), customerOfB.equals("c1"));
        boolean alike = promises.contains(Promise.DATABASE_CLOCK); // else one instance's clock is ahead
        Set<String> seen = new HashSet<>(Set.of(start.key(alike)));
        Deque<State> open = new ArrayDeque<>(Set.of(start));
        while (!open.isEmpty()) {
            State state = open.poll();
            for (State next : next(state, promises, crmGuarded, customerOfB, follows, steps)) {
                String broken = next.book(promises, 0).broken();
                if (broken == null && next.shown().fence() < state.shown().fence()) {
                    broken = "the CRM went back to an older lock: " + next.shown() + " after " + state.shown();
                }
                if (broken != null) {
                    return new Found(seen.size(), broken);
                }
                if (seen.add(next.key(alike))) {
                    open.add(next);
                }
            }
            assertThat(seen.size()).as("states").isLessThan(MOST_STATES);
        }
        return new Found(seen.size(), null);
    }

    private static List<State> next(
            State state,
            Set<Promise> promises,
            boolean crmGuarded,
            String customerOfB,
            boolean follows,
            List<Step> steps) {
        List<State> next = new ArrayList<>();
        if (state.tick() < (follows ? 1 : MOST_TICKS)) {
            next.add(with(
                    state,
                    state.tick() + 1,
                    state.pending(),
                    state.book(promises, 0),
                    state.flight(),
                    state.shown(),
                    state.merged()));
        }
        register(state, promises, "A", "c1", next);
        register(state, promises, "B", customerOfB, next);
        if (!state.merged() && state.registrations().size() == 2) {
            ModelBook book = state.book(promises, 0);
            if (new MergeCustomers(POLICY, "reviewer").merge(book, "c2", "c1").done()) {
                next.add(with(state, state.tick(), state.pending(), book, state.flight(), state.shown(), true));
            }
        }
        for (int instance = 0; instance < 2; instance++) {
            act(state, promises, instance, follows, steps, next);
        }
        for (Message message : state.flight()) {
            Set<Message> rest = new HashSet<>(state.flight());
            rest.remove(message);
            boolean accepted = !crmGuarded || message.fence() >= state.shown().fence();
            if (crmGuarded && accepted) {
                rest.removeIf(older -> older.fence() < message.fence()); // refused whenever they arrive: one case
            }
            next.add(with(
                    state,
                    state.tick(),
                    state.pending(),
                    state.book(promises, 0),
                    rest,
                    accepted ? message : state.shown(),
                    state.merged()));
        }
        return next;
    }

    private static void register(State state, Set<Promise> promises, String number, String customer, List<State> next) {
        if (!state.registrations().containsKey(number)) {
            ModelBook book = state.book(promises, 0);
            String key = state.merged() ? "c1" : customer;
            book.registrations.put(
                    number, Deals.submitted(number, number.equals("A") ? Deals.NORTH : Deals.SOUTH, key));
            next.add(with(state, state.tick(), state.pending(), book, state.flight(), state.shown(), state.merged()));
        }
    }

    private static void act(
            State state, Set<Promise> promises, int instance, boolean follows, List<Step> steps, List<State> next) {
        Prepared pending = state.pending().get(instance);
        if (pending == null) {
            for (String number : state.registrations().keySet()) {
                for (Step step : steps) {
                    if (step instanceof Step.HandOver over
                            && over.partner()
                                    .equals(state.registrations().get(number).partner())) {
                        continue;
                    }
                    ModelBook book = state.book(promises, instance);
                    if (MOVES.prepare(book, number, step) instanceof Preparation.Ready ready) {
                        next.add(with(
                                state,
                                state.tick(),
                                pending(state, instance, ready.prepared()),
                                book,
                                state.flight(),
                                state.shown(),
                                state.merged()));
                    }
                }
            }
            return;
        }
        List<Prepared> freed = pending(state, instance, null);
        // It crashes, or its transaction is undone: nothing of it stays.
        next.add(with(
                state, state.tick(), freed, state.book(promises, 0), state.flight(), state.shown(), state.merged()));
        ModelBook book = state.book(promises, instance);
        if (MOVES.commit(book, pending) instanceof Result.Done done) {
            Set<Message> flight = new HashSet<>(state.flight());
            if (follows && done.lock() != null) {
                boolean holds = done.registration().state().holdsLock();
                flight.add(new Message(book.fence, holds ? done.registration().number() : "-"));
            }
            next.add(with(state, state.tick(), freed, book, flight, state.shown(), state.merged()));
        }
    }

    private static List<Prepared> pending(State state, int instance, Prepared prepared) {
        List<Prepared> pending = new ArrayList<>(state.pending());
        pending.set(instance, prepared);
        return pending;
    }

    private static State with(
            State state,
            long tick,
            List<Prepared> pending,
            ModelBook book,
            Set<Message> flight,
            Message shown,
            boolean merged) {
        return new State(
                tick,
                new TreeMap<>(book.registrations),
                List.copyOf(book.locks),
                Set.copyOf(book.ended),
                book.fence,
                pending,
                Set.copyOf(flight),
                shown,
                merged);
    }

    private static Set<Promise> all() {
        return EnumSet.allOf(Promise.class);
    }

    private static Set<Promise> without(Promise broken) {
        Set<Promise> rest = all();
        rest.remove(broken);
        return rest;
    }

    @Test
    void noOrderOfTwoInstancesDoublesOrLosesALock() {
        Found same = explore(all(), true, "c1", false);
        System.out.println("one customer: " + same.states() + " states");
        assertThat(same.broken()).isNull();
        assertThat(same.states()).isGreaterThan(5_000);
    }

    @Test
    void noOrderOfDelayedWritesShowsAnOlderLockInTheCrm() {
        Found writing = explore(all(), true, "c1", true);
        System.out.println("with writes to the CRM on their way: " + writing.states() + " states");
        assertThat(writing.broken()).isNull();
        assertThat(writing.states()).isGreaterThan(1_000);
    }

    @Test
    void noOrderOfAMergeDoublesOrLosesALock() {
        Found merging = explore(all(), true, "c2", false);
        System.out.println("two customers that are merged: " + merging.states() + " states");
        assertThat(merging.broken()).isNull();
        assertThat(merging.states()).isGreaterThan(5_000);
    }

    @Test
    void noOrderOfAHandOverDoublesOrLosesALock() {
        Found handing = explore(all(), true, "c1", false, HANDED_OVER);
        System.out.println("two partners that are merged: " + handing.states() + " states");
        assertThat(handing.broken()).isNull();
        assertThat(handing.states()).isGreaterThan(5_000);
    }

    @Test
    void withoutTheConstraintADoubleLockIsFound() {
        assertThat(explore(without(Promise.CONSTRAINT), true, "c1", false).broken())
                .startsWith("double lock");
    }

    @Test
    void withoutTheFenceALockThatWasReleasedComesBack() {
        assertThat(explore(without(Promise.FENCE), true, "c1", false).broken())
                .matches("(revived|lost lock|lock without).*");
    }

    @Test
    void byTheClockOfAHostThatIsAheadALockIsLost() {
        assertThat(explore(without(Promise.DATABASE_CLOCK), true, "c1", false).broken())
                .matches("(lost lock|lock without).*");
    }

    @Test
    void withoutTheFenceOfTheCrmADelayedWriteShowsAnOlderLock() {
        assertThat(explore(all(), false, "c1", true).broken()).startsWith("the CRM went back");
    }
}
