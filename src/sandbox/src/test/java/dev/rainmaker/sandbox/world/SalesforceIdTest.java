package dev.rainmaker.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SalesforceIdTest {
    @Test
    void checksumIsTheOneThatSalesforcePublishes() {
        // The example of Salesforce's own article on 15 and 18 character ids.
        assertThat(SalesforceId.withChecksum("001D000000IRFma")).isEqualTo("001D000000IRFmaIAH");
        assertThat(SalesforceId.withChecksum("ABCDEABCDEABCDE")).endsWith("555");
    }

    @Test
    void numbersAreWrittenInBase62AndSortAsTheyCount() {
        assertThat(SalesforceId.numbered(ExportObject.LEAD, "GW0", 1)).isEqualTo("00QGW00000000012AA");
        assertThat(SalesforceId.numbered(ExportObject.LEAD, "GW0", 61)).startsWith("00QGW000000000z");
        assertThat(SalesforceId.numbered(ExportObject.LEAD, "GW0", 62)).startsWith("00QGW0000000010");
    }

    @Test
    void sameNameGivesTheSameIdAndOtherSourcesOrObjectsAnother() {
        String id = SalesforceId.named(ExportObject.ACCOUNT, "MV0", "Groovestreet");

        assertThat(SalesforceId.named(ExportObject.ACCOUNT, "MV0", "Groovestreet"))
                .isEqualTo(id)
                .hasSize(18);
        assertThat(SalesforceId.named(ExportObject.ACCOUNT, "AW0", "Groovestreet"))
                .isNotEqualTo(id);
        assertThat(SalesforceId.named(ExportObject.LEAD, "MV0", "Groovestreet")).isNotEqualTo(id);
        assertThat(SalesforceId.named(ExportObject.ACCOUNT, "MV0", "groovestreet"))
                .isNotEqualTo(id);
        assertThat(SalesforceId.isOf("MV0", id)).isTrue();
        assertThat(SalesforceId.isOf("AW0", id)).isFalse();
    }

    @Test
    void negativeNumbersAndOtherLengthsAreRefused() {
        assertThatThrownBy(() -> SalesforceId.numbered(ExportObject.LEAD, "GW0", -1))
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> SalesforceId.withChecksum("001")).hasMessageContaining("15 characters");
    }
}
