package dev.rainmaker.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The countries of the generated world, with what makes names, addresses and companies there plausible.
 *
 * @param countries where partners may be, by falling weight
 * @param uncovered where leads come from although no partner is there
 */
record Places(List<Country> countries, List<Country> uncovered) {
    private static final String RESOURCE = "places.json";

    Places {
        countries = List.copyOf(countries);
        uncovered = List.copyOf(uncovered);
    }

    /**
     * One country.
     *
     * @param name as Salesforce's address fields write it
     * @param weight share of partners and leads, relative to the others
     * @param tld ending of its companies' web addresses
     * @param legal legal forms that follow a company's name
     * @param trades words that say what a company does
     * @param cities {@code city|state}
     */
    record Country(
            String name,
            double weight,
            String tld,
            String dial,
            String language,
            String zone,
            List<String> legal,
            List<String> trades,
            List<String> cities,
            List<String> first,
            List<String> last) {}

    static Places shipped() {
        try (InputStream in = Places.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the sandbox was built without " + RESOURCE);
            }
            JsonNode root = new ObjectMapper().readTree(in);
            return new Places(countries(root.required("countries")), countries(root.required("uncovered")));
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox was built with a broken " + RESOURCE, e);
        }
    }

    private static List<Country> countries(JsonNode nodes) {
        List<Country> countries = new ArrayList<>();
        for (JsonNode node : nodes) {
            countries.add(new Country(
                    node.required("name").textValue(),
                    node.required("weight").doubleValue(),
                    node.required("tld").textValue(),
                    node.required("dial").textValue(),
                    node.required("language").textValue(),
                    node.required("zone").textValue(),
                    words(node, "legal"),
                    words(node, "trades"),
                    words(node, "cities"),
                    words(node, "first"),
                    words(node, "last")));
        }
        return countries;
    }

    private static List<String> words(JsonNode node, String field) {
        List<String> words = new ArrayList<>();
        node.required(field).forEach(word -> words.add(word.textValue()));
        return List.copyOf(words);
    }

    Optional<Country> named(String name) {
        for (Country country : countries) {
            if (country.name().equals(name)) {
                return Optional.of(country);
            }
        }
        return uncovered.stream().filter(country -> country.name().equals(name)).findFirst();
    }

    static double[] weights(List<Country> of) {
        return of.stream().mapToDouble(Country::weight).toArray();
    }
}
