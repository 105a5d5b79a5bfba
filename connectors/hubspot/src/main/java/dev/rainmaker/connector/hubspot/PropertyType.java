package dev.rainmaker.connector.hubspot;

import java.util.Locale;

/** A type of property as mappings write it, in HubSpot's words. */
enum PropertyType {
    STRING("string", "text"),
    NUMBER("number", "number"),
    DATETIME("datetime", "date"),
    DATE("date", "date"),
    BOOL("bool", "booleancheckbox"),
    ENUMERATION("enumeration", "select");

    private final String word;
    private final String fieldType;

    PropertyType(String word, String fieldType) {
        this.word = word;
        this.fieldType = fieldType;
    }

    String word() {
        return word;
    }

    /** How HubSpot shows it in forms. */
    String fieldType() {
        return fieldType;
    }

    /** {@code lookup(companies)} is a text that holds the id of a company: HubSpot has no type for it. */
    static PropertyType of(String written) {
        String base = written.toLowerCase(Locale.ROOT).split("\\(")[0].strip();
        for (PropertyType type : values()) {
            if (type.word.equals(base)) {
                return type;
            }
        }
        return STRING;
    }
}
