package dev.rainmaker.sandbox.world;

import dev.rainmaker.sandbox.world.Places.Country;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The companies that already buy, by country; some belong to another. */
final class Customers {
    /**
     * One customer account.
     *
     * @param parent id of the account it belongs to
     * @param revenue US dollars a year
     */
    record Customer(
            String id,
            String name,
            String domain,
            Country country,
            String city,
            String state,
            String industry,
            int employees,
            double revenue,
            @Nullable String parent,
            LocalDate since) {}

    private final Map<String, List<Customer>> byCountry = new HashMap<>();
    private final List<Customer> all = new ArrayList<>();

    Customers(Dice dice, LocalDate asOf, List<Country> covered, int firstNumber, int partners) {
        double[] weights = Places.weights(covered);
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        for (Country country : covered) {
            int count = Math.max(4, (int) StrictMath.round(6.0 * partners * country.weight() / total));
            List<Customer> here = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int number = firstNumber + all.size();
                Customer made = make(dice.branch("customer", number), asOf, country, number, here);
                here.add(made);
                all.add(made);
            }
            byCountry.put(country.name(), here);
        }
    }

    private static Customer make(Dice dice, LocalDate asOf, Country country, int number, List<Customer> before) {
        Customer parent = before.size() > 5 && dice.chance(0.05) ? dice.pick(before) : null;
        Names.Company company = Names.company(dice, country);
        String place = dice.pick(country.cities());
        String name = parent == null ? company.name() : parent.name() + " " + Names.city(place);
        int employees = employees(dice);
        return new Customer(
                SalesforceId.numbered(ExportObject.ACCOUNT, GeneratedWorld.SOURCE, number),
                name,
                parent == null ? Names.domain(company, country) : parent.domain(),
                country,
                Names.city(place),
                Names.state(place),
                parent == null ? dice.pick(Catalogue.INDUSTRIES) : parent.industry(),
                employees,
                revenue(dice, employees),
                parent == null ? null : parent.id(),
                asOf.minusDays(dice.whole(1_100, 4_000)));
    }

    static int employees(Dice dice) {
        return (int) StrictMath.min(60_000, 5 + StrictMath.round(dice.logNormal(180, 1.2)));
    }

    /** US dollars a year, to the thousand. */
    static double revenue(Dice dice, int employees) {
        return StrictMath.rint(employees * dice.logNormal(160, 0.4)) * 1_000;
    }

    List<Customer> all() {
        return all;
    }

    List<Customer> in(Country country) {
        return byCountry.getOrDefault(country.name(), List.of());
    }

    static ExportRow account(Customer customer, String owner, Dice dice) {
        return new ExportRow()
                .set("Id", customer.id())
                .set("Name", customer.name())
                .set("Type", "Customer")
                .set("ParentId", customer.parent())
                .set("IsPartner", false)
                .set("OwnerId", owner)
                .set("BillingCity", customer.city())
                .set("BillingState", customer.state())
                .set("BillingCountry", customer.country().name())
                .set("Phone", Names.phone(dice, customer.country()))
                .set("Website", "https://www." + customer.domain())
                .set("Industry", customer.industry())
                .money("AnnualRevenue", customer.revenue())
                .set("NumberOfEmployees", customer.employees())
                .set("CurrencyIsoCode", "USD")
                .set("CreatedDate", Deals.instant(customer.since(), dice));
    }
}
