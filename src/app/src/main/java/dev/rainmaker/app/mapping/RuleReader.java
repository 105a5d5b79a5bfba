package dev.rainmaker.app.mapping;

import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.Place;
import dev.rainmaker.app.yaml.YamlMap;
import dev.rainmaker.app.yaml.YamlNode;
import dev.rainmaker.app.yaml.YamlScalar;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rule of one component and checks that it can make what the component holds. */
final class RuleReader {

    private static final List<String> SOURCES = List.of("from", "expr", "value", "money");

    private final FactKind kind;
    private final Target target;

    RuleReader(FactKind kind, Target target) {
        this.kind = kind;
        this.target = target;
    }

    FieldRule read(YamlMap.Entry entry) {
        if (target.kind() == Target.Kind.TEXT_MAP) {
            return entries(entry);
        }
        if (entry.value() instanceof YamlScalar path) {
            requireMakes("from", path.place(), target.kind() != Target.Kind.MONEY);
            return plain(entry.keyPlace(), new Source.Field(new FieldPath(path.text())));
        }
        YamlMap map = (YamlMap) entry.value();
        requireOneSource(map, entry.keyPlace());
        requireFitting(map);
        return new FieldRule(
                kind,
                target,
                entry.keyPlace(),
                source(map),
                map.scalar("optional")
                        .map(flag -> Boolean.TRUE.equals(flag.value()))
                        .orElse(false),
                map.text("split").orElse(null),
                map.text("convert").map(Conversion::of).orElse(null),
                map.has("values") ? table(map.map("values")) : null,
                map.find("default").map(this::constant).orElse(null),
                map.has("otherwise"),
                map.find("otherwise").map(this::constant).orElse(null));
    }

    private FieldRule plain(Place place, Source source) {
        return new FieldRule(kind, target, place, source, false, null, null, null, null, false, null);
    }

    private FieldRule entries(YamlMap.Entry entry) {
        if (!(entry.value() instanceof YamlMap map) || SOURCES.stream().anyMatch(map::has)) {
            throw new ConfigurationException(entry.value()
                    .place()
                    .problem("\"" + target.name() + "\" must be a map of names, each with its own rule"));
        }
        Map<String, FieldRule> rules = new LinkedHashMap<>();
        Target text = new Target(target.name(), target.position(), Target.Kind.TEXT, null, true);
        for (YamlMap.Entry each : map.entries()) {
            if (!(each.value() instanceof YamlMap) && !(each.value() instanceof YamlScalar)) {
                throw new ConfigurationException(
                        each.value().place().problem("\"" + each.key() + "\" must be a field or a rule"));
            }
            rules.put(each.key(), new RuleReader(kind, text).read(each));
        }
        return plain(entry.keyPlace(), new Source.Entries(rules));
    }

    private void requireOneSource(YamlMap map, Place place) {
        List<String> given = SOURCES.stream().filter(map::has).toList();
        if (given.size() != 1) {
            throw new ConfigurationException(
                    place.problem("\"" + target.name() + "\" needs one of from, expr, value, money"
                            + (given.isEmpty() ? "" : ", not " + given.size() + " of them")));
        }
        requireMakes(
                given.get(0),
                map.placeOf(given.get(0)),
                given.get(0).equals("money") == (target.kind() == Target.Kind.MONEY));
    }

    private void requireMakes(String source, Place place, boolean fits) {
        if (!fits) {
            throw new ConfigurationException(place.problem(
                    "\"" + target.name() + "\" is " + target.wanted() + ", which \"" + source + "\" cannot make",
                    target.kind() == Target.Kind.MONEY ? "use money: FIELD with currency: or default-currency:" : ""));
        }
    }

    private void requireFitting(YamlMap map) {
        boolean text = Set.of(Target.Kind.TEXT, Target.Kind.TEXTS).contains(target.kind());
        refuse(map, "split", target.kind() == Target.Kind.TEXTS, "a list of texts");
        refuse(map, "convert", text, "text");
        refuse(map, "currency", map.has("money"), "money");
        refuse(map, "default-currency", map.has("money"), "money");
        for (String key : List.of("values", "otherwise", "default")) {
            refuse(map, key, !map.has("value") && !map.has("money"), "a rule with from or expr");
        }
        refuse(map, "optional", !map.has("value"), "a rule that reads a field");
        if (map.has("values") && map.has("convert")) {
            throw new ConfigurationException(
                    map.placeOf("convert").problem("\"convert\" and \"values\" cannot stand in one rule"));
        }
        if (map.has("money") && !map.has("currency") && !map.has("default-currency")) {
            throw new ConfigurationException(
                    map.placeOf("money").problem("money needs \"currency\" or \"default-currency\""));
        }
    }

    private static void refuse(YamlMap map, String key, boolean fits, String owner) {
        if (map.has(key) && !fits) {
            throw new ConfigurationException(map.placeOf(key).problem("\"" + key + "\" is only for " + owner));
        }
    }

    private Source source(YamlMap map) {
        if (map.has("from")) {
            return new Source.Field(new FieldPath(map.required("from")));
        }
        if (map.has("value")) {
            Object constant = map.find("value").map(this::constant).orElse(null);
            if (constant == null) {
                throw new ConfigurationException(map.placeOf("value").problem("\"value\" is empty"));
            }
            return new Source.Constant(constant);
        }
        if (map.has("expr")) {
            return new Source.Computed(new RecordExpression(
                    map.scalar("expr").orElseThrow(),
                    Optional.ofNullable(target.kind().yields()).orElseThrow()));
        }
        return new Source.Amount(
                new FieldPath(map.required("money")),
                map.text("currency").map(FieldPath::new).orElse(null),
                map.scalar("default-currency").map(RuleReader::currency).orElse(null));
    }

    private static String currency(YamlScalar code) {
        try {
            return new Money(BigDecimal.ZERO, code.text()).currency();
        } catch (IllegalArgumentException unknown) {
            throw new ConfigurationException(code.place().problem(String.valueOf(unknown.getMessage())));
        }
    }

    private Map<String, Object> table(YamlMap map) {
        Map<String, Object> table = new HashMap<>();
        for (YamlMap.Entry entry : map.entries()) {
            Object value = constant(entry.value());
            if (value == null) {
                throw new ConfigurationException(
                        entry.value().place().problem("\"" + entry.key() + "\" has no value in the table"));
            }
            table.put(entry.key(), value);
        }
        return table;
    }

    /** A value written in the file, as the target holds it; null for an empty one. */
    private @Nullable Object constant(YamlNode node) {
        Object given;
        if (node instanceof YamlScalar scalar) {
            given = target.kind() == Target.Kind.TEXT && !scalar.isNull() ? scalar.text() : scalar.value();
        } else {
            given = ((dev.rainmaker.app.yaml.YamlList) node)
                    .items().stream().map(item -> ((YamlScalar) item).text()).toList();
        }
        if (given == null || Values.isEmpty(given)) {
            return null;
        }
        if (target.kind() == Target.Kind.RECORD_ID) {
            throw new ConfigurationException(node.place()
                    .problem("\"" + target.name() + "\" is " + target.wanted() + " and cannot be a constant"));
        }
        try {
            return Values.convert(target, given, "");
        } catch (Misfit misfit) {
            String shown = node instanceof YamlScalar scalar ? "\"" + scalar.text() + "\"" : "a list";
            throw new ConfigurationException(node.place()
                    .problem(shown + " does not fit \"" + target.name() + "\", which is " + target.wanted()));
        }
    }
}
