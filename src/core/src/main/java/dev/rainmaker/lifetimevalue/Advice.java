package dev.rainmaker.lifetimevalue;

import dev.rainmaker.engagement.Engagement;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Something a partner could do, and what it would bring: the score is computed as if it were done. The points hold against today's
 * reference and policy; they are not a promise about deals.
 *
 * @param what in words
 * @param effort relative, 1 = one training day
 * @param points the score would gain, or keep where something is about to end
 * @param before last day on which it helps, null where there is none
 */
public record Advice(
        String what,
        double effort,
        BigDecimal points,
        @org.jspecify.annotations.Nullable LocalDate before) {

    /** Certificates that end within so many days are worth renewing now. */
    public static final int RENEW_WITHIN_DAYS = 90;

    /** The most points for the least effort first, at most {@code most}; only what brings points. */
    public static List<Advice> cheapest(
            PartnerHistory history, Plv.Fitted fitted, PlvPolicy policy, LocalDate asOf, int most) {
        return new Finder(history, fitted, policy, asOf)
                .all().stream()
                        .filter(advice -> advice.points().signum() > 0)
                        .sorted(Comparator.comparingDouble(
                                        (Advice advice) -> -advice.points().doubleValue() / advice.effort())
                                .thenComparing(Advice::what))
                        .limit(most)
                        .toList();
    }

    private static final class Finder {
        private final PartnerHistory history;
        private final Plv.Fitted fitted;
        private final PlvPolicy policy;
        private final LocalDate asOf;
        private final int today;
        private final BigDecimal now;
        private final List<Advice> found = new ArrayList<>();

        Finder(PartnerHistory history, Plv.Fitted fitted, PlvPolicy policy, LocalDate asOf) {
            this.history = history;
            this.fitted = fitted;
            this.policy = policy;
            this.asOf = asOf;
            this.today = (int) asOf.toEpochDay();
            this.now = score(history);
        }

        List<Advice> all() {
            certificates();
            double halfLife = policy.engagementHalfLifeDays();
            add("complete one training", 1, history.withEngagement(Engagement.Kind.TRAINING, today, 1, halfLife));
            add("join one campaign", 2, history.withEngagement(Engagement.Kind.CAMPAIGN, today, 1, halfLife));
            add("co-sell one deal", 3, history.withEngagement(Engagement.Kind.COSELL, today, 1, halfLife));
            add("bring one opportunity of its own", 3, history.withOpportunity(true, 1));
            String leadClass = history.leads().isEmpty()
                    ? ""
                    : history.leads().keySet().iterator().next();
            add("win one more lead", 3, history.withLead(leadClass, LeadOutcome.WON, 1));
            add(
                    "earn three answers of full satisfaction",
                    2,
                    history.withSatisfaction(policy.highestAnswer())
                            .withSatisfaction(policy.highestAnswer())
                            .withSatisfaction(policy.highestAnswer()));
            boolean soldToday = history.deals().days() > 0 && history.deals().lastDay() >= today;
            double usual = fitted.model()
                    .fitted()
                    .money()
                    .expected(history.deals().days(), history.deals().meanPerDay());
            Double margin = fitted.model().knowsMargin()
                    ? Double.valueOf(usual * fitted.model().marginRate().mean())
                    : null;
            add(
                    "close one more deal of its usual size",
                    5,
                    history.withDeal(Deal.of(today, usual, margin), !soldToday));
            return found;
        }

        private void certificates() {
            for (String title : policy.certificatesRequiredOf(history.traits())) {
                Optional<Certificate> valid = history.certificates().stream()
                        .filter(each -> each.title().equals(title) && each.validOn(today))
                        .max(Comparator.comparingInt(
                                each -> each.untilDay() == null ? Integer.MAX_VALUE : each.untilDay()));
                PartnerHistory holding = history.withCertificate(new Certificate(title, today, null));
                if (valid.isEmpty()) {
                    add("get certificate " + title, 2, holding);
                } else {
                    Integer until = valid.get().untilDay();
                    if (until != null && until - today <= RENEW_WITHIN_DAYS) {
                        BigDecimal lost = now.subtract(scoreWithout(title));
                        found.add(new Advice("renew certificate " + title, 1, lost, LocalDate.ofEpochDay(until - 1L)));
                    }
                }
            }
        }

        private BigDecimal scoreWithout(String title) {
            PartnerHistory without = history;
            for (Certificate certificate : history.certificates()) {
                if (certificate.title().equals(title)) {
                    without = without.withoutCertificate(certificate);
                }
            }
            return score(without);
        }

        private void add(String what, double effort, PartnerHistory then) {
            found.add(new Advice(what, effort, score(then).subtract(now), null));
        }

        private BigDecimal score(PartnerHistory then) {
            return Plv.score(then, fitted.model(), fitted.reference(), policy, asOf)
                    .score();
        }
    }
}
