package dev.rainmaker.app.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.RecentDay;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Partners' statistics, as of the day of the last scoring and as of an earlier one. */
public final class HistoryLedger {

    // Up to 400 recent days are most of a busy partner's statistics: they are kept without the names of their members.
    private static final ObjectMapper MAPPER = FactJson.MAPPER.copy().addMixIn(RecentDay.class, Bare.class);
    private static final ObjectReader READER = MAPPER.readerFor(PartnerHistory.class);
    private static final ObjectWriter WRITER = MAPPER.writerFor(PartnerHistory.class);
    private static final String UPDATE =
            "update partner_history set seq = ?, body = ?::jsonb where tenant = ? and connection = ? and id = ?";
    private static final String UPSERT = """
            insert into partner_history (tenant, connection, id, seq, body, earlier) values (?, ?, ?, ?, ?::jsonb, ?::jsonb)
            on conflict (tenant, connection, id) do update
                set seq = excluded.seq, body = excluded.body, earlier = excluded.earlier
            """;

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    private interface Bare {}

    private final Ledger ledger;

    public HistoryLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A partner's statistics.
     *
     * @param now as of the day of the last scoring
     * @param earlier as of the day that trends look back to
     */
    public record PartnerState(RecordId partner, PartnerHistory now, PartnerHistory earlier) {}

    public Optional<PartnerState> find(RecordId partner) {
        return Optional.ofNullable(find(List.of(partner)).get(partner));
    }

    /** The statistics of those partners that have any. */
    public Map<RecordId, PartnerState> find(Collection<RecordId> partners) {
        return byPartner(ledger.jdbc()
                .sql("""
                        select connection, id, body, earlier from partner_history
                        where tenant = ? and (connection, id) in (select * from unnest(?::text[], ?::text[]))
                        """)
                .params(
                        ledger.tenant(),
                        partners.stream().map(RecordId::connection).toArray(String[]::new),
                        partners.stream().map(RecordId::id).toArray(String[]::new))
                .query(HistoryLedger::read)
                .list());
    }

    /** The statistics of all partners. */
    public Map<RecordId, PartnerState> all() {
        return byPartner(ledger.jdbc()
                .sql("select connection, id, body, earlier from partner_history where tenant = ?")
                .param(ledger.tenant())
                .query(HistoryLedger::read)
                .list());
    }

    private static Map<RecordId, PartnerState> byPartner(List<PartnerState> states) {
        Map<RecordId, PartnerState> found = new LinkedHashMap<>();
        states.forEach(state -> found.put(state.partner(), state));
        return found;
    }

    /** Stores statistics as of a sequence. */
    public void store(Collection<PartnerState> states, long seq) {
        List<Object[]> rows = states.stream()
                .map(state -> new Object[] {
                    ledger.tenant(),
                    state.partner().connection(),
                    state.partner().id(),
                    seq,
                    json(state.now()),
                    json(state.earlier())
                })
                .toList();
        new JdbcTemplate(ledger.dataSource()).batchUpdate(UPSERT, rows);
    }

    /** Stores the present statistics of partners whose earlier ones stayed as they are. */
    public void storePresent(Collection<PartnerState> states, long seq) {
        List<Object[]> rows = states.stream()
                .map(state -> new Object[] {
                    seq,
                    json(state.now()),
                    ledger.tenant(),
                    state.partner().connection(),
                    state.partner().id()
                })
                .toList();
        new JdbcTemplate(ledger.dataSource()).batchUpdate(UPDATE, rows);
    }

    /** Forgets a company that is no partner any more. */
    public void remove(RecordId partner) {
        ledger.jdbc()
                .sql("delete from partner_history where tenant = ? and connection = ? and id = ?")
                .params(ledger.tenant(), partner.connection(), partner.id())
                .update();
    }

    /** Forgets all. */
    public void clear() {
        ledger.jdbc()
                .sql("delete from partner_history where tenant = ?")
                .param(ledger.tenant())
                .update();
    }

    private static String json(PartnerHistory history) {
        try {
            return WRITER.writeValueAsString(history);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static PartnerState read(ResultSet row, int number) throws SQLException {
        return new PartnerState(
                new RecordId(row.getString("connection"), row.getString("id")),
                history(row.getString("body")),
                history(row.getString("earlier")));
    }

    private static PartnerHistory history(String body) {
        try {
            return READER.readValue(body);
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
