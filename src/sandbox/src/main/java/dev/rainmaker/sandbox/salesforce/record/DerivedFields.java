package dev.rainmaker.sandbox.salesforce.record;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fields the server works out from others on a save. */
final class DerivedFields {

    /** Probability in percent by stage, as a new org has it. */
    private static final Map<String, Integer> PROBABILITY = Map.of(
            "Prospecting", 10,
            "Qualification", 10,
            "Needs Analysis", 20,
            "Value Proposition", 50,
            "Id. Decision Makers", 60,
            "Perception Analysis", 70,
            "Proposal/Price Quote", 75,
            "Negotiation/Review", 90,
            "Closed Won", 100,
            "Closed Lost", 0);

    private DerivedFields() {}

    static void set(ObjectType type, @Nullable Object[] values, List<Field> changed, boolean creating, Instant stamp) {
        switch (type.name()) {
            case "Lead", "Contact", "User" -> name(type, values);
            case "Opportunity" -> opportunity(type, values, changed, creating);
            case "CampaignMember" -> campaignMember(type, values, stamp);
            default -> {
                // Nothing is derived.
            }
        }
    }

    private static void name(ObjectType type, @Nullable Object[] values) {
        String name = Stream.of("FirstName", "LastName")
                .map(part -> values[type.required(part).index()])
                .filter(part -> part != null)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
        values[type.required("Name").index()] = name;
    }

    private static void opportunity(ObjectType type, @Nullable Object[] values, List<Field> changed, boolean creating) {
        Object stage = values[type.required("StageName").index()];
        boolean won = "Closed Won".equals(stage);
        boolean closed = won || "Closed Lost".equals(stage);
        values[type.required("IsWon").index()] = won;
        values[type.required("IsClosed").index()] = closed;
        Field probability = type.required("Probability");
        boolean moved = creating || changed.contains(type.required("StageName"));
        Integer percent = stage == null ? null : PROBABILITY.get(stage.toString());
        if (moved && percent != null && !changed.contains(probability)) {
            values[probability.index()] = BigDecimal.valueOf(percent).setScale(2);
        }
        Object amount = values[type.required("Amount").index()];
        if (amount instanceof BigDecimal money && values[probability.index()] instanceof BigDecimal chance) {
            values[type.required("ExpectedRevenue").index()] =
                    money.multiply(chance).movePointLeft(2).setScale(2, RoundingMode.HALF_UP);
        }
        Field forecast = type.required("ForecastCategoryName");
        if (moved && !changed.contains(forecast)) {
            values[forecast.index()] = closed ? won ? "Closed" : "Omitted" : "Pipeline";
        }
    }

    private static void campaignMember(ObjectType type, @Nullable Object[] values, Instant stamp) {
        boolean responded = "Responded".equals(values[type.required("Status").index()]);
        values[type.required("HasResponded").index()] = responded;
        int first = type.required("FirstRespondedDate").index();
        if (responded && values[first] == null) {
            values[first] = LocalDate.ofInstant(stamp, ZoneOffset.UTC);
        }
    }
}
