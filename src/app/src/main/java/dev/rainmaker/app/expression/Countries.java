package dev.rainmaker.app.expression;

import com.neovisionaries.i18n.CountryCode;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Countries by their names, ISO 3166-1 alpha-2, alpha-3 and common spellings. Names in English, German, French, Spanish,
 * Italian, Portuguese and Dutch; case, accents and punctuation do not matter.
 */
public final class Countries {

    private static final Map<String, String> BY_CODE = codes();
    private static final Map<String, String> BY_NAME = table();

    private Countries() {}

    /** The ISO 3166-1 alpha-2 code, empty where no country is recognised. */
    public static Optional<String> find(String text) {
        String code = BY_CODE.get(text.strip().toUpperCase(Locale.ROOT));
        return Optional.ofNullable(code != null ? code : BY_NAME.get(canonical(text)));
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        for (CountryCode country : CountryCode.values()) {
            if (country.getAssignment() == CountryCode.Assignment.OFFICIALLY_ASSIGNED) {
                codes.put(country.getAlpha2(), country.getAlpha2());
                codes.put(country.getAlpha3(), country.getAlpha2());
            }
        }
        return Map.copyOf(codes);
    }

    private static Map<String, String> table() {
        Map<String, String> names = new HashMap<>();
        String[] languages = {"en", "de", "fr", "es", "it", "pt", "nl"};
        for (CountryCode country : CountryCode.values()) {
            if (country.getAssignment() != CountryCode.Assignment.OFFICIALLY_ASSIGNED) {
                continue;
            }
            for (String language : languages) {
                names.putIfAbsent(
                        canonical(
                                new Locale("", country.getAlpha2()).getDisplayCountry(Locale.forLanguageTag(language))),
                        country.getAlpha2());
            }
            names.putIfAbsent(canonical(country.getName()), country.getAlpha2());
        }
        spellings().forEach((name, code) -> names.put(canonical(name), code));
        return Map.copyOf(names);
    }

    private static Map<String, String> spellings() {
        return Map.ofEntries(
                Map.entry("USA", "US"),
                Map.entry("U.S.A.", "US"),
                Map.entry("U.S.", "US"),
                Map.entry("America", "US"),
                Map.entry("United States of America", "US"),
                Map.entry("UK", "GB"),
                Map.entry("Great Britain", "GB"),
                Map.entry("England", "GB"),
                Map.entry("Scotland", "GB"),
                Map.entry("Wales", "GB"),
                Map.entry("Northern Ireland", "GB"),
                Map.entry("Holland", "NL"),
                Map.entry("The Netherlands", "NL"),
                Map.entry("Czech Republic", "CZ"),
                Map.entry("Korea", "KR"),
                Map.entry("South Korea", "KR"),
                Map.entry("Republic of Korea", "KR"),
                Map.entry("North Korea", "KP"),
                Map.entry("Russia", "RU"),
                Map.entry("Viet Nam", "VN"),
                Map.entry("Turkey", "TR"),
                Map.entry("Ivory Coast", "CI"),
                Map.entry("Burma", "MM"),
                Map.entry("Macedonia", "MK"),
                Map.entry("Swaziland", "SZ"),
                Map.entry("UAE", "AE"),
                Map.entry("Hong Kong", "HK"),
                Map.entry("Macau", "MO"),
                Map.entry("Vatican", "VA"),
                Map.entry("Philipines", "PH"),
                Map.entry("Brasil", "BR"));
    }

    private static String canonical(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFD)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(character -> letters.appendCodePoint(Character.toLowerCase(character)));
        return letters.toString();
    }
}
