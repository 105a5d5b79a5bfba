package dev.rainmaker.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/** Writes names in plain Latin letters: accents off, ligatures apart, Greek and Cyrillic transliterated, lower case. */
final class Letters {

    private static final Map<Integer, String> PLAIN = Map.ofEntries(
            letter("\u00df", "ss"),
            letter("\u00f8", "o"),
            letter("\u00e6", "ae"),
            letter("\u0153", "oe"),
            letter("\u0111", "d"),
            letter("\u0142", "l"),
            letter("\u00fe", "th"),
            letter("\u00f0", "d"),
            letter("\u0131", "i"),
            letter("\u0127", "h"),
            letter("\u014b", "n"),
            // Cyrillic, close to ISO 9 as company registers use it
            letter("\u0430", "a"),
            letter("\u0431", "b"),
            letter("\u0432", "v"),
            letter("\u0433", "g"),
            letter("\u0491", "g"),
            letter("\u0434", "d"),
            letter("\u0435", "e"),
            letter("\u0454", "ie"),
            letter("\u0436", "zh"),
            letter("\u0437", "z"),
            letter("\u0438", "i"),
            letter("\u0456", "i"),
            letter("\u043a", "k"),
            letter("\u043b", "l"),
            letter("\u043c", "m"),
            letter("\u043d", "n"),
            letter("\u043e", "o"),
            letter("\u043f", "p"),
            letter("\u0440", "r"),
            letter("\u0441", "s"),
            letter("\u0442", "t"),
            letter("\u0443", "u"),
            letter("\u0444", "f"),
            letter("\u0445", "kh"),
            letter("\u0446", "ts"),
            letter("\u0447", "ch"),
            letter("\u0448", "sh"),
            letter("\u0449", "shch"),
            letter("\u044a", ""),
            letter("\u044b", "y"),
            letter("\u044c", ""),
            letter("\u044d", "e"),
            letter("\u044e", "yu"),
            letter("\u044f", "ya"),
            letter("\u0452", "dj"),
            letter("\u0458", "j"),
            letter("\u0459", "lj"),
            letter("\u045a", "nj"),
            letter("\u045b", "c"),
            letter("\u045f", "dz"),
            // Greek, ELOT 743 without its digraphs
            letter("\u03b1", "a"),
            letter("\u03b2", "v"),
            letter("\u03b3", "g"),
            letter("\u03b4", "d"),
            letter("\u03b5", "e"),
            letter("\u03b6", "z"),
            letter("\u03b7", "i"),
            letter("\u03b8", "th"),
            letter("\u03b9", "i"),
            letter("\u03ba", "k"),
            letter("\u03bb", "l"),
            letter("\u03bc", "m"),
            letter("\u03bd", "n"),
            letter("\u03be", "x"),
            letter("\u03bf", "o"),
            letter("\u03c0", "p"),
            letter("\u03c1", "r"),
            letter("\u03c3", "s"),
            letter("\u03c2", "s"),
            letter("\u03c4", "t"),
            letter("\u03c5", "y"),
            letter("\u03c6", "f"),
            letter("\u03c7", "ch"),
            letter("\u03c8", "ps"),
            letter("\u03c9", "o"));

    private Letters() {}

    private static Map.Entry<Integer, String> letter(String from, String to) {
        return Map.entry(from.codePointAt(0), to);
    }

    static String plain(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        StringBuilder plain = new StringBuilder(apart.length());
        apart.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (type != Character.NON_SPACING_MARK && type != Character.FORMAT) {
                String written = PLAIN.get(c);
                if (written == null) {
                    plain.appendCodePoint(c);
                } else {
                    plain.append(written);
                }
            }
        });
        return plain.toString();
    }
}
