package dev.rainmaker.connector.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.connector.CallPurpose;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallBudgetTest {

    private final SetClock clock = new SetClock(Instant.parse("2026-01-02T12:00:30Z"));

    @Test
    void countsByPurpose() {
        CallBudget budget = new CallBudget(Long.MAX_VALUE, clock);

        budget.spend(CallPurpose.READ);
        budget.spend(CallPurpose.READ);
        budget.spend(CallPurpose.WRITE);

        assertThat(budget.usage().of(CallPurpose.READ)).isEqualTo(2);
        assertThat(budget.usage().of(CallPurpose.WRITE)).isEqualTo(1);
        assertThat(budget.usage().of(CallPurpose.CONFIRM)).isZero();
        assertThat(budget.usage().limit()).isEqualTo(-1);
    }

    @Test
    void theCeilingHoldsOverARollingDayAndOpensAsCallsLeaveIt() {
        CallBudget budget = new CallBudget(3, clock);
        budget.spend(CallPurpose.READ);
        clock.forward(Duration.ofHours(1));
        budget.spend(CallPurpose.READ);
        budget.spend(CallPurpose.READ);

        assertThat(budget.spend(CallPurpose.READ))
                .contains(Duration.ofMinutes(22 * 60 + 59).plusSeconds(30));
        clock.forward(Duration.ofHours(23).minusSeconds(31));
        assertThat(budget.spend(CallPurpose.READ)).isPresent();
        clock.forward(Duration.ofSeconds(1));
        assertThat(budget.spend(CallPurpose.READ)).isEmpty();
        assertThat(budget.spend(CallPurpose.READ)).isPresent();
        assertThat(budget.usage().of(CallPurpose.READ))
                .as("refused calls were not made")
                .isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api-usage=10018/100000|10018|100000",
                "api-usage=25/5000; per-app-api-usage=17/250(appName=sample-app)|25|5000",
                "per-app-api-usage=17/250(appName=x), api-usage=25/5000|25|5000"
            })
    void readsWhatTheVendorSays(String header, long used, long limit) {
        CallBudget budget = new CallBudget(Long.MAX_VALUE, clock);

        budget.heard(header);

        assertThat(budget.usage().used()).isEqualTo(used);
        assertThat(budget.usage().limit()).isEqualTo(limit);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "api-usage=x/y", "per-app-api-usage=17/250(appName=x)"})
    void keepsWhatItKnowsWhenTheVendorSaysNothing(String header) {
        CallBudget budget = new CallBudget(Long.MAX_VALUE, clock);
        budget.heard("api-usage=1/2");

        budget.heard(header);

        assertThat(budget.usage().used()).isEqualTo(1);
    }
}
