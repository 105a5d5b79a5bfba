package dev.rainmaker.app.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A map with text keys, in the order of the file. The typed readers below expect a file that passed its schema. */
public final class YamlMap implements YamlNode {

    private final Place place;
    private final Map<String, Entry> entries;

    YamlMap(Place place, Map<String, Entry> entries) {
        this.place = place;
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** A key with its own place, and its value. */
    public record Entry(String key, Place keyPlace, YamlNode value) {}

    @Override
    public Place place() {
        return place;
    }

    @Override
    public String described() {
        return "a map";
    }

    public Set<String> keys() {
        return entries.keySet();
    }

    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    public Optional<Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    public Optional<YamlNode> find(String key) {
        return entry(key).map(Entry::value);
    }

    /** The place of a key, or of the map where the key is absent. */
    public Place placeOf(String key) {
        return entry(key).map(Entry::keyPlace).orElse(place);
    }

    /** The scalar under a key; empty where the key is absent, and a problem where it holds a map or a list. */
    public Optional<YamlScalar> scalar(String key) {
        return find(key).map(node -> cast(key, node, YamlScalar.class, "a single value"));
    }

    /** The text under a key, also of a number or true/false; empty where the key is absent or its value empty. */
    public Optional<String> text(String key) {
        return scalar(key).filter(scalar -> !scalar.isNull()).map(YamlScalar::text);
    }

    /** The text under a key that must be there. */
    public String required(String key) {
        return text(key)
                .orElseThrow(() -> new ConfigurationException(
                        placeOf(key).problem(has(key) ? "\"" + key + "\" is empty" : "\"" + key + "\" is missing")));
    }

    /** The map under a key, or an empty one. */
    public YamlMap map(String key) {
        return find(key)
                .filter(node -> !isNull(node))
                .map(node -> cast(key, node, YamlMap.class, "a map"))
                .orElseGet(() -> new YamlMap(placeOf(key), Map.of()));
    }

    /** The items of the list under a key; a single value counts as a list of one, an absent key as an empty list. */
    public List<YamlNode> list(String key) {
        Optional<YamlNode> found = find(key).filter(node -> !isNull(node));
        if (found.isEmpty()) {
            return List.of();
        }
        return found.get() instanceof YamlList list ? list.items() : List.of(found.get());
    }

    /** The texts of the list under a key. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : list(key)) {
            texts.add(cast(key, item, YamlScalar.class, "a single value").text());
        }
        return texts;
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof YamlScalar scalar && scalar.isNull();
    }

    private static <T extends YamlNode> T cast(String key, YamlNode node, Class<T> type, String wanted) {
        if (type.isInstance(node)) {
            return type.cast(node);
        }
        throw new ConfigurationException(
                node.place().problem("\"" + key + "\" must be " + wanted + ", not " + node.described()));
    }
}
