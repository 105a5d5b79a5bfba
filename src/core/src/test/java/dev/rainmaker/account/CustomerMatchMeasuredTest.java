package dev.rainmaker.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How claims on customers are told apart, on generated customers and claims that write them in variants. What is asserted here
 * is what docs/company-identity.md states.
 */
class CustomerMatchMeasuredTest {

    private static final long SEED = 20261128;
    private static final int CUSTOMERS = 2_000;
    private static final CompanyIdentity.Reader READER = FewSuffixes.reader();
    private static final String[] FIRST = {
        "Hydraulik", "Nordlicht", "Bergmann", "Kröger", "Quarz", "Silberbach", "Lindner", "Vogt", "Zenit",
                "Falkenstein",
        "Osterwald", "Müller", "Schäfer", "Brandt", "Terrano", "Orion", "Delphi", "Atlas", "Rheinfeld", "Tannert"
    };
    private static final String[] SECOND = {
        "Maschinenbau", "Logistik", "Pharma", "Textil", "Optik", "Energie", "Robotik", "Verlag", "Pumpen", "Foods"
    };
    private static final String[] PLACE = {"", "Nord", "Süd", "Holding", "Services", "Digital", "Partner", "Systeme"};

    /** @param truth the customer meant, -1 for one nobody knows yet */
    private record Asked(String kind, int truth, CompanyIdentity identity) {}

    private record Known(String name, String form, String country, String domain) {}

    private final Random random = new Random(SEED);

    @Test
    void whatIsDecidedIsRightAndWhatIsLikeGoesToAPerson() {
        List<Known> customers = customers();
        Map<String, Set<Integer>> byTrait = new HashMap<>();
        Map<Integer, CompanyIdentity> identities = new HashMap<>();
        for (int i = 0; i < customers.size(); i++) {
            Known each = customers.get(i);
            CompanyIdentity identity = identity(each.name() + " " + each.form(), each.country(), each.domain());
            identities.put(i, identity);
            int number = i;
            traits(identity)
                    .forEach(trait -> byTrait.computeIfAbsent(trait, any -> new HashSet<>())
                            .add(number));
        }
        Map<String, int[]> counts = new HashMap<>(); // right, wrong, to a person with the right one, other
        for (Asked asked : asked(customers)) {
            Map<Integer, CompanyIdentity> candidates = new HashMap<>();
            traits(asked.identity())
                    .forEach(trait -> byTrait.getOrDefault(trait, Set.of())
                            .forEach(number -> candidates.put(number, identities.get(number))));
            int[] count = counts.computeIfAbsent(asked.kind(), any -> new int[4]);
            CustomerMatch<Integer> match = CustomerMatch.of(asked.identity(), candidates);
            if (match instanceof CustomerMatch.Same<Integer> same) {
                count[same.customer() == asked.truth() ? 0 : 1]++;
            } else if (((CustomerMatch.Other<Integer>) match)
                    .like().stream().anyMatch(found -> found.company() == asked.truth())) {
                count[2]++;
            } else {
                count[3]++;
            }
        }
        int right = 0;
        int wrong = 0;
        int person = 0;
        int meant = 0;
        for (Map.Entry<String, int[]> each : counts.entrySet()) {
            int[] count = each.getValue();
            System.out.printf(
                    Locale.ROOT,
                    "%-28s decided right %5d, decided wrong %3d, to a person %5d, new %5d%n",
                    each.getKey(),
                    count[0],
                    count[1],
                    count[2],
                    count[3]);
            right += count[0];
            wrong += count[1];
            if (!each.getKey().startsWith("unknown")) {
                person += count[2];
                meant += count[0] + count[1] + count[2] + count[3];
            }
        }
        double precision = right / (double) (right + wrong);
        double recall = right / (double) meant;
        double seen = (right + person) / (double) meant;
        System.out.printf(
                Locale.ROOT,
                "seed %d: precision %.3f, recall %.3f, with a person %.3f%n",
                SEED,
                precision,
                recall,
                seen);
        assertThat(precision).isGreaterThan(0.99);
        assertThat(recall).isGreaterThan(0.66);
        assertThat(seen).isGreaterThan(0.97);
    }

    private static Set<String> traits(CompanyIdentity identity) {
        Set<String> traits = new HashSet<>(CompanyTraits.exact(identity));
        traits.addAll(CompanyTraits.near(identity));
        return traits;
    }

    private List<Known> customers() {
        List<Known> customers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String[] countries = {"DE", "AT", "FR", "IT"};
        while (customers.size() < CUSTOMERS) {
            String name = (pick(FIRST) + " " + pick(SECOND) + " " + pick(PLACE)).strip();
            String country = pick(countries);
            if (names.add(name + country)) {
                String form = Map.of("DE", "GmbH", "AT", "GmbH", "FR", "SARL", "IT", "SpA")
                        .get(country);
                String domain = "c" + customers.size() + "-" + slug(name) + "." + country.toLowerCase(Locale.ROOT);
                customers.add(new Known(name, form, country, domain));
            }
        }
        return customers;
    }

    private List<Asked> asked(List<Known> customers) {
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < customers.size(); i++) {
            Known each = customers.get(i);
            asked.add(new Asked(
                    "legal form, case, article",
                    i,
                    identity("The " + each.name().toUpperCase(Locale.ROOT), each.country(), null)));
            asked.add(new Asked(
                    "umlauts written out",
                    i,
                    identity(
                            each.name()
                                            .replace("ü", "ue")
                                            .replace("ö", "oe")
                                            .replace("ä", "ae")
                                            .replace(' ', '-') + " " + each.form(),
                            each.country(),
                            null)));
            asked.add(new Asked(
                    "another name, same domain",
                    i,
                    identity(each.name().split(" ")[0], each.country(), "mail." + each.domain())));
            asked.add(new Asked(
                    "typing error", i, identity(typo(each.name()) + " " + each.form(), each.country(), null)));
            asked.add(new Asked(
                    "typing error, same domain", i, identity(typo(each.name()), each.country(), each.domain())));
            asked.add(new Asked("no country", i, identity(each.name(), null, null)));
            asked.add(new Asked(
                    "unknown: subsidiary's name",
                    -1,
                    identity(
                            each.name() + " Produktion " + (char) ('A' + i % 26) + " " + each.form(),
                            each.country(),
                            null)));
            asked.add(new Asked("unknown: namesake abroad", -1, identity(each.name(), "SE", null)));
            asked.add(new Asked(
                    "unknown: namesake with a domain",
                    -1,
                    identity(each.name() + " " + each.form(), each.country(), "other" + i + ".com")));
        }
        return asked;
    }

    private static CompanyIdentity identity(String name, String country, String domain) {
        return READER.of(Set.of(), name, country, Stream.ofNullable(domain), null);
    }

    /** One letter left out, doubled, replaced, or exchanged with its neighbour. */
    private String typo(String name) {
        int at = 1 + random.nextInt(name.length() - 2);
        char letter = name.charAt(at);
        return switch (random.nextInt(4)) {
            case 0 -> name.substring(0, at) + name.substring(at + 1);
            case 1 -> name.substring(0, at) + letter + name.substring(at);
            case 2 -> name.substring(0, at) + (char) ('a' + random.nextInt(26)) + name.substring(at + 1);
            default -> name.substring(0, at) + name.charAt(at + 1) + letter + name.substring(at + 2);
        };
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    private String pick(String[] words) {
        return words[random.nextInt(words.length)];
    }
}
