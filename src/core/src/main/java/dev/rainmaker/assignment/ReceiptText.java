package dev.rainmaker.assignment;

import dev.rainmaker.account.CompanyMatch;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Receipts in words. */
final class ReceiptText {

    /** Size of the reason field in the CRM. */
    static final int BRIEF = 255;

    private ReceiptText() {}

    static String full(Receipt receipt) {
        StringBuilder text = new StringBuilder();
        line(text, "Lead " + receipt.lead().id() + ": " + outcome(receipt));
        line(
                text,
                "Policy " + receipt.policy() + ", decided " + receipt.decidedAt() + " on facts up to "
                        + receipt.sequence() + ", attempt " + (receipt.lead().attempt() + 1) + ", engine "
                        + receipt.engine());
        line(text, "Lead facts (sequence " + receipt.lead().sequence() + "): " + facts(receipt.lead()));
        customer(text, receipt.lead());
        for (Receipt.RuleOutcome rule : receipt.rules()) {
            rule(text, rule);
        }
        Receipt.Selection selection = receipt.selection();
        if (selection != null) {
            selection(text, selection, receipt.seed());
        }
        return text.toString();
    }

    static String brief(Receipt receipt) {
        Receipt.Outcome outcome = receipt.outcome();
        String text = switch (outcome.kind()) {
            case "assigned" -> assigned(receipt);
            case "offered" ->
                "Rule \"" + outcome.rule() + "\": offered to "
                        + outcome.partners().size() + " qualified partners, the first valid claim gets it"
                        + until(receipt);
            default -> "Unassigned: " + outcome.reason();
        };
        return text.length() <= BRIEF ? text : text.substring(0, whole(text, BRIEF - 3)) + "...";
    }

    private static String assigned(Receipt receipt) {
        Receipt.Selection selection = receipt.selection();
        String rule = "Rule \"" + receipt.outcome().rule() + "\"";
        if (selection == null) {
            return rule + ": its fallback partner" + until(receipt);
        }
        Receipt.CandidateLine chosen = selection.best().get(0);
        String lead = facts(receipt.lead());
        return chosen.name() + ": rule \"" + receipt.outcome().rule() + "\", " + selection.strategy() + " among "
                + selection.eligible() + " eligible"
                + (lead.isEmpty() ? "" : " (" + lead + ")")
                + "; " + terms(chosen) + chance(chosen.propensity()) + until(receipt);
    }

    private static String outcome(Receipt receipt) {
        Receipt.Outcome outcome = receipt.outcome();
        String partners = outcome.partners().stream().map(Object::toString).collect(Collectors.joining(", "));
        return switch (outcome.kind()) {
            case "assigned" -> "assigned to " + partners + " by rule \"" + outcome.rule() + "\"" + until(receipt);
            case "offered" -> "offered to " + partners + " by rule \"" + outcome.rule() + "\"" + until(receipt);
            default -> "unassigned, " + outcome.reason();
        };
    }

    private static void customer(StringBuilder text, Receipt.LeadUsed lead) {
        if (lead.customer() != null) {
            CompanyMatch match = lead.customerMatch();
            line(
                    text,
                    "Customer " + lead.customer()
                            + (match == null ? "" : ", confidence " + match.confidence() + ": " + match.words()));
        }
        for (NamedClaim claim : lead.claims()) {
            line(
                    text,
                    "Claim of " + claim.partner() + ": " + claim.kind().word() + " by " + claim.evidence()
                            + " (sequence "
                            + claim.sequence() + ")"
                            + (claim.products().isEmpty() ? "" : ", for " + String.join(" + ", claim.products()))
                            + (claim.until() == null ? "" : ", until " + Receipt.minute(claim.until()))
                            + (claim.basis() == null ? "" : "; " + claim.basis()));
        }
    }

    private static void rule(StringBuilder text, Receipt.RuleOutcome rule) {
        String result = switch (rule.result()) {
            case "decided" -> "decided, " + rule.eligible() + " eligible";
            case "not-matched" -> "does not apply: " + rule.when();
            case "not-reached" -> "not reached";
            default -> "applies, but found nobody: " + rule.result();
        };
        line(text, "Rule \"" + rule.rule() + "\" " + result);
        for (Receipt.ExcludedSet set : rule.excluded()) {
            String who = set.partners().isEmpty()
                    ? ""
                    : ": " + set.partners().stream().map(Object::toString).collect(Collectors.joining(", "));
            line(text, "  not eligible, because the partner " + set.reason().text() + ": " + set.count() + who);
        }
        if (!rule.droppedWishes().isEmpty()) {
            line(text, "  preferences that nobody met: " + String.join(", ", rule.droppedWishes()));
        }
    }

    private static void selection(StringBuilder text, Receipt.Selection selection, Seed seed) {
        line(
                text,
                "Chosen by " + selection.strategy() + " among " + selection.eligible()
                        + (selection.drawn() == null
                                ? ""
                                : ", drawn " + selection.drawn() + " of 10^12 by seed " + seed.hex()));
        for (Receipt.CandidateLine line : selection.best()) {
            line(
                    text,
                    (line.chosen() ? "  * " : "    ") + line.name() + " (" + line.partner() + ") " + terms(line)
                            + chance(line.propensity()));
        }
        int unseen = selection.eligible() - selection.best().size();
        if (unseen > 0) {
            line(text, "    and " + unseen + " more");
        }
    }

    private static String facts(Receipt.LeadUsed lead) {
        StringBuilder facts = new StringBuilder();
        fact(facts, lead.country());
        fact(facts, lead.state());
        fact(facts, lead.products().isEmpty() ? null : String.join(" + ", lead.products()));
        fact(facts, lead.industry());
        fact(facts, lead.language());
        fact(facts, lead.leadClass());
        return facts.toString();
    }

    private static void fact(StringBuilder facts, @Nullable String word) {
        if (word != null) {
            facts.append(facts.isEmpty() ? "" : ", ").append(word);
        }
    }

    private static String terms(Receipt.CandidateLine line) {
        return line.terms().stream()
                .map(term -> term.name() + " " + term.value())
                .collect(Collectors.joining(", "));
    }

    private static String chance(@Nullable BigDecimal propensity) {
        return propensity == null || propensity.compareTo(BigDecimal.ONE) == 0
                ? ""
                : ", chance "
                        + propensity
                                .movePointRight(2)
                                .setScale(2, RoundingMode.HALF_EVEN)
                                .toPlainString() + " %";
    }

    private static String until(Receipt receipt) {
        Instant until = receipt.outcome().until();
        return until == null ? "" : "; until " + Receipt.minute(until);
    }

    /** The longest cut that splits no character outside the basic plane. */
    private static int whole(String text, int length) {
        return Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
