package dev.rainmaker.app.policy;

import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.YamlMap;
import dev.rainmaker.app.yaml.YamlNode;
import dev.rainmaker.app.yaml.YamlScalar;
import dev.rainmaker.assignment.Exploration;
import dev.rainmaker.assignment.NamedClaim;
import dev.rainmaker.assignment.Strategy;
import dev.rainmaker.assignment.Window;
import dev.rainmaker.fact.RecordId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads how a rule chooses: a word, or a map with {@code use} and the word's own keys. */
final class StrategyReader {

    private static final Map<String, Set<String>> KEYS = Map.ofEntries(
            Map.entry("requested-partner", Set.of()),
            Map.entry("named-account", Set.of("by")),
            Map.entry("plv-weighted", Set.of("floor", "exponent", "fairness")),
            Map.entry("top-plv", Set.of("fairness")),
            Map.entry("round-robin", Set.of("rotation")),
            Map.entry("weighted-round-robin", Set.of("rotation", "weights")),
            Map.entry("expected-value", Set.of("explore", "explore-share", "explore-among", "exponent", "fairness")),
            Map.entry("territory", Set.of()),
            Map.entry("tier", Set.of("order")),
            Map.entry("shark-tank", Set.of("at-most", "blind", "claim-limit", "claim-window", "follow-up")));

    private final String rule;

    StrategyReader(String rule) {
        this.rule = rule;
    }

    Strategy read(YamlMap owner) {
        YamlNode node = owner.find("strategy").orElseThrow();
        YamlMap map = node instanceof YamlMap given ? given : owner.map("no-options");
        String word = node instanceof YamlScalar scalar ? scalar.text() : map.required("use");
        for (YamlMap.Entry entry : map.entries()) {
            if (!entry.key().equals("use") && !KEYS.getOrDefault(word, Set.of()).contains(entry.key())) {
                throw new ConfigurationException(
                        entry.keyPlace().problem("strategy " + word + " has no \"" + entry.key() + "\""));
            }
        }
        Strategy strategy = plain(word, map);
        return map.has("fairness") ? fair(strategy, map.map("fairness")) : strategy;
    }

    private Strategy plain(String word, YamlMap map) {
        return switch (word) {
            case "requested-partner" -> new Strategy.RequestedPartner();
            case "named-account" ->
                map.has("by")
                        ? new Strategy.NamedAccount(map.texts("by").stream()
                                .map(kind -> word(NamedClaim.Kind.class, kind))
                                .toList())
                        : Strategy.NamedAccount.ANY_CLAIM;
            case "plv-weighted" ->
                new Strategy.PlvWeighted(
                        PolicyReading.number(map, "floor", "5"), PolicyReading.number(map, "exponent", "1"));
            case "top-plv" -> new Strategy.TopPlv();
            case "round-robin" -> new Strategy.RoundRobin(map.text("rotation").orElse(rule));
            case "weighted-round-robin" ->
                new Strategy.WeightedRoundRobin(map.text("rotation").orElse(rule), weights(map.map("weights")));
            case "expected-value" ->
                new Strategy.ExpectedValue(
                        new Exploration(
                                word(Exploration.Kind.class, map.text("explore").orElse("thompson")),
                                PolicyReading.number(map, "explore-share", "0.1"),
                                PolicyReading.whole(map, "explore-among", 20)),
                        PolicyReading.number(map, "exponent", "0"));
            case "territory" -> new Strategy.Territory();
            case "tier" -> new Strategy.Tier(map.texts("order"));
            case "shark-tank" ->
                new Strategy.SharkTank(
                        PolicyReading.whole(map, "at-most", 0),
                        PolicyReading.flag(map, "blind"),
                        PolicyReading.whole(map, "claim-limit", 0),
                        word(Window.class, map.text("claim-window").orElse("day")),
                        map.text("follow-up").map(Duration::parse).orElse(null));
            default -> throw new IllegalArgumentException("there is no strategy \"" + word + "\"");
        };
    }

    private static Strategy fair(Strategy inner, YamlMap map) {
        return new Strategy.WithFloor(
                inner,
                word(Window.class, map.text("window").orElse("week")),
                PolicyReading.whole(map, "least", 1),
                PolicyReading.number(map, "share", "0.1"));
    }

    private static Map<RecordId, Integer> weights(YamlMap map) {
        Map<RecordId, Integer> weights = new TreeMap<>();
        for (String partner : List.copyOf(map.keys())) {
            weights.put(RecordId.parse(partner), PolicyReading.whole(map, partner, 1));
        }
        return weights;
    }

    static <E extends Enum<E>> E word(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
