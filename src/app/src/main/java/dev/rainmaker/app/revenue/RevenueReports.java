package dev.rainmaker.app.revenue;

import dev.rainmaker.account.Account;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.attribution.Attribution;
import dev.rainmaker.attribution.AttributionPolicy;
import dev.rainmaker.attribution.Booking;
import dev.rainmaker.attribution.LargestRemainder;
import dev.rainmaker.attribution.Part;
import dev.rainmaker.attribution.Touch;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reports over the revenue months.book(). Amounts are in the reporting currency. */
public final class RevenueReports {

    /** The names of {@link #view}. */
    public static final List<String> VIEWS =
            List.of("credits", "registrations", "plan", "incentives", "cross-sell", "penetration");

    private final MonthsOfBook months;

    /**
     * @param from first month
     * @param to last month
     */
    public RevenueReports(Revenue.Read book, AttributionPolicy policy, FactLedger facts, YearMonth from, YearMonth to) {
        this.months = MonthsOfBook.of(book, policy, facts, from, to);
    }

    /** Sums of one group. */
    private static final class Sums {
        private final Set<RecordId> deals = new HashSet<>();
        private BigDecimal share = BigDecimal.ZERO;
        private BigDecimal sourced = BigDecimal.ZERO;
        private BigDecimal influenced = BigDecimal.ZERO;
        private BigDecimal attached = BigDecimal.ZERO;
        private BigDecimal direct = BigDecimal.ZERO;
        private BigDecimal margin = BigDecimal.ZERO;
        private BigDecimal adjustments = BigDecimal.ZERO;

        void add(Booking line, BigDecimal part, BigDecimal amount, BigDecimal marginPart) {
            deals.add(line.deal());
            share = share.add(part);
            margin = margin.add(marginPart);
            if (line.part() == Part.SOURCED) {
                sourced = sourced.add(part);
            } else if (line.part() == Part.INFLUENCED) {
                influenced = influenced.add(part);
            }
            if (line.kind() == Attribution.Kind.ATTACHED) {
                attached = attached.add(amount);
            } else if (line.kind() == Attribution.Kind.DIRECT) {
                direct = direct.add(amount);
            }
            if (line.adjustment()) {
                adjustments = adjustments.add(part);
            }
        }
    }

    /**
     * The report of a name.
     *
     * @param by for {@code credits}
     * @throws IllegalArgumentException naming the views there are
     */
    public Report view(String name, CreditedBy by) {
        return switch (name) {
            case "credits" -> credits(by);
            case "registrations" -> new ProgrammeReports(months).registrations();
            case "plan" -> new ProgrammeReports(months).plan();
            case "incentives" -> new ProgrammeReports(months).incentives();
            case "cross-sell" -> new CustomerReports(months).crossSell();
            case "penetration" -> new CustomerReports(months).penetration();
            default -> throw new IllegalArgumentException("there is no view \"" + name + "\"; there are " + VIEWS);
        };
    }

