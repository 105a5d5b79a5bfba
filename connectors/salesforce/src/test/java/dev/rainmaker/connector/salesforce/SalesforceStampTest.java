package dev.rainmaker.connector.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceStampTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05.000+0000,2026-01-02T03:04:05Z",
        "2024-02-29T23:59:59.999+0000,2024-02-29T23:59:59.999Z",
        "1969-12-31T23:59:59.999+0000,1969-12-31T23:59:59.999Z",
        "2026-01-02T03:04:05.000Z,2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05Z,2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.000+0130,2026-01-02T01:34:05Z",
        "2026-01-02T03:04:05.000+01:30,2026-01-02T01:34:05Z"
    })
    void readsEveryWayToWriteAnInstant(String text, Instant instant) {
        assertThat(SalesforceStamp.parse(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-02",
                "2026-02-30T03:04:05.000+0000",
                "2026-01-02T24:04:05.000+0000",
                "2026-01-02T03:04:05.000",
                "2026-01-02T03:04:0x.000+0000"
            })
    void refusesWhatIsNoInstant(String text) {
        assertThatThrownBy(() -> SalesforceStamp.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void writesWhatItReads() {
        Instant instant = Instant.parse("2026-01-02T03:04:05.678Z");

        assertThat(SalesforceStamp.written(instant)).isEqualTo("2026-01-02T03:04:05.678+0000");
        assertThat(SalesforceStamp.literal(instant)).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(SalesforceStamp.parse(SalesforceStamp.written(instant))).isEqualTo(instant);
    }
}
