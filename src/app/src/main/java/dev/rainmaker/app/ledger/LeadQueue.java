package dev.rainmaker.app.ledger;

import dev.rainmaker.fact.RecordId;
import java.util.List;
import java.util.Set;

/** Leads that changed and wait for the assignment to look at them. */
public final class LeadQueue {

    private final Ledger ledger;

    public LeadQueue(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * The next leads in order of connection and id, for this transaction only. Call under the lock of {@link
     * RotationLedger#lock()}: decisions of a tenant follow each other, so counters and rotations are never split.
     *
     * @param until leads that changed after this sequence are left for later
     */
    public List<RecordId> next(int most, long until) {
        return ledger.jdbc()
                .sql("""
                        select connection, id from lead_queue where tenant = ? and seq <= ?
                        order by connection collate "C", id collate "C" limit ? for update
                        """)
                .params(ledger.tenant(), until, most)
                .query((row, number) -> new RecordId(row.getString("connection"), row.getString("id")))
                .list();
    }

    /** Takes leads off the queue, unless they changed again after the given sequence. */
    public void done(List<RecordId> leads, long until) {
        ledger.jdbc()
                .sql("""
                        delete from lead_queue q using unnest(?::text[], ?::text[]) as given (connection, id)
                        where q.tenant = ? and q.connection = given.connection and q.id = given.id and q.seq <= ?
                        """)
                .params(
                        leads.stream().map(RecordId::connection).toArray(String[]::new),
                        leads.stream().map(RecordId::id).toArray(String[]::new),
                        ledger.tenant(),
                        until)
                .update();
    }

    /** Puts back every lead that nobody could take so far: partners or their policy changed. */
    public int retryUnassigned(long seq) {
        return ledger.jdbc().sql("""
                        insert into lead_queue (tenant, connection, id, seq)
                        select tenant, lead_connection, lead_id, ?::bigint from decision
                        where tenant = ? and current and outcome = 'unassigned'
                        on conflict do nothing
                        """).params(seq, ledger.tenant()).update();
    }

    /** Puts back the leads that nobody could take for one of these reasons. */
    public int retryUnassigned(long seq, Set<String> reasons) {
        return ledger.jdbc()
                .sql("""
                        insert into lead_queue (tenant, connection, id, seq)
                        select tenant, lead_connection, lead_id, ?::bigint from decision
                        where tenant = ? and current and outcome = 'unassigned' and reason = any (?)
                        on conflict do nothing
                        """)
                .params(seq, ledger.tenant(), reasons.toArray(String[]::new))
                .update();
    }

    /** Has the assignment look at a lead again, though no fact of it changed. */
    public void add(RecordId lead) {
        ledger.jdbc()
                .sql("""
                        insert into lead_queue (tenant, connection, id, seq) values (?, ?, ?, ?)
                        on conflict (tenant, connection, id) do nothing
                        """)
                .params(ledger.tenant(), lead.connection(), lead.id(), ledger.sequence())
                .update();
    }

    public long waiting() {
        return ledger.jdbc()
                .sql("select count(*) from lead_queue where tenant = ?")
                .param(ledger.tenant())
                .query(Long.class)
                .single();
    }
}
