package dev.rainmaker.app.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.Problem;
import dev.rainmaker.app.yaml.YamlDocument;
import dev.rainmaker.lead.Lead;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionLanguageTest {

    private static final ExpressionLanguage LEADS = new ExpressionLanguage(
            Variables.none().withRecord("lead", Lead.class).with("points", Variables.Kind.WHOLE_NUMBER));
    private static final ExpressionLanguage RECORDS =
            new ExpressionLanguage(Variables.none().withTree("record"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lead.country == 'DE' && lead.employees > 500 | true",
                "lead.country != 'DE'                         | false",
                "lead.employees >= 500.5                      | true",
                "lead.employees + 1 == 502                    | true",
                "'Firewall' in lead.products                  | true",
                "lead.products.exists(p, p.startsWith('Fire'))| true",
                "size(lead.products) == 2                     | true",
                "lead.annualRevenue.amount > 1e6              | true",
                "lead.annualRevenue.currency == 'EUR'         | true",
                "lead.attributes.segment == 'gold'            | true",
                "lead.createdAt < timestamp('2026-02-01T00:00:00Z') | true",
                "lead.requestedPartner == 'crm/001'           | true",
                "lower(lead.company).contains('gmbh')         | true",
                "domain(lead.email) == 'example.co.uk'        | true",
                "country('Deutschland') == lead.country       | true",
                "split('a; b;;c', ';') == ['a', 'b', 'c']     | true",
                "lead.open && !lead.converted                 | true",
                "points > 3                                   | true",
            })
    void aConditionOverAKnownLead(String text, boolean expected) {
        assertThat(condition(LEADS, text).holds(known()::get)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lead.country == 'DE'                    | false",
                "lead.country != 'DE'                    | true",
                "lead.country == null                    | true",
                "has(lead.country)                       | false",
                "has(lead.attributes.segment)            | false",
                "lead.attributes.segment == 'gold'       | false",
                "lead.employees > 500                    | false",
                "lead.employees <= 500                   | false",
                "!(lead.employees > 500)                 | true",
                "lead.employees + 1 > 0                  | false",
                "lead.company.contains('x')              | false",
                "lower(lead.company) == 'x'              | false",
                "lower(lead.company).startsWith('x')     | false",
                "lead.company.matches('.*')              | false",
                "lead.country in ['DE', 'AT']            | false",
                "domain(lead.email) == 'example.com'     | false",
                "country(lead.country) == 'DE'           | false",
                "split(lead.company, ';') == []          | true",
                "lead.annualRevenue.amount > 1.0         | false",
                "size(lead.company) > 0                  | false",
                "has(lead.employees) ? lead.employees > 1 : true | true",
            })
    void whatIsAbsentMakesComparisonsFalseAndNothingFails(String text, boolean expected) {
        Map<String, Object> nothing = Map.of("lead.products", Set.of());

        assertThat(condition(LEADS, text).holds(nothing::get)).isEqualTo(expected);
    }

    @Test
    void aVendorsRecordIsReadByPathAndItsFieldsAreKnown() {
        Expression expression = compile(
                RECORDS,
                "e: record.Owner.IsActive && record.Amount > 100 && lower(record.Status) != 'x'",
                Yields.CONDITION);
        Map<String, Object> record = Map.of(
                "record.Owner.IsActive", true, "record.Amount", new BigDecimal("100.5"), "record.Status", "Open");

        assertThat(expression.reads())
                .containsExactlyInAnyOrder("record.Owner.IsActive", "record.Amount", "record.Status");
        assertThat(expression.holds(record::get)).isTrue();
        assertThat(expression.holds(name -> null)).isFalse();
    }

    @Test
    void valuesComeBackAsPlainJava() {
        assertThat(compile(RECORDS, "e: record.A + 'x'", Yields.TEXT).evaluate(name -> "a"))
                .isEqualTo("ax");
        assertThat(compile(RECORDS, "e: record.A + 'x'", Yields.TEXT).evaluate(name -> null))
                .isNull();
        assertThat(compile(RECORDS, "e: record.A * 2", Yields.WHOLE_NUMBER).evaluate(name -> new BigDecimal("21")))
                .isEqualTo(42L);
        assertThat(compile(RECORDS, "e: record.A", Yields.NUMBER).evaluate(name -> new BigDecimal("0.5")))
                .isEqualTo(0.5);
        assertThat(compile(RECORDS, "e: \"[record.A, 'b']\"", Yields.TEXTS).evaluate(name -> "a"))
                .isEqualTo(List.of("a", "b"));
        assertThat(compile(RECORDS, "e: record.A", Yields.TEXT).evaluate(name -> LocalDate.parse("2026-01-31")))
                .isEqualTo("2026-01-31");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lead.contry == 'DE'               | f:1:4: there is no \"lead.contry\" (did you mean \"lead.country\"?)",
                "lead.open && lead.emplyees > 5    | f:1:17: there is no \"lead.emplyees\" (did you mean \"lead.employees\"?)",
                "lead == null                      | f:1:4: there is no \"lead\"",
                "partner.tier == 'Gold'            | f:1:4: in \"partner.tier == 'Gold'\": unknown word 'partner'",
                "lead.employees > 'many'           | f:1:19: in \"lead.employees > 'many'\": \">\" does not fit (int, string)",
                "lead.country                      | f:1:4: \"lead.country\" yields text, but true or false is wanted here",
                "lead.employees + 1                | f:1:4: \"lead.employees + 1\" yields a whole number, but true or false is wanted here",
                "lead.country = 'DE'               | f:1:17: in \"lead.country = 'DE'\": token recognition error at: '= '",
                "lead.open &&                      | in \"lead.open &&\": mismatched end",
                "reach('http://x')                 | f:1:9: in \"reach('http://x')\": unknown word 'reach'",
                "lower(5) == 'x'                   | f:1:9: in \"lower(5) == 'x'\": \"lower\" does not fit (int)",
            })
    void aMistakeIsToldWhereItStands(String text, String expected) {
        assertThat(problem(LEADS, "e: " + text)).contains(expected);
    }

    @Test
    void aMistakeInALaterLineOfABlockHasThatLine() {
        assertThat(problem(LEADS, "e: |\n  lead.open &&\n    lead.contry == 'DE'\n"))
                .startsWith("f:3:5: there is no");
    }

    @Test
    void hostileExpressionsAreRefusedOrBounded() {
        assertThat(problem(LEADS, "e: " + "(".repeat(500) + "true" + ")".repeat(500)))
                .isNotBlank();
        assertThat(problem(LEADS, "e: \"" + "true && ".repeat(2_000) + "true\""))
                .isNotBlank();
        assertThat(problem(LEADS, "e: ' '")).contains("the expression is empty");
        Expression nested = compile(
                RECORDS, "e: record.A.all(a, record.A.all(b, record.A.all(c, a + b + c > -1)))", Yields.CONDITION);
        List<Long> many = java.util.stream.LongStream.range(0, 1_000).boxed().toList();
        assertThatThrownBy(() -> nested.holds(name -> many)).isInstanceOf(ExpressionFault.class);
    }

    @Test
    void evaluationFaultsSayWhatDoesNotFitWithoutTheValues() {
        Expression division = compile(RECORDS, "e: 1 / record.A > 0", Yields.CONDITION);
        Expression comparison = compile(RECORDS, "e: record.A > 5", Yields.CONDITION);

        assertThatThrownBy(() -> division.holds(name -> new BigDecimal(0))).hasMessageContaining("division by zero");
        assertThatThrownBy(() -> comparison.holds(name -> "anna@example.com"))
                .isInstanceOf(ExpressionFault.class)
                .hasMessageContaining("does not fit the kind of value")
                .hasMessageNotContaining("anna");
    }

    @ParameterizedTest
    @CsvSource({
        "Germany,DE",
        "deutschland,DE",
        "DEU,DE",
        "de,DE",
        "Allemagne,DE",
        "' U.S.A. ',US",
        "United States,US",
        "United Kingdom,GB",
        "UK,GB",
        "C\u00f4te d'Ivoire,CI",
        "Ivory Coast,CI",
        "\u00d6sterreich,AT",
        "Osterreich,AT",
        "The Netherlands,NL",
        "Korea,KR",
        "NO,NO",
        "Philippines,PH",
        "Brasil,BR",
        "Czechia,CZ",
        "Viet Nam,VN"
    })
    void countriesAreKnownByTheirManyNames(String name, String code) {
        assertThat(Countries.find(name)).contains(code);
    }

    @Test
    void whatIsNoCountryIsNotGuessed() {
        assertThat(List.of("Narnia", "", "  ", "D", "Europe", "XX", "N/A"))
                .allSatisfy(text -> assertThat(Countries.find(text)).isEmpty());
    }

    private static Map<String, Object> known() {
        Map<String, Object> lead = new HashMap<>();
        lead.put("lead.country", "DE");
        lead.put("lead.employees", 501);
        lead.put("lead.products", Set.of("Firewall", "VPN"));
        lead.put("lead.annualRevenue.amount", new BigDecimal("1000000.01"));
        lead.put("lead.annualRevenue.currency", "EUR");
        lead.put("lead.attributes.segment", "gold");
        lead.put("lead.createdAt", Instant.parse("2026-01-31T10:00:00Z"));
        lead.put("lead.requestedPartner", "crm/001");
        lead.put("lead.company", "Muster GmbH");
        lead.put("lead.email", "a@mail.example.co.uk");
        lead.put("lead.open", true);
        lead.put("lead.converted", false);
        lead.put("points", 4);
        return lead;
    }

    private static Expression condition(ExpressionLanguage language, String text) {
        return compile(language, "e: |-\n  " + text, Yields.CONDITION);
    }

    private static Expression compile(ExpressionLanguage language, String yaml, Yields wanted) {
        return language.compile(YamlDocument.parse("f", yaml).map().scalar("e").orElseThrow(), wanted);
    }

    private static String problem(ExpressionLanguage language, String yaml) {
        return catchThrowableOfType(ConfigurationException.class, () -> compile(language, yaml, Yields.CONDITION))
                .problems()
                .stream()
                .map(Problem::toString)
                .findFirst()
                .orElseThrow();
    }
}
