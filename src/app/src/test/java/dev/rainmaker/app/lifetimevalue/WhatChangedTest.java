package dev.rainmaker.app.lifetimevalue;

import static dev.rainmaker.app.lifetimevalue.Programme.START;
import static dev.rainmaker.app.lifetimevalue.Programme.certificate;
import static dev.rainmaker.app.lifetimevalue.Programme.deal;
import static dev.rainmaker.app.lifetimevalue.Programme.id;
import static dev.rainmaker.app.lifetimevalue.Programme.lead;
import static dev.rainmaker.app.lifetimevalue.Programme.partner;
import static dev.rainmaker.app.lifetimevalue.Programme.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.lifetimevalue.PlvChange;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.PlvTerm;
import dev.rainmaker.lifetimevalue.RequiredCertificates;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What moved a score, event by event: the steps sum to the change, and end at the score that is stored. */
class WhatChangedTest {

    private final Programme programme = new Programme(policy());

    private static PlvPolicy policy() {
        PlvPolicy standard = PlvPolicy.standard();
        return new PlvPolicy(
                "certified",
                standard.terms(),
                standard.horizonDays(),
                standard.engagementHalfLifeDays(),
                standard.leadWindowDays(),
                standard.yearlyDiscount(),
                standard.lowestAnswer(),
                standard.highestAnswer(),
                false,
                standard.scoreEpsilon(),
                standard.valueEpsilon(),
                standard.weightCertainty(),
                List.of(new RequiredCertificates(null, null, Set.of("C1"))),
                standard.tiers());
    }

    @BeforeEach
    void aProgramme() {
        for (int i = 1; i <= 6; i++) {
            programme.state(partner("p" + i, null), person("h" + i, "p" + i));
            for (int month = 0; month < 6; month++) {
                programme.state(deal(i + "d" + month, "p" + i, START.minusDays(40 + 30L * month + i), 900 * i + ""));
                programme.state(lead(i + "l" + month, "p" + i, START.minusDays(30L * month + 75), null, null, false));
            }
        }
        programme.state(
                certificate("t1", "h1", "C1", START.minusYears(1), START.minusDays(10)),
                certificate("t2", "h2", "C1", START.minusYears(1), null),
                deal("new", "p1", START.minusDays(3), "5000"));
        programme.score(START);
    }

    @AfterEach
    void close() {
        programme.close();
    }

    @Test
    void theStepsSumToTheChangeAndEndAtTheStoredScore() {
        PartnerValue value = programme.reading().partner(id("p1")).orElseThrow();
        PlvChange change = value.changes();

        assertThat(change.steps().stream().map(PlvChange.Step::points).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(change.points());
        assertThat(change.terms())
                .allSatisfy(term -> assertThat(term.after())
                        .isEqualByComparingTo(
                                value.standing().result().term(term.term()).points()));
        assertThat(change.steps().get(0).what()).isEqualTo("time passed");
    }

    @Test
    void anExpiryAWonDealAndALeadWhoseWindowEndedAreEachAStep() {
        PlvChange change = programme.reading().partner(id("p1")).orElseThrow().changes();

        assertThat(change.steps())
                .extracting(PlvChange.Step::what)
                .contains(
                        START.minusDays(10) + ": certificate C1 expired",
                        START.minusDays(3) + ": deal of 5,000 EUR won (crm/new)")
                .anyMatch(what -> what.contains("counts as lost"));
        assertThat(change.steps().stream()
                        .filter(step -> step.what().endsWith("certificate C1 expired"))
                        .findFirst()
                        .orElseThrow()
                        .points())
                .isNegative();
    }

    @Test
    void eachMetricSaysItsUnitItsDirectionAndItsLatestFact() {
        List<Freshness> fresh =
                programme.reading().partner(id("p1")).orElseThrow().freshness();

        assertThat(fresh).hasSize(PlvTerm.values().length);
        Freshness value = fresh.get(PlvTerm.VALUE.ordinal());
        assertThat(value.unit()).isEqualTo("EUR in 180 days");
        assertThat(value.direction()).isEqualTo("higher is better");
        assertThat(value.lastFact()).isEqualTo(START.minusDays(3));
        assertThat(fresh.get(PlvTerm.SATISFACTION.ordinal()).lastFact()).isNull();
    }
}
