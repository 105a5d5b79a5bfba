package dev.rainmaker.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.rainmaker.app.cli.Home;
import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.endtoend.SandboxOrg;
import dev.rainmaker.app.ledger.DealConflictLedger;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.app.runtime.StandingJobs;
import dev.rainmaker.app.schedule.Schedules;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two partners, one customer, two spellings: from the CRM's record to its pages and the reviewer's. */
class DealRegistrationPageTest {

    private static final String OBJECT = "Rainmaker_Deal_Registration__c";

    @TempDir
    Path folder;

    private static Map<String, Object> claim(String partner, String customer) {
        return Map.of(
                "Partner__c",
                partner,
                "Customer_Name__c",
                customer,
                "Customer_Country__c",
                "Germany",
                "Amount__c",
                20_000,
                "CurrencyIsoCode",
                "USD",
                "State__c",
                "Submitted");
    }

    private static void pass(Rainmaker rainmaker) {
        rainmaker.pass(null, false, Duration.ofSeconds(20));
    }

    @Test
    void twoPartnersRegisterOneCustomerUnderTwoSpellingsAndTheCrmShowsTheLock() throws Exception {
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        try (TestBrowser browser = TestBrowser.open();
                SandboxOrg org =
                        SandboxOrg.start(folder.resolve("org"), "--seed", "3", "--partners", "4", "--leads", "0");
                Rainmaker rainmaker = Rainmaker.open(
                        RainmakerConfiguration.of(Home.folder())
                                .withConnection("crm", "salesforce", org.settings())
                                .withLedger(
                                        new LedgerSettings(database.jdbcUrl(), database.user(), database.password())),
                        folder.resolve("state"),
                        Clock.systemUTC(),
                        Progress.SILENT)) {
            pass(rainmaker);
            Iterator<String> partners = org
                    .query(
                            "SELECT Id FROM Account WHERE IsPartner = true AND Partner_Active__c = true AND Owner.IsActive = true ORDER BY Name")
                    .stream()
                    .map(row -> row.path("Id").asText())
                    .iterator();
            String first = partners.next();
            String second = partners.next();
            String lead = org.edit(
                    "Lead",
                    null,
                    Map.of("LastName", "Kern", "Company", "Bergmann Hydraulik GmbH", "Country", "Germany"));
            String winner = org.edit(OBJECT, null, claim(first, "Bergmann Hydraulik GmbH"));
            pass(rainmaker);
            Page page = browser.page(360, 800);
            String loser = handIn(page, org, second, "BERGMANN-HYDRAULIK");
            pass(rainmaker);

            Map<String, Map<String, String>> shown = org.values(OBJECT, "State__c", "State_Reason__c", "Number__c");
            assertThat(shown.get(winner)).containsEntry("State__c", "Approved");
            assertThat(shown.get(loser)).containsEntry("State__c", "Rejected");
            assertThat(shown.get(loser).get("State_Reason__c")).contains("another partner");
            assertThat(org.values("Lead", "Rainmaker_Lock_Holder__c", "Rainmaker_Partner__c")
                            .get(lead))
                    .containsEntry("Rainmaker_Lock_Holder__c", first)
                    .containsEntry("Rainmaker_Partner__c", first);

            String number = shown.get(winner).get("Number__c");
            page.navigate(org.url() + "/lightning/r/Lead/" + lead + "/view");
            assertThat(page.locator("body")).containsText(number);
            try (Schedules schedules = new Schedules(
                            rainmaker.ledger().dataSource(),
                            Clock.systemUTC(),
                            StandingJobs.of(rainmaker, Clock.systemUTC()));
                    WebServer web = WebServer.start(rainmaker, schedules, folder, 0, true)) {
                page.navigate(web.url() + "deals");
                assertThat(page.locator("body")).containsText("protected for another partner");
                page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(number))
                        .first()
                        .click();
                assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                        .containsText("Bergmann Hydraulik GmbH");
                assertThat(page.locator("body")).containsText("BERGMANN-HYDRAULIK");
                assertThat(TestBrowser.overflow(page)).isZero();
                page.navigate(web.url() + "locks");
                assertThat(page.locator("body")).containsText("all products");
                assertThat(TestBrowser.overflow(page)).isZero();
            }
            aPersonsEditBreaksNoLock(org, rainmaker, lead, first, second, number);
            assertThat(browser.errors()).isEmpty();
        }
    }

    /** As a partner's person does it: on the CRM's own page. */
    private static String handIn(Page page, SandboxOrg org, String partner, String customer) {
        page.navigate(org.url() + "/lightning/o/" + OBJECT + "/new");
        page.locator("#Partner__c").selectOption(partner);
        page.locator("#Customer_Name__c").fill(customer);
        page.locator("#Customer_Country__c").fill("Germany");
        page.locator("#State__c").selectOption("Submitted");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save"))
                .first()
                .click();
        page.waitForURL("**/view?saved");
        return page.url().replaceAll(".*/([^/]+)/view.*", "$1");
    }

    private static void aPersonsEditBreaksNoLock(
            SandboxOrg org, Rainmaker rainmaker, String lead, String holder, String other, String number)
            throws Exception {
        org.edit("Lead", lead, Map.of("Rainmaker_Lock_Holder__c", other));
        pass(rainmaker);

        assertThat(org.values("Lead", "Rainmaker_Lock_Holder__c").get(lead))
                .as("a person's edit is not overwritten")
                .containsEntry("Rainmaker_Lock_Holder__c", other);
        List<DealConflictLedger.Found> edits = rainmaker.deals().conflicts().openEdits(10);
        assertThat(edits)
                .singleElement()
                .satisfies(edit -> assertThat(edit.number()).isEqualTo(number));
        assertThat(rainmaker.deals().locks().live())
                .singleElement()
                .satisfies(lock -> assertThat(lock.partner().id()).isEqualTo(holder));

        rainmaker.deals().settleEdit(edits.get(0).id(), "reviewer", true);
        pass(rainmaker);

        assertThat(org.values("Lead", "Rainmaker_Lock_Holder__c").get(lead))
                .containsEntry("Rainmaker_Lock_Holder__c", holder);
        assertThat(rainmaker.deals().conflicts().openEdits(10)).isEmpty();
    }
}
