package dev.rainmaker.lifetimevalue;

import dev.rainmaker.lifetimevalue.forecast.Accuracy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How much two terms of the score say the same thing over all partners: terms that share a cause count it twice (OECD/JRC, Handbook on
 * Constructing Composite Indicators, 2008, asks for this beside the weights).
 *
 * @param rank Spearman correlation of the two positions over partners that have both of their own
 * @param partners behind it
 * @param weight of the two together
 */
public record TermCorrelation(PlvTerm first, PlvTerm second, double rank, int partners, double weight) {

    /** From this correlation on two terms are taken to share a cause. */
    public static final double SHARED = 0.7;

    private static final int FEWEST = 10;

    /** Whether the two count one cause twice. */
    public boolean sharesCause() {
        return Math.abs(rank) >= SHARED;
    }

    /** All pairs of terms that have weight and differ between partners, strongest first. */
    public static List<TermCorrelation> of(Collection<PlvResult> results) {
        List<TermCorrelation> found = new ArrayList<>();
        PlvTerm[] terms = PlvTerm.values();
        for (int a = 0; a < terms.length; a++) {
            for (int b = a + 1; b < terms.length; b++) {
                compare(terms[a], terms[b], results, found);
            }
        }
        found.sort(Comparator.comparingDouble((TermCorrelation each) -> -Math.abs(each.rank))
                .thenComparing(TermCorrelation::first)
                .thenComparing(TermCorrelation::second));
        return List.copyOf(found);
    }

    private static void compare(
            PlvTerm first, PlvTerm second, Collection<PlvResult> results, List<TermCorrelation> into) {
        List<PlvResult> both = results.stream()
                .filter(result -> known(result.term(first)) && known(result.term(second)))
                .toList();
        if (both.size() < FEWEST) {
            return;
        }
        Double rank = Accuracy.spearman(positions(both, first), positions(both, second));
        if (rank != null) {
            ScoreTerm one = both.get(0).term(first);
            ScoreTerm other = both.get(0).term(second);
            into.add(new TermCorrelation(first, second, rank, both.size(), one.weight() + other.weight()));
        }
    }

    private static boolean known(ScoreTerm term) {
        return term.weight() > 0 && term.confidence() > 0;
    }

    private static double[] positions(List<PlvResult> results, PlvTerm term) {
        return results.stream()
                .mapToDouble(result -> result.term(term).position())
                .toArray();
    }
}
