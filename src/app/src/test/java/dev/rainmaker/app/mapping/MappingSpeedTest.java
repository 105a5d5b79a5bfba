package dev.rainmaker.app.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.connector.SourceRecord;
import org.junit.jupiter.api.Test;

class MappingSpeedTest {

    /** The target is 10 microseconds warm; the bound allows for a busy machine. */
    @Test
    void aLeadIsMappedInMicroseconds() {
        StreamMapping mapping = Mappings.load(SalesforceMappingsTest.FOLDER, "salesforce").stream("Lead")
                .orElseThrow();
        SourceRecord record = SalesforceMappingsTest.record("Lead", SalesforceMappingsTest.LEAD);
        int facts = 0;
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 12; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 5_000; i++) {
                facts += mapping.map("crm", record).facts().size();
            }
            best = Math.min(best, (System.nanoTime() - start) / 5_000e3);
        }

        System.out.printf("mapping a lead: %.1f microseconds%n", best);
        assertThat(facts).isEqualTo(60_000);
        assertThat(best).isLessThan(60);
    }
}
