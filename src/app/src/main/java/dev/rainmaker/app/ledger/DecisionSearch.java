package dev.rainmaker.app.ledger;

import dev.rainmaker.app.ledger.DecisionLedger.After;
import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The log of all decisions, those that no longer stand too, searched and read page by page, newest first. */
public final class DecisionSearch {

    private final Ledger ledger;

    public DecisionSearch(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What is sought; null: any.
     *
     * @param leads decisions about one of these
     * @param company part of the company's name as it was when the lead was decided
     * @param partners decisions for one of these
     * @param reason name of the deciding rule, or the code of a reason
     * @param from decided at or after
     * @param until decided before
     */
    public record Sought(
            @Nullable List<RecordId> leads,
            @Nullable String company,
            @Nullable List<RecordId> partners,
            @Nullable String outcome,
            @Nullable String reason,
            @Nullable Instant from,
            @Nullable Instant until) {}

    /** A decision without its receipt. */
    public record Entry(
            String id,
            RecordId lead,
            @Nullable String company,
            boolean current,
            String outcome,
            @Nullable RecordId partner,
            String reason,
            String summary,
            String policyVersion,
            @Nullable BigDecimal propensity,
            Instant decidedAt) {}

    /** A page of the log, after the end of the page before. */
    public List<Entry> page(Sought sought, @Nullable After after, int most) {
        Conditions where = new Conditions(ledger.tenant(), sought, after);
        return ledger.jdbc()
                .sql("""
                        select id, lead_connection, lead_id, company, current, outcome, partner_connection, partner_id, reason,
                            summary, policy_version, propensity, decided_at
                        from decision where
                        """ + where.text() + " order by decided_at desc, id limit " + most)
                .params(where.values)
                .query(DecisionSearch::read)
                .list();
    }

    /** How PostgreSQL reads a page. */
    public List<String> plan(Sought sought, int most) {
        Conditions where = new Conditions(ledger.tenant(), sought, null);
        return ledger.jdbc()
                .sql("explain select id from decision where " + where.text() + " order by decided_at desc, id limit "
                        + most)
                .params(where.values)
                .query(String.class)
                .list();
    }

    private static Entry read(ResultSet row, int number) throws SQLException {
        String partner = row.getString("partner_id");
        return new Entry(
                row.getString("id"),
                new RecordId(row.getString("lead_connection"), row.getString("lead_id")),
                row.getString("company"),
                row.getBoolean("current"),
                row.getString("outcome"),
                partner == null ? null : new RecordId(row.getString("partner_connection"), partner),
                row.getString("reason"),
                row.getString("summary"),
                row.getString("policy_version"),
                row.getBigDecimal("propensity"),
                row.getTimestamp("decided_at").toInstant());
    }

    /** Only the conditions that are asked for, so that each finds its index. */
    private static final class Conditions {
        private final StringBuilder text = new StringBuilder("tenant = ?");
        private final List<Object> values = new ArrayList<>();

        Conditions(String tenant, Sought sought, @Nullable After after) {
            values.add(tenant);
            oneOf("lead", sought.leads());
            oneOf("partner", sought.partners());
            String company = sought.company();
            if (company != null) {
                and("lower(company) like ?", "%" + literal(company.toLowerCase(Locale.ROOT)) + "%");
            }
            if (sought.outcome() != null) {
                and("outcome = ?", sought.outcome());
            }
            if (sought.reason() != null) {
                and("reason = ?", sought.reason());
            }
            if (sought.from() != null) {
                and("decided_at >= ?", Timestamp.from(sought.from()));
            }
            if (sought.until() != null) {
                and("decided_at < ?", Timestamp.from(sought.until()));
            }
            if (after != null) {
                Timestamp at = Timestamp.from(after.decidedAt());
                text.append(" and decided_at <= ? and (decided_at < ? or id > ?)");
                values.addAll(List.of(at, at, after.id()));
            }
        }

        private void oneOf(String what, @Nullable List<RecordId> ids) {
            if (ids == null) {
                return;
            }
            if (ids.size() == 1) {
                text.append(" and ")
                        .append(what)
                        .append("_connection = ? and ")
                        .append(what)
                        .append("_id = ?");
                values.addAll(List.of(ids.get(0).connection(), ids.get(0).id()));
                return;
            }
            text.append(" and (")
                    .append(what)
                    .append("_connection, ")
                    .append(what)
                    .append("_id) in ")
                    .append("(select * from unnest(?::text[], ?::text[]))");
            values.add(ids.stream().map(RecordId::connection).toArray(String[]::new));
            values.add(ids.stream().map(RecordId::id).toArray(String[]::new));
        }

        private void and(String condition, Object value) {
            text.append(" and ").append(condition);
            values.add(value);
        }

        String text() {
            return text.toString();
        }

        private static String literal(String part) {
            return part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        }
    }
}
