package dev.rainmaker.sandbox.world;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How good a lead truly is, read from its own columns, whoever gets it. */
final class LeadQuality {
    static final Set<String> PLACEHOLDERS = Set.of("[not provided]", "test", "asdf", "n/a", "-", "xxx", "privat");

    static final Set<String> FREE_MAIL =
            Set.of("gmail.com", "outlook.com", "yahoo.com", "hotmail.com", "gmx.net", "proton.me", "icloud.com");

    private static final Map<String, Double> BY_SOURCE =
            Map.of("Referral", 0.7, "Event", 0.2, "Web", 0.0, "Content", -0.4, "Purchased List", -0.9);

    private LeadQuality() {}

    /** Log-odds added to those of an average lead. */
    static double logit(Map<String, String> lead) {
        double logit = BY_SOURCE.getOrDefault(lead.getOrDefault("LeadSource", ""), 0.0);
        String company = lead.getOrDefault("Company", "").toLowerCase(Locale.ROOT);
        if (PLACEHOLDERS.contains(company)) {
            logit -= 2;
        }
        if (isFreeMail(lead.getOrDefault("Email", ""))) {
            logit -= 0.5;
        }
        return logit + 0.4 * StrictMath.log10(sizeFactor(lead));
    }

    /** Size of the company relative to one of 200 people, cut at a fortieth and forty times. */
    static double sizeFactor(Map<String, String> lead) {
        String employees = lead.getOrDefault("NumberOfEmployees", "");
        double people = employees.isEmpty() ? 200 : Double.parseDouble(employees);
        return StrictMath.min(40, StrictMath.max(1 / 40.0, people / 200));
    }

    private static boolean isFreeMail(String email) {
        return FREE_MAIL.contains(email.substring(email.indexOf('@') + 1));
    }
}
