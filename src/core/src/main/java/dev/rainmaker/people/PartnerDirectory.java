package dev.rainmaker.people;

import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.account.CompanyName;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.Person;
import dev.rainmaker.people.LinkEvidence.Kind;
import dev.rainmaker.people.PersonMatch.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Partners by what may name them to a person: contacts of the CRM by e-mail address, code, own domain. Put all partners
 * before the first contact. Not safe for concurrent change.
 */
public final class PartnerDirectory {

    /** Attribute of a partner that holds its code, beside its id. */
    public static final String CODE = "partnerCode";

    private static final int MOST_SUGGESTIONS = 5;

    private final CompanyIdentity.Reader reader;
    private final Map<RecordId, String> names = new HashMap<>();
    private final Map<String, Set<RecordId>> byCode = new HashMap<>();
    private final Map<String, Set<RecordId>> byDomain = new HashMap<>();
    private final Map<String, Set<RecordId>> byAddress = new HashMap<>();
    private final Map<String, Set<RecordId>> byContactDomain = new HashMap<>();
    private final Map<String, Set<RecordId>> byName = new HashMap<>();

    /** @param reader knows the public suffixes, and the domains that are nobody's own */
    public PartnerDirectory(CompanyIdentity.Reader reader) {
        this.reader = reader;
    }

    public void put(Partner partner) {
        RecordId id = partner.id();
        names.put(id, partner.name());
        add(byCode, code(id.id()), id);
        Optional.ofNullable(partner.attributes().get(CODE)).ifPresent(code -> add(byCode, code(code), id));
        Optional.ofNullable(partner.website()).flatMap(reader::domain).ifPresent(domain -> add(byDomain, domain, id));
        CompanyName.of(partner.name(), null).ifPresent(name -> add(byName, letters(name.key()), id));
    }

    /** A person whom its source links to a company; counts where the company is a partner. */
    public void putContact(Person contact) {
        RecordId company = contact.company();
        String email = contact.email();
        if (company == null || email == null || !names.containsKey(company)) {
            return;
        }
        add(byAddress, address(email), company);
        reader.domain(email).ifPresent(domain -> add(byContactDomain, domain, company));
    }

    public boolean isPartner(RecordId id) {
        return names.containsKey(id);
    }

    /**
     * What is known of a person's partner. A stronger kind of evidence decides over a weaker one, with two exceptions:
     * contact and code that contradict each other are left to a person, and where a kind names several partners a weaker one
     * may tell which of them.
     */
    public PersonMatch match(Person person, PersonRulings rulings) {
        if (rulings.nobody()) {
            return new PersonMatch.Nobody();
        }
        if (rulings.is() != null && names.containsKey(rulings.is())) {
            return new PersonMatch.Linked(
                    rulings.is(), new LinkEvidence(Kind.RULING, "linked by " + nameOr(rulings.by())));
        }
        RecordId company = person.company();
        if (company != null && !rulings.isNot().contains(company)) {
            return new PersonMatch.Stated(company);
        }
        Map<Kind, Set<RecordId>> named = named(person, rulings.isNot());
        Set<RecordId> contact = named.getOrDefault(Kind.CONTACT, Set.of());
        Set<RecordId> code = named.getOrDefault(Kind.CODE, Set.of());
        if (!contact.isEmpty() && !code.isEmpty() && contact.stream().noneMatch(code::contains)) {
            return new PersonMatch.Ambiguous(candidates(person, named));
        }
        return decided(person, named)
                .map(found -> (PersonMatch) found)
                .orElseGet(() -> named.isEmpty()
                        ? new PersonMatch.Unmatched(suggestions(person, rulings.isNot()))
                        : new PersonMatch.Ambiguous(candidates(person, named)));
    }

    private static String nameOr(String by) {
        return by.isBlank() ? "a person" : by;
    }

    private Optional<PersonMatch.Linked> decided(Person person, Map<Kind, Set<RecordId>> named) {
        Set<RecordId> left = Set.of();
        List<String> words = new ArrayList<>();
        Kind strongest = null;
        for (Map.Entry<Kind, Set<RecordId>> kind : named.entrySet()) {
            Set<RecordId> narrowed = new TreeSet<>(kind.getValue());
            if (strongest != null) {
                narrowed.retainAll(left);
            }
            if (narrowed.isEmpty()) {
                continue; // a weaker kind names others: the stronger one stands
            }
            strongest = strongest == null ? kind.getKey() : strongest;
            words.add(words(kind.getKey(), person));
            left = narrowed;
            Optional<RecordId> one = oneCompany(left);
            if (one.isPresent()) {
                return Optional.of(new PersonMatch.Linked(
                        one.get(), new LinkEvidence(strongest, String.join(", ", words) + alsoKnown(left, one.get()))));
            }
        }
        return Optional.empty();
    }