    /**
     * Credited revenue by a dimension, largest first. {@code partner_led} is what partners are credited with, sourced and
     * influenced together and counted once; {@code attached} and {@code direct} are deals that no partner moved.
     */
    public Report credits(CreditedBy by) {
        Map<String, Sums> sums = new TreeMap<>();
        for (Booking line : months.lines()) {
            List<String> keys = keys(line, by);
            double[] even = keys.stream().mapToDouble(key -> 1).toArray();
            List<Money> shares = LargestRemainder.split(line.share(), even);
            List<Money> amounts = LargestRemainder.split(line.amount(), even);
            Money margin = line.margin();
            List<Money> margins = margin == null ? null : LargestRemainder.split(margin, even);
            for (int i = 0; i < keys.size(); i++) {
                sums.computeIfAbsent(keys.get(i), key -> new Sums())
                        .add(
                                line,
                                shares.get(i).amount(),
                                amounts.get(i).amount(),
                                margins == null
                                        ? BigDecimal.ZERO
                                        : margins.get(i).amount());
            }
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        sums.forEach((key, sum) -> rows.add(List.of(
                key,
                sum.deals.size(),
                MonthsOfBook.money(sum.share),
                MonthsOfBook.money(sum.sourced),
                MonthsOfBook.money(sum.influenced),
                MonthsOfBook.money(sum.attached),
                MonthsOfBook.money(sum.direct),
                MonthsOfBook.money(sum.margin),
                MonthsOfBook.money(sum.adjustments))));
        if (by != CreditedBy.PERIOD) {
            rows.sort(Comparator.comparing((List<@Nullable Object> row) -> number(row.get(2)))
                    .reversed());
        }
        return new Report(
                "credits",
                List.of(
                        by.word(),
                        "deals",
                        "partner_led",
                        "sourced",
                        "influenced",
                        "attached",
                        "direct",
                        "margin",
                        "adjustments"),
                rows,
                notes());
    }

    private List<String> keys(Booking line, CreditedBy by) {
        RecordId id = line.partner();
        Partner partner = id == null ? null : months.partners().get(id);
        Opportunity deal = months.book().deals().get(line.deal());
        return switch (by) {
            case PARTNER -> List.of(id == null ? MonthsOfBook.NO_PARTNER : months.name(id));
            case TIER ->
                List.of(
                        id == null
                                ? MonthsOfBook.NO_PARTNER
                                : MonthsOfBook.orUnknown(partner == null ? null : partner.tier()));
            case ROLE ->
                List.of(
                        id == null
                                ? MonthsOfBook.NO_PARTNER
                                : months.policy()
                                        .role(partner == null ? null : partner.type())
                                        .word());
            case PRODUCT ->
                deal == null || deal.products().isEmpty()
                        ? List.of(MonthsOfBook.UNKNOWN)
                        : List.copyOf(deal.products());
            case TERRITORY -> List.of(territory(deal, partner));
            case PERIOD -> List.of(line.period().toString());
            case KIND -> List.of(line.kind().word());
            case OFFER -> List.of(offer(deal));
        };
    }

    private static String offer(@Nullable Opportunity deal) {
        if (deal != null && deal.offer() != null) {
            return deal.offer().toLowerCase(Locale.ROOT);
        }
        if (deal == null || deal.products().isEmpty()) {
            return MonthsOfBook.UNKNOWN;
        }
        return deal.products().size() == 1 ? "standalone" : "bundled";
    }

    private String territory(@Nullable Opportunity deal, @Nullable Partner partner) {
        RecordId customer = deal == null ? null : deal.account();
        Account account = customer == null ? null : months.accounts().get(customer);
        if (account != null && account.country() != null) {
            return account.country();
        }
        // Where the customer's country is not known, a partner of a single country says it.
        return partner != null && partner.countries().size() == 1
                ? partner.countries().iterator().next()
                : MonthsOfBook.UNKNOWN;
    }

    /** How one deal is credited, with its evidence. */
    public Report deal(RecordId deal) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Booking line : months.book().lines()) {
            if (line.deal().equals(deal)) {
                rows.add(java.util.Arrays.asList(
                        line.period().toString(),
                        line.adjustment() ? "adjustment" : "original",
                        line.partner() == null ? MonthsOfBook.NO_PARTNER : months.name(line.partner()),
                        line.part() == null ? line.kind().word() : line.part().word(),
                        line.primary() ? "yes" : "no",
                        MonthsOfBook.money(line.share().amount()),
                        line.rate(),
                        line.evidence().stream().map(RevenueReports::words).collect(Collectors.joining("; "))));
            }
        }
        return new Report(
                "deal",
                List.of("period", "entry", "partner", "part", "primary", "share", "rate", "evidence"),
                rows,
                List.of("Rule: " + months.policy().rules().model().word() + ", version "
                        + months.policy().rules().version()));
    }

    private static String words(Touch touch) {
        return touch.kind().word() + " " + touch.evidence() + " of " + touch.at();
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("Amounts in " + months.book().currency()
                + ", at the rate of each deal's closing day. Attributed is not incremental.");
        if (!months.book().unproven().isEmpty()) {
            notes.add(months.book().unproven().size()
                    + " deals say that a partner brought them, and neither a registration nor a lead proves it.");
        }
        if (!months.book().withoutRate().isEmpty()) {
            notes.add(
                    months.book().withoutRate().size()
                            + " won deals are left out: their currency has no rate on the closing day (docs/configuration.md).");
        }
        notes.add(
                months.book().closedThrough() == null
                        ? "No month is closed yet: figures follow the facts."
                        : "Months up to " + months.book().closedThrough() + " are closed.");
        return notes;
    }

    private static BigDecimal number(@Nullable Object value) {
        return value instanceof BigDecimal number ? number : BigDecimal.ZERO;
    }
}
