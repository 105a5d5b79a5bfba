package dev.rainmaker.dealregistration;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;

/**
 * The exclusive right of a partner to a customer and a scope of products for a period.
 *
 * @param number of the registration it rests on
 * @param customer the customer's key: the same for all spellings of one company
 * @param fence rises with every change of any lock; a change that names an older one is refused
 */
public record DealLock(
        long id, String number, String customer, RecordId partner, ProductScope scope, Period period, long fence) {

    /** Whether it holds at an instant of the database's clock. */
    public boolean isLiveAt(Instant now) {
        return period.contains(now);
    }

    /** Whether both would lock the same product of the same customer at some instant. */
    public boolean contradicts(DealLock other) {
        return customer.equals(other.customer) && scope.overlaps(other.scope) && period.overlaps(other.period);
    }
}
