package dev.rainmaker.dealregistration;

import dev.rainmaker.account.CompanyMatch;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the conflict check looks at, gathered at one instant.
 *
 * @param locks live locks on this customer
 * @param registrations other registrations of this customer that wait or hold
 * @param direct open opportunities of this customer that no partner sells
 * @param leads open leads of this customer that another partner has
 * @param namedPartner who holds the customer as a named account
 * @param group live locks and waiting registrations of the customer's parent or subsidiaries
 * @param near customers that may be the same
 * @param waiting how many of the partner's registrations wait, without this one
 * @param today how many the partner handed in today, without this one
 * @param held live locks of the partner
 */
public record ConflictFacts(
        Registration registration,
        Instant now,
        List<Named<DealLock>> locks,
        List<Named<Registration>> registrations,
        List<Open> direct,
        List<Named<Open>> leads,
        @Nullable Named<RecordId> namedPartner,
        List<Named<Kin>> group,
        List<Near> near,
        int waiting,
        int today,
        int held) {

    /** A thing with the name of the partner it belongs to. */
    public record Named<T>(T it, String partner) {}

    /** An open record of the CRM. */
    public record Open(RecordId id, RecordId partner, String what, ProductScope scope) {}

    /** A claim on a company of the same group. */
    public record Kin(RecordId partner, String number, String company, String relation, ProductScope scope) {}

    /** A customer that may be the same, with what speaks for it. */
    public record Near(String customer, String name, CompanyMatch match) {}

    public ConflictFacts {
        locks = List.copyOf(locks);
        registrations = List.copyOf(registrations);
        direct = List.copyOf(direct);
        leads = List.copyOf(leads);
        group = List.copyOf(group);
        near = List.copyOf(near);
    }
}
