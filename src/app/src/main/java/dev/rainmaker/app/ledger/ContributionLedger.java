package dev.rainmaker.app.ledger;

import dev.rainmaker.app.ledger.Contribution.Part;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/** What facts add to partners' statistics. */
public final class ContributionLedger {

    private static final String COLUMNS =
            "kind, connection, id, part, partner, day, word, amount, margin, until_day, sourced";

    private static final String REMOVE =
            "delete from plv_contribution where tenant = ? and kind = ? and connection = ? and id = ? and part = ?";

    private static final String ADD = "insert into plv_contribution (tenant, " + COLUMNS
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::double precision, ?::integer, ?)";

    private static final String TEMPORARY_TABLE = """
            create temp table if not exists incoming_contribution (like plv_contribution) on commit delete rows
            """;

    private static final String SAME = """
            i.tenant = held.tenant and i.kind = held.kind and i.connection = held.connection and i.id = held.id
              and i.part = held.part and i.partner = held.partner and i.day = held.day and i.word = held.word
              and i.amount = held.amount and i.margin is not distinct from held.margin
              and i.until_day is not distinct from held.until_day and i.sourced = held.sourced
            """;

    private final Ledger ledger;

    public ContributionLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A fact by kind and id. */
    public record FactKey(FactKind kind, RecordId id) {}

    /** What the facts add now. */
    public List<Contribution> of(Set<FactKey> facts) {
        return ledger.jdbc()
                .sql("select " + COLUMNS + """
                         from plv_contribution
                        where tenant = ? and (kind, connection, id) in (
                            select * from unnest(?::text[], ?::text[], ?::text[]))
                        """)
                .params(
                        ledger.tenant(),
                        facts.stream().map(key -> key.kind().word()).toArray(String[]::new),
                        facts.stream().map(key -> key.id().connection()).toArray(String[]::new),
                        facts.stream().map(key -> key.id().id()).toArray(String[]::new))
                .query(ContributionLedger::read)
                .list();
    }

    /** What was added to some partners, by partner and day. */
    public List<Contribution> ofPartners(Collection<RecordId> partners) {
        return ledger.jdbc()
                .sql("select " + COLUMNS + """
                         from plv_contribution where tenant = ? and partner = any (?)
                        order by partner, day, kind, connection, id, part
                        """)
                .params(
                        ledger.tenant(),
                        partners.stream().map(RecordId::toString).toArray(String[]::new))
                .query(ContributionLedger::read)
                .list();
    }

    /** What counts from a day after {@code after} up to {@code last}. */
    public List<Contribution> between(int after, int last) {
        return ledger.jdbc()
                .sql("select " + COLUMNS + """
                         from plv_contribution where tenant = ? and day > ? and day <= ?
                        order by partner, day, kind, connection, id, part
                        """)
                .params(ledger.tenant(), after, last)
                .query(ContributionLedger::read)
                .list();
    }

    /** Every one, in no order. */
    public void forEach(Consumer<Contribution> sink) {
        ledger.inTransaction(() -> {
            try (var all = ledger
                    .jdbc()
                    .sql("select " + COLUMNS + " from plv_contribution where tenant = ?")
                    .param(ledger.tenant())
                    .query(ContributionLedger::read)
                    .stream()) {
                all.forEach(sink);
            }
        });
    }

    /** Whether anything was added to a part of a partner's statistics on a day. */
    public boolean any(RecordId partner, Part part, int day) {
        return ledger.jdbc()
                .sql("""
                        select exists (select from plv_contribution
                                       where tenant = ? and partner = ? and part = ? and day = ?)
                        """)
                .params(ledger.tenant(), partner.toString(), part.word(), day)
                .query(Boolean.class)
                .single();
    }

    /** Whether somebody of the partner holds this very certificate. */
    public boolean holds(Contribution certificate) {
        return ledger.jdbc()
                .sql("""
                        select exists (select from plv_contribution
                                       where tenant = ? and partner = ? and part = 'certificate' and day = ? and word = ?
                                         and until_day is not distinct from ?::integer)
                        """)
                .params(
                        ledger.tenant(),
                        certificate.partner().toString(),
                        certificate.day(),
                        certificate.word(),
                        certificate.untilDay())
                .query(Boolean.class)
                .single();
    }

    public void remove(Contribution gone) {
        replace(List.of(gone), List.of());
    }

    /** Takes some out and puts others in. */
    public void replace(Collection<Contribution> gone, Collection<Contribution> added) {
        JdbcTemplate jdbc = new JdbcTemplate(ledger.dataSource());
        if (!gone.isEmpty()) {
            jdbc.batchUpdate(REMOVE, gone.stream().map(this::keyOf).toList());
        }
        if (!added.isEmpty()) {
            jdbc.batchUpdate(ADD, added.stream().map(this::valuesOf).toList());
        }
    }

    private Object[] keyOf(Contribution each) {
        return new Object[] {
            ledger.tenant(),
            each.kind().word(),
            each.fact().connection(),
            each.fact().id(),
            each.part().word()
        };
    }

    private @Nullable Object[] valuesOf(Contribution each) {
        return new @Nullable Object[] {
            ledger.tenant(),
            each.kind().word(),
            each.fact().connection(),
            each.fact().id(),
            each.part().word(),
            each.partner().toString(),
            each.day(),
            each.word(),
            each.amount(),
            each.margin(),
            each.untilDay(),
            each.sourced()
        };
    }

    /** Makes these, and no others, the contributions of the tenant; rows that are right already stay untouched. */
    public void replaceAll(Collection<Contribution> all) {
        ledger.inTransaction(() -> {
            copyIn(all);
            ledger.jdbc()
                    .sql("delete from plv_contribution held where tenant = ? and not exists ("
                            + "select from incoming_contribution i where " + SAME + ")")
                    .param(ledger.tenant())
                    .update();
            ledger.jdbc()
                    .sql("insert into plv_contribution select * from incoming_contribution on conflict do nothing")
                    .update();
        });
    }

    private void copyIn(Collection<Contribution> all) {
        BinaryCopy rows = new BinaryCopy();
        all.forEach(each -> rows.row(valuesOf(each)));
        Connection connection = DataSourceUtils.getConnection(ledger.dataSource());
        try (Statement statement = connection.createStatement()) {
            statement.execute(TEMPORARY_TABLE);
            rows.into(connection, "incoming_contribution (tenant, " + COLUMNS + ")");
            statement.execute("analyze incoming_contribution");
        } catch (SQLException failed) {
            throw java.util.Objects.requireNonNull(
                    new SQLStateSQLExceptionTranslator().translate("copy contributions into the ledger", null, failed));
        } finally {
            DataSourceUtils.releaseConnection(connection, ledger.dataSource());
        }
    }

    /** The day of the latest fact of each source and part of a partner's statistics. */
    public List<Freshest> freshest(RecordId partner) {
        return ledger.jdbc()
                .sql("""
                        select parts.part, kind, connection, day
                        from unnest(?::text[]) as parts (part)
                        cross join lateral (
                            select kind, connection, day from plv_contribution c
                            where c.tenant = ? and c.partner = ? and c.part = parts.part
                            order by c.tenant, c.partner, c.part, c.day desc limit 1) as latest
                        """)
                .params(
                        java.util.Arrays.stream(Part.values()).map(Part::word).toArray(String[]::new),
                        ledger.tenant(),
                        partner.toString())
                .query((row, number) -> new Freshest(
                        Part.of(row.getString("part")),
                        FactKind.of(row.getString("kind")),
                        row.getString("connection"),
                        row.getInt("day")))
                .list();
    }

    /** The latest fact behind a part of the statistics: where it came from, and its epoch day. */
    public record Freshest(Part part, FactKind kind, String connection, int day) {}

    private static Contribution read(ResultSet row, int number) throws SQLException {
        double margin = row.getDouble("margin");
        boolean noMargin = row.wasNull();
        int until = row.getInt("until_day");
        boolean noUntil = row.wasNull();
        return new Contribution(
                FactKind.of(row.getString("kind")),
                new RecordId(row.getString("connection"), row.getString("id")),
                Part.of(row.getString("part")),
                RecordId.parse(row.getString("partner")),
                row.getInt("day"),
                row.getString("word"),
                row.getDouble("amount"),
                noMargin ? null : (Double) margin,
                noUntil ? null : (Integer) until,
                row.getBoolean("sourced"));
    }
}
