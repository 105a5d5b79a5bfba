package dev.rainmaker.assignment;

import dev.rainmaker.account.CompanyName;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * All partners, numbered by id, with one bit set per country, state, product, industry, language, certificate and tier.
 * Built anew when partners change (a few milliseconds for 10,000), read by every decision. Immutable once built.
 */
public final class PartnerIndex {

    private static final BitSet NOBODY = new BitSet();

    private final List<PartnerFacts> partners;
    private final Map<RecordId, Integer> ordinals = new HashMap<>();
    private final Map<String, List<RecordId>> byName = new HashMap<>();
    private final BitSet active = new BitSet();
    private final BitSet ownerActive = new BitSet();
    private final BitSet withStates = new BitSet();
    private final BitSet withAbsences = new BitSet();
    private final BitSet withLimits = new BitSet();
    private final Map<String, BitSet> countries;
    private final Map<String, BitSet> states;
    private final Map<String, BitSet> products;
    private final Map<String, BitSet> industries;
    private final Map<String, BitSet> languages;
    private final Map<String, BitSet> certificates;
    private final Map<String, BitSet> tiers;

    private PartnerIndex(List<PartnerFacts> sorted) {
        partners = List.copyOf(sorted);
        for (int i = 0; i < partners.size(); i++) {
            PartnerFacts facts = partners.get(i);
            Partner partner = facts.partner();
            if (ordinals.put(partner.id(), i) != null) {
                throw new IllegalArgumentException("partner " + partner.id() + " is given twice");
            }
            byName.computeIfAbsent(nameKey(partner.name()), name -> new ArrayList<>(1))
                    .add(partner.id());
            active.set(i, partner.active());
            ownerActive.set(i, partner.ownerActive());
            withStates.set(i, !partner.states().isEmpty());
            withAbsences.set(i, !facts.absences().isEmpty());
            withLimits.set(i, partner.maxOpenLeads() != null);
        }
        countries = invert(facts -> facts.partner().countries());
        states = invert(facts -> facts.partner().states());
        products = invert(facts -> facts.partner().products());
        industries = invert(facts -> facts.partner().industries());
        languages = invert(facts -> facts.partner().languages());
        certificates = invert(facts -> facts.certificates().keySet());
        tiers = invert(facts -> {
            String tier = facts.partner().tier();
            return tier == null ? List.of() : List.of(tier);
        });
    }

    /** Builds the index; throws {@link IllegalArgumentException} if a partner is given twice. */
    public static PartnerIndex of(List<PartnerFacts> partners) {
        return new PartnerIndex(
                partners.stream().sorted(Comparator.comparing(PartnerFacts::id)).toList());
    }

    private Map<String, BitSet> invert(Function<PartnerFacts, Iterable<String>> words) {
        Map<String, BitSet> inverted = new HashMap<>();
        for (int i = 0; i < partners.size(); i++) {
            for (String word : words.apply(partners.get(i))) {
                inverted.computeIfAbsent(Words.key(word), key -> new BitSet()).set(i);
            }
        }
        return inverted;
    }

    public int size() {
        return partners.size();
    }

    /** The partner with that number, 0 .. size-1, in the order of ids. */
    public PartnerFacts partner(int ordinal) {
        return partners.get(ordinal);
    }

    public OptionalInt ordinal(RecordId partner) {
        Integer found = ordinals.get(partner);
        return found == null ? OptionalInt.empty() : OptionalInt.of(found);
    }

    /** Names are compared without legal form, accents and punctuation, so that customers may write them as they like. */
    private static String nameKey(String name) {
        return CompanyName.of(name, null).map(CompanyName::key).orElseGet(() -> Words.key(name));
    }

    /** Partners whose name or vendor id is that text; more than one where the text is ambiguous. */
    public List<RecordId> called(String nameOrId) {
        List<RecordId> named = byName.get(nameKey(nameOrId));
        if (named != null) {
            return List.copyOf(named);
        }
        String id = nameOrId.strip();
        return partners.stream()
                .map(PartnerFacts::id)
                .filter(each -> each.id().equals(id) || each.toString().equals(id))
                .toList();
    }

    BitSet all() {
        BitSet all = new BitSet(size());
        all.set(0, size());
        return all;
    }

    BitSet active() {
        return active;
    }

    BitSet ownerActive() {
        return ownerActive;
    }

    BitSet withStates() {
        return withStates;
    }

    BitSet withAbsences() {
        return withAbsences;
    }

    BitSet withLimits() {
        return withLimits;
    }

    BitSet inCountry(String country) {
        return countries.getOrDefault(Words.key(country), NOBODY);
    }

    BitSet inState(String state) {
        return states.getOrDefault(Words.key(state), NOBODY);
    }

    BitSet authorisedFor(String product) {
        return products.getOrDefault(Words.key(product), NOBODY);
    }

    BitSet knowing(String industry) {
        return industries.getOrDefault(Words.key(industry), NOBODY);
    }

    BitSet speaking(String language) {
        return languages.getOrDefault(Words.key(language), NOBODY);
    }

    BitSet certified(String certificate) {
        return certificates.getOrDefault(Words.key(certificate), NOBODY);
    }

    BitSet ofTier(String tier) {
        return tiers.getOrDefault(Words.key(tier), NOBODY);
    }
}
