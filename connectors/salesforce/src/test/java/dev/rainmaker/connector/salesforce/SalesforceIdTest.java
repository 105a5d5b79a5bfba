package dev.rainmaker.connector.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceIdTest {

    /** Vectors worked out by hand from the rule: bit i of a group of five is set where character i is upper case. */
    @Test
    void addsTheChecksumOfTheCase() {
        assertThat(SalesforceId.canonical("001000000000001")).contains("001000000000001AAA");
        assertThat(SalesforceId.canonical("00Q000000000001")).contains("00Q000000000001EAA");
        assertThat(SalesforceId.canonical("ABCDEfghijKLMNO")).contains("ABCDEfghijKLMNO5A5");
        assertThat(SalesforceId.canonical("aBcDeFgHiJkLmNo")).contains("aBcDeFgHiJkLmNoKVK");
    }

    @Test
    void keepsAnIdThatHasItsChecksum() {
        assertThat(SalesforceId.canonical("00Q000000000001EAA")).contains("00Q000000000001EAA");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00Q00000000001",
                "00Q0000000000012",
                "00Q000000000001AAA",
                "00q000000000001EAA",
                "00Q00000000000'",
                "00Q00000000000\n",
                "00Q00000000000é"
            })
    void refusesWhatIsNoId(String text) {
        assertThat(SalesforceId.canonical(text)).isEmpty();
    }
}
