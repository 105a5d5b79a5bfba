package dev.rainmaker.app.configuration;

import dev.rainmaker.fact.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Rates into the one currency in which reports and scores compare money. */
public final class ExchangeRates {

    private final String reporting;
    private final List<Rate> rates;
    private final Map<String, NavigableMap<LocalDate, BigDecimal>> byCurrency = new HashMap<>();

    /**
     * A rate.
     *
     * @param currency ISO 4217
     * @param since first day on which it applies
     * @param rate units of the reporting currency for one unit of {@code currency}, above 0
     */
    public record Rate(String currency, LocalDate since, BigDecimal rate) {}

    /**
     * @param reporting ISO 4217 code of the reporting currency
     * @throws IllegalArgumentException if a currency is unknown, a rate not above 0, or two rates begin the same day
     */
    public ExchangeRates(String reporting, List<Rate> rates) {
        this.reporting = new Money(BigDecimal.ZERO, reporting).currency();
        this.rates = List.copyOf(rates);
        for (Rate rate : rates) {
            String currency = new Money(BigDecimal.ZERO, rate.currency()).currency();
            if (rate.rate().signum() <= 0) {
                throw new IllegalArgumentException("the rate of " + currency + " must be above 0");
            }
            if (currency.equals(reporting)) {
                throw new IllegalArgumentException(currency + " is the reporting currency and needs no rate");
            }
            BigDecimal earlier = byCurrency
                    .computeIfAbsent(currency, first -> new TreeMap<>())
                    .putIfAbsent(rate.since(), rate.rate());
            if (earlier != null) {
                throw new IllegalArgumentException("two rates of " + currency + " begin on " + rate.since());
            }
        }
    }

    public String reportingCurrency() {
        return reporting;
    }

    /** Every rate, in the order given. */
    public List<Rate> rates() {
        return rates;
    }

    /** Money in the reporting currency at the rate of that day; empty where no rate applies. */
    public Optional<Money> convert(Money money, LocalDate day) {
        if (money.currency().equals(reporting)) {
            return Optional.of(money);
        }
        return Optional.ofNullable(byCurrency
                        .getOrDefault(money.currency(), Collections.emptyNavigableMap())
                        .floorEntry(day))
                .map(rate -> money.at(rate.getValue(), reporting));
    }
}
