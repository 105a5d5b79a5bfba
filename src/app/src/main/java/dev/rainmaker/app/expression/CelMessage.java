package dev.rainmaker.app.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CEL's messages in the words of our files. */
final class CelMessage {

    private static final Pattern NO_OVERLOAD =
            Pattern.compile("found no matching overload for '([^']*)' applied to '\\(?([^']*?)\\)?'.*", Pattern.DOTALL);
    private static final Pattern OPERATOR = Pattern.compile("_?([^_@a-z]+)_?");
    private static final Pattern WRAPPER = Pattern.compile("wrapper\\((\\w+)\\)");

    private CelMessage() {}

    static String plain(String message) {
        Matcher overload = NO_OVERLOAD.matcher(message);
        if (overload.matches()) {
            Matcher operator = OPERATOR.matcher(overload.group(1));
            String name = operator.matches() ? operator.group(1) : overload.group(1);
            return "\"" + name + "\" does not fit (" + types(overload.group(2)) + ")";
        }
        return message.replaceFirst(" expecting \\{.*}$", "")
                .replace("input '<EOF>'", "end")
                .replace(" (in container '')", "")
                .replaceFirst("^undeclared reference to", "unknown word");
    }

    private static String types(String types) {
        return WRAPPER.matcher(types).replaceAll("$1");
    }
}
