package dev.rainmaker.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.rainmaker.app.lifetimevalue.Resellers;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.runtime.Rainmaker;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console alone answers what a partner manager asks, on a phone's width, without an error in the browser. */
class PartnerValuePageTest {

    private static final int PARTNERS = Resellers.PARTNERS;
    private static final String SILENT = Resellers.SILENT;

    @TempDir
    Path home;

    @Test
    void theConsoleAnswersWhoIsBestWhoFallsWhatToDoAndWhetherTheModelIsAnyGood() throws Exception {
        try (TestBrowser browser = TestBrowser.open();
                Rainmaker rainmaker = Resellers.open(home, TestPostgres.migrated());
                WebServer web = WebServer.demo(rainmaker, home, 0)) {
            Page page = browser.page(360, 800);

            // who are my top ten, and how sure are we
            page.navigate(web.url() + "partners");
            assertThat(region(page, "How sure is this?")).containsText("of the first 10 stay among the first ten");
            Locator board = region(page, "24 partners");
            assertThat(board.locator("tbody tr")).hasCount(PARTNERS);
            assertThat(board.locator("tbody tr", new Locator.LocatorOptions().setHasText("Partner p2 "))
                            .first())
                    .containsText(Pattern.compile("50 % → \\d+ %\\s*rank 1 → \\d+"));
            assertThat(board.locator("tbody tr").first().locator("svg.rank"))
                    .hasAttribute("aria-label", Pattern.compile("rank 1, between 1 and \\d+ of 24"));
            fits(page);

            // who is falling, and why
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName(Pattern.compile("^[1-9]\\d* (falling|at risk)$")))
                    .last()
                    .click();
            assertThat(page).hasURL(Pattern.compile("trend="));
            Locator risky = page.locator("tbody tr", new Page.LocatorOptions().setHasText("Partner " + SILENT));
            assertThat(risky).containsText("the chance that it sells again fell");
            risky.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Partner " + SILENT))
                    .click();
            assertThat(region(page, "What changed since 2026-05-02")).containsText("time passed");
            assertThat(region(page, "What changed since 2026-05-02"))
                    .containsText("certificate Firewall Expert expired");

            // what should it do
            Locator advice = region(page, "What it should do next");
            assertThat(advice.locator("li").first()).containsText("get certificate Firewall Expert");
            assertThat(region(page, "Where the points come from").locator("svg.terms rect.term"))
                    .hasCount(9);
            assertThat(region(page, "Leads won, and how hard they were"))
                    .containsText("an average partner would have won");
            assertThat(region(page, "Units, sources and freshness")).containsText("higher is better");
            fits(page);

            // is the model any good on my data
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Model"))
                    .click();
            assertThat(region(page, "Which forecast is used, and why")).containsText("Learned from");
            Locator test = region(page, "How it would have done");
            assertThat(test.locator("svg.backtest")).hasCount(3);
            assertThat(test.locator("tbody")).containsText("last-period");
            Locator shared = region(page, "Which terms say the same thing");
            assertThat(shared.locator("tbody")).containsText("value and frequency");
            assertThat(shared).containsText("Conversion: ");
            fits(page);

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Programme"))
                    .click();
            assertThat(region(page, "What top partners have in common")).containsText("tier = Gold");
            assertThat(region(page, "Margin that partners will bring in 180 days")
                            .or(region(page, "Revenue that partners will bring in 180 days")))
                    .containsText(Pattern.compile("[\\d,. ]+ EUR of revenue. The forecast is \\d+ % of it"));
            assertThat(region(page, "Return on the programme")).containsText("Net per unit of cost");
            page.getByLabel("Budget in EUR").first().fill("9000");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Allocate"))
                    .click();
            assertThat(region(page, "Where development funds would return most").locator("tbody tr"))
                    .hasCount(PARTNERS);
            assertThat(region(page, "Stated weights, and those that outcomes suggest"))
                    .containsText("24 partners with outcome are too few");
            fits(page);

            learned(rainmaker, true);
            page.reload();
            Locator weights = region(page, "Stated weights, and those that outcomes suggest");
            assertThat(weights).containsText("Worth considering");
            assertThat(weights).containsText("the gain lies between 0.02 and 0.15");
            assertThat(weights).containsText("an administrator puts these weights into policies/plv.yaml");
            assertThat(weights.locator("pre")).containsText("frequency: { weight: 0.15, ... }");
            fits(page);
            learned(rainmaker, false);
            page.reload();
            assertThat(weights).containsText("They are not offered for adoption");
            assertThat(weights.locator("pre")).hasCount(0);
            assertThat(browser.errors()).isEmpty();
        }
    }

    /** Whatever was learned of so few partners: the version in use says that this was. */
    private static void learned(Rainmaker rainmaker, boolean offered) {
        rainmaker
                .ledger()
                .jdbc()
                .sql("update plv_version set health = jsonb_set(health, '{learned}', ?::jsonb) where current")
                .param("""
                        {"stated": [0.3, 0.1, 0.05, 0.2, 0.1, 0.1, 0.05, 0.05, 0.05],
                         "learned": [0.25, 0.15, 0.05, 0.2, 0.1, 0.1, 0.05, 0.05, 0.05],
                         "statedRank": 0.61, "learnedRank": 0.7, "gainLower95": 0.02, "gainUpper95": 0.15, "offered": %s}
                        """.formatted(offered))
                .update();
    }

    private static Locator region(Page page, String name) {
        return page.locator(
                "section",
                new Page.LocatorOptions()
                        .setHas(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name))));
    }

    private static void fits(Page page) {
        assertThat(TestBrowser.overflow(page)).isZero();
    }
}
