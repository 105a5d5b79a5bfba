package dev.rainmaker.attribution;

import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Credits a won deal by the written rule. The partner with the earliest evidence of having originated it, from before its
 * creation or within the source window after, is its source and holds the primary credit; others who moved it on before it
 * closed influenced it; who only delivers is attached. The amount is shared among the touches that moved it, by the rule's
 * model, to the cent.
 */
public final class AttributeDeal {

    private AttributeDeal() {}

    /** Credits one deal. The order of its touches does not matter. */
    public static Attribution attribute(WonDeal deal, AttributionRules rules) {
        Money amount = LargestRemainder.rounded(deal.amount());
        List<Touch> moving = moving(deal, rules);
        Map<RecordId, List<Touch>> byPartner = byPartner(moving);
        if (byPartner.isEmpty()) {
            return attached(deal, amount, rules);
        }
        Optional<RecordId> source = source(deal, rules);
        Map<RecordId, Double> weights = weights(moving, deal, rules);
        List<RecordId> partners = List.copyOf(weights.keySet());
        List<Money> shares = LargestRemainder.split(
                amount, partners.stream().mapToDouble(weights::get).toArray());
        RecordId primary = source.orElseGet(() -> strongest(partners, shares));
        List<Credit> credits = new ArrayList<>();
        for (int i = 0; i < partners.size(); i++) {
            RecordId partner = partners.get(i);
            boolean sourced = source.filter(partner::equals).isPresent();
            credits.add(new Credit(
                    partner,
                    sourced ? Part.SOURCED : Part.INFLUENCED,
                    shares.get(i),
                    partner.equals(primary),
                    byPartner.getOrDefault(partner, List.of())));
        }
        credits.addAll(fulfilment(deal, amount, byPartner));
        credits.sort(Comparator.comparing((Credit credit) -> !credit.primary()));
        return new Attribution(
                deal.id(),
                amount,
                source.isPresent() ? Attribution.Kind.SOURCED : Attribution.Kind.INFLUENCED,
                credits,
                rules.version());
    }

    /** Touches that count: material, up to the close, and with evidence that the rule accepts. */
    private static List<Touch> moving(WonDeal deal, AttributionRules rules) {
        return deal.touches().stream()
                .filter(touch -> touch.kind().material() && touch.at().isBefore(deal.closed()))
                .filter(touch -> touch.kind().originates()
                        ? accepted(touch, rules)
                        : !touch.at().isBefore(deal.created()))
                .toList();
    }

    private static boolean accepted(Touch touch, AttributionRules rules) {
        return touch.kind() != Touch.Kind.STATED_SOURCE || rules.acceptStatedSource();
    }

    /** Proof goes before a mere statement, then the earlier evidence. */
    private static Optional<RecordId> source(WonDeal deal, AttributionRules rules) {
        return deal.touches().stream()
                .filter(touch -> touch.kind().originates() && accepted(touch, rules))
                .filter(touch -> touch.at().isBefore(deal.closed())
                        && !touch.at().isAfter(deal.created().plus(rules.sourceWindow())))
                .min(Comparator.comparing((Touch touch) -> touch.kind() == Touch.Kind.STATED_SOURCE)
                        .thenComparing(Touch.ORDER))
                .map(Touch::partner);
    }

    private static Map<RecordId, List<Touch>> byPartner(List<Touch> touches) {
        Map<RecordId, List<Touch>> grouped = new TreeMap<>();
        touches.forEach(touch -> grouped.computeIfAbsent(touch.partner(), id -> new ArrayList<>())
                .add(touch));
        return grouped;
    }

    private static Map<RecordId, Double> weights(List<Touch> moving, WonDeal deal, AttributionRules rules) {
        double[] weights = rules.model().weights(moving, deal.closed(), rules.halfLife());
        Map<RecordId, Double> byPartner = new LinkedHashMap<>();
        for (int i = 0; i < weights.length; i++) {
            byPartner.merge(moving.get(i).partner(), weights[i], Double::sum);
        }
        return byPartner;
    }

    private static RecordId strongest(List<RecordId> partners, List<Money> shares) {
        int best = 0;
        for (int i = 1; i < partners.size(); i++) {
            if (shares.get(i).amount().abs().compareTo(shares.get(best).amount().abs()) > 0) {
                best = i;
            }
        }
        return partners.get(best);
    }

    private static List<Credit> fulfilment(WonDeal deal, Money amount, Map<RecordId, List<Touch>> moved) {
        Money nothing = new Money(BigDecimal.ZERO, amount.currency());
        Map<RecordId, List<Touch>> delivering = byPartner(deal.touches().stream()
                .filter(touch -> touch.kind() == Touch.Kind.FULFILMENT && !moved.containsKey(touch.partner()))
                .toList());
        List<Credit> credits = new ArrayList<>();
        delivering.forEach(
                (partner, touches) -> credits.add(new Credit(partner, Part.ATTACHED, nothing, false, touches)));
        return credits;
    }

    private static Attribution attached(WonDeal deal, Money amount, AttributionRules rules) {
        List<Credit> credits = fulfilment(deal, amount, Map.of());
        return new Attribution(
                deal.id(),
                amount,
                credits.isEmpty() ? Attribution.Kind.DIRECT : Attribution.Kind.ATTACHED,
                credits,
                rules.version());
    }
}
