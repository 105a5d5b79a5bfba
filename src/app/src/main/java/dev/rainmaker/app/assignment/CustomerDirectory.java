package dev.rainmaker.app.assignment;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.CompanyDirectory;
import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.account.CompanyMatch;
import dev.rainmaker.app.company.AccountDirectory;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.Versioned;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which account a lead's company is. What identifies each account is kept in memory; the accounts themselves stay
 * in the ledger.
 */
public final class CustomerDirectory {

    private final FactLedger facts;
    private final CompanyIdentity.Reader reader;
    private final AccountDirectory directory;

    public CustomerDirectory(FactLedger facts, CompanyIdentity.Reader reader) {
        this.facts = facts;
        this.reader = reader;
        this.directory = new AccountDirectory(facts, reader);
    }

    /** Leads with the accounts they belong to, as of a sequence that never falls from call to call. */
    public synchronized List<Prospect> match(List<Versioned<Lead>> leads, long until) {
        Map<RecordId, CompanyDirectory.Found<RecordId>> found = new LinkedHashMap<>();
        Map<RecordId, CompanyIdentity> identities = new LinkedHashMap<>();
        for (Versioned<Lead> lead : leads) {
            RecordId id = lead.fact().id();
            CompanyIdentity identity = reader.of(lead.fact());
            identities.put(id, identity);
            best(identity, id.connection(), until).ifPresent(account -> found.put(id, account));
        }
        Map<RecordId, Versioned<Account>> accounts = facts.findAllAsOf(
                FactKind.ACCOUNT,
                found.values().stream().map(CompanyDirectory.Found::company).toList(),
                until,
                Account.class);
        List<Prospect> prospects = new ArrayList<>();
        for (Versioned<Lead> lead : leads) {
            RecordId id = lead.fact().id();
            CompanyDirectory.Found<RecordId> match = found.get(id);
            Versioned<Account> account = match == null ? null : accounts.get(match.company());
            prospects.add(prospect(lead, identities.get(id), account, match == null ? null : match.match()));
        }
        return prospects;
    }

    private static Prospect prospect(
            Versioned<Lead> lead,
            @Nullable CompanyIdentity identity,
            @Nullable Versioned<Account> account,
            @Nullable CompanyMatch match) {
        return new Prospect(
                lead.fact(),
                lead.seq(),
                Objects.requireNonNull(identity),
                account == null ? null : account.fact(),
                account == null ? null : match,
                account == null ? 0 : account.seq());
    }

    /** The surest account; where an own system's and another's are known, the own one. */
    private Optional<CompanyDirectory.Found<RecordId>> best(CompanyIdentity identity, String connection, long until) {
        List<CompanyDirectory.Found<RecordId>> same = directory.same(identity, until);
        return same.stream()
                .filter(each -> each.company().connection().equals(connection))
                .findFirst()
                .or(() -> same.stream().findFirst());
    }
}
