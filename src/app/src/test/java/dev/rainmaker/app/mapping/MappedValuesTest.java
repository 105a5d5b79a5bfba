package dev.rainmaker.app.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.lead.Lead;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of every kind, good, strange and hostile, through a mapping. */
class MappedValuesTest {

    private static final StreamMapping MAPPING = Mappings.parse("f", """
            stream: L
            facts:
              - fact: lead
                when: record.Kind != "other"
                fields:
                  company: C
                  country: { from: Country, values: { GER: DE, FRA: FR }, default: US, otherwise: null }
                  products: { from: P, split: "," }
                  employees: E
                  value: { money: M, currency: Cur, default-currency: EUR }
                  leadClass: { from: Class, convert: upper }
                  email: { from: Mail, convert: email }
                  open: { from: Open, default: true }
                  converted: { value: false }
                  ownerActive: { expr: record.E == null || record.E < 100 }
                  previousPartner: Prev.Id
                  createdAt: Created
                  attributes: { size: { from: E }, twice: { expr: "string(record.E * 2)" } }
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2026-01-31T10:00:00.000+0000 | 2026-01-31T10:00:00Z",
                "2026-01-31T10:00:00Z         | 2026-01-31T10:00:00Z",
                "2026-01-31T10:00:00+02:00    | 2026-01-31T08:00:00Z",
                "2026-01-31T10:00+0200        | 2026-01-31T08:00:00Z",
                "2026-01-31                   | 2026-01-31T00:00:00Z",
            })
    void instantsAreReadInTheWaysVendorsWriteThem(String text, Instant expected) {
        assertThat(lead("Created", text).createdAt()).isEqualTo(expected);
    }

    @Test
    void numbersOfTimeAreSecondsOrMilliseconds() {
        assertThat(lead("Created", new BigDecimal("1769853600")).createdAt()).isEqualTo("2026-01-31T10:00:00Z");
        assertThat(lead("Created", new BigDecimal("1769853600000")).createdAt()).isEqualTo("2026-01-31T10:00:00Z");
    }

    @Test
    void tablesDefaultsAndOtherwiseApply() {
        assertThat(lead("Country", "GER").country()).isEqualTo("DE");
        assertThat(lead("Country", null).country()).isEqualTo("US");
        assertThat(lead("Country", "Narnia").country()).isNull();
        assertThat(lead("Class", "gold").leadClass()).isEqualTo("GOLD");
        assertThat(lead("Open", null).open()).isTrue();
        assertThat(lead("Open", "No").open()).isFalse();
        assertThat(lead("P", " a, b,,a ").products()).containsExactly("a", "b");
        assertThat(lead("P", List.of("x", "y,z")).products()).containsExactly("x", "y,z");
        assertThat(lead("E", new BigDecimal("21.0")).attributes()).isEqualTo(Map.of("size", "21.0", "twice", "42"));
        assertThat(lead("E", null).attributes()).isEmpty();
        assertThat(lead("Prev", Map.of("Id", "p1")).previousPartner()).hasToString("crm/p1");
        assertThat(lead("Prev", null).previousPartner()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "E       | many                 | lead.employees from E: a text of 4 characters is not a plain number such as 1234.56 (f:9:7)",
                "E       | 1.234,56             | lead.employees from E: a text of 8 characters is not a plain number",
                "E       | 99999999999          | lead.employees from E: a text of 11 characters is not a whole number below",
                "E       | 1e999999999          | lead.employees from E: a text of 11 characters is not a number of usual size",
                "M       | 1e999999             | lead.value from M in Cur: a text of 8 characters is not a number of usual size",
                "Cur     | DOGE                 | lead.value from M in Cur: a text of 4 characters is not an ISO 4217 currency code",
                "Mail    | anna at home         | lead.email from Mail: a text of 12 characters is not an e-mail address",
                "Open    | perhaps              | lead.open from Open: a text of 7 characters is not true or false",
                "Created | yesterday            | lead.createdAt from Created: a text of 9 characters is not an instant",
                "Created | 2026-02-30           | lead.createdAt from Created: a text of 10 characters is not an instant",
                "Created | -999999999           | lead.createdAt from Created: a text of 10 characters is not an instant",
            })
    void aValueThatDoesNotFitWithholdsTheFactAndIsToldWithoutTheValue(String field, String value, String expected) {
        Mapped mapped = MAPPING.map("crm", record(field, value));

        assertThat(mapped.facts()).isEmpty();
        assertThat(mapped.absent()).isEmpty();
        assertThat(mapped.withholds()).isTrue();
        assertThat(mapped.problems())
                .anySatisfy(problem -> assertThat(problem.toString()).startsWith(expected));
        assertThat(mapped.problems().toString()).doesNotContain("anna").doesNotContain("perhaps");
    }

    @Test
    void whatTheFactItselfRefusesIsAProblemOfTheFact() {
        assertThat(problem("E", new BigDecimal(-5))).isEqualTo("lead: employees must not be negative: -5 (f:3:5)");
    }

    @Test
    void nestedRecordsAndListsWhereTextBelongsAreRefused() {
        assertThat(problem("C", Map.of("x", "y"))).contains("a nested record is not text");
        assertThat(problem("C", List.of("x"))).contains("a list of 1 is not text");
        assertThat(problem("Open", List.of("x"))).contains("is not true or false");
        assertThat(problem("Created", new BigDecimal("9e30")))
                .contains("a number is not an instant between 1970 and 9999");
    }

    @Test
    void aFieldThatIsNoLongerSentNeverBecomesEmpty() {
        Map<String, Object> fields = fields();
        fields.remove("C");
        Mapped lacking = MAPPING.map("crm", record(fields));
        Map<String, Object> without = fields();
        without.remove("Kind");
        Mapped conditionless = MAPPING.map("crm", record(without));

        assertThat(lacking.facts()).isEmpty();
        assertThat(lacking.absent()).isEmpty();
        assertThat(lacking.problems().get(0).toString())
                .isEqualTo(
                        "lead.company from C: field C is no longer sent; it was renamed, removed or hidden in the source"
                                + " (f:6:7)");
        assertThat(conditionless.absent()).isEmpty();
        assertThat(conditionless.problems().get(0).toString()).startsWith("lead: field Kind is no longer sent");
    }

    @Test
    void aCurrencyFieldMayBeLackingWhereThereIsADefault() {
        Map<String, Object> fields = fields();
        fields.remove("Cur");
        fields.put("M", new BigDecimal("12.50"));

        assertThat(((Lead) MAPPING.map("crm", record(fields)).facts().get(0)).value())
                .isEqualTo(Money.of("12.5", "EUR"));
    }

    @Test
    void aFalseConditionAndADeletedRecordMakeTheKindAbsent() {
        SourceRecord given = record(Map.of());
        SourceRecord deleted = new SourceRecord("L", "1", given.modifiedAt(), true, Map.of(), new byte[0]);

        assertThat(MAPPING.map("crm", record("Kind", "other")))
                .isEqualTo(new Mapped(List.of(), List.of(FactKind.LEAD), List.of()));
        assertThat(MAPPING.map("crm", deleted)).isEqualTo(new Mapped(List.of(), List.of(FactKind.LEAD), List.of()));
    }

    @Test
    void nulAndBrokenCharactersAreTakenOutAndNotedAndAllElseStays() {
        Mapped mapped = MAPPING.map("crm", record("C", "A\u0000B\uD800C"));

        assertThat(((Lead) mapped.facts().get(0)).company()).isEqualTo("AB\uFFFDC");
        assertThat(mapped.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.withholds()).isFalse());
        String strange = "\u202e\u05d0\ud83d\ude80e\u0301\u00e9";
        assertThat(lead("C", strange).company()).isEqualTo(strange);
    }

    @Test
    void thePreviewShowsSourceBesideResultAndWhyNot() {
        List<PreviewLine> lines = MAPPING.preview("crm", record("E", "many"));

        assertThat(lines).anySatisfy(line -> {
            assertThat(line.target()).isEqualTo("country");
            assertThat(line.source()).isEqualTo(Map.of("Country", "FRA"));
            assertThat(line.result()).isEqualTo("FR");
        });
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.target()).isEqualTo("employees");
            assertThat(line.problem()).contains("a text of 4 characters is not a plain number such as 1234.56");
        });
        assertThat(lines.get(0).target()).isEqualTo("when");
        assertThat(lines.get(0).result()).isEqualTo(true);
    }

    @Property(tries = 100)
    void numbersDatesAndTextsArriveAsTheyLeft(
            @ForAll @IntRange(max = Integer.MAX_VALUE) int employees,
            @ForAll @BigRange(min = "-1e15", max = "1e15") @Scale(6) BigDecimal amount,
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second,
            @ForAll String text) {
        Map<String, Object> fields = fields();
        fields.put("E", new BigDecimal(employees));
        fields.put("M", amount);
        fields.put("Created", Instant.ofEpochSecond(second).toString());
        fields.put("C", text);
        Lead lead = (Lead) MAPPING.map("crm", record(fields)).facts().get(0);

        assertThat(lead.employees()).isEqualTo(employees);
        assertThat(lead.value()).isEqualTo(new Money(amount, "EUR"));
        assertThat(lead.createdAt()).isEqualTo(Instant.ofEpochSecond(second));
        String clean = CleanText.of(text);
        assertThat(lead.company()).isEqualTo(clean.isBlank() ? null : clean.strip());
    }

    @Property(tries = 80)
    void nothingThatARecordHoldsEscapesAsAnException(
            @ForAll String one, @ForAll BigDecimal two, @ForAll boolean three) {
        for (String field : fields().keySet()) {
            for (Object value : List.of(one, two, three, List.of(one), Map.of("Id", one), LocalDate.MIN)) {
                Mapped mapped = MAPPING.map("crm", record(field, value));
                assertThat(mapped.facts().size() + mapped.absent().size() + (mapped.withholds() ? 1 : 0))
                        .isEqualTo(1);
            }
        }
    }

    private static String problem(String field, Object value) {
        return MAPPING.map("crm", record(field, value)).problems().get(0).toString();
    }

    private static Lead lead(String field, Object value) {
        return (Lead) MAPPING.map("crm", record(field, value)).facts().get(0);
    }

    private static Map<String, Object> fields() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("Kind", "lead");
        fields.put("C", "Muster GmbH");
        fields.put("Country", "FRA");
        fields.put("P", null);
        fields.put("E", new BigDecimal(7));
        fields.put("M", new BigDecimal(1));
        fields.put("Cur", "EUR");
        fields.put("Class", null);
        fields.put("Mail", null);
        fields.put("Open", true);
        fields.put("Prev", null);
        fields.put("Created", "2026-01-01T00:00:00Z");
        return fields;
    }

    private static SourceRecord record(String field, Object value) {
        Map<String, Object> fields = fields();
        fields.put(field, value);
        return record(fields);
    }

    private static SourceRecord record(Map<String, Object> fields) {
        return new SourceRecord("L", "1", Instant.parse("2026-03-01T00:00:00Z"), false, fields, new byte[0]);
    }
}
