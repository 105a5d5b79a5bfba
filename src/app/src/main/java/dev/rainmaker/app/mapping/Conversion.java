package dev.rainmaker.app.mapping;

import dev.rainmaker.app.expression.Countries;
import java.text.Normalizer;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** A named conversion of a text, asked for with {@code convert:}. */
enum Conversion {
    COUNTRY(text -> Countries.find(text).orElseThrow(() -> new Misfit(text, "a country"))),
    EMAIL(Conversion::email),
    LOWER(text -> text.toLowerCase(Locale.ROOT)),
    UPPER(text -> text.toUpperCase(Locale.ROOT));

    private final UnaryOperator<String> function;

    Conversion(UnaryOperator<String> function) {
        this.function = function;
    }

    static Conversion of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String apply(String text) {
        return function.apply(text);
    }

    /** Lower case and in one Unicode form, so that the same address written in two ways compares equal. */
    private static String email(String text) {
        int at = text.lastIndexOf('@');
        if (at <= 0 || at == text.length() - 1 || text.indexOf(' ') >= 0) {
            throw new Misfit(text, "an e-mail address");
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
