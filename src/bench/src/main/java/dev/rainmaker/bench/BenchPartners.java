package dev.rainmaker.bench;

import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Partners for benchmarks: all in one country, with a mix of industries and products. */
final class BenchPartners {

    private BenchPartners() {}

    static void store(FactLedger facts, int count) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        List<IncomingRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = String.format(Locale.ROOT, "001%015d", i);
            Partner partner = new Partner(
                    new RecordId("crm", id),
                    "Partner " + i,
                    i % 3 == 0 ? "Gold" : "Silver",
                    null,
                    Set.of(i % 4 == 0 ? "FR" : "DE"),
                    Set.of(),
                    Set.of(i % 2 == 0 ? "Manufacturing" : "Retail"),
                    i % 5 == 0 ? Set.of("Firewall") : Set.of("Firewall", "Switch"),
                    Set.of(),
                    true,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    true,
                    Map.of(),
                    at);
            records.add(new IncomingRecord(
                    new SourceRecord("Account", id, at, false, Map.of(), "{}".getBytes(StandardCharsets.UTF_8)),
                    List.of(partner),
                    List.of(),
                    null));
        }
        facts.commit("crm", "Account", "bench", records);
    }
}
