package dev.rainmaker.app.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rainmaker.app.lifetimevalue.Programme;
import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.Problem;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Capacity;
import dev.rainmaker.assignment.Deadline;
import dev.rainmaker.assignment.Fallback;
import dev.rainmaker.assignment.LeadFacts;
import dev.rainmaker.assignment.LeadView;
import dev.rainmaker.assignment.Need;
import dev.rainmaker.assignment.Pool;
import dev.rainmaker.assignment.Rule;
import dev.rainmaker.assignment.Strategy;
import dev.rainmaker.assignment.Window;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {

    private static final Path FOLDER = Path.of(System.getProperty("rainmaker.home", "../.."), "policies");
    private static final Instant NOW = Instant.parse("2026-03-04T10:00:00Z");

    @Test
    void theShippedPlvPolicyIsTheStandardOneUnderItsOwnVersion() {
        PolicyFile<PlvPolicy> file = Policies.plv(FOLDER);
        PlvPolicy standard = PlvPolicy.standard();

        assertThat(file.policy().version()).isEqualTo(file.version()).hasSize(64);
        assertThat(file.policy().terms().keySet()).isEqualTo(standard.terms().keySet());
        file.policy().terms().forEach((term, policy) -> {
            assertThat(policy.weight())
                    .isEqualByComparingTo(standard.terms().get(term).weight());
            assertThat(policy.normalisation())
                    .isEqualTo(standard.terms().get(term).normalisation());
            assertThat(policy.priorStrength())
                    .isEqualTo(standard.terms().get(term).priorStrength());
        });
        assertThat(file.policy().tiers()).isEqualTo(standard.tiers());
        assertThat(file.policy().horizonDays()).isEqualTo(180);
        assertThat(file.policy().scoreEpsilon()).isEqualTo(1.0);
        assertThat(Policies.plv("again", file.text()).version()).isEqualTo(file.version());
    }

    @Test
    void theShippedAssignmentPolicyLoads() {
        AssignmentPolicy policy = Policies.assignment(FOLDER).policy();

        assertThat(policy.rules())
                .extracting(Rule::name)
                .containsExactly(
                        "requested partner",
                        "customer's partner",
                        "high value",
                        "simple leads in turn",
                        "by lifetime value",
                        "territory without the product");
        assertThat(policy.rules().get(1).strategy()).isEqualTo(Strategy.NamedAccount.ANY_CLAIM);
        assertThat(policy.scoring().classes()).hasSize(3);
    }

    @Test
    void everyKeyOfAnAssignmentPolicyIsRead() {
        AssignmentPolicy policy = Policies.assignment("f", """
                        zone: Europe/Berlin
                        hours: { monday: ["08:00-12:00", "13:00-24:00"], friday: "08:00-12:00" }
                        scoring:
                          points: [{ when: lead.employees > 10, points: -5 }]
                          classes: [{ name: small, from: -10, value: 12.50, currency: EUR }]
                        rules:
                          - rule: one
                            when: points < 0
                            pool:
                              territory: preferred
                              product: ignored
                              industry: required
                              language: required
                              certificates: [Expert]
                              tiers: [Gold]
                              only: [crm/a]
                              never: [crm/b]
                              where: partner.tier == "Gold"
                              minimum-score: 40.5
                              open-now: true
                              ask-decliners: true
                              capacity: { max-open: 5, per-day: 2, cool-down: PT1H }
                            strategy: { use: top-plv, fairness: { window: month, least: 3, share: 0.2 } }
                            deadline: { accept: PT8H, remind: PT4H, business-time: true }
                            otherwise: { partner: crm/z }
                          - rule: two
                            strategy: { use: shark-tank, at-most: 5, blind: true, claim-limit: 2, claim-window: week, follow-up: P1D }
                            otherwise: stop
                          - rule: three
                            strategy: { use: weighted-round-robin, weights: { crm/a: 3 } }
                        """).policy();
        Rule one = policy.rules().get(0);
        Pool pool = one.pool();

        assertThat(policy.zone().getId()).isEqualTo("Europe/Berlin");
        assertThat(policy.hours().byDay().get(DayOfWeek.MONDAY)).hasSize(2);
        assertThat(policy.scoring().classes().get(0).value()).isEqualTo(Money.of("12.5", "EUR"));
        assertThat(List.of(pool.territory(), pool.product(), pool.industry(), pool.language()))
                .containsExactly(Need.PREFERRED, Need.IGNORED, Need.REQUIRED, Need.REQUIRED);
        assertThat(pool.certificates()).containsExactly("Expert");
        assertThat(pool.ring()).containsExactly(new RecordId("crm", "a"));
        assertThat(pool.excluded()).containsExactly(new RecordId("crm", "b"));
        assertThat(pool.minimumScore()).isEqualByComparingTo("40.5");
        assertThat(pool.openNow() && pool.askDecliners()).isTrue();
        assertThat(pool.capacity()).isEqualTo(new Capacity(5, Map.of(Window.DAY, 2), Duration.ofHours(1)));
        assertThat(pool.condition().text()).isEqualTo("partner.tier == \"Gold\"");
        assertThat(pool.condition().test(Programme.partner("p", "Gold"))).isTrue();
        assertThat(pool.condition().test(Programme.partner("p", null))).isFalse();
        assertThat(one.strategy())
                .isEqualTo(new Strategy.WithFloor(new Strategy.TopPlv(), Window.MONTH, 3, new BigDecimal("0.2")));
        assertThat(one.deadline()).isEqualTo(new Deadline(Duration.ofHours(8), Duration.ofHours(4), true));
        assertThat(one.fallback()).isEqualTo(new Fallback.ToPartner(new RecordId("crm", "z")));
        assertThat(policy.rules().get(1).strategy())
                .isEqualTo(new Strategy.SharkTank(5, true, 2, Window.WEEK, Duration.ofDays(1)));
        assertThat(policy.rules().get(1).fallback()).isEqualTo(Fallback.STOP);
        assertThat(policy.rules().get(2).strategy())
                .isEqualTo(new Strategy.WeightedRoundRobin("three", Map.of(new RecordId("crm", "a"), 3)));
        assertThat(policy.rules().get(2).when().text()).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lead.country == \"DE\" && lead.employees > 500     | true",
                "lead.value.amount >= 1000 && lead.value.currency == \"EUR\" | true",
                "lead.leadClass == \"big\"                          | true",
                "points == 7                                        | true",
                "customer.name == \"x\"                             | false",
                "has(customer.name)                                 | false",
                "lead.createdAt < now                               | true",
                "lead.attributes.source == \"Web\"                  | true",
                "lead.employees / 0 > 1                             | false",
            })
    void aConditionSeesTheLeadAsTheScoringCompletedIt(String condition, boolean expected) {
        Rule rule = Policies.assignment(
                        "f", "rules:\n  - rule: r\n    strategy: top-plv\n    when: |-\n      " + condition + "\n")
                .policy()
                .rules()
                .get(0);
        LeadView view = new LeadView(LeadFacts.of(lead(), 1), 7, Money.of("1000", "EUR"), "big", NOW);

        assertThat(rule.when().test(view)).isEqualTo(expected);
        assertThat(rule.when().text()).isEqualTo(condition);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ rule: r }                                        | f:2:5: key \"strategy\" is missing",
                "{ rule: r, strategy: top-plw }                     | f:2:26: \"strategy\" is not well formed: \"top-plw\"",
                "{ rule: r, strategy: top-plv, wen: true }          | f:2:35: unknown key \"wen\" (did you mean \"when\"?)",
                "{ rule: r, strategy: top-plv, when: lead.contry == 1 } | f:2:41: there is no \"lead.contry\" (did you mean \"lead.country\"?)",
                "{ rule: r, strategy: top-plv, when: partner.active } | f:2:41: in \"partner.active\": unknown word 'partner'",
                "{ rule: r, strategy: top-plv, when: lead.country } | f:2:41: \"lead.country\" yields text, but true or false is wanted",
                "{ rule: r, strategy: top-plv, pool: { where: lead.open } } | f:2:50: in \"lead.open\": unknown word 'lead'",
                "{ rule: r, strategy: top-plv, pool: { territory: must } } | f:2:54: \"territory\" must be one of [ignored, preferred, required], not \"must\"",
                "{ rule: r, strategy: top-plv, pool: { never: [x] } } | f:2:51: \"never\" is not well formed: \"x\"",
                "{ rule: r, strategy: { use: top-plv, floor: 5 } }  | f:2:42: strategy top-plv has no \"floor\"",
                "{ rule: r, strategy: { use: plv-weighted, exponent: 9 } } | f:2:57: \"exponent\" must be at most 8, not \"9\"",
                "{ rule: r, strategy: top-plv, deadline: { accept: PT1H, remind: PT2H } } | f:2:35: the reminder must come before the deadline",
                "{ rule: r, strategy: top-plv, deadline: { accept: P1X } } | f:2:55: \"accept\" is not well formed: \"P1X\"",
                "{ rule: r, strategy: top-plv, otherwise: retry }   | f:2:46: \"otherwise\" is not well formed: \"retry\"",
                "{ rule: r, strategy: round-robin, otherwise: { partner: x } } | f:2:61: \"partner\" is not well formed: \"x\"",
            })
    void aMistakeInARuleIsToldWhereItStands(String rule, String expected) {
        assertThat(problems(() -> Policies.assignment("f", "rules:\n  - " + rule + "\n")))
                .anySatisfy(problem -> assertThat(problem).startsWith(expected));
    }

    @Test
    void howLongAProspectIsRememberedIsTheLifesToSay() {
        String rule = "\nrules:\n  - { rule: r, strategy: top-plv }\n";
        assertThat(Policies.assignment("f", "life: { same-prospect: P30D }" + rule)
                        .policy()
                        .life()
                        .sameProspect())
                .isEqualTo(Duration.ofDays(30));
        assertThat(problems(() -> Policies.assignment("f", "life: { same-prospect: P3M }" + rule)))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("f:1:24: \"same-prospect\" is not well formed: \"P3M\"");
    }

    @Test
    void mistakesOfAWholeAssignmentPolicyAreToldTogether() {
        assertThat(problems(() -> Policies.assignment("f", """
                        zone: Mars/Base
                        hours: { monday: "17:00-09:00" }
                        scoring:
                          classes:
                            - { name: a, from: 1 }
                            - { name: b, from: 1 }
                        rules:
                          - { rule: r, strategy: top-plv }
                          - { rule: r, strategy: top-plv }
                        """)))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("f:1:1:").contains("Mars/Base"),
                        problem -> assertThat(problem).startsWith("f:2:1: business hours must end after they begin"),
                        problem -> assertThat(problem)
                                .startsWith("f:4:3: lead classes \"a\" and \"b\" begin at the same points"),
                        problem -> assertThat(problem).startsWith("f:9:7: two rules are called \"r\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "terms: { value: { weight: 0.9, normalisation: scale } } | f:1:1: plv policy: the weights must sum to 1, not 0.9",
                "terms: { worth: { weight: 1, normalisation: scale } }   | f:1:10: unknown key \"worth\"",
                "terms: { value: { weight: 2, normalisation: scale } }   | f:1:27: \"weight\" must be at most 1, not \"2\"",
                "terms: { value: { weight: 1, normalisation: rank } }    | f:1:45: \"normalisation\" must be one of",
                "{ horizon-days: 5, terms: { value: { weight: 1, normalisation: scale } } } | f:1:17: \"horizon-days\" must be at least 7, not \"5\"",
                "{ terms: { value: { weight: 1, normalisation: scale } }, tiers: { from: { A: 10, B: 20 } } } | f:1:58: tier B must ask for a lower score",
                "horizon-days: 90                                        | f:1:1: key \"terms\" is missing",
            })
    void aMistakeInAPlvPolicyIsToldWhereItStands(String text, String expected) {
        assertThat(problems(() -> Policies.plv("f", text)))
                .anySatisfy(problem -> assertThat(problem).startsWith(expected));
    }

    private static List<String> problems(org.assertj.core.api.ThrowableAssert.ThrowingCallable loading) {
        return catchThrowableOfType(ConfigurationException.class, loading).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static Lead lead() {
        return new Lead(
                new RecordId("crm", "l"),
                "C",
                null,
                null,
                null,
                "DE",
                null,
                null,
                null,
                501,
                Set.of(),
                null,
                null,
                null,
                null,
                null,
                true,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                Map.of("source", "Web"),
                NOW.minusSeconds(60),
                NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "zone: Europe/Berlin, 2025-12-31T10:00:00Z, 2026-01-02T10:00:00Z", // Wednesday
        "'country: DE\nzone: Europe/Berlin', 2025-12-31T10:00:00Z, 2026-01-05T10:00:00Z", // New Year is none
        "'country: DE\nzone: Europe/Berlin', 2025-12-29T10:00:00Z, 2025-12-31T10:00:00Z", // ends the day before
        "'country: DE\nzone: Europe/Berlin', 2025-12-31T23:30:00Z, 2026-01-05T23:00:00Z", // handed in on New Year's Day
        "'country: DE\nzone: UTC', 2025-12-31T23:30:00Z, 2026-01-05T23:30:00Z", // the day before, in London
    })
    void aReviewersDeadlineLeavesOutTheHolidaysOfThePolicysCountry(String rules, Instant handedIn, Instant due) {
        assertThat(Policies.deals("deals.yaml", rules).policy().reviewBy(handedIn))
                .isEqualTo(due);
    }

    @Test
    void aDealPolicyForACountryThatThereIsNotIsRefused() {
        ConfigurationException wrong = catchThrowableOfType(
                ConfigurationException.class, () -> Policies.deals("deals.yaml", "zone: UTC\ncountry: XX\n"));

        assertThat(wrong.problems())
                .singleElement()
                .asString()
                .contains("deals.yaml:2")
                .contains("no country XX");
    }
}
