package dev.rainmaker.app.policy;

import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.YamlDocument;
import dev.rainmaker.app.yaml.YamlMap;
import dev.rainmaker.app.yaml.YamlSchema;
import dev.rainmaker.attribution.AttributionModel;
import dev.rainmaker.attribution.AttributionPolicy;
import dev.rainmaker.attribution.AttributionRules;
import dev.rainmaker.attribution.PartnerRole;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads {@code policies/attribution.yaml}. */
final class AttributionPolicyReader {

    private static final YamlSchema SCHEMA =
            YamlSchema.beside(AttributionPolicyReader.class, "/policies/attribution.schema.json");
    private static final double HOURS = 24;

    private final YamlDocument document;

    AttributionPolicyReader(YamlDocument document) {
        this.document = document;
    }

    /** @throws ConfigurationException with every problem found */
    AttributionPolicy read() {
        SCHEMA.require(document);
        YamlMap map = document.map();
        AttributionRules rules = new AttributionRules(
                document.version(),
                model(map.required("model")),
                Duration.ofDays(PolicyReading.whole(map, "source-window-days", 14)),
                days(PolicyReading.number(map, "half-life-days", "30").doubleValue()),
                !map.has("accept-stated-source") || PolicyReading.flag(map, "accept-stated-source"));
        Map<PartnerRole, List<String>> types = new EnumMap<>(PartnerRole.class);
        YamlMap roles = map.map("roles");
        for (PartnerRole role : PartnerRole.values()) {
            types.put(role, roles.texts(role.word()));
        }
        return new AttributionPolicy(
                rules,
                types,
                map.text("plan-attribute").orElse("target"),
                map.has("cost-attributes") ? map.texts("cost-attributes") : List.of("programmeCost", "mdfSpent"));
    }

    private static AttributionModel model(String word) {
        return Arrays.stream(AttributionModel.values())
                .filter(model -> model.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static Duration days(double days) {
        return Duration.ofSeconds(Math.max(1, Math.round(days * HOURS * 3_600)));
    }
}
