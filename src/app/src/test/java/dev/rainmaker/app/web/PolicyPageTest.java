package dev.rainmaker.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyPageTest {

    private static final String TO_ELBE =
            "rules:\n  - rule: all to Elbe\n    pool: { territory: ignored, product: ignored, "
                    + "only: [crm/001000000000002AAA] }\n    strategy: top-plv\n";

    @TempDir
    Path folder;

    @Test
    void aChangedRuleIsSeenInTheSimulationPublishedFollowedByTheNextLeadAndReadInItsReceipt() throws Exception {
        try (TestBrowser browser = TestBrowser.open();
                SmallCompany company = new SmallCompany(folder, true)) {
            Page page = browser.page(1280, 900);
            page.navigate(company.web.url() + "policy");
            Locator simulation = region(page, "Simulation");
            assertThat(simulation).containsText("0 of 2");

            page.locator("#text").fill(TO_ELBE.replace("strategy", "stratgy"));
            assertThat(region(page, "Findings")).containsText("line 4, column 5");
            assertThat(page.getByText("Publish", new Page.GetByTextOptions().setExact(true)))
                    .isHidden();

            page.locator("#text").fill(TO_ELBE);
            assertThat(simulation).containsText("2 of 2");
            assertThat(simulation).containsText("unassigned: territory-unknown");
            assertThat(simulation).containsText("all to Elbe");
            assertThat(region(page, "Difference")).containsText("+   - rule: all to Elbe");
            page.getByLabel("Yes: 2 of 2 leads would have gone elsewhere").check();
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Publish").setExact(true))
                    .click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("Published.");
            assertThat(region(page, "History")).containsText("demo (console)");

            company.lead(SmallCompany.NEW_LEAD, "Later Boats AG", "DE");
            company.rainmaker.pass(null, false, Duration.ofSeconds(5));
            page.navigate(company.web.url());
            page.getByLabel("Why? Later Boats AG").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("all to Elbe");
            assertThat(dialog).containsText("crm/001000000000002AAA");

            page.setViewportSize(360, 800);
            page.navigate(company.web.url() + "policy");
            assertThat(TestBrowser.overflow(page)).isZero();
            assertThat(browser.errors()).isEmpty();
        }
    }

    private static Locator region(Page page, String name) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(name));
    }
}
