package dev.rainmaker.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsolePageTest {

    @TempDir
    Path folder;

    @Test
    void anAdminSeesPartnersAndAssignmentsAndReadsWhyWithoutAnErrorInTheBrowser() throws Exception {
        Optional<Path> installed = installed();
        try (Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                        .setEnv(
                                installed.isPresent()
                                        ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                                        : System.getenv()));
                Browser browser = launch(playwright, installed);
                SmallCompany company = new SmallCompany(folder, true)) {
            Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(360, 800));
            List<String> errors = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    errors.add(message.text());
                }
            });
            page.onPageError(errors::add);

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

            assertThat((Number) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                    .isEqualTo(0);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Ada Pumps GmbH$")))
                    .click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("Ada Pumps GmbH");
            assertThat(errors).isEmpty();
        }
    }

    private static Browser launch(Playwright playwright, Optional<Path> installed) {
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(List.of("--no-sandbox"));
        installed.ifPresent(options::setExecutablePath);
        try {
            return playwright.chromium().launch(options);
        } catch (PlaywrightException none) {
            String line = "No browser: set CHROME_BIN or put chromium on the PATH, or let Playwright download its own.";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(line, none);
            }
            return Assumptions.abort(line);
        }
    }

    /** CHROME_BIN, else a Chromium on the PATH; empty: Playwright's own. */
    private static Optional<Path> installed() {
        String given = System.getenv("CHROME_BIN");
        if (given != null) {
            return Optional.of(Path.of(given));
        }
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(entry -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(entry, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
