package dev.rainmaker.app.revenue;

import java.util.Arrays;
import java.util.Locale;

/** By what credited revenue can be summed. */
public enum CreditedBy {
    PARTNER,
    TIER,
    ROLE,
    PRODUCT,
    /** The customer's country. */
    TERRITORY,
    PERIOD,
    /** What the deal is: sourced, influenced, attached, direct. */
    KIND,
    /** As the deal states it; where it does not, standalone: one product, bundled: several. */
    OFFER;

    /** The word used on the command line and in addresses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds it by its word.
     *
     * @throws IllegalArgumentException naming the words there are
     */
    public static CreditedBy of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("revenue cannot be summed by \"" + word + "\"; there are "
                                + Arrays.stream(values()).map(CreditedBy::word).toList()));
    }
}
