package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.ledger.Contribution;
import dev.rainmaker.app.ledger.Contribution.Part;
import dev.rainmaker.app.ledger.ContributionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.HistoryLedger;
import dev.rainmaker.app.ledger.HistoryLedger.PartnerState;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.Allocation;
import dev.rainmaker.lifetimevalue.IdealProfile;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.lifetimevalue.ProgrammeForecast;
import dev.rainmaker.lifetimevalue.ProgrammeReturn;
import dev.rainmaker.lifetimevalue.Trend;
import dev.rainmaker.partner.Partner;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be said about the whole programme: read only. */
public final class ProgrammeReading {

    private static final int PERIODS = 4;
    private static final double YEAR = 365;
    private static final double MOST_SHARE = 0.25;

    private final FactLedger facts;
    private final HistoryLedger histories;
    private final ContributionLedger contributions;
    private final Models models;
    private final PlvReading partners;

    public ProgrammeReading(Ledger ledger, FactLedger facts, Models models, PlvReading partners) {
        this.facts = facts;
        this.histories = new HistoryLedger(ledger);
        this.contributions = new ContributionLedger(ledger);
        this.models = models;
        this.partners = partners;
    }

    /**
     * The programme now; empty where no partner has a score.
     *
     * @param budget to be allocated, in the reporting currency; 0 for none
     */
    public Optional<ProgrammeValue> programme(double budget) {
        Ranking ranking = partners.ranking();
        Optional<Plv.Fitted> fitted = models.find(ranking.version());
        return ranking.rows().isEmpty() || fitted.isEmpty()
                ? Optional.empty()
                : Optional.of(programme(ranking, fitted.get(), budget));
    }

    private ProgrammeValue programme(Ranking ranking, Plv.Fitted fitted, double budget) {
        List<PlvResult> results =
                ranking.rows().stream().map(Ranking.Ranked::result).toList();
        PlvResult first = results.get(0);
        Map<RecordId, Map<String, String>> attributes = attributes();
        int days = first.value().horizonDays();
        double share = days / YEAR;
        Past past = past(ranking, first);
        ProgrammeForecast forecast = ProgrammeForecast.of(results, fitted.model());
        OptionalDouble target = sum(ranking, attributes, ProgrammeValue.TARGET);
        Optional<ModelHealth> health = models.health();
        return new ProgrammeValue(
                forecast,
                ranking.rows().get(0).score().value().currency(),
                days,
                past.periods(),
                target.isPresent() ? (Double) (target.getAsDouble() * share) : null,
                past.marginRate() > 0 ? forecast.asRevenue(past.marginRate()) : null,
                trends(ranking),
                profile(ranking, first.asOf()),
                allocation(ranking, attributes, budget, share),
                returns(sum(ranking, attributes, ProgrammeValue.COST), past.year()),
                health.map(ModelHealth::learned).orElse(null),
                health.map(ModelHealth::unlearned).orElse(null));
    }

    private Map<RecordId, Map<String, String>> attributes() {
        Map<RecordId, Map<String, String>> all = new HashMap<>();
        facts.forEach(FactKind.PARTNER, Partner.class, partner -> all.put(partner.id(), partner.attributes()));
        return all;
    }

