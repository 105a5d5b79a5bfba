package dev.rainmaker.account;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How sure it is that two identities are one company, and why.
 *
 * <p>Independent evidence adds up as 1 - (1-a)(1-b)...; the strengths below are stated judgement, and
 * docs/company-identity.md states what precision and recall they give.
 *
 * @param confidence 0 to 1, two decimals; 1 only for a shared record
 * @param evidence strongest first, empty where nothing agrees
 */
public record CompanyMatch(BigDecimal confidence, List<Evidence> evidence) {

    /** From here on two identities count as one company unless a policy states another threshold. */
    public static final BigDecimal THRESHOLD = new BigDecimal("0.80");

    /**
     * @param kind {@code record}, {@code domain}, {@code name}, {@code phone}
     * @param text what agreed, without personal data
     * @param strength 0 to 1
     */
    public record Evidence(String kind, String text, BigDecimal strength) {}

    private static final BigDecimal MOST = new BigDecimal("0.99");

    public CompanyMatch {
        evidence = List.copyOf(evidence);
    }

    /** Whether the two count as one company. */
    public boolean isSame() {
        return confidence.compareTo(THRESHOLD) >= 0;
    }

    /** The evidence in words, strongest first: {@code domain acme.de (0.95), name acme, DE (0.85)}. */
    public String words() {
        return evidence.stream()
                .map(each -> each.kind() + " " + each.text() + " (" + each.strength() + ")")
                .collect(Collectors.joining(", "));
    }

    /** Compares two identities; symmetric. */
    public static CompanyMatch between(CompanyIdentity a, CompanyIdentity b) {
        List<Evidence> evidence = new ArrayList<>();
        a.records().stream()
                .filter(b.records()::contains)
                .findFirst()
                .ifPresent(id -> evidence.add(evidence("record", id.toString(), "1")));
        boolean sameName = a.name() != null
                && b.name() != null
                && a.name().key().equals(b.name().key());
        boolean foreign =
                a.country() != null && b.country() != null && !a.country().equals(b.country());
        domain(a, b, sameName, foreign, evidence);
        if (sameName && !foreign) {
            name(a, b, evidence);
        }
        a.phones().stream()
                .filter(b.phones()::contains)
                .findFirst()
                .ifPresent(phone -> evidence.add(evidence("phone", "same number", "0.65")));
        return new CompanyMatch(confidence(evidence), evidence);
    }

    private static void domain(
            CompanyIdentity a, CompanyIdentity b, boolean sameName, boolean foreign, List<Evidence> evidence) {
        a.domains().stream().filter(b.domains()::contains).findFirst().ifPresent(domain -> {
            boolean differs = foreign && !sameName;
            evidence.add(evidence("domain", differs ? domain + ", other country" : domain, differs ? "0.80" : "0.95"));
        });
    }

    private static void name(CompanyIdentity a, CompanyIdentity b, List<Evidence> evidence) {
        CompanyName mine = Objects.requireNonNull(a.name());
        CompanyName other = Objects.requireNonNull(b.name());
        if (mine.conflictsWith(other)) {
            evidence.add(evidence("name", mine.key() + ", but " + sorted(mine.legalForm(), other.legalForm()), "0.55"));
        } else if (a.country() == null || b.country() == null) {
            evidence.add(evidence("name", mine.key() + ", country unknown", "0.60"));
        } else if (otherDomains(a, b)) {
            evidence.add(evidence("name", mine.key() + ", " + a.country() + ", other domain", "0.70"));
        } else {
            evidence.add(evidence("name", mine.key() + ", " + a.country(), "0.85"));
        }
    }

    /** Both have domains of their own and no label in common ({@code acme.de} and {@code acme.com} have one). */
    private static boolean otherDomains(CompanyIdentity a, CompanyIdentity b) {
        return !a.domains().isEmpty()
                && !b.domains().isEmpty()
                && a.domains().stream()
                        .noneMatch(mine -> b.domains().stream()
                                .anyMatch(other -> label(mine).equals(label(other))));
    }

    private static String label(String domain) {
        return domain.substring(0, domain.indexOf('.'));
    }

    private static String sorted(@Nullable String a, @Nullable String b) {
        String first = String.valueOf(a);
        String second = String.valueOf(b);
        return first.compareTo(second) < 0 ? first + " and " + second : second + " and " + first;
    }

    private static Evidence evidence(String kind, String text, String strength) {
        return new Evidence(kind, text, new BigDecimal(strength));
    }

    private static BigDecimal confidence(List<Evidence> evidence) {
        BigDecimal doubt = BigDecimal.ONE;
        for (Evidence each : evidence) {
            doubt = doubt.multiply(BigDecimal.ONE.subtract(each.strength()));
        }
        BigDecimal sure = BigDecimal.ONE.subtract(doubt).setScale(2, RoundingMode.HALF_EVEN);
        return doubt.signum() == 0 ? sure : sure.min(MOST);
    }
}
