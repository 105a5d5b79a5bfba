package dev.rainmaker.assignment;

import static dev.rainmaker.assignment.A.aLead;
import static dev.rainmaker.assignment.A.aPartner;
import static dev.rainmaker.assignment.A.everyLead;
import static dev.rainmaker.assignment.A.market;
import static dev.rainmaker.assignment.A.when;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PolicyCheckTest {

    private static final Strategy TOP = new Strategy.TopPlv();
    private static final PolicyCheck.Places PLACES =
            (rule, member) -> new PolicyCheck.Place("assignment.yaml", rule + 10, 3, member);

    private static List<PolicyCheck.Finding> check(A.Market market, A.LeadBuilder... leads) {
        return PolicyCheck.check(
                market.compiled(),
                market.candidates(),
                Stream.of(leads).map(A.LeadBuilder::facts).toList(),
                A.NOW,
                PLACES);
    }

    private static List<String> codes(List<PolicyCheck.Finding> findings) {
        return findings.stream()
                .map(each -> each.code() + (each.rule() == null ? "" : " " + each.rule()))
                .toList();
    }

    @Test
    void goodPolicyHasNoFindings() {
        var market = market(aPartner("a").tier("gold"))
                .rules(
                        everyLead("named", Pool.EVERYBODY, Strategy.NamedAccount.ANY_CLAIM),
                        Rule.of(
                                "gold",
                                when("value > 5", l -> l.value() != null),
                                Pool.STANDARD.tiers(Set.of("Gold")),
                                TOP),
                        everyLead("rest", Pool.STANDARD, TOP));
        assertThat(check(market, aLead("l"), aLead("m").worth("9"))).isEmpty();
    }

    @Test
    void ruleBelowOneThatKeepsEveryLeadIsDead() {
        var market = market(aPartner("a"))
                .rules(
                        everyLead("all", Pool.STANDARD, TOP).fallback(Fallback.STOP),
                        everyLead("rest", Pool.STANDARD, TOP));
        var findings = check(market);
        assertThat(codes(findings)).containsExactly("dead-rule rest");
        assertThat(findings.get(0).place()).isEqualTo(new PolicyCheck.Place("assignment.yaml", 11, 3, "when"));
        assertThat(findings.get(0).severity()).isEqualTo(PolicyCheck.Severity.ERROR);
    }

    @Test
    void repeatedConditionIsShadowedWhereNothingComesThrough() {
        Condition german =
                when("country == \"DE\"", lead -> "DE".equals(lead.lead().country()));
        Rule first = Rule.of("first", german, Pool.STANDARD, TOP);
        Rule second = Rule.of("second", german, Pool.EVERYBODY, TOP);
        Rule rest = everyLead("rest", Pool.STANDARD, new Strategy.RoundRobin("r"));
        var market = market(aPartner("a"));
        assertThat(codes(check(market.rules(first.fallback(Fallback.STOP), second, rest))))
                .containsExactly("shadowed-rule second");
        assertThat(codes(check(market.rules(first, second, rest)))).isEmpty();
        assertThat(codes(check(market.rules(first, Rule.of("copy", german, Pool.STANDARD, TOP), rest))))
                .containsExactly("shadowed-rule copy");
    }

    @Test
    void emptyPoolsUnknownPartnersAndWordsAreNamed() {
        var robin = new Strategy.WeightedRoundRobin("w", Map.of(A.id("gone"), 2));
        var market = market(aPartner("a").inactive())
                .rules(everyLead("only", Pool.STANDARD.tiers(Set.of("Platin")).certificates(Set.of("X")), robin)
                        .fallback(new Fallback.ToPartner(A.id("lost"))));
        assertThat(codes(check(market)))
                .containsExactly(
                        "empty-pool only",
                        "unknown-partner only",
                        "unknown-partner only",
                        "unknown-tier only",
                        "unheld-certificate only");
    }

    @Test
    void leadsThatNoRuleCoversAreCounted() {
        var market = market(aPartner("a"))
                .rules(Rule.of("rich", when("value > 5", l -> l.value() != null), Pool.STANDARD, TOP));
        var findings = check(market, aLead("l"), aLead("m").worth("9").in("US"));
        assertThat(codes(findings)).containsExactly("no-catch-all", "uncovered-leads", "uncovered-leads");
        assertThat(findings.get(1).message()).isEqualTo("1 of 2 leads would stay unassigned as no-rule");
        assertThat(findings.get(2).message()).isEqualTo("1 of 2 leads would stay unassigned as territory-uncovered");
    }

    @Test
    void ruleThatEarlierRulesAlwaysForestallIsNamed() {
        var market = market(aPartner("a"))
                .rules(
                        everyLead("all", Pool.STANDARD, TOP),
                        Rule.of("never", when("true || true", l -> true), Pool.STANDARD, TOP),
                        Rule.of("unused", when("2 < 1", l -> false), Pool.STANDARD, TOP));
        assertThat(codes(check(market, aLead("l")))).containsExactly("never-reached never", "unused-rule unused");
    }
}
