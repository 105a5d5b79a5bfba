package dev.rainmaker.app.revenue;

import dev.rainmaker.account.Account;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.attribution.Attribution;
import dev.rainmaker.attribution.AttributionPolicy;
import dev.rainmaker.attribution.Booking;
import dev.rainmaker.attribution.LargestRemainder;
import dev.rainmaker.attribution.Part;
import dev.rainmaker.attribution.Touch;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reports over the revenue book. Amounts are in the reporting currency. */
public final class RevenueReports {

    /** The names of {@link #view}. */
    public static final List<String> VIEWS =
            List.of("credits", "registrations", "plan", "incentives", "cross-sell", "penetration");

    private static final String UNKNOWN = "(unknown)";
    private static final String NO_PARTNER = "(no partner)";

    private final Revenue.Read book;
    private final AttributionPolicy policy;
    private final Map<RecordId, Partner> partners = new HashMap<>();
    private final Map<RecordId, Account> accounts = new HashMap<>();
    private final List<Booking> lines;
    private final YearMonth from;
    private final YearMonth to;

    /**
     * @param from first month
     * @param to last month
     */
    public RevenueReports(Revenue.Read book, AttributionPolicy policy, FactLedger facts, YearMonth from, YearMonth to) {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("the first month, " + from + ", is after the last, " + to);
        }
        this.book = book;
        this.policy = policy;
        this.from = from;
        this.to = to;
        facts.forEach(FactKind.PARTNER, Partner.class, partner -> partners.put(partner.id(), partner));
        facts.forEach(FactKind.ACCOUNT, Account.class, account -> accounts.put(account.id(), account));
        this.lines = book.lines().stream()
                .filter(line -> !line.period().isBefore(from) && !line.period().isAfter(to))
                .toList();
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
            case "registrations" -> registrations();
            case "plan" -> plan();
            case "incentives" -> incentives();
            case "cross-sell" -> crossSell();
            case "penetration" -> penetration();
            default -> throw new IllegalArgumentException("there is no view \"" + name + "\"; there are " + VIEWS);
        };
    }

    /**
     * Credited revenue by a dimension, largest first. {@code partner_led} is what partners are credited with, sourced and
     * influenced together and counted once; {@code attached} and {@code direct} are deals that no partner moved.
     */
    public Report credits(CreditedBy by) {
        Map<String, Sums> sums = new TreeMap<>();
        for (Booking line : lines) {
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
                money(sum.share),
                money(sum.sourced),
                money(sum.influenced),
                money(sum.attached),
                money(sum.direct),
                money(sum.margin),
                money(sum.adjustments))));
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
        Partner partner = id == null ? null : partners.get(id);
        Opportunity deal = book.deals().get(line.deal());
        return switch (by) {
            case PARTNER -> List.of(id == null ? NO_PARTNER : name(id));
            case TIER -> List.of(id == null ? NO_PARTNER : orUnknown(partner == null ? null : partner.tier()));
            case ROLE ->
                List.of(
                        id == null
                                ? NO_PARTNER
                                : policy.role(partner == null ? null : partner.type())
                                        .word());
            case PRODUCT -> deal == null || deal.products().isEmpty() ? List.of(UNKNOWN) : List.copyOf(deal.products());
            case TERRITORY -> List.of(territory(deal, partner));
            case PERIOD -> List.of(line.period().toString());
            case KIND -> List.of(line.kind().word());
            case OFFER -> List.of(offer(deal));
        };
    }

    private static String offer(@Nullable Opportunity deal) {
        if (deal == null || deal.products().isEmpty()) {
            return UNKNOWN;
        }
        return deal.products().size() == 1 ? "standalone" : "bundled";
    }

    private String territory(@Nullable Opportunity deal, @Nullable Partner partner) {
        RecordId customer = deal == null ? null : deal.account();
        Account account = customer == null ? null : accounts.get(customer);
        if (account != null && account.country() != null) {
            return account.country();
        }
        // Where the customer's country is not known, a partner of a single country says it.
        return partner != null && partner.countries().size() == 1
                ? partner.countries().iterator().next()
                : UNKNOWN;
    }

    /** Registrations by the month they were submitted in, and how registered deals end beside those that were not. */
    public Report registrations() {
        Map<YearMonth, List<Registrations.Registered>> months = new TreeMap<>();
        for (Registrations.Registered each : book.registrations()) {
            if (each.submittedAt() != null) {
                YearMonth month = YearMonth.from(each.submittedAt().atZone(ZoneOffset.UTC));
                if (asked(month)) {
                    months.computeIfAbsent(month, first -> new ArrayList<>()).add(each);
                }
            }
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        months.forEach((month, submitted) -> rows.add(java.util.Arrays.asList(
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

    private boolean asked(YearMonth month) {
        return !month.isBefore(from) && !month.isAfter(to);
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
        List<Revenue.Closed> deals = book.closed().stream()
                .filter(deal -> deal.registered() == registered && asked(YearMonth.from(deal.on())))
                .toList();
        long won = deals.stream().filter(Revenue.Closed::won).count();
        String what = registered ? "registered" : "not registered";
        return deals.isEmpty()
                ? "none " + what
                : won + " of " + deals.size() + " " + what + " were won (" + percentOf(won, deals.size()) + " %)";
    }

    /** Each partner's plan for a year beside what it is credited with in the months asked for. */
    public Report plan() {
        Map<RecordId, BigDecimal> actual = sharesByPartner();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        int without = 0;
        for (Partner partner : byName(partners.values())) {
            BigDecimal plan = attribute(partner, policy.planAttribute());
            BigDecimal made = actual.getOrDefault(partner.id(), BigDecimal.ZERO);
            if (plan == null) {
                without++;
                continue;
            }
            rows.add(java.util.Arrays.asList(
                    partner.name(),
                    partner.tier(),
                    money(plan),
                    money(made),
                    plan.signum() == 0 ? null : percent(made, plan)));
        }
        return new Report(
                "plan",
                List.of("partner", "tier", "plan", "actual", "percent"),
                rows,
                List.of(without + " partners have no plan: map the attribute \"" + policy.planAttribute()
                        + "\" of the partner to the field that holds it."));
    }

    /** What the programme costs by segment, beside the margin that its partners moved. */
    public Report incentives() {
        Map<String, BigDecimal> cost = new TreeMap<>();
        Map<String, BigDecimal> margin = new TreeMap<>();
        Map<String, Integer> count = new TreeMap<>();
        int without = 0;
        Map<RecordId, BigDecimal> moved = new HashMap<>();
        for (Booking line : lines) {
            if (line.partner() != null && line.margin() != null) {
                moved.merge(line.partner(), line.margin().amount(), BigDecimal::add);
            }
        }
        for (Partner partner : partners.values()) {
            BigDecimal spent = attribute(partner, policy.costAttribute());
            if (spent == null) {
                without++;
                continue;
            }
            String segment = orUnknown(partner.tier()) + ", "
                    + policy.role(partner.type()).word();
            count.merge(segment, 1, Integer::sum);
            cost.merge(segment, spent, BigDecimal::add);
            margin.merge(segment, moved.getOrDefault(partner.id(), BigDecimal.ZERO), BigDecimal::add);
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        cost.forEach((segment, spent) -> rows.add(java.util.Arrays.asList(
                segment,
                count.get(segment),
                money(spent),
                money(margin.getOrDefault(segment, BigDecimal.ZERO)),
                spent.signum() == 0 ? null : percent(margin.getOrDefault(segment, BigDecimal.ZERO), spent))));
        return new Report(
                "incentives",
                List.of("segment", "partners", "cost", "margin", "percent"),
                rows,
                List.of(
                        without + " partners have no cost: map the attribute \"" + policy.costAttribute()
                                + "\" of the partner to the field that holds it.",
                        "Margin moved is what partners are credited with; it is not what they caused."));
    }

    /** Which products the customers of each partner lack, the most widely bought first. */
    public Report crossSell() {
        Map<RecordId, Set<String>> bought = new HashMap<>();
        Map<RecordId, Set<RecordId>> customers = new TreeMap<>();
        Map<String, Set<RecordId>> buyers = new TreeMap<>();
        for (Booking line : lines) {
            Opportunity deal = book.deals().get(line.deal());
            RecordId customer = deal == null ? null : deal.account();
            if (deal == null || customer == null || customer.equals(deal.partner())) {
                continue;
            }
            bought.computeIfAbsent(customer, id -> new TreeSet<>()).addAll(deal.products());
            deal.products()
                    .forEach(product -> buyers.computeIfAbsent(product, p -> new TreeSet<>())
                            .add(customer));
            if (line.partner() != null) {
                customers.computeIfAbsent(line.partner(), id -> new TreeSet<>()).add(customer);
            }
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        customers.forEach((partner, own) -> buyers.forEach((product, all) -> {
            long lacking = own.stream().filter(each -> !all.contains(each)).count();
            if (lacking > 0) {
                rows.add(List.of(name(partner), product, own.size(), lacking, percentOf(all.size(), bought.size())));
            }
        }));
        rows.sort(Comparator.comparing((List<@Nullable Object> row) -> ((Number) row.get(3)).longValue())
                .reversed());
        return new Report(
                "cross-sell",
                List.of("partner", "product", "customers", "lacking", "bought_by_percent_of_all"),
                rows,
                List.of(
                        "Counted over customers that bought in these months; a deal that names no customer is left out."));
    }

    /** Customers won among the companies known, by territory. */
    public Report penetration() {
        Map<String, Set<RecordId>> known = new TreeMap<>();
        accounts.values()
                .forEach(account -> known.computeIfAbsent(orUnknown(account.country()), c -> new HashSet<>())
                        .add(account.id()));
        Set<RecordId> ledByPartners = new HashSet<>();
        Set<RecordId> won = new HashSet<>();
        for (Booking line : lines) {
            Opportunity deal = book.deals().get(line.deal());
            RecordId customer = deal == null ? null : deal.account();
            if (customer != null && accounts.containsKey(customer)) {
                won.add(customer);
                if (line.kind().partnerLed()) {
                    ledByPartners.add(customer);
                }
            }
        }
        Map<String, Long> partnersIn = partners.values().stream()
                .filter(Partner::active)
                .flatMap(partner -> partner.countries().stream())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        known.forEach((country, companies) -> {
            long customers = companies.stream().filter(won::contains).count();
            long led = companies.stream().filter(ledByPartners::contains).count();
            rows.add(List.of(
                    country,
                    companies.size(),
                    customers,
                    led,
                    percentOf(customers, companies.size()),
                    partnersIn.getOrDefault(country, 0L)));
        });
        return new Report(
                "penetration",
                List.of("territory", "companies", "customers", "won_by_partners", "percent", "active_partners"),
                rows,
                List.of("Companies are those the CRM knows, not the market."));
    }

    /** How one deal is credited, with its evidence. */
    public Report deal(RecordId deal) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Booking line : book.lines()) {
            if (line.deal().equals(deal)) {
                rows.add(java.util.Arrays.asList(
                        line.period().toString(),
                        line.adjustment() ? "adjustment" : "original",
                        line.partner() == null ? NO_PARTNER : name(line.partner()),
                        line.part() == null ? line.kind().word() : line.part().word(),
                        line.primary() ? "yes" : "no",
                        money(line.share().amount()),
                        line.rate(),
                        line.evidence().stream().map(RevenueReports::words).collect(Collectors.joining("; "))));
            }
        }
        return new Report(
                "deal",
                List.of("period", "entry", "partner", "part", "primary", "share", "rate", "evidence"),
                rows,
                List.of("Rule: " + policy.rules().model().word() + ", version "
                        + policy.rules().version()));
    }

    private static String words(Touch touch) {
        return touch.kind().word() + " " + touch.evidence() + " of " + touch.at();
    }

    private Map<RecordId, BigDecimal> sharesByPartner() {
        Map<RecordId, BigDecimal> shares = new LinkedHashMap<>();
        for (Booking line : lines) {
            if (line.partner() != null) {
                shares.merge(line.partner(), line.share().amount(), BigDecimal::add);
            }
        }
        return shares;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("Amounts in " + book.currency()
                + ", at the rate of each deal's closing day. Attributed is not incremental.");
        if (!book.unproven().isEmpty()) {
            notes.add(book.unproven().size()
                    + " deals say that a partner brought them, and neither a registration nor a lead proves it.");
        }
        if (!book.withoutRate().isEmpty()) {
            notes.add(
                    book.withoutRate().size()
                            + " won deals are left out: their currency has no rate on the closing day (docs/configuration.md).");
        }
        notes.add(
                book.closedThrough() == null
                        ? "No month is closed yet: figures follow the facts."
                        : "Months up to " + book.closedThrough() + " are closed.");
        return notes;
    }

    private String name(RecordId partner) {
        Partner found = partners.get(partner);
        return found == null ? partner.toString() : found.name();
    }

    private static List<Partner> byName(java.util.Collection<Partner> partners) {
        return partners.stream()
                .sorted(Comparator.comparing(Partner::name).thenComparing(Partner::id))
                .toList();
    }

    private static @Nullable BigDecimal attribute(Partner partner, String name) {
        String text = partner.attributes().get(name);
        try {
            return text == null || text.isBlank() ? null : new BigDecimal(text.strip());
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static String orUnknown(@Nullable String text) {
        return text == null ? UNKNOWN : text;
    }

    private static BigDecimal number(@Nullable Object value) {
        return value instanceof BigDecimal number ? number : BigDecimal.ZERO;
    }

    private static BigDecimal money(BigDecimal amount) {
        return amount.setScale(2, java.math.RoundingMode.HALF_EVEN);
    }

    private static BigDecimal percent(BigDecimal part, BigDecimal whole) {
        return part.multiply(BigDecimal.valueOf(100)).divide(whole, 1, java.math.RoundingMode.HALF_EVEN);
    }

    private static BigDecimal percentOf(long part, long whole) {
        return whole == 0 ? BigDecimal.ZERO : percent(BigDecimal.valueOf(part), BigDecimal.valueOf(whole));
    }
}
