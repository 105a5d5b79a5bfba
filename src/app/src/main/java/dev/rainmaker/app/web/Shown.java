package dev.rainmaker.app.web;

import dev.rainmaker.app.ledger.RunLedger;
import dev.rainmaker.lifetimevalue.ScoreTerm;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Values as templates show them, reached there as {@code @shown}. */
@Component
class Shown {

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public String whole(double amount) {
        return String.format(Locale.ROOT, "%,.0f", amount);
    }

    public String money(BigDecimal amount, String currency) {
        return String.format(Locale.ROOT, "%,.0f %s", amount, currency);
    }

    /** A value of a report: amounts with their digits grouped, nothing for none. */
    public String figure(@Nullable Object value) {
        return value instanceof BigDecimal number
                ? String.format(Locale.ROOT, "%,." + Math.max(0, number.scale()) + "f", number)
                : value == null ? "" : value.toString();
    }

    public String score(BigDecimal score) {
        return score.setScale(1, RoundingMode.HALF_EVEN).toPlainString();
    }

    public String metric(double metric) {
        return String.format(Locale.ROOT, "%,.4f", metric);
    }

    public String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    public String reached(ScoreTerm term) {
        return term.term().word() + " " + percent(term.position());
    }

    /** What a page says before its script puts it into the viewer's zone, and without one. */
    public String utc(Instant instant) {
        return MINUTES.format(instant);
    }

    public String took(RunLedger.Run run) {
        Instant ended = run.endedAt();
        if (ended == null) {
            return "";
        }
        Duration took = Duration.between(run.startedAt(), ended);
        return took.toMinutes() >= 2
                ? took.toMinutes() + " min"
                : String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }

    /** Counts that are not zero, in words. */
    public String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(count -> count.getValue() != 0)
                .map(count -> number(count.getValue()) + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    /** What a person can do about leads that nobody got for a reason. */
    public String advice(String reason) {
        return switch (reason) {
            case "territory-unknown" -> "Give these leads a country in the CRM.";
            case "territory-uncovered" -> "No active partner sells there: recruit one, or widen a partner's countries.";
            case "product-uncovered" -> "Authorise a partner of the territory for these products.";
            case "capacity-exhausted" -> "Raise the partners' caps, or have open leads worked off.";
            case "no-active-partner" -> "Activate a partner, or give those that are active an active owner.";
            case "requested-partner-not-eligible" -> "Look why the partner asked for may not have them.";
            default -> "Open one: its receipt says who was out, and why.";
        };
    }

    /** A day in the one form that everybody reads alike. */
    public String day(LocalDate day) {
        return day.toString();
    }

    /** Points as they are added up: two decimals, nothing hidden. */
    public String points(BigDecimal points) {
        return points.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** A difference in points, its sign always shown. */
    public String signed(BigDecimal points) {
        return (points.signum() > 0 ? "+" : points.signum() < 0 ? "−" : "±")
                + points.abs().setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** A difference in money, its sign always shown. */
    public String signedMoney(double amount) {
        return (amount > 0 ? "+" : amount < 0 ? "−" : "±") + String.format(Locale.ROOT, "%,.0f", Math.abs(amount));
    }

    /** An amount as an input field takes it; empty where there is none. */
    public String plain(double amount) {
        return amount == 0
                ? ""
                : BigDecimal.valueOf(amount).stripTrailingZeros().toPlainString();
    }

    /** A rate with two decimals; a dash where there is none. */
    public String rate(@Nullable Double rate) {
        return rate == null ? "—" : String.format(Locale.ROOT, "%.2f", rate);
    }

    public String orDash(@Nullable String text) {
        return text == null || text.isBlank() ? "—" : text;
    }
}
