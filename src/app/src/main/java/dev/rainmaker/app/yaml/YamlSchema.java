package dev.rainmaker.app.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A JSON Schema (2020-12) for a kind of file; what it finds is told at the place in the YAML. */
public final class YamlSchema {

    private static final int SHOWN = 60;

    private final JsonNode source;
    private final Schema schema;

    private YamlSchema(JsonNode source) {
        this.source = source;
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(source);
    }

    /** The schema that lies beside the class on the class path. */
    public static YamlSchema beside(Class<?> owner, String resource) {
        try (InputStream stream = owner.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the program lacks its schema " + resource);
            }
            return new YamlSchema(new ObjectMapper().readTree(stream));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** @throws ConfigurationException with every place where the document departs from the schema */
    public void require(YamlDocument document) {
        ConfigurationException.throwIfAny(check(document));
    }

    /** Every place where the document departs from the schema, in the order of the file. */
    public List<Problem> check(YamlDocument document) {
        List<Problem> problems = new ArrayList<>();
        for (Error error : schema.validate(json(document.root()))) {
            problems.add(problem(document.root(), error));
        }
        return problems.stream().sorted().distinct().toList();
    }

    private Problem problem(YamlNode root, Error error) {
        YamlNode node = root;
        Place place = root.place();
        NodePath path = error.getInstanceLocation();
        String key = "the file";
        for (int i = 0; i < path.getNameCount(); i++) {
            Object step = path.getElement(i);
            if (node instanceof YamlMap map && map.entry(String.valueOf(step)).isPresent()) {
                YamlMap.Entry entry = map.entry(String.valueOf(step)).orElseThrow();
                key = "\"" + entry.key() + "\"";
                node = entry.value();
            } else if (node instanceof YamlList list && step instanceof Number index) {
                node = list.items().get(index.intValue());
            }
            place = node.place();
        }
        return told(error, key, node, place);
    }

    private Problem told(Error error, String key, YamlNode node, Place place) {
        String property = error.getProperty() == null ? "" : error.getProperty();
        JsonNode rule = error.getSchemaNode();
        return switch (String.valueOf(error.getKeyword())) {
            case "additionalProperties" ->
                ((YamlMap) node)
                        .placeOf(property)
                        .problem("unknown key \"" + property + "\"", NearMiss.remedy(property, siblings(error)));
            case "required" -> place.problem("key \"" + property + "\" is missing" + within(key));
            case "type" -> place.problem(key + " must be " + wanted(rule) + ", not " + shown(node));
            case "enum" ->
                place.problem(
                        key + " must be one of " + words(rule) + ", not " + shown(node),
                        node instanceof YamlScalar scalar
                                ? NearMiss.of(scalar.text(), words(rule))
                                        .map(word -> "did you mean \"" + word + "\"?")
                                        .orElse("")
                                : "");
            case "pattern" -> place.problem(key + " is not well formed: " + shown(node), described(error));
            case "minimum" -> place.problem(key + " must be at least " + rule.asText() + ", not " + shown(node));
            case "exclusiveMinimum" ->
                place.problem(key + " must be more than " + rule.asText() + ", not " + shown(node));
            case "maximum" -> place.problem(key + " must be at most " + rule.asText() + ", not " + shown(node));
            case "minLength", "minItems", "minProperties" -> place.problem(key + " must not be empty");
            default -> place.problem(key + " " + error.getMessage(), described(error));
        };
    }

    private static String within(String key) {
        return key.equals("the file") ? "" : " in " + key;
    }

    /** The keys that the schema knows where this error arose. */
    private List<String> siblings(Error error) {
        List<String> names = new ArrayList<>();
        parent(error).path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private String described(Error error) {
        return parent(error).path("description").asText("");
    }

    private JsonNode parent(Error error) {
        NodePath fragment = error.getSchemaLocation().getFragment();
        JsonNode at = source;
        for (int i = 0; i < fragment.getNameCount() - 1; i++) {
            Object step = fragment.getElement(i);
            at = step instanceof Number index ? at.path(index.intValue()) : at.path(String.valueOf(step));
        }
        return at;
    }

    private static String wanted(JsonNode types) {
        List<String> words = new ArrayList<>();
        (types.isArray() ? types : JsonNodeFactory.instance.arrayNode().add(types))
                .forEach(type -> words.add(
                        switch (type.asText().toLowerCase(Locale.ROOT)) {
                            case "object" -> "a map";
                            case "array" -> "a list";
                            case "string" -> "text";
                            case "integer" -> "a whole number";
                            case "number" -> "a number";
                            case "boolean" -> "true or false";
                            default -> "empty";
                        }));
        return String.join(" or ", words);
    }

    private static TreeSet<String> words(JsonNode choices) {
        TreeSet<String> words = new TreeSet<>();
        choices.forEach(choice -> words.add(choice.asText()));
        return words;
    }

    private static String shown(YamlNode node) {
        if (!(node instanceof YamlScalar scalar) || scalar.isNull()) {
            return node.described();
        }
        String text = scalar.text();
        return "\"" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text) + "\"";
    }

    private static JsonNode json(YamlNode node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (node instanceof YamlMap map) {
            ObjectNode object = json.objectNode();
            map.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
            return object;
        }
        if (node instanceof YamlList list) {
            ArrayNode array = json.arrayNode();
            list.items().forEach(item -> array.add(json(item)));
            return array;
        }
        return scalar(((YamlScalar) node).value(), json);
    }

    private static JsonNode scalar(@Nullable Object value, JsonNodeFactory json) {
        if (value == null) {
            return json.nullNode();
        }
        if (value instanceof Boolean flag) {
            return json.booleanNode(flag);
        }
        if (value instanceof BigDecimal number) {
            return number.scale() == 0 ? json.numberNode(number.toBigInteger()) : json.numberNode(number);
        }
        return json.textNode((String) value);
    }
}
