package dev.rainmaker.app.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.AccountMerge;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.Person;
import dev.rainmaker.satisfaction.SatisfactionAnswer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shipped mapping files on records as the HubSpot connector gives them: texts, and null where nothing is set. */
class HubspotMappingsTest {

    private static final Path FOLDER = Path.of(System.getProperty("rainmaker.home", "../.."), "mappings");
    private static final Mappings MAPPINGS = Mappings.load(FOLDER, "hubspot");

    /** Every field the mapping asks for is empty, but for those given. */
    private static Mapped map(StreamMapping mapping, Map<String, Object> given) {
        Map<String, Object> fields = new HashMap<>();
        for (String path : mapping.reads()) {
            fields.putIfAbsent(path.split("\\.")[0], null);
        }
        mapping.optionalReads().forEach(path -> fields.remove(path.split("\\.")[0]));
        fields.putAll(given);
        return mapping.map(
                "hub",
                new SourceRecord(
                        mapping.stream(), "51", Instant.parse("2026-03-01T10:00:00Z"), false, fields, new byte[] {
                            '{', '}'
                        }));
    }

    private static Mapped map(String stream, Map<String, Object> given) {
        return map(MAPPINGS.stream(stream).orElseThrow(), given);
    }

    private static <F extends Fact> F fact(Mapped mapped, Class<F> type) {
        assertThat(mapped.problems()).isEmpty();
        return mapped.facts().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> contact(String stage) {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "firstname",
                "Anna",
                "lastname",
                "Muster",
                "email",
                "Anna@Example.com",
                "company",
                "Muster GmbH",
                "country",
                "Deutschland",
                "lifecyclestage",
                stage,
                "createdate",
                "2026-02-28T09:30:15Z"));
        fields.put("associatedcompanyid", "77");
        fields.put("annualrevenue", "1200000");
        fields.put("numemployees", "25-50");
        fields.put("owner", Map.of("active", false));
        return fields;
    }

    @Test
    void aContactOnItsWayToBuyIsALeadAndAPerson() {
        Mapped mapped = map("contacts", contact("lead"));
        Person person = fact(new Mapped(mapped.facts(), mapped.absent(), java.util.List.of()), Person.class);
        Lead lead = (Lead) mapped.facts().stream()
                .filter(Lead.class::isInstance)
                .findFirst()
                .orElseThrow();

        assertThat(person.company()).isEqualTo(new RecordId("hub", "77"));
        assertThat(person.email()).isEqualTo("anna@example.com");
        assertThat(lead.person()).isEqualTo("Anna Muster");
        assertThat(lead.country()).isEqualTo("DE");
        assertThat(lead.annualRevenue()).isEqualTo(Money.of("1200000", "USD"));
        assertThat(lead.employees()).isNull();
        assertThat(lead.open()).isTrue();
        assertThat(lead.converted()).isFalse();
        assertThat(lead.ownerActive()).isFalse();
        assertThat(lead.createdAt()).isEqualTo(Instant.parse("2026-02-28T09:30:15Z"));
        assertThat(mapped.withholds()).isFalse();
    }

    @Test
    void aCustomersContactIsAConvertedLead() {
        Mapped mapped = map("contacts", contact("customer"));
        Lead lead = (Lead) mapped.facts().stream()
                .filter(Lead.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(lead.open()).isFalse();
        assertThat(lead.converted()).isTrue();
    }

    @Test
    void aDisqualifiedLeadIsClosed() {
        Map<String, Object> fields = contact("lead");
        fields.put("hs_lead_status", "UNQUALIFIED");
        Lead lead = (Lead) map("contacts", fields).facts().stream()
                .filter(Lead.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(lead.open()).isFalse();
    }

    @Test
    void somebodyElsesContactIsAPersonOnly() {
        Mapped mapped = map("contacts", contact("other"));
        assertThat(mapped.facts()).singleElement().isInstanceOf(Person.class);
        assertThat(mapped.absent()).containsExactlyInAnyOrder(FactKind.LEAD, FactKind.LEAD_MERGE);
    }

    @Test
    void aCompanyOfTypeResellerIsAPartnerAndAnyOtherACustomer() {
        Partner partner = fact(
                map(
                        "companies",
                        Map.of(
                                "name",
                                "Rhine Networks",
                                "type",
                                "RESELLER",
                                "country",
                                "DE",
                                "authorized_products",
                                "Firewall;Cloud",
                                "partner_tier",
                                "gold",
                                "partner_active",
                                "false")),
                Partner.class);
        assertThat(partner.tier()).isEqualTo("gold");
        assertThat(partner.products()).containsExactly("Cloud", "Firewall");
        assertThat(partner.active()).isFalse();
        Account account = fact(map("companies", Map.of("name", "Ada", "domain", "ada.example")), Account.class);
        assertThat(account.website()).isEqualTo("ada.example");
    }

    @Test
    void whatTheCustomerOfAWonDealSaidIsSatisfaction() {
        Map<String, Object> deal = new HashMap<>(Map.of(
                "dealname", "Big",
                "dealstage", "closedwon",
                "hs_is_closed", "true",
                "hs_is_closed_won", "true",
                "closedate", "2026-02-03T23:00:00Z",
                "customer_satisfaction", "4",
                "associations", Map.of("companies", Map.of("Partner", "88"))));
        SatisfactionAnswer answer = fact(map("deals", deal), SatisfactionAnswer.class);
        assertThat(answer.partner()).isEqualTo(new RecordId("hub", "88"));
        assertThat(answer.value()).isEqualByComparingTo("4");
        assertThat(answer.at()).isEqualTo(Instant.parse("2026-02-03T23:00:00Z"));

        deal.remove("associations");
        assertThat(map("deals", deal).facts()).noneMatch(SatisfactionAnswer.class::isInstance);
    }

    @Test
    void aDealBelongsToItsPartnerByLabelAndToItsPrimaryCompany() {
        Opportunity deal = fact(
                map(
                        "deals",
                        Map.of(
                                "dealname",
                                "Big",
                                "hs_primary_associated_company",
                                "77",
                                "dealstage",
                                "closedwon",
                                "hs_is_closed",
                                "true",
                                "hs_is_closed_won",
                                "true",
                                "amount",
                                "1000.50",
                                "closedate",
                                "2026-02-03T23:00:00Z",
                                "createdate",
                                "2026-01-01T00:00:00.123Z",
                                "associations",
                                Map.of("companies", Map.of("Partner", "88")))),
                Opportunity.class);
        assertThat(deal.partner()).isEqualTo(new RecordId("hub", "88"));
        assertThat(deal.account()).isEqualTo(new RecordId("hub", "77"));
        assertThat(deal.won()).isTrue();
        assertThat(deal.amount()).isEqualTo(Money.of("1000.5", "USD"));
        assertThat(deal.closeDate()).isEqualTo(LocalDate.of(2026, 2, 3));
    }

    @Test
    void whatPeopleDidIsEngagement() {
        assertThat(fact(
                                map(
                                        "form_submissions",
                                        Map.of(
                                                "contactId",
                                                "51",
                                                "formName",
                                                "Partner day",
                                                "submittedAt",
                                                "2026-01-01T00:00:00Z")),
                                Engagement.class)
                        .person())
                .isEqualTo(new RecordId("hub", "51"));
        assertThat(map("form_submissions", Map.of("submittedAt", "2026-01-01T00:00:00Z"))
                        .facts())
                .isEmpty();
        assertThat(map(
                                "event_attendance",
                                Map.of("contactId", "51", "state", "NO_SHOW", "occurredAt", "2026-01-01T00:00:00Z"))
                        .facts())
                .isEmpty();
        assertThat(map(
                                "event_attendance",
                                Map.of("contactId", "51", "state", "ATTENDED", "occurredAt", "2026-01-01T00:00:00Z"))
                        .facts())
                .hasSize(1);
        assertThat(map(
                                "email_engagement",
                                Map.of("contactId", "51", "action", "click", "occurredAt", "2026-01-01T00:00:00Z"))
                        .facts())
                .hasSize(1);
    }

    @Test
    void theMappingOfTheObjectLeadsIsValidToo() {
        StreamMapping leads = Mappings.read(FOLDER.resolve("hubspot/leads-object/leads.yaml"));
        Lead lead = (Lead) map(
                        leads,
                        Map.of(
                                "hs_lead_name",
                                "Anna",
                                "hs_pipeline_stage",
                                "new-stage-id",
                                "hs_createdate",
                                "2026-01-01T00:00:00Z",
                                "contact",
                                Map.of("email", "anna@example.com", "phone", "", "country", "", "state", ""),
                                "company",
                                Map.of("name", "Muster", "industry", "", "annualrevenue", "", "numberofemployees", "")))
                .facts()
                .get(0);
        assertThat(lead.company()).isEqualTo("Muster");
        assertThat(lead.open()).isTrue();
    }

    @Test
    void aCompanyThatTookOthersInSaysWhich() {
        AccountMerge merge =
                fact(map("companies", Map.of("name", "Ada", "hs_merged_object_ids", "48; 49")), AccountMerge.class);

        assertThat(merge.gone().keySet()).containsExactly(new RecordId("hub", "48"), new RecordId("hub", "49"));
        assertThat(merge.gone().values()).containsOnly(new RecordId("hub", "51"));
        assertThat(map("companies", Map.of("name", "Ada")).absent()).contains(FactKind.ACCOUNT_MERGE);
    }
}
