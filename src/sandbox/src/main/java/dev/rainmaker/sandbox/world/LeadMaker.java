package dev.rainmaker.sandbox.world;

import dev.rainmaker.sandbox.world.Customers.Customer;
import dev.rainmaker.sandbox.world.Names.Person;
import dev.rainmaker.sandbox.world.Places.Country;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Makes leads as people leave them on a web form or a list: mostly good, some from a country without a partner, some twice
 * under another spelling, some with a free-mail address or a placeholder where the company should be.
 */
final class LeadMaker {
    /**
     * Where leads come from and what they ask for.
     *
     * @param weights of the covered countries
     * @param partnerNames by country, for those who ask for a partner by name
     */
    record Market(
            List<Country> covered,
            double[] weights,
            List<Country> uncovered,
            List<String> products,
            Map<String, List<String>> partnerNames,
            List<Customer> customers) {}

    private static final int REMEMBERED = 200;
    private static final List<String> PLACEHOLDER_TEXTS =
            List.of("[not provided]", "Test", "asdf", "n/a", "-", "XXX", "privat");
    private static final List<String> FREE_MAIL =
            LeadQuality.FREE_MAIL.stream().sorted().toList();

    /** A lead to be repeated by a colleague of its person. */
    private record Seen(String company, String domain, Country country, Map<String, String> columns) {}

    private final Market market;
    private final Deque<Seen> seen = new ArrayDeque<>();
    private final Quota elsewhere;
    private final Quota nowhere;
    private final Quota placeholder;
    private final Quota again;
    private final Quota customer;
    private final Quota freeMail;
    private final Quota requested;

    /**
     * A maker with a state of its own.
     *
     * @param shift where in their turns the flaws start, in [0, 1); 0 never makes more unassignable leads than their share
     */
    LeadMaker(Market market, double shift) {
        this.market = market;
        elsewhere = new Quota(0.05, shift);
        nowhere = new Quota(0.02, shift);
        // Started apart, or the same leads would have all the flaws.
        placeholder = new Quota(0.015, (shift + 0.4) % 1);
        again = new Quota(0.04, (shift + 0.5) % 1);
        customer = new Quota(0.03, (shift + 0.25) % 1);
        freeMail = new Quota(0.08, (shift + 0.7) % 1);
        requested = new Quota(0.03, (shift + 0.9) % 1);
    }

    /** The next open lead; columns that the org itself sets (id, owner, stamps) are left out. */
    ExportRow next(Dice dice) {
        boolean repeats = again.next();
        boolean known = customer.next();
        boolean outside = elsewhere.next();
        ExportRow row;
        if (repeats && !seen.isEmpty()) {
            row = repeated(dice);
        } else if (known && !market.customers().isEmpty()) {
            Customer buyer = dice.pick(market.customers());
            row = of(dice, buyer).set("Company", Names.otherSpelling(dice, buyer.name(), buyer.country()));
        } else {
            List<Country> from = market.uncovered();
            Country country = outside && !from.isEmpty()
                    ? from.get(dice.weighted(Places.weights(from)))
                    : market.covered().get(dice.weighted(market.weights()));
            row = fresh(dice, country);
        }
        blemish(row, dice);
        return row.set("LeadSource", dice.pick(Catalogue.LEAD_SOURCES))
                .set("Status", dice.chance(0.8) ? "Open - Not Contacted" : "Working - Contacted")
                .set("CurrencyIsoCode", "USD");
    }

    private ExportRow fresh(Dice dice, Country country) {
        Names.Company company = Names.company(dice, country);
        Person person = Names.person(dice, country);
        String domain = Names.domain(company, country);
        String place = dice.pick(country.cities());
        int employees = Customers.employees(dice);
        ExportRow row = person(dice, person, domain, country)
                .set("Company", company.name())
                .set("Website", dice.chance(0.6) ? "www." + domain : null)
                .set("City", Names.city(place))
                .set("State", Names.state(place))
                .set("Country", country.name())
                .set("Industry", dice.pick(Catalogue.INDUSTRIES))
                .money("AnnualRevenue", Customers.revenue(dice, employees))
                .set("NumberOfEmployees", employees);
        if (market.covered().contains(country)) {
            remember(new Seen(company.name(), domain, country, Map.copyOf(row.values())));
        }
        return interested(row, dice);
    }

    /** A lead of a company that is a customer already. */
    ExportRow of(Dice dice, Customer buyer) {
        Person person = Names.person(dice, buyer.country());
        ExportRow row = person(dice, person, buyer.domain(), buyer.country())
                .set("Company", buyer.name())
                .set("City", buyer.city())
                .set("State", buyer.state())
                .set("Country", buyer.country().name())
                .set("Industry", buyer.industry())
                .money("AnnualRevenue", buyer.revenue())
                .set("NumberOfEmployees", buyer.employees());
        return interested(row, dice);
    }

    private ExportRow repeated(Dice dice) {
        Seen first = dice.pick(new ArrayList<>(seen));
        Person person = Names.person(dice, first.country());
        ExportRow row = person(dice, person, first.domain(), first.country())
                .set("Company", Names.otherSpelling(dice, first.company(), first.country()));
        for (String same : List.of("City", "State", "Country", "Industry", "AnnualRevenue", "NumberOfEmployees")) {
            row.set(same, first.columns().get(same));
        }
        return interested(row, dice);
    }

    private static ExportRow person(Dice dice, Person person, String domain, Country country) {
        return new ExportRow()
                .set("FirstName", person.first())
                .set("LastName", person.last())
                .set("Title", dice.pick(Catalogue.TITLES))
                .set("Email", Names.email(person, domain, dice))
                .set("Phone", dice.chance(0.7) ? Names.phone(dice, country) : null);
    }

    private ExportRow interested(ExportRow row, Dice dice) {
        return market.products().isEmpty() ? row : row.set("ProductInterest__c", dice.pick(market.products()));
    }

    private void blemish(ExportRow row, Dice dice) {
        if (requested.next()) {
            List<String> names = market.partnerNames().getOrDefault(row.value("Country"), List.of());
            row.set(
                    "Requested_Partner__c",
                    names.isEmpty() || dice.chance(0.1) ? "the one from the trade fair" : dice.pick(names));
        }
        if (freeMail.next()) {
            String email = row.value("Email");
            row.set("Email", email.substring(0, email.indexOf('@') + 1) + dice.pick(FREE_MAIL));
        }
        if (placeholder.next()) {
            row.set("Company", dice.pick(PLACEHOLDER_TEXTS));
        }
        if (nowhere.next()) {
            row.clear("Country").clear("State").clear("City");
        }
    }

    private void remember(Seen lead) {
        seen.addLast(lead);
        if (seen.size() > REMEMBERED) {
            seen.removeFirst();
        }
    }
}
