package dev.rainmaker.app.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a mapping file is told when it is loaded, at its place. */
class MappingErrorsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nam: Name                              | f:5:7: a person has no \"nam\" (did you mean \"name\"?)",
                "id: Id                                 | f:5:7: \"id\" is taken from the record itself (remove the line)",
                "name: { form: Name }                   | f:5:15: unknown key \"form\" (did you mean \"from\"?)",
                "name: [Name]                           | f:5:13: \"name\" must be a map or text, not a list",
                "name: 'Na me'                          | f:5:13: \"name\" is not well formed: \"Na me\"",
                "name: {}                               | f:5:7: \"name\" needs one of from, expr, value, money",
                "name: { from: A, expr: record.B }      | f:5:7: \"name\" needs one of from, expr, value, money, not 2 of them",
                "name: { expr: record.A > 1 }           | f:5:21: \"record.A > 1\" yields true or false, but text is wanted here",
                "name: { expr: recrd.A }                | f:5:21: in \"recrd.A\": unknown word 'recrd'",
                "name: { expr: record.A + }             | f:5:31: in \"record.A +\": mismatched end",
                "name: { money: A, default-currency: USD } | f:5:15: \"name\" is text, which \"money\" cannot make",
                "name: { from: A, convert: contry }     | f:5:33: \"convert\" must be one of [country, email, lower, upper], not \"contry\" (did you mean \"country\"?)",
                "name: { from: A, split: ';' }          | f:5:24: \"split\" is only for a list of texts",
                "name: { from: A, currency: B }         | f:5:24: \"currency\" is only for money",
                "name: { value: x, default: y }         | f:5:25: \"default\" is only for a rule with from or expr",
                "name: { from: A, values: { a: b }, convert: lower } | f:5:42: \"convert\" and \"values\" cannot stand in one rule",
                "name: { from: A, optional: maybe }     | f:5:34: \"optional\" must be true or false, not \"maybe\"",
                "company: { value: x }                  | f:5:25: \"company\" is the id of a record and cannot be a constant",
            })
    void aWrongRuleForAPerson(String rule, String expected) {
        assertThat(problems("stream: Contact\nfacts:\n  - fact: person\n    fields:\n      " + rule + "\n"))
                .anySatisfy(problem -> assertThat(problem).startsWith(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "annualRevenue: AnnualRevenue           | f:5:22: \"annualRevenue\" is money, which \"from\" cannot make (use money: FIELD",
                "annualRevenue: { money: A }            | f:5:24: money needs \"currency\" or \"default-currency\"",
                "annualRevenue: { money: A, default-currency: QQQ } | f:5:52: \"QQQ\" is not an ISO 4217 currency code",
                "annualRevenue: { money: A, default-currency: us } | f:5:52: \"default-currency\" is not well formed: \"us\"",
                "employees: { from: A, default: many }  | f:5:38: \"many\" does not fit \"employees\", which is a whole number",
                "employees: { expr: \"'5'\" }           | f:5:26: \"'5'\" yields text, but a whole number is wanted here",
                "employees: { from: A, values: { few: 1.5 } } | f:5:44: \"1.5\" does not fit \"employees\", which is a whole number",
                "employees: { from: A, convert: lower } | f:5:29: \"convert\" is only for text",
                "attributes: { from: A }                | f:5:19: \"attributes\" must be a map of names, each with its own rule",
                "attributes: { a: { form: A } }         | f:5:26: unknown key \"form\"",
                "country: Country                       | f:4:5: \"name\" of the account is missing (it needs text: give it from, expr or value)",
            })
    void aWrongRuleForAnAccount(String rule, String expected) {
        assertThat(problems("stream: Account\nfacts:\n  - fact: account\n    fields:\n      " + rule + "\n"))
                .anySatisfy(problem -> assertThat(problem).startsWith(expected));
    }

    @Test
    void everyMissingTargetIsNamedAtOnce() {
        assertThat(problems("stream: L\nfacts:\n  - fact: lead\n    fields: {}\n"))
                .hasSize(4)
                .allSatisfy(problem -> assertThat(problem).startsWith("f:4:5:"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("\"createdAt\" of the lead is missing (it needs an instant"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("\"open\" of the lead is missing (it needs true or false"));
    }

    @Test
    void aChoiceMustBeOneOfItsWords() {
        assertThat(problems("""
                        stream: M
                        facts:
                          - fact: engagement
                            fields:
                              at: CreatedDate
                              type: { value: campagn }
                        """))
                .containsExactly("f:6:22: \"campagn\" does not fit \"type\", which is one of "
                        + "training, campaign, cosell, portal, mdf");
    }

    @Test
    void aConditionMustBeTrueOrFalseAndItsPlaceIsInTheBlock() {
        String head = "stream: M\nfacts:\n  - fact: person\n    fields: {}\n";

        assertThat(problems(head + "    when: record.A + 1\n").get(0))
                .startsWith("f:5:11: \"record.A + 1\" yields a whole number, but true or false");
        assertThat(problems(head + "    when: |\n      has(record.A) &&\n        recrd.B == 1\n")
                        .get(0))
                .startsWith("f:7:9:");
    }

    @Test
    void theFileAsAWholeIsChecked() {
        assertThat(problems("facts: []\n")).containsExactly("f:1:1: key \"stream\" is missing");
        assertThat(problems("stream: A\nfact: []\n"))
                .containsExactly("f:2:1: unknown key \"fact\" (did you mean \"facts\"?)");
        assertThat(problems("stream: A\nfacts:\n  - fact: leads\n    fields: {}\n"))
                .containsExactly(
                        "f:3:11: \"fact\" must be one of [absence, account, account_merge, deal_registration, engagement, lead, "
                                + "lead_merge, lock_copy, opportunity, partner, person, satisfaction, training], not \"leads\" (did you mean \"lead\"?)");
        assertThat(problems("stream: A\nfacts:\n  - { fact: person, fields: {} }\n  - { fact: person, fields: {} }\n"))
                .containsExactly("f:4:13: a second mapping to \"person\" in one file");
        assertThat(problems("stream: A\nwrites:\n  partnr: { field: F, type: T }\n"))
                .containsExactly("f:3:3: unknown key \"partnr\" (did you mean \"partner\"?)");
        assertThat(problems("stream: A\nwrites:\n  partner: { field: F }\n"))
                .containsExactly("f:3:12: key \"type\" is missing in \"partner\"");
        assertThat(problems("stream: A\nwrites:\n  partner: { field: F, type: T }\n  reason: { field: F, type: T }\n"))
                .containsExactly("f:4:13: field F is written as \"partner\" and as \"reason\"");
    }

    @Test
    void everyFileOfAVendorIsCheckedBeforeGivingUp() throws IOException {
        Path vendor = Files.createDirectory(folder.resolve("paper"));
        Files.writeString(vendor.resolve("A.yaml"), "stream: A\nfcts: []\n");
        Files.writeString(vendor.resolve("B.yaml"), "steam: B\n");
        Files.writeString(vendor.resolve("C.yaml"), "stream: C\n");
        Files.writeString(vendor.resolve("D.yaml"), "stream: C\n");

        assertThatThrownBy(() -> Mappings.load(folder, "paper"))
                .hasMessageContaining("A.yaml:2:1")
                .hasMessageContaining("B.yaml:1:1")
                .hasMessageContaining("D.yaml: maps stream \"C\", which another file maps already");
        assertThatThrownBy(() -> Mappings.load(folder, "none")).hasMessageContaining("does not exist");
        Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> Mappings.load(folder, "empty")).hasMessageContaining("has no mapping files");
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(ConfigurationException.class, () -> Mappings.parse("f", yaml)).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
