package dev.rainmaker.app.dealregistration;

import dev.rainmaker.dealregistration.Claim;
import dev.rainmaker.dealregistration.Conflict;
import dev.rainmaker.dealregistration.DealLock;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.fact.RecordId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claim that is handed in.
 *
 * @param source the record it comes from, null where it comes by console, API or command
 * @param requestKey the request's Idempotency-Key, null where it has none
 * @param who hands it in
 */
public record Submission(
        RecordId partner,
        Claim claim,
        @Nullable RecordId source,
        @Nullable String requestKey,
        String who) {

    /** What became of it. */
    public sealed interface Result {

        /**
         * @param registration as it stands after check and rules
         * @param lock what it holds, null where it holds nothing
         */
        record Registered(
                Registration registration,
                List<Conflict> conflicts,
                @Nullable DealLock lock) implements Result {
            public Registered {
                conflicts = List.copyOf(conflicts);
            }
        }

        /** The same record or request brought it before. */
        record Known(Registration registration) implements Result {}

        /** @param problems all that is wrong; nothing of it was kept */
        record Invalid(List<String> problems) implements Result {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }
}
