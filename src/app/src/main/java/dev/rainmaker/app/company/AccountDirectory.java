package dev.rainmaker.app.company;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.AccountMerge;
import dev.rainmaker.account.CompanyDirectory;
import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.app.ledger.FactChange;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The customer accounts by what identifies them, in memory, following the ledger's sequence. An account that was merged away
 * goes on to be found by what was known of it, and leads to the one that took it in.
 */
public final class AccountDirectory {

    private final FactLedger facts;
    private final CompanyIdentity.Reader reader;
    private final CompanyDirectory<RecordId> directory = new CompanyDirectory<>();
    private final Map<RecordId, RecordId> merged = new HashMap<>();
    private long sequence = -1;

    public AccountDirectory(FactLedger facts, CompanyIdentity.Reader reader) {
        this.facts = facts;
        this.reader = reader;
    }

    /** Accounts that certainly are the company, the surest first, as of a sequence that never falls from call to call. */
    public synchronized List<CompanyDirectory.Found<RecordId>> same(CompanyIdentity identity, long until) {
        follow(until);
        Map<RecordId, CompanyDirectory.Found<RecordId>> found = new LinkedHashMap<>();
        for (CompanyDirectory.Found<RecordId> each : directory.same(identity)) {
            RecordId remains = remaining(each.company());
            found.putIfAbsent(remains, new CompanyDirectory.Found<>(remains, each.match()));
        }
        return List.copyOf(found.values());
    }

    /** The account that took this one in; empty where it was not merged away. */
    public synchronized Optional<RecordId> mergedInto(RecordId account, long until) {
        follow(until);
        return merged.containsKey(account) ? Optional.of(remaining(account)) : Optional.empty();
    }

    /** The account that took this one in, itself where none did. */
    private RecordId remaining(RecordId account) {
        RecordId at = account;
        for (int i = 0; i < merged.size() && merged.containsKey(at); i++) {
            at = merged.getOrDefault(at, at);
        }
        return at;
    }

    private void follow(long until) {
        if (sequence < 0) {
            facts.forEachAsOf(
                    FactKind.ACCOUNT,
                    until,
                    Account.class,
                    account -> directory.put(account.fact().id(), reader.of(account.fact())));
            List<AccountMerge> merges = new ArrayList<>();
            facts.forEachAsOf(FactKind.ACCOUNT_MERGE, until, AccountMerge.class, merge -> merges.add(merge.fact()));
            merges.forEach(merge -> absorb(merge, until));
        } else if (until > sequence) {
            facts.changesOfKind(FactKind.ACCOUNT_MERGE, sequence, until).forEach(change -> {
                AccountMerge merge = (AccountMerge) change.fact();
                if (change.begins()) {
                    absorb(merge, until);
                } else {
                    undo(merge, until);
                }
            });
            facts.changesOfKind(FactKind.ACCOUNT, sequence, until).forEach(this::account);
        }
        sequence = Math.max(sequence, until);
    }

    private void absorb(AccountMerge merge, long until) {
        merge.gone().forEach((gone, into) -> {
            merged.put(gone, into);
            facts.findLast(FactKind.ACCOUNT, gone, until, Account.class)
                    .ifPresent(account -> directory.put(gone, reader.of(account)));
        });
    }

    private void undo(AccountMerge merge, long until) {
        for (RecordId back : merge.gone().keySet()) {
            merged.remove(back);
            if (facts.findAsOf(FactKind.ACCOUNT, back, until, Account.class).isEmpty()) {
                directory.remove(back);
            }
        }
    }

    private void account(FactChange change) {
        RecordId id = change.fact().id();
        if (change.begins()) {
            directory.put(id, reader.of((Account) change.fact()));
        } else if (!merged.containsKey(id)) {
            directory.remove(id);
        }
    }
}
