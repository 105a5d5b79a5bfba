package dev.rainmaker.lifetimevalue;

import dev.rainmaker.lifetimevalue.forecast.SharedDeals;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import java.time.LocalDate;
import java.util.List;

/** Partners of simulated deals, fitted with a backtest. */
record SimulatedPartners(
        Transactions deals, List<PartnerHistory> histories, Plv.Fitted fitted, PlvPolicy policy, LocalDate asOf) {

    static SimulatedPartners of(int partners, int days, long seed, double unit) {
        Transactions deals = SharedDeals.simulated(partners, days, seed, unit, null);
        PlvPolicy policy = PlvPolicy.standard().withHorizonDays(120);
        LocalDate asOf = LocalDate.of(2022, 1, 1).plusDays(days - 1L);
        List<PartnerHistory> histories =
                CsvHistories.of(deals, List.of(), policy, asOf).histories();
        return new SimulatedPartners(deals, histories, Plv.fit(histories, deals, policy, asOf, "v1", 1), policy, asOf);
    }

    PlvResult score(PartnerHistory history) {
        return Plv.score(history, fitted.model(), fitted.reference(), policy, asOf);
    }

    List<PlvResult> scores() {
        return histories.stream().map(this::score).toList();
    }

    int today() {
        return (int) asOf.toEpochDay();
    }
}
