package dev.rainmaker.app.policy;

import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.YamlDocument;
import dev.rainmaker.app.yaml.YamlMap;
import dev.rainmaker.app.yaml.YamlNode;
import dev.rainmaker.app.yaml.YamlSchema;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Capacity;
import dev.rainmaker.assignment.Condition;
import dev.rainmaker.assignment.Deadline;
import dev.rainmaker.assignment.Fallback;
import dev.rainmaker.assignment.LeadScoring;
import dev.rainmaker.assignment.LifeRules;
import dev.rainmaker.assignment.Need;
import dev.rainmaker.assignment.PartnerCondition;
import dev.rainmaker.assignment.Pool;
import dev.rainmaker.assignment.Rule;
import dev.rainmaker.assignment.Window;
import dev.rainmaker.assignment.WorkingHours;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads {@code policies/assignment.yaml}. */
final class AssignmentPolicyReader {

    private static final YamlSchema SCHEMA =
            YamlSchema.beside(AssignmentPolicyReader.class, "/policies/assignment.schema.json");

    private final YamlDocument document;
    private final PolicyReading reading = new PolicyReading();

    AssignmentPolicyReader(YamlDocument document) {
        this.document = document;
    }

    /** @throws ConfigurationException with every problem found */
    AssignmentPolicy read() {
        SCHEMA.require(document);
        YamlMap map = document.map();
        ZoneId utc = ZoneId.of("UTC");
        ZoneId zone = reading.at(
                        map.placeOf("zone"),
                        () -> map.text("zone").map(ZoneId::of).orElse(utc))
                .orElse(utc);
        WorkingHours hours = map.has("hours")
                ? reading.at(map.placeOf("hours"), () -> hours(map.map("hours")))
                        .orElse(WorkingHours.OFFICE)
                : WorkingHours.OFFICE;
        LeadScoring scoring = map.has("scoring") ? scoring(map.map("scoring")) : LeadScoring.NONE;
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (YamlNode item : map.list("rules")) {
            YamlMap rule = (YamlMap) item;
            if (!names.add(rule.required("rule"))) {
                reading.problem(rule.placeOf("rule").problem("two rules are called \"" + rule.required("rule") + "\""));
            }
            rule(rule).ifPresent(rules::add);
        }
        LifeRules life =
                reading.at(map.placeOf("life"), () -> life(map.map("life"))).orElse(LifeRules.DEFAULT);
        reading.done();
        return new AssignmentPolicy(document.version(), zone, hours, scoring, rules, life);
    }

    private static LifeRules life(YamlMap map) {
        LifeRules usual = LifeRules.DEFAULT;
        return new LifeRules(
                PolicyReading.whole(map, "attempts", usual.maxAttempts()),
                map.text("partner-leaves")
                        .map(word -> StrategyReader.word(LifeRules.Leaving.class, word))
                        .orElse(usual.leaving()),
                PolicyReading.flag(map, "forgiving"),
                map.text("same-prospect").map(Duration::parse).orElse(usual.sameProspect()));
    }

    private static WorkingHours hours(YamlMap map) {
        Map<DayOfWeek, List<WorkingHours.Span>> days = new EnumMap<>(DayOfWeek.class);
        for (YamlMap.Entry entry : map.entries()) {
            days.put(
                    StrategyReader.word(DayOfWeek.class, entry.key()),
                    map.texts(entry.key()).stream()
                            .map(AssignmentPolicyReader::span)
                            .toList());
        }
        return new WorkingHours(days);
    }

    private static WorkingHours.Span span(String text) {
        String[] ends = text.split("-", -1);
        return new WorkingHours.Span(
                LocalTime.parse(ends[0].strip()),
                ends[1].strip().equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(ends[1].strip()));
    }

