package dev.rainmaker.sandbox.salesforce.soql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rainmaker.sandbox.salesforce.record.Actor;
import dev.rainmaker.sandbox.salesforce.record.ApiTime;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.record.SalesforceId;
import dev.rainmaker.sandbox.salesforce.record.SalesforceOrgId;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is asked, the evaluator gives what a naive filter over all rows gives. */
class SoqlPropertyTest {

    private static final Instant BASE = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<String> NAMES =
            List.of("Acme", "acme", "O'Neil", "100%", "a_b", "back\\slash", "Zürich", "");

    private static Path folder;
    private static Org org;
    private static ObjectType account;
    private static List<Row> rows;

    /** A condition as text, and the same in plain Java. */
    record Asked(String soql, Predicate<Row> naive) {
        @Override
        public String toString() {
            return soql;
        }
    }

    @BeforeContainer
    static void fill() throws Exception {
        folder = Files.createTempDirectory("soql");
        org = Org.open(folder, Clock.systemUTC(), Duration.ofSeconds(1));
        account = org.schema().required("Account");
        Random random = new Random(7);
        Actor loader = new Actor(SalesforceOrgId.PERSON_USER, Actor.Channel.LOAD, false);
        org.<Boolean, Exception>write(loader, tx -> {
            for (int i = 1; i <= 120; i++) {
                Map<String, JsonNode> values = new HashMap<>();
                put(values, "Id", SalesforceId.of("001", "TST", 1 + random.nextInt(1_000_000) * 200L + i));
                put(values, "Name", "n" + i);
                put(values, "Site", NAMES.get(random.nextInt(NAMES.size())));
                put(values, "AnnualRevenue", random.nextInt(4) == 0 ? "" : String.valueOf(random.nextInt(5)));
                put(values, "IsPartner", String.valueOf(random.nextBoolean()));
                put(
                        values,
                        "Authorized_Products__c",
                        random.nextInt(3) == 0 ? "" : random.nextBoolean() ? "A;B" : "B;C");
                put(values, "SystemModstamp", ApiTime.format(BASE.plusSeconds(random.nextInt(8))));
                tx.create(account, values);
            }
            return true;
        });
        rows = org.read(() -> new ArrayList<>(org.rows(account)));
    }

    private static void put(Map<String, JsonNode> values, String name, String value) {
        values.put(name, TextNode.valueOf(value));
    }

