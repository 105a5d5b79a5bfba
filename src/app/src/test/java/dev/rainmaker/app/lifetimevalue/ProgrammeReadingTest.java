package dev.rainmaker.app.lifetimevalue;

import static dev.rainmaker.app.lifetimevalue.Programme.START;
import static dev.rainmaker.app.lifetimevalue.Programme.opportunity;
import static dev.rainmaker.app.lifetimevalue.Programme.partner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rainmaker.fact.Money;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.ProgrammeForecast;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plans, funds and costs are for a year and of revenue or money spent: they are compared with the like. */
class ProgrammeReadingTest {

    private static final int PARTNERS = 6;
    private static final int DEALS = 16;

    private final Programme programme = new Programme(PlvPolicy.standard());

    @AfterEach
    void close() {
        programme.close();
    }

    /** Six partners with a deal of 1,000 a month, of which 250 are margin, for sixteen months. */
    private ProgrammeValue value(Map<String, String> attributes) {
        for (int i = 1; i <= PARTNERS; i++) {
            programme.state(partner("p" + i, null, attributes));
            for (int month = 0; month < DEALS; month++) {
                programme.state(opportunity(
                        i + "d" + month,
                        "p" + i,
                        true,
                        START.minusDays(10 + 30L * month + i),
                        Money.of("1000", "EUR"),
                        Money.of("250", "EUR"),
                        false));
            }
        }
        programme.score(START);
        return new ProgrammeReading(programme.ledger, programme.facts, programme.models, programme.reading())
                .programme(0)
                .orElseThrow();
    }

    @Test
    void aYearlyTargetOfRevenueStandsBesideTheForecastAsRevenueOfTheSameDays() {
        ProgrammeValue value = value(Map.of("target", "12000"));

        assertThat(value.horizonDays()).isEqualTo(180);
        assertThat(value.plan()).isCloseTo(PARTNERS * 12_000 * 180 / 365.0, within(1e-6));
        ProgrammeForecast margin = value.forecast();
        assertThat(margin.margin()).isTrue();
        assertThat(value.revenue())
                .isEqualTo(new ProgrammeForecast(
                        4 * margin.expected(), 4 * margin.lower80(), 4 * margin.upper80(), false, margin.origins()));
    }

    @Test
    void aYearsCostStandsBesideTheMarginOfThatYear() {
        ProgrammeValue value = value(Map.of("programmeCost", "1000"));

        assertThat(value.plan()).isNull();
        assertThat(value.returns().cost()).isEqualTo(PARTNERS * 1_000);
        assertThat(value.returns().margin())
                .as("twelve deals of a partner lie in the last 365 days")
                .isCloseTo(PARTNERS * 12 * 250, within(1e-6));
    }

    @Test
    void aYearsFundsAreTakenForTheDaysOfTheForecast() {
        ProgrammeValue value = value(Map.of("mdfSpent", "730"));

        assertThat(value.allocation())
                .hasSize(PARTNERS)
                .allSatisfy(row -> assertThat(row.allocation().spent()).isCloseTo(360, within(1e-9)));
    }
}
