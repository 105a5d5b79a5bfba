package dev.rainmaker.connector.moodle;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Names that Moodle sends as HTML, such as {@code R&amp;D <span>basics</span>}, as people read them. */
final class PlainText {

    private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]{0,1000}>|</?[A-Za-z]>");
    private static final Pattern ENTITY = Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});");
    private static final Map<String, String> NAMED = Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "ndash", "\u2013", "mdash",
            "\u2014", "hellip", "\u2026");

    private PlainText() {}

    static String of(String html) {
        if (html.indexOf('<') < 0 && html.indexOf('&') < 0) {
            return html;
        }
        return ENTITY.matcher(TAG.matcher(html).replaceAll(""))
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(character(found)))
                .strip();
    }

    private static String character(MatchResult entity) {
        String name = entity.group(1);
        if (name.charAt(0) != '#') {
            return NAMED.getOrDefault(name, entity.group());
        }
        boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
        int code = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
        return Character.isValidCodePoint(code) && code > 0 ? Character.toString(code) : entity.group();
    }
}
