package dev.rainmaker.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.rainmaker.fact.RecordId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the assignment that are not the policy's: log, decision, offers, load. */
class DecisionLogPageTest {

    private static final String TANK_AND_TURNS = """
            rules:
              - rule: open to all
                when: 'lead.company == "Open AG"'
                strategy: { use: shark-tank }
                deadline: { accept: PT24H }
              - rule: in turn
                pool: { territory: required }
                strategy: { use: round-robin, rotation: all }
                deadline: { accept: PT8H, remind: PT4H }
            """;

    @TempDir
    static Path folder;

    private static TestBrowser browser;
    private static SmallCompany company;

    @BeforeAll
    static void open() throws Exception {
        browser = TestBrowser.open();
        company = new SmallCompany(folder, true, TANK_AND_TURNS);
        company.lead("00Q000000000007AAA", "Open AG", "DE");
        company.lead("00Q000000000008AAA", "=cmd|' /C calc'!A0 <b>100%</b>", "DE");
        company.rainmaker.pass(null, false, Duration.ofSeconds(5));
    }

    @AfterAll
    static void close() throws Exception {
        if (company != null) {
            company.close();
            browser.close();
        }
    }

    private static Page page(String path) {
        Page page = browser.page(1280, 900);
        page.navigate(company.web.url() + path);
        return page;
    }

    private static String csv(String search) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(company.web.url() + "decisions.csv" + search))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void theLogIsSearchedByCompanyPartnerReasonLeadAndDay() {
        Page page = page("decisions");
        Locator rows = page.locator("table.rows tbody tr");
        assertThat(rows.first()).isVisible();

        page.getByLabel("Company").fill("ada pu");
        page.getByText("Search", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(rows).hasCount(1);
        assertThat(rows).containsText("Ada Pumps GmbH");

        page.navigate(company.web.url() + "decisions?reason=territory-unknown");
        assertThat(rows).hasCount(1);
        assertThat(rows).containsText("Nowhere Ltd");
        page.navigate(company.web.url() + "decisions?lead=" + SmallCompany.LEAD);
        assertThat(rows).containsText("Ada Pumps GmbH");
        page.navigate(company.web.url() + "decisions?partner=elbe&outcome=assigned");
        assertThat(rows).hasCount(1);
        assertThat(rows).containsText("Elbe Systems");
        page.navigate(company.web.url() + "decisions?until=2020-01-01");
        assertThat(page.getByText("No decision fits.")).isVisible();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void theExportHoldsWhatFitsAndNoFormula() throws Exception {
        List<String> lines = csv("?company=100%25").lines().toList();

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("decision,decided_at,lead,company,current,outcome,partner,partner_name,");
        assertThat(lines.get(1)).contains(",'=cmd|' /C calc'!A0 <b>100%</b>,true,assigned,");
        assertThat(csv("?outcome=unassigned").lines()).hasSize(2);
    }

    @Test
    void theDecisionsPageDrawsThePathTheLeadTookInWordsToo() {
        Page page = page("decisions/" + SmallCompany.LEAD + "-1");
        Locator drawing = page.getByRole(AriaRole.IMG);

        assertThat(drawing)
                .hasAttribute(
                        "aria-label",
                        java.util.regex.Pattern.compile("Lead crm/" + SmallCompany.LEAD
                                + "\\. Rule 1\\. open to all does not apply\\. Rule 2\\. in turn decided among"
                                + " 2 eligible\\. Assigned to .*\\. to be accepted by 20.* UTC, reminder 20.* UTC"));
        assertThat(drawing).containsText("round-robin");
        assertThat(page.getByText("the same to the byte")).isVisible();

        page.navigate(company.web.url() + "decisions/" + SmallCompany.NOBODYS_LEAD + "-1");
        assertThat(drawing).containsText("Unassigned: territory unknown");
        page.navigate(company.web.url() + "decisions/00Q000000000007AAA-1");
        assertThat(drawing).containsText("Offered to 2 partners");
        assertThat(page.getByText("the same to the byte")).isVisible();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void anOfferIsClaimedOnTheBoardForAPartner() {
        Page page = page("offers");
        Locator offer = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Open AG"));
        assertThat(offer).containsText("2 partners");
        assertThat(offer).containsText("open to all");

        offer.getByLabel("Claim for").selectOption("Elbe Systems");
        page.getByLabel("Claim Open AG").click();

        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Done: claim.");
        assertThat(company.rainmaker
                        .decisions()
                        .ofLead(new RecordId("crm", "00Q000000000007AAA"))
                        .get(0)
                        .outcome())
                .isEqualTo("claimed");
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void theLoadPageCountsAndNotesWhoIsOutOfOffice() {
        Page page = page("load");
        Locator elbe = page.locator("table.rows tbody tr", new Page.LocatorOptions().setHasText("Elbe Systems"));
        assertThat(elbe.first()).containsText("no limit");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Next turns")))
                .containsText("all");

        page.getByLabel("Partner").selectOption("Elbe Systems");
        page.getByLabel("Back on").fill("2099-01-01");
        page.getByLabel("Why").fill("holidays");
        page.getByText("Is out of office", new Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("no new lead until it is back");
        assertThat(elbe.first()).containsText("away until");

        page.getByLabel("Elbe Systems is back").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("it is back");
        assertThat(browser.errors()).isEmpty();
    }
}
