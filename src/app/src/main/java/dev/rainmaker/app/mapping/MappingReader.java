package dev.rainmaker.app.mapping;

import dev.rainmaker.app.expression.Yields;
import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.NearMiss;
import dev.rainmaker.app.yaml.Problem;
import dev.rainmaker.app.yaml.YamlDocument;
import dev.rainmaker.app.yaml.YamlMap;
import dev.rainmaker.app.yaml.YamlNode;
import dev.rainmaker.app.yaml.YamlSchema;
import dev.rainmaker.fact.FactKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a mapping file and checks it against the facts it makes; collects every problem before it gives up. */
final class MappingReader {

    private static final YamlSchema SCHEMA = YamlSchema.beside(MappingReader.class, "/mappings/mapping.schema.json");

    private final YamlDocument document;
    private final List<Problem> problems = new ArrayList<>();

    MappingReader(YamlDocument document) {
        this.document = document;
    }

    StreamMapping read() {
        SCHEMA.require(document);
        YamlMap map = document.map();
        Map<FactKind, FactMapping> facts = new LinkedHashMap<>();
        for (YamlNode item : map.list("facts")) {
            YamlMap fact = (YamlMap) item;
            FactKind kind = FactKind.of(fact.required("fact"));
            FactMapping earlier = facts.putIfAbsent(kind, fact(kind, fact));
            if (earlier != null) {
                problems.add(fact.scalar("fact")
                        .orElseThrow()
                        .place()
                        .problem("a second mapping to \"" + kind.word() + "\" in one file"));
            }
        }
        Map<String, WriteField> writes = writes(map.map("writes"));
        ConfigurationException.throwIfAny(problems);
        return new StreamMapping(
                map.required("stream"), is(map, "optional"), document.version(), List.copyOf(facts.values()), writes);
    }

    private FactMapping fact(FactKind kind, YamlMap map) {
        Optional<RecordExpression> when = guarded(() -> map.scalar("when")
                .map(text -> new RecordExpression(text, Yields.CONDITION))
                .orElse(null));
        Map<String, Target> targets = FactShape.of(kind).targets();
        YamlMap fields = map.map("fields");
        List<FieldRule> rules = new ArrayList<>();
        for (YamlMap.Entry field : fields.entries()) {
            Target target = targets.get(field.key());
            if (target == null || isOurs(field.key())) {
                problems.add(unknown(kind, field, targets));
            } else {
                guarded(() -> new RuleReader(kind, target).read(field)).ifPresent(rules::add);
            }
        }
        for (Target target : targets.values()) {
            if (target.mustBeMapped() && !isOurs(target.name()) && !fields.has(target.name())) {
                problems.add(map.placeOf("fields")
                        .problem(
                                "\"" + target.name() + "\" of the " + kind.word() + " is missing",
                                "it needs " + target.wanted() + ": give it from, expr or value"));
            }
        }
        return new FactMapping(kind, map.place(), is(map, "optional"), is(map, "deleted"), when.orElse(null), rules);
    }

    private static boolean is(YamlMap map, String name) {
        return map.scalar(name).map(flag -> Boolean.TRUE.equals(flag.value())).orElse(false);
    }

    private static boolean isOurs(String name) {
        return name.equals(FactShape.ID) || name.equals(FactShape.MODIFIED_AT);
    }

    private static Problem unknown(FactKind kind, YamlMap.Entry field, Map<String, Target> targets) {
        if (isOurs(field.key())) {
            return field.keyPlace()
                    .problem("\"" + field.key() + "\" is taken from the record itself", "remove the line");
        }
        Set<String> known = new LinkedHashSet<>(targets.keySet());
        known.removeIf(MappingReader::isOurs);
        return field.keyPlace()
                .problem("a " + kind.word() + " has no \"" + field.key() + "\"", NearMiss.remedy(field.key(), known));
    }

    private Map<String, WriteField> writes(YamlMap map) {
        Map<String, WriteField> writes = new LinkedHashMap<>();
        Map<String, String> owners = new HashMap<>();
        for (YamlMap.Entry entry : map.entries()) {
            YamlMap write = (YamlMap) entry.value();
            WriteField field = new WriteField(write.required("field"), write.required("type"));
            writes.put(entry.key(), field);
            String other = owners.putIfAbsent(field.field(), entry.key());
            if (other != null) {
                problems.add(write.placeOf("field")
                        .problem("field " + field.field() + " is written as \"" + other + "\" and as \"" + entry.key()
                                + "\""));
            }
        }
        return writes;
    }

    /** Runs a reading; its problems join the others. */
    private <T> Optional<T> guarded(Supplier<@Nullable T> reading) {
        try {
            return Optional.ofNullable(reading.get());
        } catch (ConfigurationException wrong) {
            problems.addAll(wrong.problems());
            return Optional.empty();
        }
    }
}
