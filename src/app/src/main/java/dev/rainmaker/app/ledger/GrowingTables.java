package dev.rainmaker.app.ledger;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells PostgreSQL how tables have grown, whenever they have doubled: left alone it looks a minute later, and until then takes a
 * table of a million rows for the empty one that it saw last, and reads all of it where an index would find the row.
 */
final class GrowingTables {

    private static final long FIRST = 1_000;

    private final Ledger ledger;
    private final String tables;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong due = new AtomicLong(FIRST);

    /** @param tables names, comma between */
    GrowingTables(Ledger ledger, String tables) {
        this.ledger = ledger;
        this.tables = tables;
    }

    /** Counts rows that the current transaction added. */
    void grew(long added) {
        long now = rows.addAndGet(added);
        long wanted = due.get();
        if (now >= wanted && due.compareAndSet(wanted, 2 * now)) {
            ledger.jdbc().sql("analyze " + tables).update();
        }
    }
}
