package dev.rainmaker.attribution;

import dev.rainmaker.fact.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits money into parts of whole minor units (cents) that sum to it exactly: each part gets its share rounded down, the
 * units left go to the largest remainders (Hamilton's method), the earlier part first where they are equal.
 */
public final class LargestRemainder {

    private LargestRemainder() {}

    /**
     * Splits by weights.
     *
     * @param amount rounded half-even to the currency's minor unit first; negative amounts give negative parts
     * @param weights finite, none negative, one positive at least
     * @return one part per weight, in order; their sum is the rounded amount
     */
    public static List<Money> split(Money amount, double... weights) {
        BigDecimal[] exact = exact(weights);
        BigDecimal total =
                IntStream.range(0, exact.length).mapToObj(i -> exact[i]).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (total.signum() == 0) {
            throw new IllegalArgumentException("one weight must be positive");
        }
        int digits = digits(amount.currency());
        BigDecimal rounded = rounded(amount).amount();
        BigInteger units = rounded.abs().movePointRight(digits).toBigIntegerExact();
        BigInteger[] parts = new BigInteger[exact.length];
        BigDecimal[] remainders = new BigDecimal[exact.length];
        BigInteger left = units;
        for (int i = 0; i < exact.length; i++) {
            BigDecimal[] share = new BigDecimal(units).multiply(exact[i]).divideAndRemainder(total);
            parts[i] = share[0].toBigInteger();
            remainders[i] = share[1];
            left = left.subtract(parts[i]);
        }
        IntStream.range(0, exact.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
                .limit(left.intValueExact())
                .forEach(i -> parts[i] = parts[i].add(BigInteger.ONE));
        List<Money> split = new ArrayList<>(parts.length);
        for (BigInteger part : parts) {
            BigDecimal value = new BigDecimal(part, digits);
            split.add(new Money(rounded.signum() < 0 ? value.negate() : value, amount.currency()));
        }
        return split;
    }

    /** Money in whole minor units of its currency, half-even. */
    public static Money rounded(Money money) {
        return new Money(money.amount().setScale(digits(money.currency()), RoundingMode.HALF_EVEN), money.currency());
    }

    /** Currencies without a minor unit of their own (gold, test codes) are split in cents. */
    private static int digits(String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return digits < 0 ? 2 : digits;
    }

    private static BigDecimal[] exact(double[] weights) {
        BigDecimal[] exact = new BigDecimal[weights.length];
        for (int i = 0; i < weights.length; i++) {
            if (!Double.isFinite(weights[i]) || weights[i] < 0) {
                throw new IllegalArgumentException("weights must be finite and not negative: " + weights[i]);
            }
            exact[i] = new BigDecimal(weights[i]);
        }
        return exact;
    }
}
