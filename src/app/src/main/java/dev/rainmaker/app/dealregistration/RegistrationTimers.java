package dev.rainmaker.app.dealregistration;

import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.RegistrationsDue;
import dev.rainmaker.dealregistration.DealPolicy;
import dev.rainmaker.dealregistration.MoveRegistration.Result;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happens by itself, by the database's clock: protections end, holders are reminded, late reviews are told, locks of
 * partners that left are released. Safe to run on several instances at once: each step is refused where another was faster.
 */
final class RegistrationTimers {

    private static final int MOST = 500;

    private final RegistrationDesk desk;
    private final RegistrationsDue due;

    RegistrationTimers(RegistrationDesk desk, Ledger ledger) {
        this.desk = desk;
        this.due = new RegistrationsDue(ledger);
    }

    Map<String, Long> run() {
        Map<String, Long> done = new TreeMap<>();

        for (Registration over : due.expired(MOST)) {
            count(done, "expired", desk.move(over.number(), new Step.Expire("timer", "the protection has ended")));
        }
        for (Registration left : due.ofInactivePartners(MOST)) {
            count(
                    done,
                    "released",
                    desk.move(left.number(), new Step.Release("timer", "the partner is no longer active")));
        }
        remind(done);
        for (Registration late : due.lateReviews()) {
            Result result = desk.move(
                    late.number(), new Step.Note("timer", "the review is late; it was due on " + late.reviewBy()));
            count(done, "late-reviews", result);
            due.lateTold(late.number());
        }
        return done;
    }

    private void remind(Map<String, Long> done) {
        DealPolicy policy = desk.policy();
        List<Integer> days = policy.reminders();
        for (int i = days.size() - 1; i >= 0; i--) { // the nearest first: it makes the farther ones needless
            int before = days.get(i);
            for (Registration ending : due.toRemind(before)) {
                var until = java.util.Objects.requireNonNull(ending.lockUntil());
                long left = policy.daysLeft(until, desk.registrations().now());
                if (left <= before) {
                    count(
                            done,
                            "reminded",
                            desk.move(
                                    ending.number(),
                                    new Step.Note("timer", "the protection ends in " + left + " day(s), on " + until)));
                    due.reminded(ending.number(), before);
                }
            }
        }
    }

    private static void count(Map<String, Long> done, String what, Result result) {
        if (result instanceof Result.Done) {
            done.merge(what, 1L, Long::sum);
        }
    }
}
