package dev.rainmaker.app.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.connector.SourceRecord;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

class MappingSpeedTest {

    private static final int RECORDS = 3_000;

    /** In processor time of this thread, so that a busy machine matters less. The target is 10 microseconds warm. */
    @Test
    void aLeadIsMappedInMicroseconds() {
        StreamMapping mapping = Mappings.load(SalesforceMappingsTest.FOLDER, "salesforce").stream("Lead")
                .orElseThrow();
        SourceRecord record = SalesforceMappingsTest.record("Lead", SalesforceMappingsTest.LEAD);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        int facts = 0;
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 12; round++) {
            long start = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < RECORDS; i++) {
                facts += mapping.map("crm", record).facts().size();
            }
            best = Math.min(best, (threads.getCurrentThreadCpuTime() - start) / 1e3 / RECORDS);
        }

        System.out.printf("mapping a lead: %.1f microseconds of processor time%n", best);
        assertThat(facts).isEqualTo(12 * RECORDS);
        assertThat(best).isLessThan(40);
    }
}
