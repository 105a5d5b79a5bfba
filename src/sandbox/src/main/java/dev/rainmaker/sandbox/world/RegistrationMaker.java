package dev.rainmaker.sandbox.world;

import dev.rainmaker.sandbox.world.PartnerMaker.Made;
import dev.rainmaker.sandbox.world.Places.Country;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes deal registrations: partners that claim companies whose leads are open. The first company is claimed twice, by two
 * partners under two spellings.
 */
final class RegistrationMaker {

    private static final int SHARE = 60; // leads per registration
    private static final int MOST = 40;

    /** A lead whose company can be claimed. */
    private record Prospect(
            String company, String domain, String email, Country country, String product, Instant since) {}

    private final Dice dice;
    private final LocalDate asOf;
    private final List<Made> partners;
    private final List<Country> covered;
    private final List<Prospect> prospects = new ArrayList<>();
    private int made;

    RegistrationMaker(Dice dice, LocalDate asOf, List<Made> partners, List<Country> covered) {
        this.dice = dice;
        this.asOf = asOf;
        this.partners = partners.stream()
                .filter(partner -> partner.truth().lifecycle() != PartnerTruth.Lifecycle.OFFBOARDED)
                .sorted(Comparator.comparing(partner -> partner.truth().id()))
                .toList();
        this.covered = covered;
    }

    /** Looks at an open lead that was written. */
    void see(ExportRow lead, Instant since) {
        String email = lead.value("Email");
        String company = lead.value("Company");
        String product = lead.value("ProductInterest__c");
        if (prospects.size() >= MOST || email.isEmpty() || product.isEmpty() || !company.contains(" ")) {
            return;
        }
        String domain = email.substring(email.indexOf('@') + 1);
        boolean known = prospects.stream().anyMatch(each -> each.domain().equals(domain));
        if (known
                || LeadQuality.FREE_MAIL.contains(domain)
                || company.startsWith("[")
                || !lead.value("Requested_Partner__c").isEmpty()
                || lead.value("Website").isEmpty()) {
            return; // only companies that the CRM does not know yet have a web site on their lead
        }
        covered.stream()
                .filter(country -> country.name().equals(lead.value("Country")))
                .findFirst()
                .ifPresent(country -> prospects.add(new Prospect(company, domain, email, country, product, since)));
    }

    /** Writes them all. */
    void write(ExportWriter out, int leads, String owner) {
        int wanted = Math.min(prospects.size(), Math.max(1, leads / SHARE));
        for (int i = 0; i < wanted && !partners.isEmpty(); i++) {
            Prospect prospect = prospects.get(i);
            List<Made> able = able(prospect);
            Made first = able.get(i % able.size());
            claim(out, prospect, first, prospect.company(), Duration.ofMinutes(20), owner);
            if (i == 0 && partners.size() > 1) {
                Made second = able.size() > 1
                        ? able.get(1)
                        : partners.stream()
                                .filter(each -> each != first)
                                .findFirst()
                                .orElseThrow();
                String spelling = Names.otherSpelling(
                        dice.branch("registration-spelling", i), prospect.company(), prospect.country());
                claim(out, prospect, second, spelling, Duration.ofMinutes(50), owner);
            }
        }
    }

    /** Partners that sell the product in the country, else all. */
    private List<Made> able(Prospect prospect) {
        List<Made> able = partners.stream()
                .filter(partner ->
                        partner.country().name().equals(prospect.country().name())
                                && partner.truth().products().contains(prospect.product()))
                .toList();
        return able.isEmpty() ? partners : able;
    }

    private void claim(
            ExportWriter out, Prospect prospect, Made partner, String spelling, Duration after, String owner) {
        made++;
        Dice own = dice.branch("registration", made);
        Instant end = asOf.plusDays(1).atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
        Instant at = prospect.since().plus(after);
        out.write(
                ExportObject.DEAL_REGISTRATION,
                new ExportRow()
                        .set("Id", SalesforceId.numbered(ExportObject.DEAL_REGISTRATION, GeneratedWorld.SOURCE, made))
                        .set("OwnerId", owner)
                        .set("Partner__c", partner.truth().id())
                        .set("Customer_Name__c", spelling)
                        .set("Customer_Domain__c", prospect.domain())
                        .set("Customer_Country__c", prospect.country().name())
                        .set("Product__c", prospect.product())
                        .money("Amount__c", StrictMath.rint(own.logNormal(40, 0.5)) * 1_000)
                        .set("CurrencyIsoCode", "USD")
                        .set("Close_Date__c", asOf.plusDays(own.whole(30, 120)))
                        .set("Contact_Email__c", prospect.email())
                        .set("Note__c", "Met at their office; a trial is planned.")
                        .set("State__c", "Submitted")
                        .set("CreatedDate", at.isBefore(end) ? at : end.minusSeconds(1)));
    }
}
