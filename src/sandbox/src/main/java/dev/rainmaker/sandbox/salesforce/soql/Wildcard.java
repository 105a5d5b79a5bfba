package dev.rainmaker.sandbox.salesforce.soql;

import java.util.Locale;

/** LIKE patterns: {@code %} any text, {@code _} one character, without regard to case. */
final class Wildcard {

    /** Marks the next character of a string literal as itself; a code point that no text contains. */
    static final char LITERALLY = '\uFDD0';

    private static final char ANY = '\uFDD1';
    private static final char ONE = '\uFDD2';

    private final String pattern;

    private Wildcard(String pattern) {
        this.pattern = pattern;
    }

    static Wildcard of(String literal) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c == LITERALLY && i + 1 < literal.length()) {
                pattern.append(literal.charAt(++i));
            } else {
                pattern.append(c == '%' ? ANY : c == '_' ? ONE : c);
            }
        }
        return new Wildcard(pattern.toString().toLowerCase(Locale.ROOT));
    }

    /** The literal's text where no wildcard is meant. */
    static String plain(String literal) {
        return literal.indexOf(LITERALLY) < 0 ? literal : literal.replace(String.valueOf(LITERALLY), "");
    }

    /** Goes back to the last {@code %} only, so the time is at most length of text times length of pattern. */
    boolean matches(String value) {
        String text = value.toLowerCase(Locale.ROOT);
        int at = 0;
        int p = 0;
        int star = -1;
        int starAt = 0;
        while (at < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == ANY) {
                star = p++;
                starAt = at;
            } else if (p < pattern.length() && (pattern.charAt(p) == ONE || pattern.charAt(p) == text.charAt(at))) {
                p++;
                at++;
            } else if (star >= 0) {
                p = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == ANY) {
            p++;
        }
        return p == pattern.length();
    }
}
