package dev.rainmaker.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rainmaker.app.lifetimevalue.Programme.certificate;
import static dev.rainmaker.app.lifetimevalue.Programme.deal;
import static dev.rainmaker.app.lifetimevalue.Programme.lead;
import static dev.rainmaker.app.lifetimevalue.Programme.partner;
import static dev.rainmaker.app.lifetimevalue.Programme.person;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console alone answers what a partner manager asks, on a phone's width, without an error in the browser. */
class PartnerValuePageTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-06-01");
    private static final int PARTNERS = 24;
    private static final String SILENT = "p20"; // sold every month and stopped four months ago

    @TempDir
    Path home;

    @Test
    void theConsoleAnswersWhoIsBestWhoFallsWhatToDoAndWhetherTheModelIsAnyGood() throws Exception {
        try (TestBrowser browser = TestBrowser.open();
                Rainmaker rainmaker = programme();
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
            fits(page);
            assertThat(browser.errors()).isEmpty();
        }
    }

    private static Locator region(Page page, String name) {
        return page.locator(
                "section",
                new Page.LocatorOptions()
                        .setHas(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name))));
    }

    private static void fits(Page page) {
        assertThat((Number) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isEqualTo(0);
    }

    private Rainmaker programme() throws Exception {
        Path shipped = Path.of(System.getProperty("rainmaker.home", "../..")).resolve("policies");
        Path own = Files.createDirectories(home.resolve("policies"));
        Files.copy(shipped.resolve("assignment.yaml"), own.resolve("assignment.yaml"));
        Files.writeString(
                own.resolve("plv.yaml"),
                Files.readString(shipped.resolve("plv.yaml"))
                        + "\nrequired-certificates:\n  - { titles: [Firewall Expert] }\n");
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        Rainmaker rainmaker = Rainmaker.open(
                RainmakerConfiguration.of(home)
                        .withExchangeRates(new ExchangeRates("EUR", List.of()))
                        .withLedger(new LedgerSettings(database.jdbcUrl(), database.user(), database.password())),
                home,
                Clock.systemUTC(),
                Progress.SILENT);
        List<Fact> facts = new ArrayList<>();
        for (int i = 1; i <= PARTNERS; i++) {
            String id = "p" + i;
            facts.add(partner(id, i <= 5 ? "Gold" : "Silver"));
            facts.add(person("h" + i, id));
            facts.add(certificate(
                    "c" + i,
                    "h" + i,
                    "Firewall Expert",
                    TODAY.minusYears(1),
                    TODAY.minusDays(10).plusDays(id.equals(SILENT) ? 0 : 300)));
            for (int month = 5; month < 15; month++) {
                LocalDate closed = TODAY.minusDays(30L * month + (i * 7 + month * 3) % 23);
                boolean easy = i % 2 == 0;
                facts.add(lead(
                        "l" + i + "m" + month,
                        id,
                        closed.minusDays(30),
                        easy ? "easy" : "hard",
                        (i + month) % (easy ? 2 : 4) == 0 ? i + "d" + month : null,
                        false));
            }
            for (int month = id.equals(SILENT) ? 4 : 0; month < 36; month++) {
                facts.add(deal(
                        i + "d" + month,
                        id,
                        TODAY.minusDays(30L * month + (i * 7 + month * 3) % 23),
                        String.valueOf(1_000 * (PARTNERS + 5 - i) + 37 * ((i * month) % 11))));
            }
        }
        Map<String, List<IncomingRecord>> streams = new java.util.TreeMap<>();
        for (Fact fact : facts) {
            streams.computeIfAbsent(fact.kind().word(), first -> new ArrayList<>())
                    .add(new IncomingRecord(
                            new SourceRecord(
                                    fact.kind().word(), fact.id().id(), Instant.EPOCH, false, Map.of(), new byte[] {
                                        '{', '}'
                                    }),
                            List.of(fact),
                            List.of(),
                            null));
        }
        streams.forEach((stream, records) -> rainmaker.facts().commit("crm", stream, "1", records));
        rainmaker.scorePartners().refit(TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC), Progress.SILENT);
        return rainmaker;
    }
}
