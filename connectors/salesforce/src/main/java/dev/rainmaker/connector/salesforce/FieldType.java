package dev.rainmaker.connector.salesforce;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares a field's type with the one that a mapping wants, given in words such as {@code Lookup(Account)}. */
final class FieldType {

    private static final Pattern WORDS = Pattern.compile("([A-Za-z/ -]+?)\\s*(?:\\(([^)]*)\\))?");
    private static final Set<String> TEXTS =
            Set.of("string", "textarea", "url", "email", "phone", "picklist", "combobox", "encryptedstring");
    private static final Set<String> NUMBERS = Set.of("double", "int", "long", "currency", "percent");

    private FieldType() {}

    /** Whether values of the wanted type fit into the field. Words we do not know are taken to fit. */
    static boolean fits(ObjectSchema.Field field, String wanted) {
        Matcher words = WORDS.matcher(wanted.strip());
        if (!words.matches()) {
            return true;
        }
        String detail = words.group(2) == null ? "" : words.group(2).strip();
        return switch (words.group(1).toLowerCase(Locale.ROOT)) {
            case "lookup", "reference", "master-detail" ->
                field.type().equals("reference")
                        && (detail.isEmpty() || field.targets().stream().anyMatch(detail::equalsIgnoreCase));
            case "text", "string", "text area", "long text area" ->
                TEXTS.contains(field.type()) && isLongEnough(field, detail);
            case "number", "decimal", "currency", "percent", "double", "integer" -> NUMBERS.contains(field.type());
            case "date/time", "datetime" -> field.type().equals("datetime");
            case "date" -> field.type().equals("date") || field.type().equals("datetime");
            case "checkbox", "boolean" -> field.type().equals("boolean");
            default -> true;
        };
    }

    private static boolean isLongEnough(ObjectSchema.Field field, String detail) {
        return !detail.matches("[0-9]{1,6}") || field.length() == 0 || field.length() >= Integer.parseInt(detail);
    }
}