    private static OptionalDouble sum(Ranking ranking, Map<RecordId, Map<String, String>> attributes, String name) {
        double sum = 0;
        boolean any = false;
        for (Ranking.Ranked row : ranking.rows()) {
            OptionalDouble own = number(attributes.getOrDefault(row.partner(), Map.of()), name);
            any |= own.isPresent();
            sum += own.orElse(0);
        }
        return any ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    /** A partner's attribute as a number; empty where it is absent, no number, or negative. */
    private static OptionalDouble number(Map<String, String> attributes, String name) {
        String text = attributes.get(name);
        try {
            double number = text == null ? -1 : Double.parseDouble(text.strip());
            return number >= 0 && number < Double.MAX_VALUE ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException noNumber) {
            return OptionalDouble.empty();
        }
    }

    private static Map<Trend.Direction, Integer> trends(Ranking ranking) {
        Map<Trend.Direction, Integer> trends = new EnumMap<>(Trend.Direction.class);
        for (Trend.Direction direction : Trend.Direction.values()) {
            trends.put(direction, 0);
        }
        ranking.rows().forEach(row -> trends.merge(row.trend().direction(), 1, Integer::sum));
        return trends;
    }

    private List<IdealProfile> profile(Ranking ranking, LocalDate asOf) {
        Map<String, PlvResult> results = new HashMap<>();
        ranking.rows().forEach(row -> results.put(row.result().partner(), row.result()));
        List<PartnerHistory> all =
                histories.all().values().stream().map(PartnerState::now).toList();
        return IdealProfile.of(all, results, (int) asOf.toEpochDay());
    }

    private static List<ProgrammeValue.Funded> allocation(
            Ranking ranking, Map<RecordId, Map<String, String>> attributes, double budget, double share) {
        Map<String, Ranking.Ranked> rows = new LinkedHashMap<>();
        List<Allocation.Spending> spending = new ArrayList<>();
        for (Ranking.Ranked row : ranking.rows()) {
            OptionalDouble spent = number(attributes.getOrDefault(row.partner(), Map.of()), ProgrammeValue.FUNDS);
            if (spent.isPresent()) {
                String id = row.result().partner();
                rows.put(id, row);
                spending.add(new Allocation.Spending(
                        id, spent.getAsDouble() * share, row.result().value().expected()));
            }
        }
        List<ProgrammeValue.Funded> funded = new ArrayList<>();
        for (Allocation each : Allocation.of(spending, Math.max(0, budget), MOST_SHARE)) {
            Ranking.Ranked row = rows.get(each.partner());
            if (row != null) {
                funded.add(new ProgrammeValue.Funded(row.partner(), row.name(), each));
            }
        }
        return funded;
    }

    private static @Nullable ProgrammeReturn returns(OptionalDouble cost, double year) {
        return cost.isEmpty() ? null : ProgrammeReturn.of(year, cost.getAsDouble());
    }

    /**
     * What was brought.
     *
     * @param year money in the last year
     * @param marginRate margin as a share of revenue in the last year, 1 where values are revenue, 0 where it is unknown
     */
    private record Past(List<PartnerValue.Period> periods, double year, double marginRate) {}

    private Past past(Ranking ranking, PlvResult first) {
        int days = first.value().horizonDays();
        LocalDate today = first.asOf();
        double[] money = new double[PERIODS];
        Set<RecordId> ranked = new HashSet<>();
        ranking.rows().forEach(row -> ranked.add(row.partner()));
        boolean margins = first.value().margin();
        int end = (int) today.toEpochDay();
        int start = end - PERIODS * days;
        double year = 0;
        double margin = 0;
        double revenue = 0;
        for (Contribution each : contributions.between(Math.min(start, end - (int) YEAR), end)) {
            boolean counts = each.part() == Part.DEAL || each.part() == Part.CORRECTION;
            if (counts && ranked.contains(each.partner())) {
                Double own = each.margin();
                double brought = margins && own != null ? own : each.amount();
                if (each.day() > start) {
                    money[(each.day() - start - 1) / days] += brought;
                }
                if (each.day() > end - (int) YEAR) {
                    year += brought;
                    margin += own == null ? 0 : own;
                    revenue += own == null ? 0 : each.amount();
                }
            }
        }
        List<PartnerValue.Period> past = new ArrayList<>();
        for (int i = 0; i < PERIODS; i++) {
            past.add(new PartnerValue.Period(
                    LocalDate.ofEpochDay(start + (long) i * days + 1),
                    LocalDate.ofEpochDay(start + (i + 1L) * days),
                    money[i]));
        }
        double rate = !margins ? 1 : revenue > 0 ? Math.max(0, margin / revenue) : 0;
        return new Past(past, year, rate);
    }
}
