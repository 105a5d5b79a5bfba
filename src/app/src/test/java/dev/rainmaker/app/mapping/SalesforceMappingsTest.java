package dev.rainmaker.app.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.account.Account;
import dev.rainmaker.account.AccountMerge;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.StreamNeed;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.lead.LeadMerge;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.PartnerAbsence;
import dev.rainmaker.partner.Person;
import dev.rainmaker.satisfaction.SatisfactionAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The shipped mapping files on records as Salesforce sends them. */
class SalesforceMappingsTest {

    static final Path FOLDER = Path.of(System.getProperty("rainmaker.home", "../.."), "mappings");
    private static final Mappings MAPPINGS = Mappings.load(FOLDER, "salesforce");
    private static final String STAMP = "2026-03-01T10:00:00.000+0000";

    static final String LEAD = """
            {"attributes":{"type":"Lead"},"Id":"00Q000000000001AAA","SystemModstamp":"2026-03-01T10:00:00.000+0000",
             "FirstName":"Anna","LastName":"Muster","Company":"Muster GmbH","Email":"Anna.Muster@Example.com ",
             "Phone":"+49 89 123","Country":"Deutschland","State":"Bayern","City":"M\u00fcnchen","Industry":"Finance",
             "AnnualRevenue":1200000.50,"CurrencyIsoCode":"EUR","NumberOfEmployees":501,
             "ProductInterest__c":"Edge Firewall;Log Insight","Requested_Partner__c":null,"Status":"Open - Not Contacted",
             "LeadSource":"Web","IsConverted":false,"ConvertedOpportunityId":null,"PartnerAccountId":"001000000000009AAA",
             "OwnerId":"005000000000001AAA","Owner":{"attributes":{"type":"Name"},"IsActive":false},
             "CreatedDate":"2026-02-28T09:30:15.000+0000",
             "Rainmaker_Partner__c":null,"Rainmaker_Decision_Id__c":null}
            """;

