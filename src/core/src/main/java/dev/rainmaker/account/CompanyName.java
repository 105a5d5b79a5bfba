package dev.rainmaker.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A company's name in the form in which names are compared: plain letters, lower case, no punctuation, no leading "the",
 * no "and", no legal form.
 *
 * @param key words run together, umlauts written out folded ({@code mueller}, {@code muller} and {@code m\u00fcller} are one);
 *     equal keys mean equal names
 * @param legalForm short form of the legal form that was taken off, null where there was none
 */
public record CompanyName(String key, @Nullable String legalForm) {

    private static final Set<String> AND = Set.of("and", "und", "et", "och", "og");
    private static final Set<String> ARTICLES = Set.of("the");

    /**
     * Reads a name.
     *
     * @param country ISO 3166-1 alpha-2, decides which words are legal forms
     * @return empty where the text identifies nobody ("[not provided]", "unknown", "n/a", "-")
     */
    public static Optional<CompanyName> of(@Nullable String text, @Nullable String country) {
        if (text == null) {
            return Optional.empty();
        }
        List<String> words = words(Letters.plain(text));
        if (words.isEmpty() || Placeholders.name(String.join(" ", words))) {
            return Optional.empty();
        }
        LegalForms.Stripped stripped =
                LegalForms.strip(words, country == null ? null : country.toUpperCase(Locale.ROOT));
        List<String> name = new ArrayList<>(stripped.words());
        if (name.size() > 1 && ARTICLES.contains(name.get(0))) {
            name.remove(0);
        } else if (name.size() > 1 && ARTICLES.contains(name.get(name.size() - 1))) {
            name.remove(name.size() - 1);
        }
        if (Placeholders.name(String.join(" ", name))) {
            return Optional.empty();
        }
        return Optional.of(new CompanyName(fold(String.join("", name)), stripped.form()));
    }

    /** Whether both state a legal form and state different ones: often two companies of one group. */
    boolean conflictsWith(CompanyName other) {
        return legalForm != null && other.legalForm != null && !legalForm.equals(other.legalForm);
    }

    /** Words of letters and digits. Apostrophes vanish, single letters between dots become one word. */
    private static List<String> words(String plain) {
        String joined = plain.replaceAll("['\u2019\u02bc`\u00b4]", "")
                .replaceAll("(?<![\\p{L}\\p{N}])(\\p{L})\\.(?=\\p{L}(\\.|\\s|$))", "$1\u0001")
                .replaceAll("\u0001(\\p{L})\\.", "\u0001$1")
                .replace("\u0001", "");
        List<String> words = new ArrayList<>();
        for (String word : joined.split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty() && !AND.contains(word)) {
                words.add(word);
            }
        }
        return words;
    }

    private static String fold(String key) {
        return key.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    }
}
