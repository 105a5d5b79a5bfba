package dev.rainmaker.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.ledger.DecisionSearch.Sought;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.fact.RecordId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The log with 100,000 decisions: 1,000 companies, 500 partners, 20 rules. */
class DecisionSearchTest {

    private static final int DECISIONS = 100_000;

    private static Ledger ledger;

    @BeforeAll
    static void fill() {
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        ledger = Ledger.open(database.jdbcUrl(), database.user(), database.password(), "default");
        ledger.jdbc().sql("""
                        insert into decision (tenant, id, round, lead_connection, lead_id, version, current, outcome,
                            partner_connection, partner_id, reason, summary, policy_version, facts_seq, decided_at, company,
                            inputs, receipt)
                        select 'default', 'l' || i || '-1', i / 500, 'crm', 'l' || i, 1, true, 'assigned', 'crm',
                            'p' || i % 500, 'rule ' || i % 20, 'because', 'v', 1,
                            timestamptz '2026-01-01' + i / 7 * interval '1 minute', 'Company ' || i % 1000 || ' GmbH', '{}',
                            repeat('receipt ', 200)
                        from generate_series(1, ?) i
                        """).param(DECISIONS).update();
        ledger.jdbc().sql("analyze decision").update();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static Sought sought(String lead, String company, String partner, String reason) {
        return new Sought(
                lead == null ? null : List.of(new RecordId("crm", lead)),
                company,
                partner == null ? null : List.of(new RecordId("crm", partner)),
                null,
                reason,
                null,
                null);
    }

    private static String plan(Sought sought) {
        return String.join("\n", new DecisionSearch(ledger).plan(sought, 50));
    }

    @Test
    void everySearchFindsItsIndex() {
        assertThat(plan(sought("l4711", null, null, null)))
                .contains("decision_version")
                .doesNotContain("Seq Scan");
        assertThat(plan(sought(null, "pany 777 g", null, null)))
                .contains("decision_log_company")
                .doesNotContain("Seq Scan");
        assertThat(plan(sought(null, null, "p123", null)))
                .contains("decision_log_partner")
                .doesNotContain("Seq Scan");
        assertThat(plan(sought(null, null, null, "rule 7"))).doesNotContain("Seq Scan");
        assertThat(plan(sought(null, null, null, "no such rule")))
                .contains("decision_log_reason")
                .doesNotContain("Seq Scan");
        assertThat(plan(sought(null, null, null, null)))
                .contains("decision_latest")
                .doesNotContain("Seq Scan");
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetitionThoughManyAreOfOneInstant() {
        DecisionSearch log = new DecisionSearch(ledger);
        Sought ofCompany = sought(null, "pany 77 g", null, null);
        List<String> all = new ArrayList<>();
        DecisionLedger.After after = null;
        for (int page = 0; page < 10; page++) {
            List<DecisionSearch.Entry> rows = log.page(ofCompany, after, 30);
            rows.forEach(row -> all.add(row.id()));
            if (rows.size() < 30) {
                break;
            }
            DecisionSearch.Entry last = rows.get(29);
            after = new DecisionLedger.After(last.decidedAt(), last.id());
        }

        assertThat(all)
                .hasSize(DECISIONS / 1_000)
                .doesNotHaveDuplicates()
                .startsWith("l99077-1")
                .endsWith("l77-1");
    }

    @Test
    void signsOfPatternsAreLettersOfTheName() {
        assertThat(new DecisionSearch(ledger).page(sought(null, "%", null, null), null, 5))
                .isEmpty();
    }
}
