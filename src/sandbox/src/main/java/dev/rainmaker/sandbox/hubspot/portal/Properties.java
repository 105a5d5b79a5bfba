package dev.rainmaker.sandbox.hubspot.portal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.hubspot.portal.PropertyDefinition.Option;
import dev.rainmaker.sandbox.state.Shelf;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which properties there are: the vendor's of properties.txt, and those that users have made. */
public final class Properties {

    private static final String OWN = "properties-";
    private static final String GROUPS = "property-groups-";

    private final Shelf shelf;
    private final Map<ObjectKind, Map<String, PropertyDefinition>> definitions = new EnumMap<>(ObjectKind.class);
    private final Map<ObjectKind, Set<String>> uniqueNames = new ConcurrentHashMap<>();

    Properties(Shelf shelf) {
        this.shelf = shelf;
        for (ObjectKind kind : ObjectKind.values()) {
            definitions.put(kind, new LinkedHashMap<>());
        }
        readVendors();
        for (ObjectKind kind : ObjectKind.values()) {
            shelf.all(OWN + kind.plural()).values().forEach(json -> keep(PropertyDefinition.read(kind, json)));
        }
    }

    /** Lines of {@code kind name type fieldType flags label | value=label, ...}; a dash for no flags. */
    private void readVendors() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Properties.class.getResourceAsStream("properties.txt")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    keep(vendors(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PropertyDefinition vendors(String line) {
        String[] halves = line.split("\\|", 2);
        String[] words = halves[0].strip().split("\\s+", 6);
        ObjectKind kind = ObjectKind.named(words[0]).orElseThrow();
        List<Option> options = new ArrayList<>();
        if (halves.length > 1) {
            for (String option : halves[1].split(",")) {
                String[] pair = option.strip().split("=", 2);
                options.add(new Option(pair[0], pair.length > 1 ? pair[1] : pair[0]));
            }
        }
        return new PropertyDefinition(
                kind,
                words[1],
                words[5],
                "",
                kind.singular() + "information",
                words[2],
                words[3],
                options,
                words[4].contains("unique"),
                words[4].contains("readonly"),
                false,
                "2020-01-01T00:00:00.000Z",
                null);
    }

    private synchronized void keep(PropertyDefinition definition) {
        Objects.requireNonNull(definitions.get(definition.kind())).put(definition.name(), definition);
        uniqueNames.remove(definition.kind());
    }

    public synchronized Collection<PropertyDefinition> all(ObjectKind kind) {
        return List.copyOf(Objects.requireNonNull(definitions.get(kind)).values());
    }

    /** The property, if it is there and not archived. */
    public Optional<PropertyDefinition> find(ObjectKind kind, String name) {
        return findAny(kind, name).filter(definition -> definition.archivedAt() == null);
    }

    public synchronized Optional<PropertyDefinition> findAny(ObjectKind kind, String name) {
        return Optional.ofNullable(Objects.requireNonNull(definitions.get(kind)).get(name));
    }

    Set<String> unique(ObjectKind kind) {
        return uniqueNames.computeIfAbsent(
                kind,
                key -> all(kind).stream()
                        .filter(PropertyDefinition::unique)
                        .map(PropertyDefinition::name)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Makes or changes a property of the user's own. */
    public synchronized void save(PropertyDefinition definition) {
        keep(definition);
        shelf.put(OWN + definition.kind().plural(), definition.name(), definition.json());
    }

    /** Takes a property away, or brings it back with null. */
    public void archive(PropertyDefinition definition, @Nullable Instant at) {
        save(definition.archived(at == null ? null : PropertyValue.time(at)));
    }

    /** The groups of a kind by name, each with its label. */
    public Map<String, String> groups(ObjectKind kind) {
        Map<String, String> groups = new LinkedHashMap<>();
        groups.put(kind.singular() + "information", kind.singular() + " information");
        shelf.all(GROUPS + kind.plural()).forEach((name, json) -> groups.put(name, json.asText()));
        return groups;
    }

    public void saveGroup(ObjectKind kind, String name, String label) {
        shelf.put(GROUPS + kind.plural(), name, Shelf.object().textNode(label));
    }

    public void removeGroup(ObjectKind kind, String name) {
        shelf.remove(GROUPS + kind.plural(), name);
    }

    /** The values as they are kept; all that is wrong is named at once. */
    Map<String, String> checked(ObjectKind kind, Map<String, String> sent) throws PortalRefused {
        Map<String, String> values = new LinkedHashMap<>();
        ArrayNode wrong = Shelf.object().arrayNode();
        Map<String, List<String>> context = new LinkedHashMap<>();
        sent.forEach((name, value) -> {
            PropertyDefinition definition = find(kind, name).orElse(null);
            if (definition == null) {
                wrong.add(problem(name, "PROPERTY_DOESNT_EXIST", "Property \"" + name + "\" does not exist"));
            } else if (definition.readOnly()) {
                wrong.add(problem(
                        name, "READ_ONLY_VALUE", "\"" + name + "\" is a read only property; its value cannot be set."));
            } else {
                try {
                    values.put(name, PropertyValue.of(definition, value));
                } catch (PropertyValue.Invalid e) {
                    wrong.add(problem(name, e.code(), String.valueOf(e.getMessage())));
                }
            }
        });
        if (!wrong.isEmpty()) {
            List<String> names = new ArrayList<>();
            wrong.forEach(problem -> names.add(problem.path("name").asText()));
            context.put("propertyName", names);
            throw new PortalRefused(400, "VALIDATION_ERROR", "", "Property values were not valid: " + wrong, context);
        }
        return values;
    }

    private static ObjectNode problem(String name, String code, String message) {
        return Shelf.object()
                .put("isValid", false)
                .put("message", message)
                .put("error", code)
                .put("name", name)
                .put("localizedErrorMessage", message);
    }
}
