package dev.rainmaker.app.revenue;

import dev.rainmaker.attribution.Booking;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What customers bought, and what they could. */
final class CustomerReports {

    private final MonthsOfBook months;

    CustomerReports(MonthsOfBook months) {
        this.months = months;
    }

    /** Which products the customers of each partner lack, the most widely bought first. */
    Report crossSell() {
        Map<RecordId, Set<String>> bought = new HashMap<>();
        Map<RecordId, Set<RecordId>> customers = new TreeMap<>();
        Map<String, Set<RecordId>> buyers = new TreeMap<>();
        for (Booking line : months.lines()) {
            Opportunity deal = months.book().deals().get(line.deal());
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
                rows.add(List.of(
                        months.name(partner),
                        product,
                        own.size(),
                        lacking,
                        MonthsOfBook.percent(all.size(), bought.size())));
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
    Report penetration() {
        Map<String, Set<RecordId>> known = new TreeMap<>();
        months.accounts()
                .values()
                .forEach(account -> known.computeIfAbsent(
                                MonthsOfBook.orUnknown(account.country()), c -> new HashSet<>())
                        .add(account.id()));
        Set<RecordId> ledByPartners = new HashSet<>();
        Set<RecordId> won = new HashSet<>();
        for (Booking line : months.lines()) {
            Opportunity deal = months.book().deals().get(line.deal());
            RecordId customer = deal == null ? null : deal.account();
            if (customer != null && months.accounts().containsKey(customer)) {
                won.add(customer);
                if (line.kind().partnerLed()) {
                    ledByPartners.add(customer);
                }
            }
        }
        Map<String, Long> partnersIn = months.partners().values().stream()
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
                    MonthsOfBook.percent(customers, companies.size()),
                    partnersIn.getOrDefault(country, 0L)));
        });
        return new Report(
                "penetration",
                List.of("territory", "companies", "customers", "won_by_partners", "percent", "active_partners"),
                rows,
                List.of("Companies are those the CRM knows, not the market."));
    }
}
