package dev.rainmaker.assignment;

import java.math.BigDecimal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON whose bytes depend on its content alone: members in the order written, no white space, numbers plain, every
 * character outside ASCII and every control character escaped.
 */
final class JsonText {

    private final StringBuilder out = new StringBuilder(1024);
    private boolean first = true;

    JsonText beginObject() {
        return open('{');
    }

    JsonText endObject() {
        return close('}');
    }

    JsonText beginArray() {
        return open('[');
    }

    JsonText endArray() {
        return close(']');
    }

    JsonText name(String name) {
        comma();
        quoted(name);
        out.append(':');
        first = true;
        return this;
    }

    JsonText value(@Nullable String text) {
        comma();
        if (text == null) {
            out.append("null");
        } else {
            quoted(text);
        }
        return this;
    }

    JsonText value(long number) {
        comma();
        out.append(number);
        return this;
    }

    JsonText value(boolean truth) {
        comma();
        out.append(truth);
        return this;
    }

    JsonText value(@Nullable BigDecimal number) {
        comma();
        out.append(number == null ? "null" : number.toPlainString());
        return this;
    }

    JsonText member(String name, @Nullable Object text) {
        return name(name).value(text == null ? null : text.toString());
    }

    JsonText member(String name, long number) {
        return name(name).value(number);
    }

    JsonText member(String name, @Nullable BigDecimal number) {
        return name(name).value(number);
    }

    /** An array of the texts of the things given. */
    JsonText member(String name, Collection<?> texts) {
        name(name).beginArray();
        texts.forEach(each -> value(each.toString()));
        return endArray();
    }

    private JsonText open(char bracket) {
        comma();
        out.append(bracket);
        first = true;
        return this;
    }

    private JsonText close(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    private void comma() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void quoted(String text) {
        out.append('"');
        if (plain(text)) {
            out.append(text).append('"');
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit((c >> shift) & 0xf, 16));
                }
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < 0x20 || c > 0x7e) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
