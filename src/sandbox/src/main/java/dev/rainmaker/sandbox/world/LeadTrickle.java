package dev.rainmaker.sandbox.world;

import dev.rainmaker.sandbox.world.Customers.Customer;
import dev.rainmaker.sandbox.world.LeadMaker.Market;
import dev.rainmaker.sandbox.world.Places.Country;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * New leads for an org that is running, one after the other without end, from the countries and for the products of the
 * partners in its export folder, with the same flaws as those of a generated world. The same seed and folder give the same
 * sequence. Not for use by several threads at once.
 */
public final class LeadTrickle {
    private static final int CUSTOMERS_KEPT = 500;

    private final Dice dice;
    private final LeadMaker maker;
    private long made;

    /**
     * Prepares the sequence.
     *
     * @param exportFolder a Salesforce data-export folder, generated or imported; only its Account.csv is read
     * @throws IOException if the folder has no readable Account.csv with at least one partner that names a country
     */
    public LeadTrickle(long seed, Path exportFolder) throws IOException {
        dice = new Dice(seed).branch("trickle", 0);
        maker = new LeadMaker(market(exportFolder), dice.unit());
    }

    /** The next lead: columns of Lead by API name that a client may set, without id, owner and stamps. */
    public Map<String, String> next() {
        return maker.next(dice.branch("lead", made++)).values();
    }

    private static Market market(Path folder) throws IOException {
        Places places = Places.shipped();
        Map<String, List<String>> partners = new TreeMap<>();
        TreeSet<String> products = new TreeSet<>();
        List<Customer> customers = new ArrayList<>();
        SourceTable.open(folder, ExportObject.ACCOUNT.fileName(), List.of("Id", "Name", "IsPartner", "BillingCountry"))
                .each(row -> {
                    Map<String, String> account = row.all();
                    String country = row.text("BillingCountry");
                    if (!country.isEmpty() && Boolean.parseBoolean(row.text("IsPartner"))) {
                        partners.computeIfAbsent(country, key -> new ArrayList<>())
                                .add(row.required("Name"));
                        for (String product : account.getOrDefault("Authorized_Products__c", "")
                                .split(";", -1)) {
                            if (!product.isBlank()) {
                                products.add(product.strip());
                            }
                        }
                    } else if (!country.isEmpty() && customers.size() < CUSTOMERS_KEPT) {
                        customers.add(customer(account, country(places, country)));
                    }
                });
        if (partners.isEmpty()) {
            throw new IOException(folder
                    + " has no partner (Account with IsPartner true and a BillingCountry), so nobody could be assigned"
                    + " a new lead; import or generate partners first");
        }
        List<Country> covered =
                partners.keySet().stream().map(name -> country(places, name)).toList();
        List<Country> uncovered = places.uncovered().stream()
                .filter(country -> !partners.containsKey(country.name()))
                .toList();
        double[] weights = partners.values().stream().mapToDouble(List::size).toArray();
        return new Market(covered, weights, uncovered, List.copyOf(products), partners, customers);
    }

    /** A country that the shipped list lacks gets American names; its own name is what assignment looks at. */
    private static Country country(Places places, String name) {
        return places.named(name).orElseGet(() -> {
            Country model = places.countries().get(0);
            return new Country(
                    name,
                    1,
                    model.tld(),
                    model.dial(),
                    model.language(),
                    model.zone(),
                    model.legal(),
                    model.trades(),
                    List.of("|"),
                    model.first(),
                    model.last());
        });
    }

    private static Customer customer(Map<String, String> account, Country country) {
        String name = account.getOrDefault("Name", "");
        String website = account.getOrDefault("Website", "");
        String employees = account.getOrDefault("NumberOfEmployees", "");
        String revenue = account.getOrDefault("AnnualRevenue", "");
        return new Customer(
                account.getOrDefault("Id", ""),
                name,
                website.isEmpty()
                        ? Names.slug(name, "customer") + "." + country.tld()
                        : website.replaceFirst("^https?://", "").replaceFirst("^www\\.", ""),
                country,
                account.getOrDefault("BillingCity", ""),
                account.getOrDefault("BillingState", ""),
                account.getOrDefault("Industry", ""),
                employees.matches("[0-9]{1,9}") ? Integer.parseInt(employees) : 200,
                revenue.matches("[0-9]{1,15}(\\.[0-9]+)?") ? Double.parseDouble(revenue) : 0,
                null,
                LocalDate.EPOCH);
    }
}
