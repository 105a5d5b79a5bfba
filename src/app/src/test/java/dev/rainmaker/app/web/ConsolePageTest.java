package dev.rainmaker.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsolePageTest {

    @TempDir
    Path folder;

    @Test
    void anAdminSeesPartnersAndAssignmentsAndReadsWhyWithoutAnErrorInTheBrowser() throws Exception {
        try (TestBrowser browser = TestBrowser.open();
                SmallCompany company = new SmallCompany(folder, true)) {
            Page page = browser.page(360, 800);

            page.navigate(company.web.url());

            Locator partners =
                    page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Partners by lifetime value"));
            assertThat(partners).containsText("Rhine & <b>Ruhr</b> Networks");
            Locator assignments =
                    page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Last assignments"));
            assertThat(assignments).containsText("Ada Pumps GmbH");
            assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Needs a person")))
                    .containsText("territory-unknown");
            assertThat(page.locator("#link")).hasText("live");

            page.getByLabel("Why? Ada Pumps GmbH").click();

            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).isVisible();
            assertThat(dialog).containsText("assigned to crm/001");
            assertThat(dialog).containsText("the same to the byte");
            page.keyboard().press("Escape");
            assertThat(dialog).isHidden();

            company.lead(SmallCompany.NEW_LEAD, "Later Boats AG", "DE");
            company.rainmaker.pass(null, false, java.time.Duration.ofSeconds(5));
            assertThat(assignments).containsText("Later Boats AG"); // by itself: the page follows the events
            assertThat(page.getByLabel("Why? Ada Pumps GmbH")).isFocused(); // and the keyboard stays where it was

            assertThat(TestBrowser.overflow(page)).isZero();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Ada Pumps GmbH$")))
                    .click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("Ada Pumps GmbH");
            assertThat(browser.errors()).isEmpty();
        }
    }
}
