package dev.rainmaker.app.web;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Once the whole build failed on a machine without a browser, where the one test that needs it should have been skipped. */
class TestBrowserTest {

    private static final Map<String, String> NOTHING = Map.of(
            "PATH", "/nowhere", "PLAYWRIGHT_BROWSERS_PATH", "/nowhere/at-all", "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

    @Test
    void withoutABrowserATestIsSkippedWithWhatToDo() {
        assertThatThrownBy(() -> TestBrowser.open(NOTHING))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("CHROME_BIN");
    }

    @Test
    void withoutABrowserATestFailsWhereCiAsksForOne() {
        Map<String, String> ci = new java.util.HashMap<>(NOTHING);
        ci.put("CI", "true");

        assertThatThrownBy(() -> TestBrowser.open(ci))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("CHROME_BIN");
    }
}
