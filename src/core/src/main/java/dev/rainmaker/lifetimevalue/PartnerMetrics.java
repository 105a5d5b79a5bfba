package dev.rainmaker.lifetimevalue;

import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.lifetimevalue.forecast.FittedFlow;
import dev.rainmaker.lifetimevalue.forecast.ForecastMethod;
import dev.rainmaker.lifetimevalue.forecast.ObservedTime;
import dev.rainmaker.lifetimevalue.forecast.Snapshot;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The raw metrics of one partner as of a day. A deal later than that day moves the day: statistics cannot be unfolded.
 *
 * @param raw one metric per term, NaN where the partner lacks it
 * @param observations behind each metric
 */
record PartnerMetrics(
        PlvValue value, double revenue, double probabilityAlive, double[] raw, double[] observations, String[] notes) {

    static PartnerMetrics of(PartnerHistory history, PlvModel model, PlvPolicy policy, LocalDate asOf) {
        return new Builder(
                        history,
                        model,
                        policy,
                        Math.max((int) asOf.toEpochDay(), history.deals().lastDay()))
                .build();
    }

    static Snapshot snapshot(DealHistory deals, int asOfDay, int horizonDays, ObservedTime observed) {
        double[] rates = new double[deals.runRates().size()];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = deals.runRates().get(i).at(asOfDay) * observed.ofDecay(DealHistory.HALF_LIVES.get(i));
        }
        int known = Math.min(horizonDays, DealHistory.WINDOW_DAYS);
        return new Snapshot(
                deals.days(),
                deals.lastDay() - deals.firstDay(),
                deals.days() == 0 ? 0 : asOfDay - deals.firstDay(),
                deals.revenue().value(),
                rates,
                deals.revenueOfLast(known, asOfDay) * observed.ofWindow(known) * horizonDays / known,
                deals.revenueOfLast(90, asOfDay) * observed.ofWindow(90),
                deals.revenueOfLast(365, asOfDay) * observed.ofWindow(365),
                deals.daysOfLast(known, asOfDay));
    }

    private static final class Builder {
        private final PartnerHistory history;
        private final PlvModel model;
        private final PlvPolicy policy;
        private final int day;
        private final double[] raw = new double[PlvTerm.values().length];
        private final double[] observations = new double[raw.length];
        private final String[] notes = new String[raw.length];

        Builder(PartnerHistory history, PlvModel model, PlvPolicy policy, int day) {
            this.history = history;
            this.model = model;
            this.policy = policy;
            this.day = day;
            java.util.Arrays.fill(notes, "");
            java.util.Arrays.fill(raw, Double.NaN);
        }

        PartnerMetrics build() {
            double marginRate = margin();
            Snapshot snapshot = snapshot(history.deals(), day, model.horizonDays(), model.observed(day));
            double expected;
            double lower;
            double upper;
            double alive;
            if (snapshot.days() == 0) {
                CohortPrior cohort = cohort();
                expected = cohort.expectedRevenue();
                lower = cohort.lower80();
                upper = cohort.upper80();
                alive = 1;
                String note = "has not sold yet: forecast of its cohort (" + cohort.partners() + " partners)";
                notes[PlvTerm.VALUE.ordinal()] = note;
                notes[PlvTerm.FREQUENCY.ordinal()] = note;
                set(PlvTerm.VALUE, expected * marginRate, 0);
                set(PlvTerm.FREQUENCY, cohort.expectedDays(), 0);
                set(PlvTerm.SIZE, model.fitted().money().expected(0, 0), 0);
            } else {
                expected = ForecastMethod.of(model.method()).revenue(snapshot, model.fitted(), model.horizonDays());
                double half = model.intervals().halfWidth(expected);
                lower = Math.max(0, expected - half);
                upper = expected + half;
                alive = deals(snapshot, expected, marginRate);
            }
            conversion();
            engagement();
            certification();
            satisfaction();
            initiative();
            PlvValue value = new PlvValue(
                    expected * marginRate,
                    Math.min(lower * marginRate, upper * marginRate),
                    Math.max(lower * marginRate, upper * marginRate),
                    model.horizonDays(),
                    model.knowsMargin());
            return new PartnerMetrics(value, expected, alive, raw, observations, notes);
        }

        private void set(PlvTerm term, double metric, double count) {
            raw[term.ordinal()] = metric;
            observations[term.ordinal()] = count;
        }

        /** Fills value, frequency and size; returns the probability of being alive. */
        private double deals(Snapshot snapshot, double expected, double marginRate) {
            int n = snapshot.days();
            set(PlvTerm.VALUE, expected * marginRate, n);
            if (!model.knowsMargin()) {
                notes[PlvTerm.VALUE.ordinal()] = "revenue, as margin is unknown";
            }
            set(PlvTerm.SIZE, model.fitted().money().expected(n, snapshot.meanPerDay()), n);
            FittedFlow flow = model.fitted().soundFlow();
            if (flow == null) {
                set(PlvTerm.FREQUENCY, snapshot.daysInLastPeriod(), n);
                notes[PlvTerm.FREQUENCY.ordinal()] = "deal days of the last " + model.horizonDays() + " days";
                return model.activity().probability(n, snapshot.recencyDays(), snapshot.ageDays());
            }
            var deals = flow.model();
            set(
                    PlvTerm.FREQUENCY,
                    deals.expectedDeals(
                            snapshot.repeats(),
                            snapshot.recencyWeeks(),
                            snapshot.ageWeeks(),
                            model.horizonDays() / 7.0),
                    n);
            return deals.probabilityAlive(snapshot.repeats(), snapshot.recencyWeeks(), snapshot.ageWeeks());
        }

        private CohortPrior cohort() {
            @Nullable CohortPrior best = null;
            for (CohortPrior candidate : model.cohorts()) {
                if (candidate.covers(history.traits())
                        && (best == null || candidate.specificity() > best.specificity())) {
                    best = candidate;
                }
            }
            return best == null ? new CohortPrior(null, null, null, 0, 0, 0, 0, 0) : best;
        }

        /** Fills the margin term; returns the rate that turns revenue into value. */
        private double margin() {
            if (!model.knowsMargin()) {
                return 1;
            }
            DealHistory deals = history.deals();
            double rate = marginRate(history, model);
            boolean known = deals.marginRevenue().value() > 0;
            set(PlvTerm.MARGIN, known ? rate : Double.NaN, deals.marginRates().n());
            notes[PlvTerm.MARGIN.ordinal()] = model.marginRate().finding();
            return rate;
        }

        private void conversion() {
            LeadCounts leads = history.allLeads();
            double worked = leads.worked();
            if (worked == 0) {
                return;
            }
            Conversion conversion = Conversion.of(history, model);
            set(PlvTerm.CONVERSION, conversion.rate(), worked);
            SkillPrior skill = model.skill();
            boolean adjusted = model.adjustsConversion();
            notes[PlvTerm.CONVERSION.ordinal()] = String.format(
                    Locale.ROOT,
                    "%d of %d leads won; an average partner would have won %.1f of these%s; %s",
                    leads.won(),
                    leads.worked(),
                    conversion.expectedWins(),
                    adjusted
                            ? String.format(
                                    Locale.ROOT,
                                    " (skill %.2f): raw rate %.2f, adjusted %.2f",
                                    conversion.skill(),
                                    leads.won() / worked,
                                    conversion.rate())
                            : "",
                    adjusted && skill != null
                            ? skill.finding()
                            : model.conversion().finding());
        }

        private void engagement() {
            double count = engagementCount(history.engagement(), day);
            set(PlvTerm.ENGAGEMENT, StrictMath.log1p(Math.max(0, count)), count);
        }

        private void certification() {
            Set<String> required = policy.certificatesRequiredOf(history.traits());
            StatedCertification stated = history.statedCertification();
            if (!required.isEmpty()) {
                int valid = 0;
                for (String title : required) {
                    valid += holds(history.certificates(), title, day) ? 1 : 0;
                }
                set(PlvTerm.CERTIFICATION, (double) valid / required.size(), required.size());
                notes[PlvTerm.CERTIFICATION.ordinal()] = valid + " of " + required.size() + " required are valid";
            } else if (stated.known() && stated.required() > 0) {
                set(
                        PlvTerm.CERTIFICATION,
                        Math.min(1, Math.max(0, stated.valid() / stated.required())),
                        stated.required());
            }
        }

        private void satisfaction() {
            Moments answers = history.satisfaction();
            if (answers.n() > 0) {
                set(PlvTerm.SATISFACTION, model.satisfaction().shrunk(answers.mean(), answers.n()), answers.n());
                notes[PlvTerm.SATISFACTION.ordinal()] = model.satisfaction().finding();
            }
        }

        private void initiative() {
            SourcedCounts counts = history.initiative();
            if (counts.all() > 0) {
                set(PlvTerm.INITIATIVE, model.initiative().mean(counts.sourced(), counts.all()), counts.all());
                notes[PlvTerm.INITIATIVE.ordinal()] = counts.sourced() + " of " + counts.all()
                        + " brought by the partner; " + model.initiative().finding();
            }
        }
    }

    /** Margin as a share of revenue, shrunk; 1 where the tenant knows no margin and value means revenue. */
    static double marginRate(PartnerHistory history, PlvModel model) {
        if (!model.knowsMargin()) {
            return 1;
        }
        DealHistory deals = history.deals();
        double known = deals.marginRevenue().value();
        if (!(known > 0)) {
            return model.marginRate().mean();
        }
        double own = Math.max(-1, Math.min(1, deals.margin().value() / known));
        return model.marginRate().shrunk(own, deals.marginRates().n());
    }

    static boolean holds(List<Certificate> certificates, String title, int day) {
        for (Certificate certificate : certificates) {
            if (certificate.title().equals(title) && certificate.validOn(day)) {
                return true;
            }
        }
        return false;
    }

    /** Events of engagement of all kinds, decayed to the day. */
    static double engagementCount(Map<Engagement.Kind, Decayed> kinds, int day) {
        double count = 0;
        for (Decayed kind : kinds.values()) {
            count += kind.at(day);
        }
        return count;
    }
}