    /** The only one, or the first where each stands in another system: then they are one company known to several. */
    private static Optional<RecordId> oneCompany(Set<RecordId> partners) {
        Set<String> connections = new HashSet<>();
        partners.forEach(partner -> connections.add(partner.connection()));
        return connections.size() == partners.size()
                ? partners.stream().sorted().findFirst()
                : Optional.empty();
    }

    private static String alsoKnown(Set<RecordId> all, RecordId one) {
        return all.size() == 1
                ? ""
                : "; also known as "
                        + all.stream()
                                .filter(other -> !other.equals(one))
                                .map(RecordId::toString)
                                .reduce((a, b) -> a + " and " + b)
                                .orElse("");
    }

    private Map<Kind, Set<RecordId>> named(Person person, Set<RecordId> not) {
        Map<Kind, Set<RecordId>> named = new LinkedHashMap<>();
        String email = person.email();
        String stated = person.partnerCode();
        put(named, Kind.CONTACT, email == null ? null : byAddress.get(address(email)), not);
        put(named, Kind.CODE, stated == null ? null : byCode.get(code(stated)), not);
        put(
                named,
                Kind.DOMAIN,
                email == null ? null : reader.domain(email).map(byDomain::get).orElse(null),
                not);
        return named;
    }

    private static void put(
            Map<Kind, Set<RecordId>> named, Kind kind, @Nullable Set<RecordId> partners, Set<RecordId> not) {
        Set<RecordId> left = new TreeSet<>(partners == null ? Set.of() : partners);
        left.removeAll(not);
        if (!left.isEmpty()) {
            named.put(kind, left);
        }
    }

    private String words(Kind kind, Person person) {
        String email = person.email();
        return switch (kind) {
            case CONTACT -> "a contact with the same e-mail address";
            case CODE -> "code " + person.partnerCode();
            case DOMAIN ->
                "e-mail domain " + (email == null ? "" : reader.domain(email).orElse(""));
            case RULING -> "decided here";
        };
    }

    private List<Suggestion> candidates(Person person, Map<Kind, Set<RecordId>> named) {
        Map<RecordId, List<String>> why = new LinkedHashMap<>();
        named.forEach((kind, partners) -> partners.forEach(
                partner -> why.computeIfAbsent(partner, id -> new ArrayList<>()).add(words(kind, person))));
        return suggested(why);
    }

    /** Partners that may be meant, by what is no evidence: others of the same domain, a name like the domain. */
    private List<Suggestion> suggestions(Person person, Set<RecordId> not) {
        Map<RecordId, List<String>> why = new LinkedHashMap<>();
        String email = person.email();
        if (email != null) {
            reader.domain(email).ifPresent(domain -> {
                byContactDomain
                        .getOrDefault(domain, Set.of())
                        .forEach(partner -> why.computeIfAbsent(partner, id -> new ArrayList<>())
                                .add("its contacts write from " + domain));
                String label = letters(domain.substring(0, domain.indexOf('.')));
                byName.getOrDefault(label, Set.of())
                        .forEach(partner -> why.computeIfAbsent(partner, id -> new ArrayList<>())
                                .add("its name is that of " + domain));
            });
        }
        why.keySet().removeAll(not);
        return suggested(why);
    }

    private List<Suggestion> suggested(Map<RecordId, List<String>> why) {
        return why.entrySet().stream()
                .limit(MOST_SUGGESTIONS)
                .map(each -> new Suggestion(
                        each.getKey(), names.getOrDefault(each.getKey(), ""), String.join(", ", each.getValue())))
                .toList();
    }

    private static void add(Map<String, Set<RecordId>> index, String key, RecordId partner) {
        if (!key.isEmpty()) {
            index.computeIfAbsent(key, any -> new TreeSet<>()).add(partner);
        }
    }

    private static String address(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    private static String code(String code) {
        return code.strip().toLowerCase(Locale.ROOT);
    }

    private static String letters(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }
}
