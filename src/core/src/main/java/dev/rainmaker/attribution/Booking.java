package dev.rainmaker.attribution;

import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the revenue book: what a period counts for one partner's part in one deal.
 *
 * @param period the month it is counted in
 * @param adjustment whether it corrects what an earlier, closed period said; amounts are then differences
 * @param partner null where no partner had a part
 * @param kind what the deal is
 * @param part what the partner's part is, null without a partner
 * @param share the partner's part of the deal, in the reporting currency
 * @param margin the same part of the deal's margin; null where no margin is known
 * @param amount the whole deal, on one line of each deal only, zero on the others: lines can be summed
 * @param rule version of the rule applied
 * @param rate which exchange rate was used, in words
 * @param evidence what the part rests on
 */
public record Booking(
        YearMonth period,
        boolean adjustment,
        RecordId deal,
        @Nullable RecordId partner,
        Attribution.Kind kind,
        @Nullable Part part,
        boolean primary,
        Money share,
        @Nullable Money margin,
        Money amount,
        String rule,
        String rate,
        List<Touch> evidence) {

    public Booking {
        evidence = List.copyOf(evidence);
    }

    /** Lines of one line's key can be compared: same deal, partner and parts. */
    record Key(
            RecordId deal,
            @Nullable RecordId partner,
            Attribution.Kind kind,
            @Nullable Part part,
            boolean primary) {}

    Key key() {
        return new Key(deal, partner, kind, part, primary);
    }

    Booking in(YearMonth other, boolean asAdjustment) {
        return new Booking(
                other, asAdjustment, deal, partner, kind, part, primary, share, margin, amount, rule, rate, evidence);
    }

    Booking minus(Booking earlier) {
        return new Booking(
                period,
                adjustment,
                deal,
                partner,
                kind,
                part,
                primary,
                difference(share, earlier.share),
                margin == null && earlier.margin == null
                        ? null
                        : difference(orNothing(margin, share), orNothing(earlier.margin, share)),
                difference(amount, earlier.amount),
                rule,
                rate,
                evidence);
    }

    Booking negated() {
        return zero().minus(this);
    }

    private Booking zero() {
        Money nothing = new Money(BigDecimal.ZERO, share.currency());
        return new Booking(
                period,
                adjustment,
                deal,
                partner,
                kind,
                part,
                primary,
                nothing,
                margin == null ? null : nothing,
                nothing,
                rule,
                rate,
                evidence);
    }

    boolean changesNothing() {
        return share.amount().signum() == 0
                && amount.amount().signum() == 0
                && (margin == null || margin.amount().signum() == 0);
    }

    private static Money orNothing(@Nullable Money money, Money like) {
        return money == null ? new Money(BigDecimal.ZERO, like.currency()) : money;
    }

    private static Money difference(Money money, Money less) {
        return money.plus(new Money(less.amount().negate(), less.currency()));
    }
}
