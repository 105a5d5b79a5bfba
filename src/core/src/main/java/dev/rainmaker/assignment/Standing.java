package dev.rainmaker.assignment;

import dev.rainmaker.fact.Money;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A partner's numbers at the decision's instant: the PLV score and value, and what is known of its conversion.
 *
 * @param score PLV score 0..100, null where not scored yet
 * @param value PLV value in money, null where not forecast
 * @param conversion posterior of its rate of winning leads, over all classes
 * @param conversionByClass the same per lead class where known
 * @param marginRate expected margin per unit of a lead's value, 1 where unknown
 * @param version model and reference version these numbers come from
 * @param sequence ledger sequence of these numbers, kept in the receipt
 */
public record Standing(
        @Nullable BigDecimal score,
        @Nullable Money value,
        Conversion conversion,
        Map<String, Conversion> conversionByClass,
        BigDecimal marginRate,
        String version,
        long sequence) {

    /** A partner of which nothing is known but that it exists. */
    public static final Standing UNKNOWN =
            new Standing(null, null, Conversion.UNIFORM, Map.of(), BigDecimal.ONE, "none", 0);

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    public Standing {
        if (score != null && (score.signum() < 0 || score.compareTo(HUNDRED) > 0)) {
            throw new IllegalArgumentException("a PLV score lies in 0..100, not " + score.toPlainString());
        }
        conversionByClass = Collections.unmodifiableMap(new TreeMap<>(conversionByClass));
    }

    /** A partner with a PLV score and nothing else. */
    public static Standing scored(BigDecimal score, long sequence) {
        return new Standing(score, null, Conversion.UNIFORM, Map.of(), BigDecimal.ONE, "given", sequence);
    }

    double scoreOr(double otherwise) {
        return score == null ? otherwise : score.doubleValue();
    }

    Conversion conversionFor(@Nullable String leadClass) {
        Conversion own = leadClass == null ? null : conversionByClass.get(leadClass);
        return own == null ? conversion : own;
    }
}