    @Test
    void aLeadIsRead() {
        Lead lead = (Lead) only("Lead", LEAD);

        assertThat(lead.id()).isEqualTo(new RecordId("crm", "00Q000000000001AAA"));
        assertThat(lead.modifiedAt()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(lead.company()).isEqualTo("Muster GmbH");
        assertThat(lead.person()).isEqualTo("Anna Muster");
        assertThat(lead.email()).isEqualTo("anna.muster@example.com");
        assertThat(lead.country()).isEqualTo("DE");
        assertThat(lead.annualRevenue()).isEqualTo(Money.of("1200000.5", "EUR"));
        assertThat(lead.employees()).isEqualTo(501);
        assertThat(lead.products()).containsExactly("Edge Firewall", "Log Insight");
        assertThat(lead.requestedPartner()).isNull();
        assertThat(lead.open()).isTrue();
        assertThat(lead.converted()).isFalse();
        assertThat(lead.previousPartner()).isEqualTo(new RecordId("crm", "001000000000009AAA"));
        assertThat(lead.sourcedBy()).isNull();
        assertThat(lead.ownerActive()).isFalse();
        assertThat(lead.attributes()).isEqualTo(Map.of("source", "Web", "city", "M\u00fcnchen"));
        assertThat(lead.createdAt()).isEqualTo(Instant.parse("2026-02-28T09:30:15Z"));
    }

    @Test
    void whatSalesforceCallsNotProvidedIsEmptyAndANowhereCountryIsNone() {
        Mapped mapped =
                map("Lead", LEAD.replace("Muster GmbH", "[not provided]").replace("Deutschland", "Narnia"));
        Lead lead = (Lead) mapped.facts().get(0);

        assertThat(lead.company()).isNull();
        assertThat(lead.country()).isNull();
        assertThat(mapped.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.withholds()).isFalse();
            assertThat(problem.toString())
                    .startsWith(
                            "lead.country from Country: a text of 6 characters is not a country, so it is left empty")
                    .contains("Lead.yaml:");
        });
    }

    @Test
    void leadsAreOpenUntilConvertedOrClosed() {
        assertThat(lead("\"IsConverted\":false", "\"IsConverted\":true").open()).isFalse();
        assertThat(lead("Open - Not Contacted", "Closed - Not Converted").open())
                .isFalse();
        assertThat(lead("Open - Not Contacted", "Unqualified").open()).isFalse();
        assertThat(lead("\"Open - Not Contacted\"", "null").open()).isTrue();
        assertThat(lead("Open - Not Contacted", "Working - Contacted").open()).isTrue();
    }

    @Test
    void aLeadThatAPartnerBroughtNamesThePartner() {
        assertThat(lead("\"Web\"", "\"Partner Referral\"").sourcedBy())
                .isEqualTo(new RecordId("crm", "001000000000009AAA"));
    }

    @Test
    void anOwnerThatIsAQueueCountsAsActive() {
        assertThat(lead("{\"attributes\":{\"type\":\"Name\"},\"IsActive\":false}", "null")
                        .ownerActive())
                .isTrue();
    }

    @Test
    void anAccountIsEitherPartnerOrCustomer() {
        String partner = """
                {"Id":"001000000000001AAA","SystemModstamp":"%s","Name":"Nordlicht IT","Type":"Distributor","IsPartner":true,
                 "OwnerId":"005000000000001AAA","Owner":{"IsActive":true},"BillingCity":"Kiel","BillingState":null,
                 "BillingCountry":"Germany","Phone":null,"Website":"https://www.nordlicht.example","Industry":"Finance",
                 "AnnualRevenue":null,"NumberOfEmployees":40,"CurrencyIsoCode":"USD","ParentId":null,
                 "Partner_Tier__c":"Gold","Authorized_Products__c":"Edge Firewall;Cloud Backup","Partner_Active__c":true,
                 "Partner_Since__c":"2020-05-01","Max_Open_Leads__c":12.0,"Languages__c":"DE","Time_Zone__c":"Europe/Berlin",
                 "Yearly_Target__c":250000.0,"MDF_Spent__c":1500.0,"Programme_Cost__c":null}
                """.formatted(STAMP);
        Mapped asPartner = map("Account", partner);
        Mapped asCustomer = map("Account", partner.replace("\"IsPartner\":true", "\"IsPartner\":false"));

        Partner made = (Partner) asPartner.facts().get(0);
        assertThat(asPartner.absent()).contains(FactKind.ACCOUNT);
        assertThat(made.countries()).containsExactly("DE");
        assertThat(made.states()).isEmpty();
        assertThat(made.products()).containsExactly("Cloud Backup", "Edge Firewall");
        assertThat(made.languages()).containsExactly("de");
        assertThat(made.maxOpenLeads()).isEqualTo(12);
        assertThat(made.since()).isEqualTo(LocalDate.parse("2020-05-01"));
        assertThat(made.active()).isTrue();
        assertThat(made.attributes()).isEqualTo(Map.of("target", "250000.0", "mdfSpent", "1500.0"));
        Account customer = (Account) asCustomer.facts().get(0);
        assertThat(asCustomer.absent()).contains(FactKind.PARTNER);
        assertThat(customer.country()).isEqualTo("DE");
        assertThat(customer.annualRevenue()).isNull();
        assertThat(customer.employees()).isEqualTo(40);
    }

    @Test
    void aPartnerWhoseOrgSaysUntilWhenItIsAwayIsAwayUntilThenAndNotOnceTheFieldIsEmpty() {
        String partner = """
                {"Id":"001000000000001AAA","SystemModstamp":"%s","Name":"N","Type":null,"IsPartner":true,
                 "OwnerId":null,"Owner":null,"BillingCity":null,"BillingState":null,"BillingCountry":"France",
                 "Phone":null,"Website":null,"Industry":null,"AnnualRevenue":null,"NumberOfEmployees":null,
                 "ParentId":null,"Partner_Tier__c":null,"Authorized_Products__c":null,
                 "Away_From__c":"2026-08-01","Away_Until__c":"2026-08-15","Away_Note__c":"holidays"}
                """.formatted(STAMP);

        PartnerAbsence away = (PartnerAbsence) map("Account", partner).facts().get(1);

        assertThat(away.partner()).isEqualTo(new RecordId("crm", "001000000000001AAA"));
        assertThat(away.from()).isEqualTo(Instant.parse("2026-08-01T00:00:00Z"));
        assertThat(away.until()).isEqualTo(Instant.parse("2026-08-15T00:00:00Z"));
        Mapped back = map("Account", partner.replace("\"2026-08-15\"", "null"));
        assertThat(back.facts()).hasSize(1);
        assertThat(back.absent()).contains(FactKind.ABSENCE);
    }

    @Test
    void aLeadThatWasMergedAwaySaysInto() {
        Mapped merged = map("Lead", """
                {"Id":"00Q000000000001AAA","IsDeleted":true,"MasterRecordId":"00Q000000000002AAA"}
                """);

        assertThat(merged.facts())
                .singleElement()
                .isInstanceOfSatisfying(
                        LeadMerge.class,
                        merge -> assertThat(merge.into()).isEqualTo(new RecordId("crm", "00Q000000000002AAA")));
        assertThat(merged.absent()).contains(FactKind.LEAD);
    }

    @Test
    void anAccountThatWasMergedAwaySaysInto() {
        Mapped merged = map("Account", """
                {"Id":"001000000000001AAA","IsDeleted":true,"Name":"Gone","IsPartner":false,"MasterRecordId":"001000000000002AAA"}
                """);
        Mapped deleted = map("Account", """
                {"Id":"001000000000001AAA","IsDeleted":true,"Name":"Gone","IsPartner":false,"MasterRecordId":null}
                """);

        assertThat(merged.facts())
                .singleElement()
                .isInstanceOfSatisfying(
                        AccountMerge.class,
                        merge -> assertThat(merge.gone())
                                .isEqualTo(Map.of(
                                        new RecordId("crm", "001000000000001AAA"),
                                        new RecordId("crm", "001000000000002AAA"))));
        assertThat(merged.absent()).contains(FactKind.PARTNER, FactKind.ACCOUNT);
        assertThat(deleted.facts()).isEmpty();
        assertThat(deleted.absent()).contains(FactKind.ACCOUNT_MERGE);
    }

    @Test
    void anOrgWithoutOurOptionalFieldsStillMakesPartners() {
        Partner made = (Partner) map("Account", """
                        {"Id":"001000000000001AAA","SystemModstamp":"%s","Name":"N","Type":null,"IsPartner":true,
                         "OwnerId":null,"Owner":null,"BillingCity":null,"BillingState":null,"BillingCountry":"France",
                         "Phone":null,"Website":null,"Industry":null,"AnnualRevenue":null,"NumberOfEmployees":null,
                         "ParentId":null,"Partner_Tier__c":null,"Authorized_Products__c":null}
                        """.formatted(STAMP)).facts().get(0);

        assertThat(made.active()).isTrue();
        assertThat(made.ownerActive()).isTrue();
        assertThat(made.maxOpenLeads()).isNull();
        assertThat(made.attributes()).isEmpty();
    }

    @Test
    void anOrgNeedNotHaveWhatOnlyReportsRead() {
        assertThat(MAPPINGS.stream("Account").orElseThrow().need().reads())
                .contains("Partner_Tier__c")
                .doesNotContain("Yearly_Target__c", "MDF_Spent__c", "Programme_Cost__c");
        assertThat(MAPPINGS.stream("Opportunity").orElseThrow().need().reads())
                .contains("Product__c")
                .doesNotContain("Offer__c", "Customer_Satisfaction__c");
    }

    @Test
    void contactsOpportunitiesAndCampaignAnswersAreRead() {
        Person person = (Person) only("Contact", """
                {"Id":"003000000000001AAA","SystemModstamp":"%s","FirstName":null,"LastName":"Solo","Email":"no mail",
                 "AccountId":"001000000000001AAA"}
                """.formatted(STAMP));
        Opportunity deal = (Opportunity) only("Opportunity", """
                {"Id":"006000000000001AAA","SystemModstamp":"%s","Name":"Deal","AccountId":"001000000000002AAA",
                 "PartnerAccountId":"001000000000001AAA","StageName":"Closed Won","IsClosed":true,"IsWon":true,
                 "CloseDate":"2026-01-31","Amount":1000,"Margin__c":250.5,"CurrencyIsoCode":"GBP",
                 "LeadSource":"Partner Referral","CreatedDate":"%s","Product__c":"Bikes"}
                """.formatted(STAMP, STAMP));
        Engagement answer = (Engagement) only("CampaignMember", """
                {"Id":"00v000000000001AAA","SystemModstamp":"%s","CampaignId":"701000000000001AAA",
                 "ContactId":"003000000000001AAA","HasResponded":true,"FirstRespondedDate":"2026-02-02","CreatedDate":"%s"}
                """.formatted(STAMP, STAMP));

        assertThat(person.name()).isEqualTo("Solo");
        assertThat(person.email()).isNull();
        assertThat(person.company()).isEqualTo(new RecordId("crm", "001000000000001AAA"));
        assertThat(deal.margin()).isEqualTo(Money.of("250.5", "GBP"));
        assertThat(deal.partnerSourced()).isTrue();
        assertThat(deal.won()).isTrue();
        assertThat(deal.products()).containsExactly("Bikes");
        assertThat(answer.type()).isEqualTo(Engagement.Kind.CAMPAIGN);
        assertThat(answer.at()).isEqualTo(Instant.parse("2026-02-02T00:00:00Z"));
    }

    @Test
    void whatTheCustomerOfAWonDealSaidIsSatisfaction() {
        String deal = """
                {"Id":"006000000000001AAA","SystemModstamp":"%s","Name":"Deal","AccountId":"001000000000002AAA",
                 "PartnerAccountId":"001000000000001AAA","StageName":"%s","IsClosed":true,"IsWon":%s,
                 "CloseDate":"2026-01-31","Amount":1000,"LeadSource":null,"CreatedDate":"%s","Product__c":"Bikes",
                 "Customer_Satisfaction__c":4.5}
                """;

        assertThat(map("Opportunity", deal.formatted(STAMP, "Closed Won", true, STAMP))
                        .facts())
                .filteredOn(SatisfactionAnswer.class::isInstance)
                .singleElement()
                .isEqualTo(new SatisfactionAnswer(
                        new RecordId("crm", "006000000000001AAA"),
                        new RecordId("crm", "001000000000001AAA"),
                        new BigDecimal("4.5"),
                        Instant.parse("2026-01-31T00:00:00Z"),
                        Instant.parse("2026-03-01T10:00:00Z")));
        assertThat(map("Opportunity", deal.formatted(STAMP, "Closed Lost", false, STAMP))
                        .facts())
                .noneMatch(SatisfactionAnswer.class::isInstance);
    }

    @Test
    void needsAndWritesAreDerivedForTheCheck() {
        StreamMapping lead = MAPPINGS.stream("Lead").orElseThrow();
        StreamNeed need = lead.need();

        assertThat(lead.writes().get("partner")).isEqualTo(new WriteField("Rainmaker_Partner__c", "Lookup(Account)"));
        assertThat(need.writes())
                .containsEntry("Rainmaker_Assigned_At__c", "Date/Time")
                .hasSize(9);
        assertThat(need.reads()).contains("Owner.IsActive", "Country", "Status").doesNotContain("CurrencyIsoCode");
        assertThat(lead.reads()).contains("CurrencyIsoCode", "LeadSource", "City");
        assertThat(lead.optionalReads())
                .containsExactly(
                        "CurrencyIsoCode",
                        "MasterRecordId",
                        "Rainmaker_Lock_Holder__c",
                        "Rainmaker_Lock_Scope__c",
                        "Rainmaker_Lock_Until__c",
                        "Rainmaker_Registration_Number__c");
        assertThat(MAPPINGS.needs())
                .extracting(StreamNeed::stream)
                .containsExactly(
                        "Account",
                        "CampaignMember",
                        "Contact",
                        "Lead",
                        "Opportunity",
                        "Rainmaker_Deal_Registration__c");
    }

    private static Lead lead(String from, String to) {
        assertThat(LEAD).contains(from);
        return (Lead) only("Lead", LEAD.replace(from, to));
    }

    private static Object only(String stream, String json) {
        Mapped mapped = map(stream, json);
        assertThat(mapped.problems()).filteredOn(Mapped.Problem::withholds).isEmpty();
        assertThat(mapped.facts()).hasSize(1);
        return mapped.facts().get(0);
    }

    private static Mapped map(String stream, String json) {
        return MAPPINGS.stream(stream).orElseThrow().map("crm", record(stream, json));
    }

    @SuppressWarnings("unchecked")
    static SourceRecord record(String stream, String json) {
        try {
            Map<String, Object> fields = new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readValue(json, Map.class);
            return new SourceRecord(
                    stream,
                    (String) fields.get("Id"),
                    Instant.parse("2026-03-01T10:00:00Z"),
                    Set.of(true).contains(fields.getOrDefault("IsDeleted", false)),
                    fields,
                    json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
