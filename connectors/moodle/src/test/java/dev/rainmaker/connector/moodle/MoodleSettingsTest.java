package dev.rainmaker.connector.moodle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.connector.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoodleSettingsTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static MoodleSettings settings(String... keysAndValues) {
        Map<String, String> given = new HashMap<>(Map.of("url", "https://academy.example", "token", TOKEN));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            given.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        given.values().removeIf(String::isEmpty);
        return MoodleSettings.from(new Settings(new MoodleFactory().settings(), given));
    }

    @Test
    void defaults() {
        assertThat(settings())
                .isEqualTo(new MoodleSettings(
                        URI.create("https://academy.example"),
                        TOKEN,
                        100,
                        Duration.ofDays(2),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        4,
                        32 << 20));
    }

    @Test
    void everyKeySet() {
        assertThat(settings(
                        "url", "http://LMS.example:8080/moodle/",
                        "allow-http", "true",
                        "page-size", "500",
                        "reach-back", "PT1H",
                        "connect-timeout", "PT1S",
                        "call-timeout", "PT2S",
                        "max-connections", "1",
                        "max-response-mb", "512"))
                .isEqualTo(new MoodleSettings(
                        URI.create("http://lms.example:8080/moodle"),
                        TOKEN,
                        500,
                        Duration.ofHours(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        1,
                        512 << 20));
        assertThat(settings("url", "https://x.example/moodle/").server())
                .isEqualTo(URI.create("https://x.example/moodle/webservice/rest/server.php"));
    }

    @ParameterizedTest
    @CsvSource({
        "token,",
        "token,'abc def ghi jkl'",
        "token,short",
        "url,http://academy.example",
        "url,https://user:secret@academy.example",
        "url,https://academy.example/?id=1",
        "url,https://academy.example/login/index.php",
        "page-size,0",
        "page-size,501",
        "reach-back,PT0S",
        "reach-back,P91D",
        "call-timeout,PT0S",
        "connect-timeout,PT2M",
        "max-connections,33",
        "max-response-mb,0"
    })
    void whatIsWrongIsNamed(String key, String value) {
        assertThatThrownBy(() -> settings(key, value == null ? "" : value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + key + "\"")
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("abc def", "user:secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1", "http://[::1]:1"})
    void thisMachineMayBeCalledUnencrypted(String url) {
        assertThat(settings("url", url).site()).isEqualTo(URI.create(url));
    }

    @Test
    void noTokenInWhatItSaysOfItself() {
        assertThat(settings().toString()).doesNotContain(TOKEN);
    }
}
