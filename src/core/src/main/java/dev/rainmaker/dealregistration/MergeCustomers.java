package dev.rainmaker.dealregistration;

import dev.rainmaker.dealregistration.MoveRegistration.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Two customers turn out to be one. Every open registration goes on under the key that remains; where both held a lock on
 * a product in common, the older lock stays and the younger registration goes back to a person. Runs whole or not at all.
 */
public final class MergeCustomers {

    /** A book that also finds what is open on a customer. */
    public interface Book extends RegistrationBook {

        /** Registrations of a customer that have not ended. */
        List<Registration> openOf(String customer);
    }

    private final MoveRegistration moves;
    private final String who;

    /** @param who merges them */
    public MergeCustomers(DealPolicy policy, String who) {
        this.moves = new MoveRegistration(policy);
        this.who = who;
    }

    /**
     * What became of it.
     *
     * @param done false where somebody else was faster: everything must be undone then
     * @param recalled registrations that lost their lock to an older one
     */
    public record Merged(boolean done, List<Registration> recalled) {
        public Merged {
            recalled = List.copyOf(recalled);
        }
    }

    /** Merges {@code loser} into {@code winner}. */
    public Merged merge(Book book, String loser, String winner) {
        List<Registration> recalled = new ArrayList<>();
        for (DealLock younger : contradicting(book, loser, winner)) {
            Result result = moves.move(
                    book,
                    younger.number(),
                    new Step.Recall(who, "the customer turned out to be one that is protected already"));
            if (!(result instanceof Result.Done done)) {
                return new Merged(false, List.of());
            }
            recalled.add(done.registration());
        }
        for (Registration open : book.openOf(loser)) {
            if (isOver(book, open)) {
                continue; // its end was reached but not yet noted: the timer does that
            }
            Result result = moves.move(
                    book, open.number(), new Step.Merge(who, "its customer was merged into another", winner));
            if (!(result instanceof Result.Done)) {
                return new Merged(false, List.of());
            }
        }
        return new Merged(true, recalled);
    }

    /** The younger lock of each pair that cannot both go on. */
    private static List<DealLock> contradicting(Book book, String loser, String winner) {
        List<DealLock> losing = live(book, loser);
        List<DealLock> staying = live(book, winner);
        List<DealLock> younger = new ArrayList<>();
        Comparator<DealLock> age =
                Comparator.comparing((DealLock lock) -> lock.period().from()).thenComparing(DealLock::number);
        for (DealLock one : losing) {
            for (DealLock other : staying) {
                if (one.scope().overlaps(other.scope())) {
                    younger.add(age.compare(one, other) < 0 ? other : one);
                }
            }
        }
        return younger.stream().distinct().toList();
    }

    private static List<DealLock> live(Book book, String customer) {
        return book.openOf(customer).stream()
                .filter(open -> open.state().holdsLock())
                .flatMap(open -> book.ofRegistration(open.number()).stream())
                .filter(lock -> lock.isLiveAt(book.now()))
                .toList();
    }

    private static boolean isOver(Book book, Registration open) {
        return open.state().holdsLock()
                && open.lockUntil() != null
                && !book.now().isBefore(open.lockUntil());
    }
}
