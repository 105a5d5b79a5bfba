package dev.rainmaker.sandbox.world;

import dev.rainmaker.sandbox.world.Names.Person;
import dev.rainmaker.sandbox.world.PartnerMaker.Made;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Writes the partner programme: the vendor's people, the partners' people, campaigns and who answered them. */
final class ProgrammeMaker {
    private static final int CAMPAIGNS_PER_YEAR = 12;
    private static final int YEARS = 2;
    private static final List<String> TYPES = List.of("Webinar", "Training", "Conference", "Partners", "Email");

    /** A campaign that partners' people are invited to. */
    private record Campaign(String id, LocalDate start) {}

    private final Dice dice;
    private final LocalDate asOf;
    private final ExportWriter out;
    private final List<String> managers = new ArrayList<>();
    private final List<Campaign> campaigns = new ArrayList<>();
    private int contacts;
    private int members;

    ProgrammeMaker(Dice dice, LocalDate asOf, ExportWriter out) {
        this.dice = dice;
        this.asOf = asOf;
        this.out = out;
    }

    /** Channel managers, the last of whom has left the company. */
    void users(int count, List<Places.Country> from) {
        for (int i = 0; i < count; i++) {
            Dice own = dice.branch("user", i);
            Places.Country country = from.get(i % from.size());
            Person person = Names.person(own, country);
            String id = SalesforceId.numbered(ExportObject.USER, GeneratedWorld.SOURCE, i + 1);
            managers.add(id);
            out.write(
                    ExportObject.USER,
                    new ExportRow()
                            .set("Id", id)
                            .set("Username", "channel" + (i + 1) + "@vendor.example")
                            .set("FirstName", person.first())
                            .set("LastName", person.last())
                            .set("Email", "channel" + (i + 1) + "@vendor.example")
                            .set("Alias", "chan" + (i + 1))
                            .set("IsActive", i < count - 1)
                            .set("UserType", "Standard")
                            .set("TimeZoneSidKey", country.zone())
                            .set("CreatedDate", Deals.instant(asOf.minusDays(own.whole(1_200, 3_000)), own)));
        }
    }

    /** A user: seldom the one who has left, whose records nobody has handed over yet. */
    String owner(Dice own) {
        return own.chance(0.04) ? managers.get(managers.size() - 1) : activeOwner(own);
    }

    String activeOwner(Dice own) {
        return managers.get(own.below(managers.size() - 1));
    }

    void campaigns() {
        int count = CAMPAIGNS_PER_YEAR * YEARS;
        for (int i = 0; i < count; i++) {
            Dice own = dice.branch("campaign", i);
            LocalDate start = asOf.minusDays(15 + (long) (count - 1 - i) * 365 / CAMPAIGNS_PER_YEAR);
            String type = own.pick(TYPES);
            String id = SalesforceId.numbered(ExportObject.CAMPAIGN, GeneratedWorld.SOURCE, i + 1);
            campaigns.add(new Campaign(id, start));
            out.write(
                    ExportObject.CAMPAIGN,
                    new ExportRow()
                            .set("Id", id)
                            .set("Name", type + ": " + own.pick(Catalogue.PRODUCTS) + ", " + start)
                            .set("Type", type)
                            .set("Status", "Completed")
                            .set("IsActive", false)
                            .set("StartDate", start)
                            .set("EndDate", start.plusDays(own.whole(0, 10)))
                            .set("CreatedDate", Deals.instant(start.minusDays(30), own)));
        }
    }

    /** The partner's people and what they answered. */
    void people(Made partner, String owner) {
        Dice own = partner.dice().branch("people", 0);
        int count = own.whole(1, 4);
        List<String> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Person person = Names.person(own, partner.country());
            String id = SalesforceId.numbered(ExportObject.CONTACT, GeneratedWorld.SOURCE, ++contacts);
            ids.add(id);
            out.write(
                    ExportObject.CONTACT,
                    new ExportRow()
                            .set("Id", id)
                            .set("AccountId", partner.truth().id())
                            .set("FirstName", person.first())
                            .set("LastName", person.last())
                            .set("Title", own.pick(List.of("Sales Manager", "Partner Manager", "Presales", "CEO")))
                            .set("Email", Names.email(person, partner.domain(), own))
                            .set("Phone", Names.phone(own, partner.country()))
                            .set("OwnerId", owner)
                            .set("CreatedDate", Deals.instant(partner.truth().since(), own)));
        }
        answers(partner.truth(), ids, own);
    }

    private void answers(PartnerTruth truth, List<String> people, Dice own) {
        double expected = truth.engagementsPerYear() / (CAMPAIGNS_PER_YEAR * people.size());
        for (Campaign campaign : campaigns) {
            if (campaign.start().isBefore(truth.since()) || !truth.sellsOn(campaign.start())) {
                continue;
            }
            for (String person : people) {
                boolean answers = own.chance(expected);
                if (answers || own.chance(0.2)) {
                    out.write(ExportObject.CAMPAIGN_MEMBER, member(campaign, person, answers, own));
                }
            }
        }
    }

    private ExportRow member(Campaign campaign, String contact, boolean answered, Dice own) {
        ExportRow row = new ExportRow()
                .set("Id", SalesforceId.numbered(ExportObject.CAMPAIGN_MEMBER, GeneratedWorld.SOURCE, ++members))
                .set("CampaignId", campaign.id())
                .set("ContactId", contact)
                .set("Status", answered ? "Responded" : "Sent")
                .set("HasResponded", answered)
                .set("CreatedDate", Deals.instant(campaign.start().minusDays(14), own));
        return answered ? row.set("FirstRespondedDate", campaign.start()) : row;
    }
}
