package dev.rainmaker.account;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** By what companies are found: what they share, word for word or nearly. */
public final class CompanyTraits {

    private static final int SHORTEST = 5; // shorter names are near to too many others

    private CompanyTraits() {}

    /** What identifies: records, domains, phones and the name. */
    public static List<String> exact(CompanyIdentity identity) {
        List<String> traits = new ArrayList<>();
        identity.records().forEach(id -> traits.add("r:" + id));
        identity.domains().forEach(domain -> traits.add("d:" + domain));
        identity.phones().forEach(phone -> traits.add("p:" + phone));
        CompanyName name = identity.name();
        if (name != null) {
            traits.add("n:" + name.key());
        }
        return traits;
    }

    /**
     * The name with each of its letters left out once, and whole: two names that differ by one letter, or by two exchanged
     * neighbours, have one of these in common.
     */
    public static Set<String> near(CompanyIdentity identity) {
        CompanyName name = identity.name();
        if (name == null || name.key().codePointCount(0, name.key().length()) < SHORTEST) {
            return Set.of();
        }
        Set<String> traits = new TreeSet<>();
        int[] letters = name.key().codePoints().toArray();
        traits.add("~" + name.key());
        for (int left = 0; left < letters.length; left++) {
            StringBuilder rest = new StringBuilder("~");
            for (int i = 0; i < letters.length; i++) {
                if (i != left) {
                    rest.appendCodePoint(letters[i]);
                }
            }
            traits.add(rest.toString());
        }
        return Collections.unmodifiableSet(traits);
    }
}