    private LeadScoring scoring(YamlMap map) {
        List<LeadScoring.Points> points = new ArrayList<>();
        for (YamlNode item : map.list("points")) {
            YamlMap each = (YamlMap) item;
            reading.at(
                            each.place(),
                            () -> new LeadScoring.Points(
                                    PolicyConditions.ofLead(each.scalar("when").orElseThrow()),
                                    PolicyReading.whole(each, "points", 0)))
                    .ifPresent(points::add);
        }
        List<LeadScoring.LeadClass> classes = new ArrayList<>();
        for (YamlNode item : map.list("classes")) {
            YamlMap each = (YamlMap) item;
            reading.at(
                            each.place(),
                            () -> new LeadScoring.LeadClass(
                                    each.required("name"),
                                    PolicyReading.whole(each, "from", 0),
                                    each.text("value")
                                            .map(amount -> new Money(new BigDecimal(amount), each.required("currency")))
                                            .orElse(null)))
                    .ifPresent(classes::add);
        }
        return reading.at(map.place(), () -> new LeadScoring(points, classes)).orElse(LeadScoring.NONE);
    }

    private Optional<Rule> rule(YamlMap map) {
        Optional<Condition> when = map.has("when")
                ? reading.at(
                        map.placeOf("when"),
                        () -> PolicyConditions.ofLead(map.scalar("when").orElseThrow()))
                : Optional.of(Condition.always());
        Optional<Pool> pool = reading.at(map.placeOf("pool"), () -> pool(map.map("pool")));
        var strategy = reading.at(map.placeOf("strategy"), () -> new StrategyReader(map.required("rule")).read(map));
        Optional<Deadline> deadline = map.has("deadline")
                ? reading.at(map.placeOf("deadline"), () -> deadline(map.map("deadline")))
                : Optional.empty();
        Optional<Fallback> fallback = reading.at(map.placeOf("otherwise"), () -> fallback(map));
        if (when.isEmpty() || pool.isEmpty() || strategy.isEmpty() || fallback.isEmpty()) {
            return Optional.empty();
        }
        return reading.at(
                map.place(),
                () -> new Rule(
                        map.required("rule"),
                        when.get(),
                        pool.get(),
                        strategy.get(),
                        deadline.orElse(null),
                        fallback.get()));
    }

    private static Deadline deadline(YamlMap map) {
        return new Deadline(
                Duration.parse(map.required("accept")),
                map.text("remind").map(Duration::parse).orElse(null),
                PolicyReading.flag(map, "business-time"));
    }

    private static Fallback fallback(YamlMap map) {
        if (map.find("otherwise").orElse(null) instanceof YamlMap partner) {
            return new Fallback.ToPartner(RecordId.parse(partner.required("partner")));
        }
        return map.text("otherwise").orElse("next-rule").equals("stop") ? Fallback.STOP : Fallback.NEXT_RULE;
    }

    private static Pool pool(YamlMap map) {
        Pool standard = Pool.STANDARD;
        return new Pool(
                need(map, "territory", standard.territory()),
                need(map, "product", standard.product()),
                need(map, "industry", standard.industry()),
                need(map, "language", standard.language()),
                new TreeSet<>(map.texts("certificates")),
                new TreeSet<>(map.texts("tiers")),
                partners(map, "only"),
                partners(map, "never"),
                map.scalar("where").map(PolicyConditions::ofPartner).orElse(PartnerCondition.always()),
                map.text("minimum-score").map(BigDecimal::new).orElse(null),
                PolicyReading.flag(map, "open-now"),
                PolicyReading.flag(map, "ask-decliners"),
                map.has("capacity") ? capacity(map.map("capacity")) : Capacity.AS_STATED);
    }

    private static Need need(YamlMap map, String key, Need otherwise) {
        return map.text(key).map(word -> StrategyReader.word(Need.class, word)).orElse(otherwise);
    }

    private static Set<RecordId> partners(YamlMap map, String key) {
        return map.texts(key).stream().map(RecordId::parse).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Capacity capacity(YamlMap map) {
        Map<Window, Integer> windows = new EnumMap<>(Window.class);
        for (Window window : Window.values()) {
            String key = "per-" + window.word();
            if (map.has(key)) {
                windows.put(window, PolicyReading.whole(map, key, 0));
            }
        }
        return new Capacity(
                map.has("max-open") ? PolicyReading.whole(map, "max-open", 0) : null,
                windows,
                map.text("cool-down").map(Duration::parse).orElse(Duration.ZERO));
    }
}
