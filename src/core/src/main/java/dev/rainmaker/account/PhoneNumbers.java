package dev.rainmaker.account;

import org.jspecify.annotations.Nullable;

/** Reads telephone numbers; the numbering plans are kept outside the core. */
public interface PhoneNumbers {

    /**
     * The number in E.164 form.
     *
     * @param country ISO 3166-1 alpha-2 where known, for numbers without country code
     * @return null where the text is no valid number
     */
    @Nullable
    String e164(String text, @Nullable String country);
}
