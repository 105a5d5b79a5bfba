package dev.rainmaker.account;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which of the known customers a company is. What identifies decides: a shared record, a domain of its own, the same name in
 * the same country. What is merely like it is for a person to decide, and so is a company that is the same as two.
 *
 * @param <K> what stands for a customer; its order breaks ties
 */
public sealed interface CustomerMatch<K extends Comparable<? super K>> {

    /** It is this one. */
    record Same<K extends Comparable<? super K>>(K customer, CompanyMatch match) implements CustomerMatch<K> {}

    /** @param like candidates, the likeliest first; empty where there is none */
    record Other<K extends Comparable<? super K>>(List<CompanyDirectory.Found<K>> like) implements CustomerMatch<K> {
        public Other {
            like = List.copyOf(like);
        }
    }

    /** How sure two companies are one whose names differ by a slip of the pen, with nothing else in common. */
    BigDecimal SLIP = new BigDecimal("0.45");

    /** Compares a company with the candidates that share a trait with it. */
    static <K extends Comparable<? super K>> CustomerMatch<K> of(
            CompanyIdentity asked, Map<K, CompanyIdentity> candidates) {
        List<CompanyDirectory.Found<K>> found = new ArrayList<>();
        candidates.forEach((customer, known) -> {
            CompanyMatch match = withSlips(asked, known);
            if (match.confidence().signum() > 0) {
                found.add(new CompanyDirectory.Found<>(customer, match));
            }
        });
        Comparator<CompanyDirectory.Found<K>> surest =
                Comparator.comparing(each -> each.match().confidence());
        found.sort(surest.reversed().thenComparing(CompanyDirectory.Found::company));
        List<CompanyDirectory.Found<K>> same =
                found.stream().filter(each -> each.match().isSame()).toList();
        boolean one = same.size() == 1
                || same.size() > 1
                        && same.get(0).match().confidence().compareTo(BigDecimal.ONE) == 0
                        && same.get(1).match().confidence().compareTo(BigDecimal.ONE) < 0;
        return one ? new Same<>(same.get(0).company(), same.get(0).match()) : new Other<>(found);
    }

    /** The usual comparison; where it finds nothing, names that differ by one letter in no differing country. */
    static CompanyMatch withSlips(CompanyIdentity a, CompanyIdentity b) {
        CompanyMatch match = CompanyMatch.between(a, b);
        CompanyName mine = a.name();
        CompanyName other = b.name();
        boolean foreign =
                a.country() != null && b.country() != null && !a.country().equals(b.country());
        if (!match.evidence().isEmpty() || mine == null || other == null || foreign) {
            return match;
        }
        boolean slip = CompanyTraits.near(a).stream().anyMatch(CompanyTraits.near(b)::contains);
        return slip
                ? new CompanyMatch(
                        SLIP, List.of(new CompanyMatch.Evidence("name", mine.key() + " is like " + other.key(), SLIP)))
                : match;
    }
}
