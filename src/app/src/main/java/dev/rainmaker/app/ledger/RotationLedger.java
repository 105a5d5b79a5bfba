package dev.rainmaker.app.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.assignment.Load;
import dev.rainmaker.assignment.Rotation;
import dev.rainmaker.assignment.Window;
import dev.rainmaker.fact.RecordId;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What decisions read under a lock: rotations and the load of each partner. */
public final class RotationLedger {

    private static final String LOCK = "";

    private final Ledger ledger;

    public RotationLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Makes this transaction the only one that decides for the tenant, to its end.
     *
     * @return a number that rises with every change of a decision, by whatever instance
     */
    public long lock() {
        ledger.jdbc()
                .sql(
                        "insert into rotation (tenant, name, state) values (?, ?, '{\"version\": 0}') on conflict do nothing")
                .params(ledger.tenant(), LOCK)
                .update();
        return ledger.jdbc()
                .sql("select (state ->> 'version')::bigint from rotation where tenant = ? and name = ? for update")
                .params(ledger.tenant(), LOCK)
                .query(Long.class)
                .single();
    }

    /** Notes that decisions changed; counters worked out before are no longer true. Returns the new number. */
    public long changed() {
        return ledger.jdbc()
                .sql("""
                        insert into rotation (tenant, name, state) values (?, ?, '{"version": 1}')
                        on conflict (tenant, name) do update
                            set state = jsonb_build_object('version', (rotation.state ->> 'version')::bigint + 1)
                        returning (state ->> 'version')::bigint
                        """)
                .params(ledger.tenant(), LOCK)
                .query(Long.class)
                .single();
    }

    /** Rotations and loads as of now, in the policy's time zone; call under {@link #lock()}. */
    public Counters counters(Instant now, ZoneId zone) {
        Map<String, Rotation> rotations = new TreeMap<>();
        ledger.jdbc()
                .sql("select name, state from rotation where tenant = ? and name <> ?")
                .params(ledger.tenant(), LOCK)
                .query((row, number) -> rotations.put(row.getString("name"), rotation(row.getString("state"))))
                .list();
        return new Counters(loads(now, zone), rotations);
    }

    /**
     * Whether a lead that counts in a load was opened, closed or taken out after a sequence; call under {@link #lock()}.
     *
     * @param sequence read before the loads were
     */
    public boolean moved(long sequence) {
        return ledger.jdbc()
                .sql("""
                        with changed as (
                            select connection, id from fact
                            where tenant = :tenant and seq > :after and kind = 'lead'
                            union
                            select connection, id from fact
                            where tenant = :tenant and until_seq > :after and kind = 'lead')
                        select exists (
                            select from changed c
                            join decision d on d.tenant = :tenant and d.lead_connection = c.connection
                                and d.lead_id = c.id and d.current and d.partner_id is not null
                            left join fact was on was.tenant = :tenant and was.kind = 'lead'
                                and was.connection = c.connection and was.id = c.id
                                and was.seq <= :after and (was.until_seq is null or was.until_seq > :after)
                            left join fact today on today.tenant = :tenant and today.kind = 'lead'
                                and today.connection = c.connection and today.id = c.id and today.until_seq is null
                            where coalesce((was.body ->> 'open')::boolean, false)
                                is distinct from coalesce((today.body ->> 'open')::boolean, false))
                        """)
                .param("tenant", ledger.tenant())
                .param("after", sequence)
                .query(Boolean.class)
                .single();
    }

    private Map<RecordId, Load> loads(Instant now, ZoneId zone) {
        Map<RecordId, Load> loads = new HashMap<>();
        // Right after a first sync the planner knows nothing of these tables and would join row by row.
        ledger.jdbc().sql("set local enable_nestloop = off").update();
        ledger.jdbc()
                .sql("""
                        select d.partner_connection, d.partner_id,
                            count(*) filter (where coalesce((f.body ->> 'open')::boolean, false)) as open,
                            count(*) filter (where d.decided_at >= :hour and d.decided_at <= :now) as in_hour,
                            count(*) filter (where d.decided_at >= :day and d.decided_at <= :now) as in_day,
                            count(*) filter (where d.decided_at >= :week and d.decided_at <= :now) as in_week,
                            count(*) filter (where d.decided_at >= :month and d.decided_at <= :now) as in_month,
                            max(d.decided_at) as latest
                        from decision d left join fact f on f.tenant = d.tenant and f.kind = 'lead'
                            and f.connection = d.lead_connection and f.id = d.lead_id and f.until_seq is null
                        where d.tenant = :tenant and d.current and d.outcome in ('assigned', 'claimed', 'overridden')
                          and d.partner_id is not null
                        group by 1, 2
                        """)
                .param("tenant", ledger.tenant())
                .param("now", timestamp(now))
                .param("hour", timestamp(Window.HOUR.start(now, zone)))
                .param("day", timestamp(Window.DAY.start(now, zone)))
                .param("week", timestamp(Window.WEEK.start(now, zone)))
                .param("month", timestamp(Window.MONTH.start(now, zone)))
                .query((row, number) -> loads.put(
                        new RecordId(row.getString("partner_connection"), row.getString("partner_id")),
                        new Load(
                                row.getInt("open"),
                                new EnumMap<>(Map.of(
                                        Window.HOUR, row.getInt("in_hour"),
                                        Window.DAY, row.getInt("in_day"),
                                        Window.WEEK, row.getInt("in_week"),
                                        Window.MONTH, row.getInt("in_month"))),
                                row.getTimestamp("latest").toInstant())))
                .list();
        ledger.jdbc().sql("set local enable_nestloop = on").update();
        return loads;
    }

    private static java.sql.Timestamp timestamp(Instant instant) {
        return java.sql.Timestamp.from(instant);
    }

    /** Stores what became of rotations. */
    public void store(Map<String, Rotation> rotations) {
        rotations.forEach((name, rotation) -> ledger.jdbc()
                .sql("""
                        insert into rotation (tenant, name, state) values (?, ?, ?::jsonb)
                        on conflict (tenant, name) do update set state = excluded.state
                        """)
                .params(ledger.tenant(), name, OutboxLedger.json(state(rotation)))
                .update());
    }

    private static Map<String, Object> state(Rotation rotation) {
        Map<String, Long> marks = new TreeMap<>();
        rotation.marks().forEach((partner, mark) -> marks.put(partner.toString(), mark));
        return Map.of("turns", rotation.turns(), "marks", marks);
    }

    private static Rotation rotation(String json) {
        try {
            var node = FactJson.MAPPER.readTree(json);
            Map<RecordId, Long> marks = new TreeMap<>();
            node.path("marks")
                    .properties()
                    .forEach(mark -> marks.put(
                            RecordId.parse(mark.getKey()), mark.getValue().asLong()));
            return new Rotation(node.path("turns").asLong(), marks);
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
