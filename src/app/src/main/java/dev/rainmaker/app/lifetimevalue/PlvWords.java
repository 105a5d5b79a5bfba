package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.lifetimevalue.ScoreTerm;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A result in words short enough for a record page. */
final class PlvWords {

    private static final int STRONGEST = 3;

    private PlvWords() {}

    /** The three terms that give most, and the one that leaves most to gain. */
    static String reason(PlvResult result) {
        List<ScoreTerm> strongest = result.terms().stream()
                .filter(term -> term.weight() > 0)
                .sorted(Comparator.comparing(ScoreTerm::points).reversed())
                .limit(STRONGEST)
                .toList();
        StringBuilder text = new StringBuilder();
        for (ScoreTerm term : strongest) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(name(term))
                    .append(' ')
                    .append(ofMost(term));
        }
        result.terms().stream()
                .filter(term -> term.weight() > 0)
                .max(Comparator.comparing(PlvWords::missing))
                .ifPresent(term -> text.append("; most to gain: ")
                        .append(name(term))
                        .append(" (+")
                        .append(missing(term)
                                .setScale(1, RoundingMode.HALF_EVEN)
                                .toPlainString())
                        .append(')'));
        return text.toString();
    }

    private static String name(ScoreTerm term) {
        return term.term().name().toLowerCase(Locale.ROOT);
    }

    private static String ofMost(ScoreTerm term) {
        return term.points().setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " of "
                + BigDecimal.valueOf(100 * term.weight())
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    private static BigDecimal missing(ScoreTerm term) {
        return BigDecimal.valueOf(100 * term.weight()).subtract(term.points());
    }
}
