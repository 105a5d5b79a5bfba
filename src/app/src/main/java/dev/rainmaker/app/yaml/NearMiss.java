package dev.rainmaker.app.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the word that somebody meant. */
public final class NearMiss {

    private static final int ALL_ARE_LISTED_UP_TO = 30;

    private NearMiss() {}

    /** The known word nearest to the one written, if it differs by at most two letters or a third of them. */
    public static Optional<String> of(String written, Collection<String> known) {
        String word = canonical(written);
        int limit = Math.max(Math.min(2, written.length() - 1), written.length() / 3);
        LevenshteinDistance distance = new LevenshteinDistance(limit);
        record Candidate(String word, int distance) {}
        return new TreeSet<>(known)
                .stream()
                        .map(candidate -> new Candidate(candidate, distance.apply(word, canonical(candidate))))
                        .filter(candidate -> candidate.distance() >= 0)
                        .min(Comparator.comparingInt(Candidate::distance))
                        .map(Candidate::word);
    }

    /** {@code did you mean "x"?}, else the list of what is known. */
    public static String remedy(String written, Collection<String> known) {
        Optional<String> meant = of(written, known);
        if (meant.isPresent()) {
            return "did you mean \"" + meant.get() + "\"?";
        }
        return known.isEmpty() || known.size() > ALL_ARE_LISTED_UP_TO
                ? ""
                : "known: " + String.join(", ", new TreeSet<>(known));
    }

    private static String canonical(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
