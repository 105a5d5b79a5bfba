package dev.rainmaker.account;

import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Leads seen so far, to find the earlier one of the same prospect, so that one prospect goes to one partner. Leads of
 * one company are duplicates; so are leads of one e-mail address, where the address is all there is.
 */
public final class PriorLeads {

    private final CompanyIdentity.Reader reader;
    private final CompanyDirectory<RecordId> companies = new CompanyDirectory<>();
    private final Map<RecordId, Seen> seen = new HashMap<>();
    private final Map<String, TreeSet<RecordId>> byAddress = new HashMap<>();

    private record Seen(Instant createdAt, @Nullable String address) {}

    /**
     * @param earlier the earliest lead of the same prospect
     * @param match how sure and why; evidence {@code email} where only the address agrees
     */
    public record Duplicate(RecordId earlier, CompanyMatch match) {}

    public PriorLeads(CompanyIdentity.Reader reader) {
        this.reader = reader;
    }

    /** Adds a lead, or replaces what is known of it. */
    public void put(Lead lead) {
        remove(lead.id());
        String address = address(lead);
        seen.put(lead.id(), new Seen(lead.createdAt(), address));
        companies.put(lead.id(), reader.of(lead));
        if (address != null) {
            byAddress.computeIfAbsent(address, key -> new TreeSet<>()).add(lead.id());
        }
    }

    /** Forgets a lead that was deleted or merged away. */
    public void remove(RecordId lead) {
        Seen known = seen.remove(lead);
        companies.remove(lead);
        if (known != null && known.address() != null) {
            byAddress.getOrDefault(known.address(), new TreeSet<>()).remove(lead);
        }
    }

    /**
     * All other leads of the same prospect, created at most that far before or after this one, the earliest first: where
     * leads are decided in another order than they were created, one that came later may already have its partner.
     *
     * @param apart zero for none at all
     */
    public List<Duplicate> others(Lead lead, Duration apart) {
        return found(lead).entrySet().stream()
                .filter(each -> !each.getKey().equals(lead.id()) && near(each.getKey(), lead, apart))
                .sorted(Comparator.comparing((Map.Entry<RecordId, CompanyMatch> each) -> createdAt(each.getKey()))
                        .thenComparing(Map.Entry::getKey))
                .map(each -> new Duplicate(each.getKey(), each.getValue()))
                .toList();
    }

    private boolean near(RecordId other, Lead lead, Duration apart) {
        Instant at = createdAt(other);
        return !apart.isZero()
                && !at.isBefore(lead.createdAt().minus(apart))
                && !at.isAfter(lead.createdAt().plus(apart));
    }

    private Map<RecordId, CompanyMatch> found(Lead lead) {
        Map<RecordId, CompanyMatch> found = new HashMap<>();
        String address = address(lead);
        if (address != null) {
            CompanyMatch.Evidence same = new CompanyMatch.Evidence("email", "same address", new BigDecimal("0.97"));
            byAddress
                    .getOrDefault(address, new TreeSet<>())
                    .forEach(id -> found.put(id, new CompanyMatch(same.strength(), List.of(same))));
        }
        companies.same(reader.of(lead)).forEach(each -> found.put(each.company(), each.match()));
        return found;
    }

    private Instant createdAt(RecordId lead) {
        Seen known = seen.get(lead);
        return known == null ? Instant.MAX : known.createdAt();
    }

    private static @Nullable String address(Lead lead) {
        String email = lead.email();
        return email == null || email.indexOf('@') < 1 ? null : email.toLowerCase(Locale.ROOT);
    }
}
