package dev.rainmaker.app.company;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import dev.rainmaker.account.PhoneNumbers;
import org.jspecify.annotations.Nullable;

/** Telephone numbers by the numbering plans of libphonenumber. */
final class NumberingPlans implements PhoneNumbers {

    private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();

    @Override
    public @Nullable String e164(String text, @Nullable String country) {
        try {
            Phonenumber.PhoneNumber number = plans.parse(text, country);
            return plans.isValidNumber(number) ? plans.format(number, PhoneNumberUtil.PhoneNumberFormat.E164) : null;
        } catch (NumberParseException notANumber) {
            return null;
        }
    }
}
