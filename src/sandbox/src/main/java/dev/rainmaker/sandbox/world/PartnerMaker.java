package dev.rainmaker.sandbox.world;

import dev.rainmaker.sandbox.world.PartnerTruth.Lifecycle;
import dev.rainmaker.sandbox.world.Places.Country;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the partners of a world: first one partner per covered country that is authorised for everything, sells in the whole
 * country and states no limit of open leads (so that a lead from there can always be assigned), then the others, each with
 * gaps of its own.
 */
final class PartnerMaker {
    /**
     * A partner with what its Account record needs beyond the truth.
     *
     * @param standing 0 (Platinum) to 3 (Registered)
     */
    record Made(PartnerTruth truth, Country country, String domain, int standing, boolean anchor, Dice dice) {}

    private static final List<String> TIERS = List.of("Platinum", "Gold", "Silver", "Registered");

    private final Dice dice;
    private final LocalDate asOf;
    private final List<Country> covered;
    private final Quota silent = new Quota(0.12, 0.3);
    private final Quota fresh = new Quota(0.15, 0.6);
    private final Quota gone = new Quota(0.04, 0);

    PartnerMaker(Dice dice, LocalDate asOf, List<Country> covered) {
        this.dice = dice;
        this.asOf = asOf;
        this.covered = covered;
    }

    List<Made> make(int count) {
        List<Made> partners = new ArrayList<>(count);
        double[] weights = Places.weights(covered);
        for (int i = 0; i < count; i++) {
            Dice own = dice.branch("partner", i);
            boolean anchor = i < covered.size();
            Country country = anchor ? covered.get(i) : covered.get(own.weighted(weights));
            partners.add(make(i, own, country, anchor));
        }
        return partners;
    }

    private Made make(int number, Dice own, Country country, boolean anchor) {
        Names.Company company = Names.reseller(own, country);
        Lifecycle lifecycle = anchor ? Lifecycle.STEADY : lifecycle();
        LocalDate since = asOf.minusDays(lifecycle == Lifecycle.NEW ? own.whole(20, 170) : own.whole(700, 3_000));
        double skill = 0.75 * own.normal();
        double pace = own.normal();
        double size = own.normal();
        PartnerTruth truth = new PartnerTruth(
                SalesforceId.numbered(ExportObject.ACCOUNT, GeneratedWorld.SOURCE, number + 1),
                company.name(),
                lifecycle,
                country.name(),
                anchor || own.chance(0.65) ? null : Names.state(own.pick(country.cities())),
                own.pick(Catalogue.INDUSTRIES),
                anchor ? Catalogue.PRODUCTS : products(own),
                since,
                silentSince(lifecycle, own),
                rounded(skill),
                rounded(6 * StrictMath.exp(0.6 * pace)),
                rounded(WorldTruth.logistic(-0.5 + 0.8 * skill)),
                rounded(24_000 * StrictMath.exp(0.6 * size)),
                rounded(own.between(0.12, 0.38)),
                rounded(own.logNormal(4, 0.6) * StrictMath.exp(0.25 * skill)));
        double standing = 0.6 * pace + 0.6 * size + 0.4 * skill + 0.5 * own.normal();
        int tier = lifecycle == Lifecycle.NEW || standing < -0.4 ? 3 : standing < 0.4 ? 2 : standing < 1.2 ? 1 : 0;
        return new Made(truth, country, Names.domain(company, country), tier, anchor, own.branch("history", 0));
    }

    private Lifecycle lifecycle() {
        boolean isSilent = silent.next();
        boolean isNew = fresh.next();
        boolean isGone = gone.next();
        return isSilent ? Lifecycle.SILENT : isNew ? Lifecycle.NEW : isGone ? Lifecycle.OFFBOARDED : Lifecycle.STEADY;
    }

    private @Nullable LocalDate silentSince(Lifecycle lifecycle, Dice own) {
        return switch (lifecycle) {
            case SILENT -> asOf.minusDays(own.whole(120, 540));
            case OFFBOARDED -> asOf.minusDays(own.whole(60, 400));
            case STEADY, NEW -> null;
        };
    }

    private static List<String> products(Dice own) {
        List<String> left = new ArrayList<>(Catalogue.PRODUCTS);
        int drop = own.whole(1, 3);
        for (int i = 0; i < drop; i++) {
            left.remove(own.below(left.size()));
        }
        return left;
    }

    /** Six decimals are enough for a truth and read well in truth.json. */
    private static double rounded(double value) {
        return StrictMath.rint(value * 1e6) / 1e6;
    }

    /**
     * The partner's Account.
     *
     * @param leadsPerPartner how many open leads there are for each, from which stated limits follow
     */
    static ExportRow account(Made made, String owner, double leadsPerPartner) {
        PartnerTruth truth = made.truth();
        Dice dice = made.dice().branch("account", 0);
        ExportRow row = new ExportRow()
                .set("Id", truth.id())
                .set("Name", truth.name())
                .set("Type", dice.pick(Catalogue.PARTNER_TYPES))
                .set("IsPartner", true)
                .set("OwnerId", owner)
                .set("BillingCity", Names.city(city(made, dice)))
                .set("BillingState", truth.state())
                .set("BillingCountry", truth.country())
                .set("Phone", Names.phone(dice, made.country()))
                .set("Website", "https://www." + made.domain())
                .set("Industry", truth.industry())
                .set("NumberOfEmployees", StrictMath.round(dice.logNormal(40, 0.9)) + 2)
                .set("CurrencyIsoCode", "USD")
                .set("CreatedDate", Deals.instant(truth.since(), dice))
                .set("Partner_Tier__c", TIERS.get(made.standing()))
                .set("Authorized_Products__c", String.join(";", truth.products()))
                .set("Partner_Active__c", truth.lifecycle() != Lifecycle.OFFBOARDED)
                .set("Partner_Since__c", truth.since())
                .set("Languages__c", made.country().language())
                .set("Time_Zone__c", made.country().zone());
        if (!made.anchor() && dice.chance(0.6)) {
            row.set("Max_Open_Leads__c", StrictMath.round(StrictMath.max(8, leadsPerPartner) * dice.between(1, 4)));
        }
        programme(row, made);
        return row;
    }

    /** What was agreed for the year and what the programme spends on the partner, in US dollars. */
    private static void programme(ExportRow row, Made made) {
        PartnerTruth truth = made.truth();
        Dice dice = made.dice().branch("programme", 0);
        double revenue = truth.ordersPerYear() * truth.dealSize();
        row.set("Yearly_Target__c", rounded(revenue * dice.between(0.8, 1.5), 10_000))
                .set("MDF_Spent__c", rounded(revenue * truth.marginRate() * dice.between(0.02, 0.12), 500))
                .set("Programme_Cost__c", rounded((5 - made.standing()) * dice.between(1_200, 3_600), 100));
    }

    private static long rounded(double dollars, long to) {
        return StrictMath.max(1, StrictMath.round(dollars / to)) * to;
    }

    private static String city(Made made, Dice dice) {
        String state = made.truth().state();
        List<String> cities = made.country().cities().stream()
                .filter(city -> state == null || Names.state(city).equals(state))
                .toList();
        return dice.pick(cities);
    }
}
