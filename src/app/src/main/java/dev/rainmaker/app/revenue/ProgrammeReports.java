package dev.rainmaker.app.revenue;

import dev.rainmaker.attribution.Booking;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the programme asks of its partners and what comes of it: registrations, plans, incentives. */
final class ProgrammeReports {

    private final MonthsOfBook months;

    ProgrammeReports(MonthsOfBook months) {
        this.months = months;
    }

    /** Registrations by the month they were submitted in, and how registered deals end beside those that were not. */
    Report registrations() {
        Map<YearMonth, List<Registrations.Registered>> byMonth = new TreeMap<>();
        for (Registrations.Registered each : months.book().registrations()) {
            if (each.submittedAt() != null) {
                YearMonth month = YearMonth.from(each.submittedAt().atZone(ZoneOffset.UTC));
                if (months.asked(month)) {
                    byMonth.computeIfAbsent(month, first -> new ArrayList<>()).add(each);
                }
            }
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        byMonth.forEach((month, submitted) -> rows.add(java.util.Arrays.asList(
                month.toString(),
                submitted.size(),
                submitted.stream().filter(each -> each.approvedAt() != null).count(),
                submitted.stream()
                        .filter(each -> each.state().equals("rejected"))
                        .count(),
                medianHours(submitted))));
        return new Report(
                "registrations",
                List.of("period", "submitted", "approved", "rejected", "median_hours_to_approval"),
                rows,
                List.of(
                        "Of partners' deals closed in these months: " + wins(true) + "; " + wins(false) + ".",
                        "Partners register the deals that they expect to win: a higher rate is not the registration's doing."));
    }

    private static @Nullable BigDecimal medianHours(List<Registrations.Registered> submitted) {
        double[] hours = submitted.stream()
                .filter(each -> each.approvedAt() != null && each.submittedAt() != null)
                .mapToDouble(each ->
                        Duration.between(each.submittedAt(), each.approvedAt()).toSeconds() / 3_600.0)
                .sorted()
                .toArray();
        if (hours.length == 0) {
            return null;
        }
        double median = (hours[(hours.length - 1) / 2] + hours[hours.length / 2]) / 2;
        return BigDecimal.valueOf(median).setScale(1, java.math.RoundingMode.HALF_EVEN);
    }

    private String wins(boolean registered) {
        List<Revenue.Closed> deals = months.book().closed().stream()
                .filter(deal -> deal.registered() == registered && months.asked(YearMonth.from(deal.on())))
                .toList();
        long won = deals.stream().filter(Revenue.Closed::won).count();
        String what = registered ? "registered" : "not registered";
        return deals.isEmpty()
                ? "none " + what
                : won + " of " + deals.size() + " " + what + " were won (" + MonthsOfBook.percent(won, deals.size())
                        + " %)";
    }

    /** Each partner's plan for a year beside what it is credited with in the months asked for. */
    Report plan() {
        Map<RecordId, BigDecimal> actual = sharesByPartner();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        int without = 0;
        for (Partner partner : byName(months.partners().values())) {
            BigDecimal plan = attribute(partner, months.policy().planAttribute());
            BigDecimal made = actual.getOrDefault(partner.id(), BigDecimal.ZERO);
            if (plan == null) {
                without++;
                continue;
            }
            rows.add(java.util.Arrays.asList(
                    partner.name(),
                    partner.tier(),
                    MonthsOfBook.money(plan),
                    MonthsOfBook.money(made),
                    plan.signum() == 0 ? null : MonthsOfBook.percent(made, plan)));
        }
        return new Report(
                "plan",
                List.of("partner", "tier", "plan", "actual", "percent"),
                rows,
                List.of(without + " partners have no plan: map the attribute \""
                        + months.policy().planAttribute() + "\" of the partner to the field that holds it."));
    }

    /** What the programme costs by segment, beside the margin that its partners moved. */
    Report incentives() {
        Map<String, BigDecimal> cost = new TreeMap<>();
        Map<String, BigDecimal> margin = new TreeMap<>();
        Map<String, Integer> count = new TreeMap<>();
        int without = 0;
        Map<RecordId, BigDecimal> moved = new HashMap<>();
        for (Booking line : months.lines()) {
            if (line.partner() != null && line.margin() != null) {
                moved.merge(line.partner(), line.margin().amount(), BigDecimal::add);
            }
        }
        for (Partner partner : months.partners().values()) {
            BigDecimal spent = cost(partner);
            if (spent == null) {
                without++;
                continue;
            }
            String segment = MonthsOfBook.orUnknown(partner.tier()) + ", "
                    + months.policy().role(partner.type()).word();
            count.merge(segment, 1, Integer::sum);
            cost.merge(segment, spent, BigDecimal::add);
            margin.merge(segment, moved.getOrDefault(partner.id(), BigDecimal.ZERO), BigDecimal::add);
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        cost.forEach((segment, spent) -> rows.add(java.util.Arrays.asList(
                segment,
                count.get(segment),
                MonthsOfBook.money(spent),
                MonthsOfBook.money(margin.getOrDefault(segment, BigDecimal.ZERO)),
                spent.signum() == 0
                        ? null
                        : MonthsOfBook.percent(margin.getOrDefault(segment, BigDecimal.ZERO), spent))));
        return new Report(
                "incentives",
                List.of("segment", "partners", "cost", "margin", "percent"),
                rows,
                List.of(
                        without + " partners have no cost: map the attributes "
                                + String.join(" and ", months.policy().costAttributes())
                                + " of the partner to the fields that hold it.",
                        "Margin moved is what partners are credited with; it is not what they caused."));
    }

    private Map<RecordId, BigDecimal> sharesByPartner() {
        Map<RecordId, BigDecimal> shares = new LinkedHashMap<>();
        for (Booking line : months.lines()) {
            if (line.partner() != null) {
                shares.merge(line.partner(), line.share().amount(), BigDecimal::add);
            }
        }
        return shares;
    }

    private static List<Partner> byName(java.util.Collection<Partner> partners) {
        return partners.stream()
                .sorted(Comparator.comparing(Partner::name).thenComparing(Partner::id))
                .toList();
    }

    /** What is spent on a partner; null where none of the attributes is stated. */
    private @Nullable BigDecimal cost(Partner partner) {
        return months.policy().costAttributes().stream()
                .map(name -> attribute(partner, name))
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add)
                .orElse(null);
    }

    private static @Nullable BigDecimal attribute(Partner partner, String name) {
        String text = partner.attributes().get(name);
        try {
            return text == null || text.isBlank() ? null : new BigDecimal(text.strip());
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
