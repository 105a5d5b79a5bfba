package dev.rainmaker.assignment;

import dev.rainmaker.account.CompanyMatch;
import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The explanation of one decision, kept for good. Deciding again with the facts as of {@code sequence} gives the same
 * bytes ({@link #json()}) within one engine version. It names companies and ids, never persons.
 *
 * @param engine version of the deciding code
 * @param policy version of the policy
 * @param sequence ledger sequence up to which facts were seen
 * @param holidays version of the holiday calendar
 * @param lead what was read of the lead
 * @param rules every rule and what came of it
 * @param selection how the deciding rule chose, null where no rule chose
 * @param outcome what came out
 */
public record Receipt(
        String engine,
        String policy,
        Instant decidedAt,
        long sequence,
        Seed seed,
        String holidays,
        LeadUsed lead,
        List<RuleOutcome> rules,
        @Nullable Selection selection,
        Outcome outcome) {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Changes with every change of the code that can change a decision or a byte of a receipt. */
    public static final String ENGINE = "assignment/3";

    /** Candidates shown in full, and the largest set of excluded partners that is listed by id. */
    public static final int SHOWN = 20;

    public Receipt {
        rules = List.copyOf(rules);
    }

    /**
     * What was read of the lead, without its person.
     *
     * @param customerMatch how sure it is that the lead is of that customer, and why
     * @param claims what partners held on the customer
     */
    public record LeadUsed(
            RecordId id,
            long sequence,
            Instant modifiedAt,
            int attempt,
            @Nullable String country,
            @Nullable String state,
            @Nullable String industry,
            @Nullable String language,
            Set<String> products,
            int points,
            @Nullable String leadClass,
            @Nullable String value,
            @Nullable RecordId customer,
            @Nullable CompanyMatch customerMatch,
            List<NamedClaim> claims,
            Set<RecordId> declined) {}

    /**
     * @param when the rule's condition as written
     * @param result {@code not-matched}, {@code not-reached}, {@code decided}, or the code of what was missing
     * @param eligible partners its pool let through
     */
    public record RuleOutcome(
            String rule,
            String when,
            String result,
            int eligible,
            List<ExcludedSet> excluded,
            List<String> droppedWishes) {}

    /** Partners out for one reason; listed where they are at most {@link #SHOWN}. */
    public record ExcludedSet(Exclusion reason, int count, List<RecordId> partners) {}

    /**
     * @param eligible how many there were
     * @param best the chosen and the best others, at most {@link #SHOWN}
     * @param drawn point drawn of 10^12, null where nothing was left to chance
     */
    public record Selection(
            String rule,
            String strategy,
            int eligible,
            List<CandidateLine> best,
            @Nullable Long drawn) {}

    /**
     * @param propensity the chance it had, null for an offer
     * @param sequence ledger sequence of the partner's fact; {@code standingSequence} of its numbers
     */
    public record CandidateLine(
            RecordId partner,
            String name,
            boolean chosen,
            @Nullable BigDecimal propensity,
            @Nullable BigDecimal score,
            int openLeads,
            List<Term> terms,
            long sequence,
            long standingSequence,
            String standingVersion) {}

    /**
     * @param kind {@code assigned}, {@code offered} or {@code unassigned}
     * @param reason reason code of an unassigned lead, else null
     * @param until deadline to accept or to claim
     */
    public record Outcome(
            String kind,
            List<RecordId> partners,
            @Nullable String rule,
            @Nullable String reason,
            @Nullable Instant until,
            @Nullable Instant remindAt) {}

    /** An instant as people read it: in UTC, the minute that it lies in. */
    public static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    /** The chance of the partner that got the lead; empty for offers and unassigned leads. */
    public Optional<BigDecimal> propensity() {
        return selection == null || outcome.partners().size() != 1
                ? Optional.empty()
                : selection.best().stream()
                        .filter(CandidateLine::chosen)
                        .map(CandidateLine::propensity)
                        .filter(Objects::nonNull)
                        .findFirst();
    }

    /** The receipt as JSON: equal receipts give equal bytes (ASCII). */
    public String json() {
        return ReceiptJson.of(this);
    }

    /** The receipt for a person to read: why this partner, why not that one. */
    public String text() {
        return ReceiptText.full(this);
    }

    /** At most 255 characters for a field of the CRM; nothing of other partners in it, so a partner may read it. */
    public String shortText() {
        return ReceiptText.brief(this);
    }
}
