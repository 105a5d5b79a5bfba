package dev.rainmaker.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.ledger.RegistrationLedger;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.WriteOutcome;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.RegistrationState;
import dev.rainmaker.dealregistration.Step;
import dev.rainmaker.fact.RecordId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and late writes do in a Salesforce org to deals that are locked, or are to be. */
class DealsInTheCrmTest {

    private static final String OBJECT = "Rainmaker_Deal_Registration__c";
    private static final List<String> LOCK = List.of(
            "Rainmaker_Lock_Holder__c",
            "Rainmaker_Lock_Until__c",
            "Rainmaker_Lock_Scope__c",
            "Rainmaker_Registration_Number__c");

    @TempDir
    static Path folder;

    private static SandboxOrg org;
    private static Rainmaker rainmaker;
    private static String first;
    private static String second;

    @BeforeAll
    static void open() throws Exception {
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        org = SandboxOrg.start(folder.resolve("org"), "--seed", "3", "--partners", "4", "--leads", "0");
        rainmaker = Rainmaker.open(
                RainmakerConfiguration.of(Path.of(System.getProperty("rainmaker.home", "../..")))
                        .withConnection("crm", "salesforce", org.settings())
                        .withLedger(new LedgerSettings(database.jdbcUrl(), database.user(), database.password())),
                folder.resolve("state"),
                Clock.systemUTC(),
                Progress.SILENT);
        pass();
        List<String> partners = org
                .query(
                        "SELECT Id FROM Account WHERE IsPartner = true AND Partner_Active__c = true AND Owner.IsActive = true ORDER BY Name")
                .stream()
                .map(row -> row.path("Id").asText())
                .toList();
        first = partners.get(0);
        second = partners.get(1);
    }

    @AfterAll
    static void close() throws Exception {
        rainmaker.close();
        org.close();
    }

    private static void pass() {
        rainmaker.pass(null, false, Duration.ofSeconds(20));
    }

    private static String account(String name, String website) throws Exception {
        return org.edit("Account", null, Map.of("Name", name, "Website", website, "BillingCountry", "Germany"));
    }

