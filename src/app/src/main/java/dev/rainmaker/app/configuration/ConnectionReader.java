package dev.rainmaker.app.configuration;

import dev.rainmaker.app.yaml.NearMiss;
import dev.rainmaker.app.yaml.Place;
import dev.rainmaker.app.yaml.Problem;
import dev.rainmaker.app.yaml.YamlMap;
import dev.rainmaker.app.yaml.YamlScalar;
import dev.rainmaker.connector.ConnectorFactory;
import dev.rainmaker.connector.SettingKey;
import dev.rainmaker.connector.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads one connection: finds its connector and checks its keys, each problem at the key's place. */
final class ConnectionReader {

    private static final String TYPE = "type";

    private final Path folder;
    private final List<ConnectorFactory> factories;
    private final SecretReference secrets;
    private final List<Problem> problems;

    ConnectionReader(Path folder, List<ConnectorFactory> factories, SecretReference secrets, List<Problem> problems) {
        this.folder = folder;
        this.factories = factories;
        this.secrets = secrets;
        this.problems = problems;
    }

    Optional<ConnectionSettings> read(YamlMap.Entry entry) {
        if (!entry.key().matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
            problems.add(entry.keyPlace()
                    .problem(
                            "a connection must not be called \"" + entry.key() + "\"",
                            "letters, digits, - and _ make a name"));
        }
        YamlMap map = (YamlMap) entry.value();
        String type = map.required(TYPE);
        Optional<ConnectorFactory> factory = factories.stream()
                .filter(candidate -> candidate.type().equals(type))
                .findFirst();
        if (factory.isEmpty()) {
            List<String> known =
                    factories.stream().map(ConnectorFactory::type).sorted().toList();
            problems.add(map.scalar(TYPE)
                    .orElseThrow()
                    .place()
                    .problem("there is no connector of type \"" + type + "\"", NearMiss.remedy(type, known)));
            return Optional.empty();
        }
        return settings(entry, map, factory.get());
    }

    private Optional<ConnectionSettings> settings(YamlMap.Entry entry, YamlMap map, ConnectorFactory factory) {
        int before = problems.size();
        Map<String, SettingKey> keys = factory.settings().stream()
                .collect(
                        Collectors.toMap(SettingKey::name, Function.identity(), (one, two) -> one, LinkedHashMap::new));
        Map<String, String> values = new LinkedHashMap<>();
        for (YamlMap.Entry setting : map.entries()) {
            SettingKey key = keys.get(setting.key());
            if (key != null) {
                value(key, (YamlScalar) setting.value()).ifPresent(value -> values.put(key.name(), value));
            } else if (!setting.key().equals(TYPE)) {
                problems.add(setting.keyPlace()
                        .problem(
                                "unknown key \"" + setting.key() + "\" for a connection of type " + factory.type(),
                                NearMiss.remedy(setting.key(), keys.keySet())));
            }
        }
        for (SettingKey key : keys.values()) {
            if (key.required() && key.defaultValue() == null && !map.has(key.name())) {
                problems.add(entry.keyPlace()
                        .problem(
                                "key \"" + key.name() + "\" is missing in connection \"" + entry.key() + "\"",
                                key.description()));
            }
        }
        if (problems.size() > before) {
            return Optional.empty();
        }
        return checked(entry.keyPlace(), factory.settings(), values)
                .map(settings -> new ConnectionSettings(entry.key(), factory, settings, entry.keyPlace()));
    }

    /** The value, its type checked alone so that the problem stands at its place. */
    private Optional<String> value(SettingKey key, YamlScalar scalar) {
        int before = problems.size();
        String text = secrets.resolve(key.name(), scalar, key.secret());
        if (problems.size() > before || text.isBlank()) {
            return Optional.empty();
        }
        String value = key.type() == SettingKey.Type.FILE ? folder.resolve(text).toString() : text;
        return checked(scalar.place(), List.of(key), Map.of(key.name(), value)).map(settings -> value);
    }

    private Optional<Settings> checked(Place place, List<SettingKey> keys, Map<String, String> values) {
        try {
            return Optional.of(new Settings(keys, values));
        } catch (IllegalArgumentException wrong) {
            problems.add(place.problem(String.valueOf(wrong.getMessage())));
            return Optional.empty();
        }
    }
}
