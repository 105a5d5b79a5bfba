package dev.rainmaker.app.mapping;

/**
 * A vendor's field that is written back.
 *
 * @param field as the vendor names it
 * @param type the type it should have, in the vendor's words, such as {@code Lookup(Account)}
 */
public record WriteField(String field, String type) {}