    /** Hands a claim in as a person of the CRM does; the record's id. */
    private static String handIn(String partner, String name, String customer) throws Exception {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "Partner__c",
                partner,
                "Customer_Name__c",
                name,
                "Customer_Country__c",
                "Germany",
                "State__c",
                "Submitted"));
        if (customer != null) {
            fields.put("Customer__c", customer);
        }
        return org.edit(OBJECT, null, fields);
    }

    private static Map<String, String> shown(String object, String id, String... fields) throws Exception {
        return org.values(object, fields).get(id);
    }

    private static Registration ofRecord(String id) {
        return rainmaker
                .deals()
                .registrations()
                .ofSource(new RecordId("crm", id))
                .orElseThrow();
    }

    @Test
    void aClosedCustomerIsRefusedOnTheRecordItselfAndNothingIsRegistered() throws Exception {
        String closed = account("Zugesperrt Maschinenbau GmbH", "https://zugesperrt-maschinenbau.de");
        org.edit("Account", closed, Map.of("Type", "Closed"));
        pass();

        String named = handIn(first, "Zugesperrt", closed);
        String meant = handIn(first, "ZUGESPERRT MASCHINENBAU", null);
        pass();

        for (String record : List.of(named, meant)) {
            assertThat(shown(OBJECT, record, "State__c", "State_Reason__c", "Number__c"))
                    .containsEntry("State__c", "Needs Information")
                    .containsEntry("State_Reason__c", "the customer is closed: no deal can be registered with it")
                    .containsEntry("Number__c", "");
            assertThat(rainmaker.deals().registrations().ofSource(new RecordId("crm", record)))
                    .isEmpty();
        }

        org.edit("Account", closed, Map.of("Type", "Customer - Channel"));
        org.edit(OBJECT, meant, Map.of("State__c", "Submitted"));
        pass();
        assertThat(shown(OBJECT, meant, "State__c")).as("handed in again").containsEntry("State__c", "Approved");
    }

    @Test
    void aWebhookThatIsDeliveredAgainAndAgainIsOneRegistration() throws Exception {
        String record = handIn(first, "Doppelpost Druckerei GmbH", null);
        byte[] event = ("{\"id\":\"" + record + "\"}").getBytes(StandardCharsets.UTF_8);

        assertThat(rainmaker.intake().accept("crm", OBJECT, "delivery-1", event))
                .isTrue();
        assertThat(rainmaker.intake().accept("crm", OBJECT, "delivery-1", event))
                .as("the same delivery again")
                .isFalse();
        for (int retry = 0; retry < 3; retry++) {
            assertThat(rainmaker.intake().accept("crm", OBJECT, null, event))
                    .as("a sender without keys")
                    .isTrue();
            rainmaker.intake().workOff();
            rainmaker.followDeals().follow();
        }
        pass();

        Registration kept = ofRecord(record);
        assertThat(rainmaker.deals().registrations().list(null, null, null, 100))
                .filteredOn(each -> each.claim().customerName().equals("Doppelpost Druckerei GmbH"))
                .containsExactly(kept);
        assertThat(rainmaker.deals().registrations().events(kept.number()))
                .extracting(RegistrationLedger.Event::toState)
                .containsOnlyOnce("submitted", "approved");
        assertThat(shown(OBJECT, record, "Number__c")).containsEntry("Number__c", kept.number());
    }

    @Test
    void whatIsWrongIsToldOnTheRecordAndWhatPeopleMayBeCalledIsKept() throws Exception {
        Map<String, String> wrong = new HashMap<>();
        wrong.put(handIn(first, "turned\u202Eround GmbH", null), "U+202E");
        wrong.put(
                org.edit(
                        OBJECT,
                        null,
                        Map.of(
                                "Partner__c",
                                first,
                                "Customer_Name__c",
                                "Luftkissen",
                                "State__c",
                                "Submitted",
                                "Product__c",
                                "Hovercraft")),
                "no product \"Hovercraft\"");
        wrong.put(
                org.edit(OBJECT, null, Map.of("Customer_Name__c", "Niemands GmbH", "State__c", "Submitted")),
                "the partner is missing");
        Map<String, String> right = new HashMap<>();
        for (String name :
                List.of("Rakete \uD83D\uDE80 GmbH", "شركة المثال", "<b>Fett & Co</b> GmbH", "=HYPERLINK(\"x\") AG")) {
            right.put(handIn(first, name, null), name);
        }
        pass();

        for (Map.Entry<String, String> each : wrong.entrySet()) {
            assertThat(shown(OBJECT, each.getKey(), "State__c", "Number__c"))
                    .containsEntry("State__c", "Needs Information")
                    .containsEntry("Number__c", "");
            assertThat(shown(OBJECT, each.getKey(), "State_Reason__c").get("State_Reason__c"))
                    .contains(each.getValue());
            assertThat(rainmaker.deals().registrations().ofSource(new RecordId("crm", each.getKey())))
                    .isEmpty();
        }
        right.forEach((record, name) ->
                assertThat(ofRecord(record).claim().customerName()).isEqualTo(name));
    }

    @Test
    void accountsMergedInTheCrmAreOneCustomerFromTheNextPassOn() throws Exception {
        String goes = account("Kranbau Nord GmbH", "https://kranbau-nord.de");
        String stays = account("Hebewerk Holding AG", "https://hebewerk-holding.de");
        pass();
        String older = handIn(first, "Kranbau Nord GmbH", goes);
        pass();
        String younger = handIn(second, "Hebewerk Holding AG", stays);
        pass();
        assertThat(ofRecord(younger).state()).isEqualTo(RegistrationState.APPROVED);
        String deal = org.edit(
                "Opportunity",
                null,
                Map.of("Name", "Kran", "AccountId", goes, "StageName", "Qualification", "CloseDate", "2027-01-31"));
        pass();

        org.hook("merge", Map.of("object", "Account", "into", stays, "ids", List.of(goes)));
        String lead = org.edit(
                "Lead",
                null,
                Map.of(
                        "LastName", "Kern",
                        "Company", "Hebewerk",
                        "Country", "Germany",
                        "Email", "kern@hebewerk-holding.de"));
        pass();

        assertThat(shown("Opportunity", deal, "AccountId", LOCK.get(0)))
                .containsEntry("AccountId", stays)
                .containsEntry(LOCK.get(0), first);
        assertThat(shown("Lead", lead, "Rainmaker_Partner__c", LOCK.get(0)))
                .as("the lead of the one that remains goes to who held the one that went")
                .containsEntry("Rainmaker_Partner__c", first)
                .containsEntry(LOCK.get(0), first);
        assertThat(shown(OBJECT, younger, "State__c")).containsEntry("State__c", "Under Review");
        assertThat(rainmaker.deals().conflicts().openOf(ofRecord(younger).number()))
                .anySatisfy(conflict -> assertThat(conflict.kind()).isEqualTo("live-lock"));
        assertThat(ofRecord(older).state()).isEqualTo(RegistrationState.APPROVED);
        assertThat(rainmaker.deals().conflicts().openEdits(10))
                .as("what the CRM moved by itself is nobody's edit")
                .isEmpty();
    }

    @Test
    void ofTwoPartnerAccountsMergedInTheCrmTheOneThatRemainsGoesOnWithTheOthersDeals() throws Exception {
        String goes = partner("Doppelt Eingetragen GmbH");
        String stays = partner("Doppelt Eingetragen");
        String lead = org.edit(
                "Lead", null, Map.of("LastName", "Fest", "Company", "Bleibtreu Pumpen GmbH", "Country", "Germany"));
        String held = handIn(goes, "Bleibtreu Pumpen GmbH", null);
        pass();
        assertThat(shown("Lead", lead, LOCK.get(0))).containsEntry(LOCK.get(0), goes);

        org.hook("merge", Map.of("object", "Account", "into", stays, "ids", List.of(goes)));
        pass();

        assertThat(ofRecord(held).state()).isEqualTo(RegistrationState.APPROVED);
        assertThat(ofRecord(held).partner()).isEqualTo(new RecordId("crm", stays));
        assertThat(rainmaker.deals().locks().ofRegistration(ofRecord(held).number()))
                .hasValueSatisfying(lock -> assertThat(lock.partner()).isEqualTo(new RecordId("crm", stays)));
        assertThat(shown("Lead", lead, LOCK.get(0))).containsEntry(LOCK.get(0), stays);
        assertThat(shown(OBJECT, held, "State__c")).containsEntry("State__c", "Approved");
        assertThat(rainmaker.deals().conflicts().openEdits(10))
                .as("what the CRM moved by itself is nobody's edit")
                .isEmpty();
    }

    private static String partner(String name) throws Exception {
        return org.edit(
                "Account",
                null,
                Map.of("Name", name, "IsPartner", true, "Partner_Active__c", true, "BillingCountry", "Germany"));
    }

    @Test
    void whatAPausedInstanceWritesLateIsPutRightByTheNextPassWithoutAConflict() throws Exception {
        String lead = org.edit(
                "Lead", null, Map.of("LastName", "Spaet", "Company", "Nachzuegler Werke GmbH", "Country", "Germany"));
        String was = handIn(first, "Nachzuegler Werke GmbH", null);
        pass();
        Map<String, String> old = shown("Lead", lead, LOCK.toArray(String[]::new));
        assertThat(old).containsEntry(LOCK.get(0), first);
        rainmaker.deals().move(ofRecord(was).number(), new Step.Release("reviewer", "given up"));
        pass();
        assertThat(shown("Lead", lead, LOCK.get(0))).as("released").containsEntry(LOCK.get(0), "");
        lateWrite(lead, old);
        assertThat(shown("Lead", lead, LOCK.get(0)))
                .as("nobody holds it any more")
                .containsEntry(LOCK.get(0), "");

        String next = handIn(second, "Nachzuegler Werke GmbH", null);
        pass();
        rainmaker.deals().move(ofRecord(next).number(), new Step.Approve("reviewer", "free again"));
        pass();
        Map<String, String> now = shown("Lead", lead, LOCK.toArray(String[]::new));
        assertThat(now).containsEntry(LOCK.get(0), second);

        lateWrite(lead, old);

        assertThat(shown("Lead", lead, LOCK.toArray(String[]::new))).isEqualTo(now);
        assertThat(rainmaker.deals().conflicts().openEdits(10)).isEmpty();
    }

    /** It had checked its fence, then it slept: the write leaves it with what was right then. A pass follows. */
    private static void lateWrite(String lead, Map<String, String> old) throws Exception {
        LiveConnection crm = rainmaker.connections().find("crm").orElseThrow();
        assertThat(crm.connector().write("Lead", List.of(new Change(lead, new HashMap<>(old)))))
                .singleElement()
                .isInstanceOf(WriteOutcome.Written.class);
        assertThat(shown("Lead", lead, LOCK.get(0))).containsEntry(LOCK.get(0), old.get(LOCK.get(0)));
        pass();
    }
}
