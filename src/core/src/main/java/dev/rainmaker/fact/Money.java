package dev.rainmaker.fact;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An exact amount in one currency.
 *
 * @param amount any sign, any scale; equal amounts of different scale are equal money
 * @param currency ISO 4217 code, three capitals
 */
public record Money(BigDecimal amount, String currency) {

    public Money {
        try {
            Currency.getInstance(currency);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("\"" + currency + "\" is not an ISO 4217 currency code", unknown);
        }
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        if (amount.scale() < 0) {
            amount = amount.setScale(0, RoundingMode.UNNECESSARY);
        }
    }

    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency);
    }

    /** Adds money of the same currency; throws {@link IllegalArgumentException} for another one. */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(amount.add(other.amount), currency);
    }

    /** This money at the given rate (units of {@code target} per unit of this currency), to 34 digits. */
    public Money at(BigDecimal rate, String target) {
        return new Money(amount.multiply(rate, MathContext.DECIMAL128), target);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
