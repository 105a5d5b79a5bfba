package dev.rainmaker.app.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Chromium for tests: {@code CHROME_BIN}, else one on the PATH, else the one that Playwright downloads. Where none can be
 * had the test is skipped with one line; with {@code CI=true} it fails.
 */
public final class TestBrowser implements AutoCloseable {

    private static final String NONE =
            "No browser: set CHROME_BIN or put chromium on the PATH, or let Playwright download its own.";

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> errors = new ArrayList<>();

    private TestBrowser(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts it. */
    public static TestBrowser open() {
        return open(System.getenv());
    }

    static TestBrowser open(Map<String, String> environment) {
        Optional<Path> installed = installed(environment);
        Playwright playwright = null;
        try {
            // Where no browser is installed this call downloads one, and fails where the network does not let it.
            playwright = Playwright.create(new Playwright.CreateOptions()
                    .setEnv(installed.isPresent() ? withoutDownload(environment) : environment));
            BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(List.of("--no-sandbox"));
            installed.ifPresent(options::setExecutablePath);
            return new TestBrowser(playwright, playwright.chromium().launch(options));
        } catch (RuntimeException none) {
            if (playwright != null) {
                playwright.close();
            }
            return refuse(none, environment);
        }
    }

    private static TestBrowser refuse(RuntimeException none, Map<String, String> environment) {
        boolean noBrowser = none instanceof PlaywrightException
                || String.valueOf(none.getMessage()).startsWith("Failed to create driver");
        if (!noBrowser) {
            throw none;
        }
        if ("true".equals(environment.get("CI"))) {
            throw new AssertionError(NONE, none);
        }
        System.out.println("skipped: " + NONE);
        return Assumptions.abort(NONE);
    }

    private static Map<String, String> withoutDownload(Map<String, String> environment) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        return changed;
    }

    private static Optional<Path> installed(Map<String, String> environment) {
        String given = environment.get("CHROME_BIN");
        if (given != null) {
            return Optional.of(Path.of(given));
        }
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(entry -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(entry, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A page of the given size; what goes wrong in it is noted in {@link #errors()}. */
    public Page page(int width, int height) {
        Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(width, height));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);
        return page;
    }

    /** By how many CSS pixels a page is wider than its window, measured once its styles are there. */
    public static int overflow(Page page) {
        page.waitForLoadState();
        return ((Number) page.evaluate("document.documentElement.scrollWidth - innerWidth")).intValue();
    }

    /** Errors and warnings of all pages so far. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
