package dev.rainmaker.sandbox.salesforce.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rainmaker.sandbox.salesforce.record.Actor;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.record.SalesforceOrgId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoqlTest {

    /** A Wednesday. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-18T15:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private Org org;

    @BeforeEach
    void open() throws Exception {
        org = Org.open(folder, CLOCK, Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        org.close();
    }

    private String create(String object, String... namesAndValues) throws Exception {
        Map<String, JsonNode> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], TextNode.valueOf(namesAndValues[i + 1]));
        }
        Actor loader = new Actor(SalesforceOrgId.PERSON_USER, Actor.Channel.LOAD, false);
        return org.<Row, Exception>write(loader, tx -> tx.create(org.schema().required(object), values))
                .id();
    }

    private List<String> names(String soql) throws Exception {
        return Plan.of(org, soql).run(false).stream().map(Row::displayName).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "TODAY, 2026-02-18, 2026-02-19",
        "YESTERDAY, 2026-02-17, 2026-02-18",
        "TOMORROW, 2026-02-19, 2026-02-20",
        "THIS_WEEK, 2026-02-15, 2026-02-22",
        "LAST_WEEK, 2026-02-08, 2026-02-15",
        "THIS_MONTH, 2026-02-01, 2026-03-01",
        "NEXT_MONTH, 2026-03-01, 2026-04-01",
        "THIS_QUARTER, 2026-01-01, 2026-04-01",
        "LAST_QUARTER, 2025-10-01, 2026-01-01",
        "LAST_YEAR, 2025-01-01, 2026-01-01",
        "LAST_N_DAYS:3, 2026-02-15, 2026-02-19",
        "NEXT_N_DAYS:3, 2026-02-19, 2026-02-22",
        "N_DAYS_AGO:2, 2026-02-16, 2026-02-17",
        "LAST_N_MONTHS:2, 2025-12-01, 2026-02-01"
    })
    void dateLiteralsCoverTheirFirstDayAndNotTheDayAfterTheirLast(String literal, LocalDate from, LocalDate to)
            throws Exception {
        for (LocalDate day : List.of(from.minusDays(1), from, to.minusDays(1), to)) {
            create("Opportunity", "Name", day.toString(), "StageName", "Prospecting", "CloseDate", day.toString());
        }
        List<String> inside = List.of(from.toString(), to.minusDays(1).toString());
        assertThat(names("SELECT Id FROM Opportunity WHERE CloseDate = " + literal))
                .containsExactlyElementsOf(inside);
        assertThat(names("SELECT Id FROM Opportunity WHERE CloseDate < " + literal))
                .containsExactly(from.minusDays(1).toString());
        assertThat(names("SELECT Id FROM Opportunity WHERE CloseDate > " + literal))
                .containsExactly(to.toString());
    }

    @Test
    void nullsSortFirstUnlessAskedLast() throws Exception {
        create("Account", "Name", "b", "Site", "2");
        create("Account", "Name", "none");
        create("Account", "Name", "a", "Site", "1");
        assertThat(names("SELECT Id FROM Account ORDER BY Site")).containsExactly("none", "a", "b");
        assertThat(names("SELECT Id FROM Account ORDER BY Site DESC")).containsExactly("none", "b", "a");
        assertThat(names("SELECT Id FROM Account ORDER BY Site NULLS LAST")).containsExactly("a", "b", "none");
        assertThat(names("SELECT Id FROM Account ORDER BY Site DESC NULLS LAST, Name"))
                .containsExactly("b", "a", "none");
    }

    @Test
    void relatedFieldsAndSemiJoinsFilter() throws Exception {
        String partner = create("Account", "Name", "P", "IsPartner", "true");
        create("Lead", "LastName", "assigned", "Company", "c", "Rainmaker_Partner__c", partner);
        create("Lead", "LastName", "free", "Company", "c");
        assertThat(names("SELECT Id FROM Lead WHERE Rainmaker_Partner__r.Name = 'p'"))
                .containsExactly("assigned");
        assertThat(names("SELECT Id FROM Lead WHERE Rainmaker_Partner__r.Name = null"))
                .containsExactly("free");
        assertThat(names("SELECT Id FROM Account WHERE Id IN (SELECT Rainmaker_Partner__c FROM Lead)"))
                .containsExactly("P");
        assertThat(names("SELECT Id FROM Account WHERE Id NOT IN (SELECT Rainmaker_Partner__c FROM Lead)"))
                .isEmpty();
        assertThat(names("SELECT l.Id FROM Lead l WHERE l.Company = 'C' ORDER BY l.Name"))
                .containsExactly("assigned", "free");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT Id FROM Lead WHERE Name = 'a' AND Name = 'b' OR Name = 'c' | MALFORMED_QUERY | 53",
                "SELECT Id, Id FROM Lead                                            | MALFORMED_QUERY | 12",
                "SELECT Id FROM Lead WHERE Name = 'open                             | MALFORMED_QUERY | 34",
                "SELECT Id FROM Lead LIMIT -1                                       | MALFORMED_QUERY | 27",
                "SELECT Id FROM Lead WHERE Nme = 'a'                                | INVALID_FIELD   | 27",
                "SELECT Ownr.Name FROM Lead                                         | INVALID_FIELD   | 8",
                "SELECT Owner.Budget FROM Lead                                      | INVALID_FIELD   | 8",
                "SELECT Id FROM Lead WHERE CreatedDate > '2026-01-01T00:00:00Z'     | INVALID_FIELD   | 41",
                "SELECT Id FROM Lead WHERE CreatedDate > 2026-01-01                 | INVALID_FIELD   | 41",
                "SELECT Id FROM Lead WHERE Name = 3                                 | INVALID_FIELD   | 34",
                "SELECT Id FROM Lead WHERE Description = 'x'                        | INVALID_FIELD   | 27",
                "SELECT Id FROM Lead WHERE Id = 'x'                                 | INVALID_QUERY_FILTER_OPERATOR | 32",
                "SELECT Id FROM Lead WHERE IsConverted > true                       | INVALID_QUERY_FILTER_OPERATOR | 27",
                "SELECT Id FROM Lead OFFSET 2001                                    | NUMBER_OUTSIDE_VALID_RANGE | 1",
                "SELECT Id FROM Lede                                                | INVALID_TYPE    | 16"
            })
    void refusalsNameCodeAndColumn(String soql, String code, int column) {
        assertThatThrownBy(() -> Plan.of(org, soql)).isInstanceOfSatisfying(QueryRefused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.getMessage()).contains("Column:" + column + "\n");
        });
    }

    @Test
    void hostileQueriesEndInARefusal() {
        assertThatThrownBy(() -> Plan.of(org, "SELECT Id FROM Lead WHERE " + "(".repeat(50_000)))
                .isInstanceOf(QueryRefused.class);
        assertThatThrownBy(() -> Plan.of(org, "SELECT Id FROM Lead WHERE " + "NOT ".repeat(20_000)))
                .isInstanceOf(QueryRefused.class);
        assertThatThrownBy(() -> Plan.of(org, "x".repeat(200_000))).isInstanceOf(QueryRefused.class);
        assertThatThrownBy(() -> Plan.of(org, "SELECT Id FROM Lead WHERE Name = '\\u12'"))
                .isInstanceOf(QueryRefused.class);
        assertThatThrownBy(() -> Plan.of(org, "")).isInstanceOf(QueryRefused.class);
    }

    @Test
    void likeTakesTimeInProportionToItsText() throws Exception {
        create("Account", "Name", "a".repeat(255));
        assertThat(names("SELECT Id FROM Account WHERE Name LIKE '" + "%a".repeat(200) + "b'"))
                .isEmpty();
    }
}
