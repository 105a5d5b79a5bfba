package dev.rainmaker.app.policy;

import dev.rainmaker.app.calendar.PublicHolidays;
import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.YamlDocument;
import dev.rainmaker.app.yaml.YamlMap;
import dev.rainmaker.app.yaml.YamlNode;
import dev.rainmaker.app.yaml.YamlSchema;
import dev.rainmaker.assignment.Holidays;
import dev.rainmaker.dealregistration.CustomerCondition;
import dev.rainmaker.dealregistration.DealPolicy;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code policies/deal-registration.yaml}. */
final class DealPolicyReader {

    private static final YamlSchema SCHEMA =
            YamlSchema.beside(DealPolicyReader.class, "/policies/deal-registration.schema.json");

    private static final Holidays HOLIDAYS = new PublicHolidays();
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final YamlDocument document;
    private final PolicyReading reading = new PolicyReading();

    DealPolicyReader(YamlDocument document) {
        this.document = document;
    }

    /** @throws ConfigurationException with every problem found */
    DealPolicy read() {
        SCHEMA.require(document);
        YamlMap map = document.map();
        ZoneId zone = reading.at(
                        map.placeOf("zone"), () -> ZoneId.of(map.text("zone").orElse("UTC")))
                .orElse(ZoneId.of("UTC"));
        Optional<String> country = map.text("country");
        country.filter(code -> !COUNTRIES.contains(code))
                .ifPresent(code -> reading.at(map.placeOf("country"), () -> {
                    throw new IllegalArgumentException(
                            "there is no country " + code + "; it is two capitals of ISO 3166-1");
                }));
        CustomerCondition closed = map.scalar("closed-customers")
                .flatMap(source -> reading.at(map.placeOf("closed-customers"), () -> DealConditions.customer(source)))
                .orElse(customer -> false);
        List<DealPolicy.ApprovalRule> approvals = approvals(map);
        YamlMap protection = map.map("protection");
        YamlMap limits = map.map("limits");
        Optional<DealPolicy> policy = reading.at(
                map.place(),
                () -> new DealPolicy(
                        document.version(),
                        zone,
                        new TreeSet<>(map.texts("required")),
                        PolicyReading.whole(map.map("review"), "business-days", 2),
                        country.orElse(null),
                        HOLIDAYS,
                        PolicyReading.whole(protection, "days", 90),
                        PolicyReading.whole(protection, "extension-days", 30),
                        PolicyReading.whole(protection, "extensions", 1),
                        !protection.has("extension-needs-activity")
                                || PolicyReading.flag(protection, "extension-needs-activity"),
                        protection.has("remind-before-days")
                                ? protection.texts("remind-before-days").stream()
                                        .map(Integer::valueOf)
                                        .toList()
                                : List.of(14, 7, 1),
                        new DealPolicy.Limits(
                                PolicyReading.whole(limits, "waiting", 20),
                                PolicyReading.whole(limits, "per-day", 25),
                                PolicyReading.whole(limits, "locks", 100)),
                        families(map.map("families")),
                        approvals,
                        closed));
        reading.done();
        return policy.orElseThrow();
    }

    private static Map<String, Set<String>> families(YamlMap map) {
        Map<String, Set<String>> families = new TreeMap<>();
        for (String family : map.keys()) {
            families.put(family, Set.copyOf(map.texts(family)));
        }
        return families;
    }

    private List<DealPolicy.ApprovalRule> approvals(YamlMap map) {
        List<DealPolicy.ApprovalRule> rules = new ArrayList<>();
        for (YamlNode item : map.list("approve")) {
            YamlMap rule = (YamlMap) item;
            reading.at(
                            rule.placeOf("when"),
                            () -> new DealPolicy.ApprovalRule(
                                    rule.required("rule"),
                                    DealConditions.approval(rule.scalar("when").orElseThrow())))
                    .ifPresent(rules::add);
        }
        return rules;
    }
}
