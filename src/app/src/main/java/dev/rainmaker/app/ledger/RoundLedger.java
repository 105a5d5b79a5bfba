package dev.rainmaker.app.ledger;

import org.jspecify.annotations.Nullable;

/** The counters that the first decision of each round saw, whole or as what differs from an earlier round's. */
public final class RoundLedger {

    private final Ledger ledger;

    public RoundLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What is kept of a round, as JSON.
     *
     * @param whole what the counters differ from, null where they are whole themselves
     */
    public record Kept(String counters, @Nullable String whole) {}

    /**
     * Opens a round; call in the transaction of its decisions.
     *
     * @param base the round whose whole counters they differ from, null where they are whole
     * @return its number
     */
    public long open(String counters, @Nullable Long base) {
        return ledger.jdbc()
                .sql("insert into decision_round (tenant, counters, base) values (?, ?::jsonb, ?) returning id")
                .params(ledger.tenant(), counters, base)
                .query(Long.class)
                .single();
    }

    public Kept find(long round) {
        return ledger.jdbc()
                .sql("""
                        select r.counters, b.counters as whole from decision_round r
                        left join decision_round b on b.tenant = r.tenant and b.id = r.base
                        where r.tenant = ? and r.id = ?
                        """)
                .params(ledger.tenant(), round)
                .query((row, number) -> new Kept(row.getString("counters"), row.getString("whole")))
                .single();
    }
}
