package dev.rainmaker.app.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.rainmaker.attribution.Attribution;
import dev.rainmaker.attribution.Booking;
import dev.rainmaker.attribution.Part;
import dev.rainmaker.attribution.Touch;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What closed months say of revenue. Lines are only added, never changed: a trigger refuses it. */
public final class RevenueLedger {

    private final Ledger ledger;

    public RevenueLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The last closed month; empty where none is. */
    public Optional<YearMonth> closedThrough() {
        return ledger.jdbc()
                .sql("select max(period) from revenue_period where tenant = ?")
                .param(ledger.tenant())
                .query(String.class)
                .optional()
                .map(YearMonth::parse);
    }

    /** Every line of closed months, in the order booked. */
    public List<Booking> bookings() {
        return ledger.jdbc()
                .sql("select * from revenue_booking where tenant = ? order by id")
                .param(ledger.tenant())
                .query((row, number) -> booking(row))
                .list();
    }

    /**
     * Closes a month with its lines, in one transaction. The ledger's sequence is held from before the lines are asked for until
     * they are booked: no fact can come between, so nothing that was known when the month was closed is booked as an adjustment.
     *
     * @param read the month's lines, read inside the transaction
     * @return how many lines were booked
     * @throws IllegalArgumentException if the month, or a later one, is closed already
     */
    public int close(YearMonth period, Supplier<List<Booking>> read, String who) {
        return ledger.transaction(() -> {
            ledger.jdbc()
                    .sql("select seq from ledger_head where tenant = ? for update")
                    .param(ledger.tenant())
                    .query(Long.class)
                    .single();
            closedThrough().filter(last -> !last.isBefore(period)).ifPresent(last -> {
                throw new IllegalArgumentException(
                        last + " is closed already; the next to close is " + last.plusMonths(1));
            });
            List<Booking> lines = read.get();
            ledger.jdbc()
                    .sql("insert into revenue_period (tenant, period, closed_by) values (?, ?, ?)")
                    .params(ledger.tenant(), period.toString(), who)
                    .update();
            lines.forEach(this::add);
            return lines.size();
        });
    }

    private void add(Booking line) {
        RecordId partner = line.partner();
        Part part = line.part();
        Money margin = line.margin();
        ledger.jdbc()
                .sql("""
                        insert into revenue_booking (tenant, period, adjustment, deal, partner, kind, credit, main, share, margin,
                            amount, currency, rule, rate, evidence)
                        values (:tenant, :period, :adjustment, :deal, :partner, :kind, :credit, :main, :share, :margin,
                            :amount, :currency, :rule, :rate, :evidence::jsonb)
                        """)
                .param("tenant", ledger.tenant())
                .param("period", line.period().toString())
                .param("adjustment", line.adjustment())
                .param("deal", line.deal().toString())
                .param("partner", partner == null ? null : partner.toString())
                .param("kind", line.kind().word())
                .param("credit", part == null ? null : part.word())
                .param("main", line.primary())
                .param("share", line.share().amount())
                .param("margin", margin == null ? null : margin.amount())
                .param("amount", line.amount().amount())
                .param("currency", line.share().currency())
                .param("rule", line.rule())
                .param("rate", line.rate())
                .param("evidence", json(line.evidence()))
                .update();
    }

    private static Booking booking(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        String partner = row.getString("partner");
        String credit = row.getString("credit");
        BigDecimal margin = row.getBigDecimal("margin");
        return new Booking(
                YearMonth.parse(row.getString("period")),
                row.getBoolean("adjustment"),
                RecordId.parse(row.getString("deal")),
                partner == null ? null : RecordId.parse(partner),
                Attribution.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                credit == null ? null : Part.valueOf(credit.toUpperCase(Locale.ROOT)),
                row.getBoolean("main"),
                new Money(row.getBigDecimal("share"), currency),
                margin == null ? null : new Money(margin, currency),
                new Money(row.getBigDecimal("amount"), currency),
                row.getString("rule"),
                row.getString("rate"),
                touches(row.getString("evidence")));
    }

    private static String json(List<Touch> touches) {
        try {
            return FactJson.MAPPER.writeValueAsString(touches);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<Touch> touches(String json) {
        try {
            return FactJson.MAPPER.readValue(json, new TypeReference<List<Touch>>() {});
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
