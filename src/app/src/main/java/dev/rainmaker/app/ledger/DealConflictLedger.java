package dev.rainmaker.app.ledger;

import dev.rainmaker.dealregistration.Conflict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was found in the way of registrations, and what people changed in a connected system that contradicts a lock. */
public final class DealConflictLedger {

    /** The kind of a conflict that a person's edit made. */
    public static final String EDIT = "crm-edit";

    private final Ledger ledger;

    public DealConflictLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Keeps what the check found, in place of what an earlier check of the same registration found. */
    public void keep(String number, List<Conflict> conflicts) {
        ledger.jdbc().sql("""
                        update deal_conflict set settled_at = clock_timestamp(), settled_by = 'check', settlement = 'checked again'
                        where tenant = ? and number = ? and kind <> ? and settled_at is null
                        """).params(ledger.tenant(), number, EDIT).update();
        for (Conflict conflict : conflicts) {
            ledger.jdbc()
                    .sql("""
                            insert into deal_conflict (tenant, number, kind, blocks, about, for_reviewer, for_partner)
                            values (?, ?, ?, ?, ?, ?, ?)
                            """)
                    .params(
                            ledger.tenant(),
                            number,
                            conflict.kind().word(),
                            conflict.blocks(),
                            conflict.about(),
                            conflict.forReviewer(),
                            conflict.forPartner())
                    .update();
        }
    }

    /**
     * Raises a conflict for a person's edit; an open one about the same record is brought up to date.
     *
     * @param about the record, as connection/id
     * @param detail what the record shows
     */
    public void raiseEdit(String number, String about, String forReviewer, Map<String, ?> detail) {
        ledger.jdbc()
                .sql("""
                        insert into deal_conflict (tenant, number, kind, blocks, about, for_reviewer, for_partner, detail)
                        values (?, ?, ?, false, ?, ?, 'a person changed it in the CRM; a reviewer looks at it', ?::jsonb)
                        on conflict (tenant, kind, about) where settled_at is null and kind = 'crm-edit' do update
                            set for_reviewer = excluded.for_reviewer, detail = excluded.detail, number = excluded.number
                        """)
                .params(ledger.tenant(), number, EDIT, about, forReviewer, OutboxLedger.json(detail))
                .update();
    }

    /** Conflicts of a registration that nobody settled. */
    public List<Found> openOf(String number) {
        return ledger.jdbc()
                .sql("select * from deal_conflict where tenant = ? and number = ? and settled_at is null order by id")
                .params(ledger.tenant(), number)
                .query(DealConflictLedger::read)
                .list();
    }

    /** All conflicts of a registration, settled ones included. */
    public List<Found> of(String number) {
        return ledger.jdbc()
                .sql("select * from deal_conflict where tenant = ? and number = ? order by id")
                .params(ledger.tenant(), number)
                .query(DealConflictLedger::read)
                .list();
    }

    /** Edits of people in connected systems that wait for a reviewer. */
    public List<Found> openEdits(int most) {
        return open(EDIT, most);
    }

    /** Conflicts of a kind that nobody settled, oldest first. */
    public List<Found> open(String kind, int most) {
        return ledger.jdbc()
                .sql(
                        "select * from deal_conflict where tenant = ? and kind = ? and settled_at is null order by id limit ?")
                .params(ledger.tenant(), kind, most)
                .query(DealConflictLedger::read)
                .list();
    }

    /** Whether a person's edit of a record waits for a reviewer. */
    public boolean editOpen(String about) {
        return ledger.jdbc()
                .sql(
                        "select exists (select from deal_conflict where tenant = ? and kind = ? and about = ? and settled_at is null)")
                .params(ledger.tenant(), EDIT, about)
                .query(Boolean.class)
                .single();
    }

    /** Settles a conflict; empty where it is unknown or settled. */
    public Optional<Found> settle(long id, String by, String settlement) {
        return ledger.jdbc()
                .sql("""
                        update deal_conflict set settled_at = clock_timestamp(), settled_by = ?, settlement = ?
                        where tenant = ? and id = ? and settled_at is null returning *
                        """)
                .params(by, settlement, ledger.tenant(), id)
                .query(DealConflictLedger::read)
                .optional();
    }

    /** Settles the open edits of a record: it shows what it should again. */
    public void settleEdit(String about, String by, String settlement) {
        ledger.jdbc()
                .sql("""
                        update deal_conflict set settled_at = clock_timestamp(), settled_by = ?, settlement = ?
                        where tenant = ? and kind = ? and about = ? and settled_at is null
                        """)
                .params(by, settlement, ledger.tenant(), EDIT, about)
                .update();
    }

    /** How many were ever found. */
    public long count() {
        return ledger.jdbc()
                .sql("select count(*) from deal_conflict where tenant = ?")
                .param(ledger.tenant())
                .query(Long.class)
                .single();
    }

    /** A conflict as kept. */
    public record Found(
            long id,
            String number,
            String kind,
            boolean blocks,
            String about,
            String forReviewer,
            String forPartner,
            Map<String, @Nullable Object> detail,
            Instant foundAt,
            @Nullable Instant settledAt,
            @Nullable String settledBy,
            @Nullable String settlement) {}

    private static Found read(ResultSet row, int number) throws SQLException {
        Timestamp settled = row.getTimestamp("settled_at");
        return new Found(
                row.getLong("id"),
                row.getString("number"),
                row.getString("kind"),
                row.getBoolean("blocks"),
                row.getString("about"),
                row.getString("for_reviewer"),
                row.getString("for_partner"),
                OutboxLedger.values(row.getString("detail")),
                row.getTimestamp("found_at").toInstant(),
                settled == null ? null : settled.toInstant(),
                row.getString("settled_by"),
                row.getString("settlement"));
    }
}
