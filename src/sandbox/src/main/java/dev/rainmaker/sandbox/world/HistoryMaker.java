package dev.rainmaker.sandbox.world;

import dev.rainmaker.sandbox.world.Customers.Customer;
import dev.rainmaker.sandbox.world.PartnerMaker.Made;
import java.time.LocalDate;
import java.util.List;

/**
 * Writes what each partner did in the three years before the as-of day: deals it brought itself, and leads that it was given
 * with what became of them. Good partners were given slightly better leads, as it goes, so that raw conversion flatters them.
 */
final class HistoryMaker {
    private static final int YEARS = 3;
    private static final int USUAL_CUSTOMERS = 8;
    /** Leads younger than this are left out, so that none is still undecided and slow ones are not missed. */
    private static final int SETTLED_AFTER_DAYS = 60;

    private static final double LEADS_PER_YEAR = 14;
    private static final double BUNDLED = 0.3;

    private final LocalDate asOf;
    private final Customers customers;
    private final LeadMaker leads;
    private final ExportWriter out;
    private int opportunities;
    private int pastLeads;
    private final int openLeads;

    HistoryMaker(LocalDate asOf, Customers customers, LeadMaker leads, ExportWriter out, int openLeads) {
        this.asOf = asOf;
        this.customers = customers;
        this.leads = leads;
        this.out = out;
        this.openLeads = openLeads;
    }

    void write(Made partner, String owner) {
        ownDeals(partner, owner, partner.dice().branch("deals", 0));
        givenLeads(partner, owner, partner.dice().branch("leads", 0));
    }

    private LocalDate start(PartnerTruth truth) {
        LocalDate horizon = asOf.minusYears(YEARS);
        return truth.since().isAfter(horizon) ? truth.since() : horizon;
    }

    private void ownDeals(Made partner, String owner, Dice dice) {
        PartnerTruth truth = partner.truth();
        List<Customer> here = customers.in(partner.country());
        int firstUsual = dice.below(here.size());
        double daysBetween = 365.25 * truth.ownWinRate() / truth.ordersPerYear();
        double day = dice.exponential(daysBetween);
        for (LocalDate created = start(truth).plusDays((long) day);
                created.isBefore(asOf) && truth.sellsOn(created);
                created = start(truth).plusDays((long) day)) {
            Customer customer = dice.chance(0.8)
                    ? here.get((firstUsual + dice.below(USUAL_CUSTOMERS)) % here.size())
                    : dice.pick(here);
            String product = dice.pick(truth.products());
            boolean wins = dice.chance(truth.ownWinRate());
            double size =
                    StrictMath.pow(StrictMath.min(40, StrictMath.max(1 / 40.0, customer.employees() / 200.0)), 0.25);
            double amount = Deals.amount(truth.dealSize() * Catalogue.price(product) * size, dice);
            ExportRow row = opportunity(partner, customer, product, owner).set("LeadSource", "Partner Referral");
            out.write(ExportObject.OPPORTUNITY, Deals.course(row, created, asOf, wins, amount, truth, dice));
            day += dice.exponential(daysBetween);
        }
    }

    private void givenLeads(Made partner, String owner, Dice dice) {
        PartnerTruth truth = partner.truth();
        double daysBetween = 365.25 / (LEADS_PER_YEAR * (1.6 - 0.35 * partner.standing()));
        LocalDate last = asOf.minusDays(SETTLED_AFTER_DAYS);
        double day = dice.exponential(daysBetween);
        for (LocalDate given = start(truth).plusDays((long) day);
                given.isBefore(last) && !hasLeft(truth, given);
                given = start(truth).plusDays((long) day)) {
            Customer customer = dice.pick(customers.in(partner.country()));
            ExportRow lead = leads.of(dice, customer)
                    .set("Id", SalesforceId.numbered(ExportObject.LEAD, GeneratedWorld.SOURCE, openLeads + ++pastLeads))
                    .set("LeadSource", dice.chance(0.12 * (3 - partner.standing())) ? "Referral" : source(dice))
                    .set("OwnerId", owner)
                    .set("PartnerAccountId", truth.id())
                    .set("CurrencyIsoCode", "USD")
                    .set("CreatedDate", Deals.instant(given, dice));
            decide(lead, customer, partner, given, owner, dice);
            out.write(ExportObject.LEAD, lead);
            day += dice.exponential(daysBetween);
        }
    }

    /** Silent partners went on being given leads for a while: nobody had noticed. */
    private static boolean hasLeft(PartnerTruth truth, LocalDate day) {
        LocalDate silent = truth.silentSince();
        return silent != null && !day.isBefore(silent.plusDays(60));
    }

    private static String source(Dice dice) {
        return dice.pick(Catalogue.LEAD_SOURCES);
    }

    /** The chance to win is split evenly over its two steps: to become an opportunity, and to be won as one. */
    private void decide(ExportRow lead, Customer customer, Made partner, LocalDate given, String owner, Dice dice) {
        PartnerTruth truth = partner.truth();
        double step = StrictMath.sqrt(WorldTruth.winProbability(lead.values(), truth, given));
        LocalDate decided = given.plusDays(dice.whole(1, 40));
        boolean converts = dice.chance(step);
        lead.set("IsConverted", converts).set("Status", converts ? "Closed - Converted" : "Closed - Not Converted");
        if (!converts) {
            return;
        }
        double amount = Deals.amount(WorldTruth.meanAmount(lead.values(), truth), dice);
        ExportRow row = opportunity(partner, customer, lead.value("ProductInterest__c"), owner)
                .set("LeadSource", lead.value("LeadSource"));
        Deals.course(row, decided, asOf, dice.chance(step), amount, truth, dice);
        out.write(ExportObject.OPPORTUNITY, row);
        lead.set("ConvertedDate", decided)
                .set("ConvertedAccountId", customer.id())
                .set("ConvertedOpportunityId", row.value("Id"));
    }

    private ExportRow opportunity(Made partner, Customer customer, String product, String owner) {
        return new ExportRow()
                .set("Id", SalesforceId.numbered(ExportObject.OPPORTUNITY, GeneratedWorld.SOURCE, ++opportunities))
                .set("Name", customer.name() + " - " + product)
                .set("AccountId", customer.id())
                .set("PartnerAccountId", partner.truth().id())
                .set("OwnerId", owner)
                .set("Product__c", product)
                .set(
                        "Offer__c",
                        partner.dice().branch("offer", opportunities).chance(BUNDLED) ? "Bundled" : "Standalone");
    }
}
