package dev.rainmaker.sandbox.salesforce.record;

import dev.rainmaker.sandbox.salesforce.record.Field.Flag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a field from its line in objects.txt: {@code Name string(255) required}. */
final class FieldDefinition {

    private static final Pattern TYPE = Pattern.compile("([a-z]+)(?:\\((.*)\\))?");
    private static final List<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .sorted()
            .toList();

    private FieldDefinition() {}

    static Field parse(int index, String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length < 2) {
            throw new IllegalArgumentException("a field needs a name and a type: " + line);
        }
        Matcher typed = TYPE.matcher(words[1]);
        if (!typed.matches()) {
            throw new IllegalArgumentException("not a field type: " + words[1]);
        }
        FieldType type = FieldType.valueOf(typed.group(1).toUpperCase(Locale.ROOT));
        String arguments = typed.group(2) == null ? "" : typed.group(2);
        @Nullable String defaultValue = null;
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        for (String word : Arrays.asList(words).subList(2, words.length)) {
            if (word.startsWith("default=")) {
                defaultValue = word.substring("default=".length()).replace('_', ' ');
                defaultValue = type == FieldType.PICKLIST && words[0].endsWith("Key")
                        ? word.substring("default=".length())
                        : defaultValue;
            } else {
                flags.add(Flag.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        return new Field(
                index,
                words[0],
                type,
                length(type, arguments),
                precision(type, arguments),
                scale(type, arguments),
                values(words[0], type, arguments),
                type == FieldType.REFERENCE ? split(arguments) : List.of(),
                flags,
                defaultValue);
    }

    private static int length(FieldType type, String arguments) {
        return switch (type) {
            case ID, REFERENCE -> 18;
            case STRING, TEXTAREA, URL -> Integer.parseInt(arguments);
            case EMAIL -> 80;
            case PHONE -> 40;
            case PICKLIST -> 255;
            case MULTIPICKLIST -> 4099;
            default -> 0;
        };
    }

    private static int precision(FieldType type, String arguments) {
        return switch (type) {
            case CURRENCY, PERCENT -> 18;
            case INT -> 9;
            case DOUBLE -> Integer.parseInt(split(arguments.replace(',', '|')).get(0));
            default -> 0;
        };
    }

    private static int scale(FieldType type, String arguments) {
        return switch (type) {
            case CURRENCY, PERCENT -> 2;
            case DOUBLE -> Integer.parseInt(split(arguments.replace(',', '|')).get(1));
            default -> 0;
        };
    }

    private static List<String> values(String name, FieldType type, String arguments) {
        if (type != FieldType.PICKLIST && type != FieldType.MULTIPICKLIST) {
            return List.of();
        }
        return name.endsWith("CurrencyIsoCode") ? CURRENCIES : split(arguments.replace('_', ' '));
    }

    private static List<String> split(String arguments) {
        List<String> parts = new ArrayList<>(Arrays.asList(arguments.split("\\|")));
        parts.removeIf(String::isEmpty);
        return parts;
    }
}
