package dev.rainmaker.app.revenue;

import dev.rainmaker.account.Account;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.attribution.AttributionPolicy;
import dev.rainmaker.attribution.Booking;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The book over some months, with the companies it names.
 *
 * @param lines of these months
 */
record MonthsOfBook(
        Revenue.Read book,
        AttributionPolicy policy,
        YearMonth from,
        YearMonth to,
        List<Booking> lines,
        Map<RecordId, Partner> partners,
        Map<RecordId, Account> accounts) {

    static final String UNKNOWN = "(unknown)";
    static final String NO_PARTNER = "(no partner)";

    static MonthsOfBook of(
            Revenue.Read book, AttributionPolicy policy, FactLedger facts, YearMonth from, YearMonth to) {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("the first month, " + from + ", is after the last, " + to);
        }
        Map<RecordId, Partner> partners = new HashMap<>();
        Map<RecordId, Account> accounts = new HashMap<>();
        facts.forEach(FactKind.PARTNER, Partner.class, partner -> partners.put(partner.id(), partner));
        facts.forEach(FactKind.ACCOUNT, Account.class, account -> accounts.put(account.id(), account));
        List<Booking> lines = book.lines().stream()
                .filter(line -> !line.period().isBefore(from) && !line.period().isAfter(to))
                .toList();
        return new MonthsOfBook(book, policy, from, to, lines, partners, accounts);
    }

    boolean asked(YearMonth month) {
        return !month.isBefore(from) && !month.isAfter(to);
    }

    String name(RecordId partner) {
        Partner found = partners.get(partner);
        return found == null ? partner.toString() : found.name();
    }

    static String orUnknown(@Nullable String text) {
        return text == null ? UNKNOWN : text;
    }

    static BigDecimal money(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_EVEN);
    }

    static BigDecimal percent(BigDecimal part, BigDecimal whole) {
        return part.multiply(BigDecimal.valueOf(100)).divide(whole, 1, RoundingMode.HALF_EVEN);
    }

    static BigDecimal percent(long part, long whole) {
        return whole == 0 ? BigDecimal.ZERO : percent(BigDecimal.valueOf(part), BigDecimal.valueOf(whole));
    }
}
