package dev.rainmaker.app.policy;

import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.YamlDocument;
import dev.rainmaker.app.yaml.YamlMap;
import dev.rainmaker.app.yaml.YamlNode;
import dev.rainmaker.app.yaml.YamlSchema;
import dev.rainmaker.lifetimevalue.Normalisation;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.PlvTerm;
import dev.rainmaker.lifetimevalue.RequiredCertificates;
import dev.rainmaker.lifetimevalue.TermPolicy;
import dev.rainmaker.lifetimevalue.TierRule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads {@code policies/plv.yaml}. */
final class PlvPolicyReader {

    private static final YamlSchema SCHEMA = YamlSchema.beside(PlvPolicyReader.class, "/policies/plv.schema.json");

    private final YamlDocument document;
    private final PolicyReading reading = new PolicyReading();

    PlvPolicyReader(YamlDocument document) {
        this.document = document;
    }

    /** @throws ConfigurationException with every problem found */
    PlvPolicy read() {
        SCHEMA.require(document);
        YamlMap map = document.map();
        Map<PlvTerm, TermPolicy> terms = terms(map.map("terms"));
        List<RequiredCertificates> certificates = certificates(map);
        TierRule tiers = reading.at(map.placeOf("tiers"), () -> tiers(map.map("tiers")))
                .orElse(PlvPolicy.standard().tiers());
        reading.done();
        YamlMap scale = map.map("satisfaction-scale");
        YamlMap writing = map.map("write-when");
        PlvPolicy policy = reading.at(
                        map.placeOf("terms"),
                        () -> new PlvPolicy(
                                document.version(),
                                terms,
                                PolicyReading.whole(map, "horizon-days", 180),
                                PolicyReading.number(map, "engagement-half-life-days", "90")
                                        .doubleValue(),
                                PolicyReading.whole(map, "lead-window-days", 90),
                                PolicyReading.number(map, "yearly-discount", "0.15")
                                        .doubleValue(),
                                PolicyReading.number(scale, "lowest", "1").doubleValue(),
                                PolicyReading.number(scale, "highest", "5").doubleValue(),
                                PolicyReading.flag(map, "geometric"),
                                PolicyReading.number(writing, "score-moves-by", "1")
                                        .doubleValue(),
                                PolicyReading.number(writing, "value-moves-by", "0.05")
                                        .doubleValue(),
                                PolicyReading.number(map, "weight-certainty", "30")
                                        .doubleValue(),
                                certificates,
                                tiers))
                .orElse(PlvPolicy.standard());
        reading.done();
        return policy;
    }

    private Map<PlvTerm, TermPolicy> terms(YamlMap map) {
        Map<PlvTerm, TermPolicy> terms = new EnumMap<>(PlvTerm.class);
        for (YamlMap.Entry entry : map.entries()) {
            YamlMap term = (YamlMap) entry.value();
            reading.at(
                            entry.keyPlace(),
                            () -> new TermPolicy(
                                    PolicyReading.number(term, "weight", "0"),
                                    !term.text("better").orElse("higher").equals("lower"),
                                    Normalisation.of(term.required("normalisation")),
                                    PolicyReading.number(term, "prior-strength", "1")
                                            .doubleValue()))
                    .ifPresent(policy -> terms.put(PlvTerm.of(entry.key()), policy));
        }
        return terms;
    }

    private List<RequiredCertificates> certificates(YamlMap map) {
        List<RequiredCertificates> rules = new ArrayList<>();
        for (YamlNode item : map.list("required-certificates")) {
            YamlMap rule = (YamlMap) item;
            reading.at(
                            rule.place(),
                            () -> new RequiredCertificates(
                                    rule.text("tier").orElse(null),
                                    rule.text("product").orElse(null),
                                    new TreeSet<>(rule.texts("titles"))))
                    .ifPresent(rules::add);
        }
        return rules;
    }

    private static TierRule tiers(YamlMap map) {
        if (map.keys().isEmpty()) {
            return PlvPolicy.standard().tiers();
        }
        List<TierRule.Tier> tiers = map.map("from").entries().stream()
                .map(tier -> new TierRule.Tier(
                        tier.key(),
                        PolicyReading.number(map.map("from"), tier.key(), "0").doubleValue()))
                .toList();
        return new TierRule(tiers, PolicyReading.number(map, "hysteresis", "3").doubleValue());
    }
}
