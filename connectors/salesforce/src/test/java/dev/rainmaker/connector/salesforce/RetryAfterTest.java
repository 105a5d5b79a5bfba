package dev.rainmaker.connector.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final String NOW = "Fri, 02 Jan 2026 12:00:00 GMT";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120|PT2M",
                "' 7 '|PT7S",
                "0|PT0S",
                "-5|PT0S",
                "3600|PT1H",
                "3601|PT1H",
                "86400|PT1H",
                "99999999999999999999|PT0S",
                "Fri, 02 Jan 2026 12:00:30 GMT|PT30S",
                "Fri, 02 Jan 2026 11:00:00 GMT|PT0S",
                "Sat, 03 Jan 2026 12:00:00 GMT|PT1H",
                "soon|PT0S",
                "|PT0S"
            })
    void readsSecondsAndDatesAndBelievesNoAbsurdity(String header, Duration wait) {
        assertThat(RetryAfter.of(header, NOW)).isEqualTo(wait);
    }
}
