package dev.rainmaker.app.dealregistration;

import dev.rainmaker.account.CompanyDirectory;
import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.account.CompanyMatch;
import dev.rainmaker.app.assignment.ClaimSource;
import dev.rainmaker.app.assignment.Prospect;
import dev.rainmaker.app.ledger.DealCustomerLedger;
import dev.rainmaker.app.ledger.DealLockLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.assignment.NamedClaim;
import dev.rainmaker.dealregistration.DealLock;
import dev.rainmaker.fact.RecordId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Locks as claims on the customers of leads. A lock holds by the database's clock, so its claim states no instant that a
 * host's clock could decide otherwise.
 */
public final class DealLockClaims implements ClaimSource {

    private final DealLockLedger locks;
    private final DealCustomerLedger customers;
    private final CompanyIdentity.Reader reader;

    public DealLockClaims(Ledger ledger, CompanyIdentity.Reader reader) {
        this.locks = new DealLockLedger(ledger);
        this.customers = new DealCustomerLedger(ledger);
        this.reader = reader;
    }

    @Override
    public Claims open(List<Prospect> round) {
        Map<String, List<DealLock>> live = new LinkedHashMap<>();
        locks.live()
                .forEach(lock -> live.computeIfAbsent(lock.customer(), customer -> new ArrayList<>())
                        .add(lock));
        CompanyDirectory<String> directory = new CompanyDirectory<>();
        customers.identitiesOf(live.keySet()).forEach(directory::put);
        return prospect -> live.isEmpty() ? List.of() : claims(prospect, directory, live);
    }

    private List<NamedClaim> claims(
            Prospect prospect, CompanyDirectory<String> directory, Map<String, List<DealLock>> live) {
        List<NamedClaim> claims = new ArrayList<>();
        for (CompanyDirectory.Found<String> found : directory.same(identity(prospect))) {
            for (DealLock lock : live.getOrDefault(found.company(), List.of())) {
                claims.add(claim(lock, found.match()));
            }
        }
        return claims;
    }

    /** What the lead says of its company, with the account it was matched to. */
    private CompanyIdentity identity(Prospect prospect) {
        CompanyIdentity said = prospect.identity();
        if (prospect.customer() == null) {
            return said;
        }
        CompanyIdentity account = reader.of(prospect.customer());
        Set<RecordId> records = new HashSet<>(said.records());
        records.addAll(account.records());
        return new CompanyIdentity(records, said.domains(), said.name(), said.country(), said.phones());
    }

    private static NamedClaim claim(DealLock lock, CompanyMatch match) {
        return new NamedClaim(
                lock.partner(),
                NamedClaim.Kind.DEAL_LOCK,
                lock.scope().products(),
                null,
                null,
                new RecordId("deal-registration", lock.number()),
                lock.fence(),
                match.words());
    }
}
