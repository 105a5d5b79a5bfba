package dev.rainmaker.account;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Companies found by what identifies them: by record, domain, name and phone, so a question costs as much as the companies
 * that share something, not as many as there are. Not safe for concurrent change.
 *
 * @param <K> what stands for a company, such as an account's id; its order breaks ties
 */
public final class CompanyDirectory<K extends Comparable<? super K>> {

    private final Map<K, CompanyIdentity> companies = new HashMap<>();
    private final Map<String, Set<K>> byTrait = new HashMap<>();

    /** @param company who, with {@code match} saying how sure and why */
    public record Found<K>(K company, CompanyMatch match) {}

    /** Adds a company, or replaces what is known of it. */
    public void put(K company, CompanyIdentity identity) {
        remove(company);
        companies.put(company, identity);
        CompanyTraits.exact(identity)
                .forEach(trait -> byTrait.computeIfAbsent(trait, key -> new LinkedHashSet<>())
                        .add(company));
    }

    public void remove(K company) {
        CompanyIdentity known = companies.remove(company);
        if (known != null) {
            for (String trait : CompanyTraits.exact(known)) {
                Set<K> sharing = byTrait.getOrDefault(trait, new LinkedHashSet<>());
                sharing.remove(company);
                if (sharing.isEmpty()) {
                    byTrait.remove(trait);
                }
            }
        }
    }

    public int size() {
        return companies.size();
    }

    /**
     * Everybody who shares something with {@code identity}, the surest first, ties by the order of {@code K}; those below
     * {@link CompanyMatch#THRESHOLD} too: a person may want to see them.
     */
    public List<Found<K>> find(CompanyIdentity identity) {
        Set<K> sharing = new LinkedHashSet<>();
        for (String trait : CompanyTraits.exact(identity)) {
            sharing.addAll(byTrait.getOrDefault(trait, Set.of()));
        }
        Comparator<Found<K>> surest = Comparator.comparing(each -> each.match().confidence());
        Function<Found<K>, K> company = Found::company;
        List<Found<K>> found = new ArrayList<>();
        for (K each : sharing) {
            CompanyIdentity known = companies.get(each);
            if (known != null) {
                CompanyMatch match = CompanyMatch.between(identity, known);
                if (match.confidence().signum() > 0) {
                    found.add(new Found<>(each, match));
                }
            }
        }
        found.sort(surest.reversed().thenComparing(company));
        return found;
    }

    /** Those that count as the same company, the surest first. */
    public List<Found<K>> same(CompanyIdentity identity) {
        return find(identity).stream().filter(each -> each.match().isSame()).toList();
    }
}
