package dev.rainmaker.assignment;

import java.util.Locale;

/** How names are written in policies and receipts, and compared. */
final class Words {

    private Words() {}

    /** {@code CUSTOMER_REQUEST} as {@code customer-request}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The form under which country, state, product, industry and language words are compared. */
    static String key(String word) {
        return word.strip().toLowerCase(Locale.ROOT);
    }
}