    @AfterContainer
    static void close() throws Exception {
        org.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Provide
    Arbitrary<Asked> conditions() {
        return Arbitraries.lazyOf(
                this::text,
                this::text,
                this::number,
                this::truth,
                this::products,
                this::stamp,
                this::id,
                this::like,
                this::both,
                this::not);
    }

    private Arbitrary<Asked> both() {
        return Combinators.combine(conditions(), conditions(), Arbitraries.of(true, false))
                .as((left, right, and) -> new Asked(
                        "(" + left.soql() + (and ? " AND " : " or ") + right.soql() + ")",
                        and ? left.naive().and(right.naive()) : left.naive().or(right.naive())));
    }

    private Arbitrary<Asked> not() {
        return conditions()
                .map(inner ->
                        new Asked("(NOT " + inner.soql() + ")", inner.naive().negate()));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String lower(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }

    private Arbitrary<Asked> text() {
        return Combinators.combine(
                        Arbitraries.of(NAMES).filter(name -> !name.isEmpty()),
                        Arbitraries.of("=", "!=", "<", ">=", "IN", "NOT IN"))
                .as((name, operator) -> {
                    Predicate<Row> equal = row -> row.value("Site") != null
                            && lower(row.value("Site")).equals(lower(name));
                    Predicate<Row> less = row -> row.value("Site") != null
                            && lower(row.value("Site")).compareTo(lower(name)) < 0;
                    Predicate<Row> present = row -> row.value("Site") != null;
                    String list = operator.endsWith("IN") ? "(" + quoted(name) + ")" : quoted(name);
                    Predicate<Row> naive = switch (operator) {
                        case "=", "IN" -> equal;
                        case "!=", "NOT IN" -> equal.negate();
                        case "<" -> less;
                        default -> present.and(less.negate());
                    };
                    return new Asked("Site " + operator + " " + list, naive);
                });
    }

    private Arbitrary<Asked> like() {
        return Arbitraries.of(
                new Asked(
                        "Site LIKE 'a%'",
                        row -> row.value("Site") != null
                                && lower(row.value("Site")).startsWith("a")),
                new Asked("Site LIKE '%m_'", row -> row.text("Site").matches("(?i).*m.")),
                new Asked("Site LIKE '%\\%'", row -> row.text("Site").endsWith("%")),
                new Asked("Site LIKE '_\\__'", row -> row.text("Site").matches("._.")));
    }

    private Arbitrary<Asked> number() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5), Arbitraries.of("=", "!=", "<", "<=", ">", ">="))
                .as((limit, operator) -> new Asked("AnnualRevenue " + operator + " " + limit + ".00", row -> {
                    Object value = row.value("AnnualRevenue");
                    if (value == null) {
                        return operator.equals("!=");
                    }
                    int order = ((BigDecimal) value).compareTo(BigDecimal.valueOf(limit));
                    return switch (operator) {
                        case "=" -> order == 0;
                        case "!=" -> order != 0;
                        case "<" -> order < 0;
                        case "<=" -> order <= 0;
                        case ">" -> order > 0;
                        default -> order >= 0;
                    };
                }));
    }

    private Arbitrary<Asked> truth() {
        return Arbitraries.of(
                new Asked("IsPartner = TRUE", row -> Boolean.TRUE.equals(row.value("IsPartner"))),
                new Asked("IsPartner != true", row -> !Boolean.TRUE.equals(row.value("IsPartner"))),
                new Asked("AnnualRevenue = null", row -> row.value("AnnualRevenue") == null),
                new Asked("Site != NULL", row -> row.value("Site") != null));
    }

    private Arbitrary<Asked> products() {
        return Arbitraries.of(
                new Asked(
                        "Authorized_Products__c INCLUDES ('a')",
                        row -> row.text("Authorized_Products__c").contains("A")),
                new Asked(
                        "Authorized_Products__c includes ('B;C', 'A')",
                        row -> !row.text("Authorized_Products__c").isEmpty()),
                new Asked(
                        "Authorized_Products__c EXCLUDES ('C')",
                        row -> !row.text("Authorized_Products__c").contains("C")));
    }

    private Arbitrary<Asked> stamp() {
        return Combinators.combine(Arbitraries.integers().between(0, 8), Arbitraries.of("=", "<", "<=", ">", ">="))
                .as((second, operator) -> {
                    Instant at = BASE.plusSeconds(second);
                    return new Asked("SystemModstamp " + operator + " " + at, row -> {
                        int order = row.stamp().compareTo(at);
                        return switch (operator) {
                            case "=" -> order == 0;
                            case "<" -> order < 0;
                            case "<=" -> order <= 0;
                            case ">" -> order > 0;
                            default -> order >= 0;
                        };
                    });
                });
    }

    private Arbitrary<Asked> id() {
        return Combinators.combine(Arbitraries.integers().between(0, 119), Arbitraries.of("=", ">", "IN"))
                .as((index, operator) -> {
                    String id = rows.get(index).id();
                    String literal = operator.equals("IN") ? "('" + id + "')" : "'" + id + "'";
                    return new Asked(
                            "Id " + operator + " " + literal,
                            row -> operator.equals(">")
                                    ? row.id().compareTo(id) > 0
                                    : row.id().equals(id));
                });
    }

    @Property(tries = 600)
    void anyConditionSelectsWhatANaiveFilterSelects(@ForAll("conditions") Asked asked) throws Exception {
        List<Row> found =
                Plan.of(org, "SELECT Id FROM Account WHERE " + asked.soql()).run(false);

        assertThat(found)
                .containsExactlyElementsOf(rows.stream().filter(asked.naive()).toList());
    }

    @Property(tries = 200)
    void limitAndOffsetCutTheSameOrder(
            @ForAll("conditions") Asked asked, @ForAll("small") int limit, @ForAll("small") int offset)
            throws Exception {
        String query = "SELECT Id FROM Account WHERE " + asked.soql() + " ORDER BY Name DESC LIMIT " + limit
                + " OFFSET " + offset;
        List<Row> all = Plan.of(org, "SELECT Id FROM Account WHERE " + asked.soql() + " ORDER BY Name DESC")
                .run(false);

        assertThat(Plan.of(org, query).run(false))
                .containsExactlyElementsOf(
                        all.stream().skip(offset).limit(limit).toList());
    }

    @Provide
    Arbitrary<Integer> small() {
        return Arbitraries.integers().between(0, 130);
    }

    @Property(tries = 60)
    void keysetReadsEveryRowOnceAndInOrderForAnyPageSize(@ForAll("pageSizes") int size) throws Exception {
        List<Row> read = new ArrayList<>();
        String where = "";
        while (true) {
            List<Row> page = Plan.of(
                            org, "SELECT Id FROM Account" + where + " ORDER BY SystemModstamp, Id LIMIT " + size)
                    .run(false);
            read.addAll(page);
            if (page.size() < size) {
                break;
            }
            Row last = page.get(page.size() - 1);
            String stamp = ApiTime.format(last.stamp());
            where = " WHERE SystemModstamp > " + stamp + " OR (SystemModstamp = " + stamp + " AND Id > '" + last.id()
                    + "')";
        }

        assertThat(read).containsExactlyElementsOf(rows);
    }

    @Provide
    Arbitrary<Integer> pageSizes() {
        return Arbitraries.integers().between(1, 130);
    }

    @Property(tries = 300)
    void brokenQueriesAreRefusedWithAPlaceAndNeverOtherwise(
            @ForAll("conditions") Asked asked, @ForAll("cuts") int cut) {
        String query = "SELECT Id FROM Account WHERE " + asked.soql();
        String broken = query.substring(0, Math.min(cut, query.length() - 1));
        try {
            Plan.of(org, broken).run(false);
        } catch (QueryRefused refused) {
            assertThat(refused.code())
                    .matches("MALFORMED_QUERY|INVALID_FIELD|INVALID_TYPE|INVALID_QUERY_FILTER_OPERATOR");
            assertThat(refused.getMessage()).contains("ERROR at Row:1:Column:");
        }
    }

    @Provide
    Arbitrary<Integer> cuts() {
        return Arbitraries.integers().between(0, 200);
    }
}
