package dev.rainmaker.account;

import java.util.Set;

/** A public suffix list of a dozen entries and a numbering plan of a few countries. */
public final class FewSuffixes implements PublicSuffixes, PhoneNumbers {

    private static final Set<String> SUFFIXES = Set.of(
            "com",
            "net",
            "org",
            "de",
            "fr",
            "it",
            "at",
            "us",
            "se",
            "cz",
            "jp",
            "co.uk",
            "uk",
            "com.au",
            "au",
            "ru",
            "github.io",
            "io",
            "xn--p1ai");

    @Override
    public String registrableDomain(String host) {
        String[] labels = host.split("\\.");
        String suffix = "";
        String registrable = null;
        for (int i = labels.length - 1; i >= 0; i--) {
            suffix = suffix.isEmpty() ? labels[i] : labels[i] + "." + suffix;
            if (SUFFIXES.contains(suffix)) {
                registrable = i == 0 ? null : labels[i - 1] + "." + suffix;
            }
        }
        return registrable;
    }

    @Override
    public String e164(String text, String country) {
        String digits = text.replaceAll("\\(0\\)", "").replaceAll("[^+0-9]", "");
        if (digits.startsWith("+")) {
            return digits.length() >= 9 ? digits : null;
        }
        String code = "DE".equals(country) ? "+49" : "GB".equals(country) ? "+44" : "US".equals(country) ? "+1" : null;
        String national = digits.startsWith("0") ? digits.substring(1) : digits;
        return code == null || national.length() < 7 ? null : code + national;
    }

    public static CompanyIdentity.Reader reader() {
        FewSuffixes few = new FewSuffixes();
        return new CompanyIdentity.Reader(few, few);
    }
}
