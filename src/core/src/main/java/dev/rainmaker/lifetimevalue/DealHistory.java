package dev.rainmaker.lifetimevalue;

import dev.rainmaker.lifetimevalue.forecast.Transactions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A partner's won deals as sufficient statistics. Folding is commutative; whoever folds makes sure that a deal is folded once
 * (event id) and says whether its day is new: a (partner, day) row answers that in constant time.
 *
 * <p>A deal of zero money counts as a deal. A correction (refund, credit note) moves money and is no deal: it makes no deal day
 * and does not renew the partner's last deal. Taking a deal back ({@link #without}) may move the first or last day, and is then a {@link #refold}.
 *
 * @param days distinct days with at least one deal
 * @param deals won deals
 * @param firstDay first deal day, 0 while {@code days} is 0
 * @param lastDay last deal day, 0 while {@code days} is 0
 * @param revenue of all deals and corrections
 * @param margin of those with known margin
 * @param marginRevenue revenue of those with known margin
 * @param marginRates margin / revenue per deal of known margin, cut to [-1, 1]
 * @param runRates decayed revenue, one for each of {@link #HALF_LIVES}
 * @param recent days with deals or corrections in the {@link #WINDOW_DAYS} before and including the latest, ascending
 */
public record DealHistory(
        int days,
        long deals,
        int firstDay,
        int lastDay,
        ExactSum revenue,
        ExactSum margin,
        ExactSum marginRevenue,
        Moments marginRates,
        List<Decayed> runRates,
        List<RecentDay> recent) {

    /** Half-lives, in days, for which a run-rate is kept. */
    public static final List<Double> HALF_LIVES = List.of(30.0, 90.0, 180.0, 365.0);

    /** How many days back {@link #recent} reaches; horizons up to this have an exact "last period". */
    public static final int WINDOW_DAYS = 400;

    /** A sum of which a smaller share than this would remain is folded anew instead. */
    private static final double LEAST_LEFT = 1e-3;

    public static final DealHistory EMPTY = new DealHistory(
            0,
            0,
            0,
            0,
            ExactSum.ZERO,
            ExactSum.ZERO,
            ExactSum.ZERO,
            Moments.NONE,
            HALF_LIVES.stream().map(Decayed::empty).toList(),
            List.of());

    public DealHistory {
        runRates = List.copyOf(runRates);
        recent = List.copyOf(recent);
    }

    /** Folds all deals of a partner from scratch, in any order. */
    public static DealHistory refold(Iterable<Deal> all) {
        DealHistory result = EMPTY;
        Set<Integer> days = new HashSet<>();
        for (Deal deal : all) {
            result = result.with(deal, !deal.correction() && days.add(deal.day()));
        }
        return result;
    }

    /** What {@link #refold} gives for the i-th partner's deals up to a day, in one pass over its rows. */
    static DealHistory of(Transactions all, int partner, int asOfDay) {
        int days = 0;
        long deals = 0;
        int firstDay = 0;
        int lastDay = 0;
        ExactSum revenue = ExactSum.ZERO;
        ExactSum margin = ExactSum.ZERO;
        ExactSum marginRevenue = ExactSum.ZERO;
        Moments rates = Moments.NONE;
        Decayed[] decayed = EMPTY.runRates.toArray(Decayed[]::new);
        List<RecentDay> recent = new ArrayList<>();
        int from = all.start(partner);
        int to = from;
        while (to < all.start(partner + 1) && all.day(to) <= asOfDay) {
            to++;
        }
        int oldest = to == from ? 0 : all.day(to - 1) - WINDOW_DAYS + 1;
        for (int row = from; row < to; row++) {
            int day = all.day(row);
            double money = all.amount(row);
            double known = all.margin(row);
            boolean isDeal = money >= 0;
            if (isDeal) {
                firstDay = days == 0 ? day : firstDay;
                days += days == 0 || day != lastDay ? 1 : 0;
                lastDay = day;
                deals++;
            }
            revenue = revenue.plus(money);
            if (!Double.isNaN(known)) {
                margin = margin.plus(known);
                marginRevenue = marginRevenue.plus(money);
                rates = money > 0 ? rates.plus(Math.max(-1, Math.min(1, known / money))) : rates;
            }
            for (int h = 0; h < decayed.length; h++) {
                decayed[h] = decayed[h].plus(money, day);
            }
            if (day >= oldest) {
                addRecent(recent, day, isDeal ? 1 : 0, money);
            }
        }
        return new DealHistory(
                days, deals, firstDay, lastDay, revenue, margin, marginRevenue, rates, List.of(decayed), recent);
    }

    private static void addRecent(List<RecentDay> recent, int day, int deals, double money) {
        int last = recent.size() - 1;
        if (last >= 0 && recent.get(last).day() == day) {
            RecentDay same = recent.get(last);
            recent.set(last, new RecentDay(day, same.deals() + deals, same.revenue() + money));
        } else {
            recent.add(new RecentDay(day, deals, money));
        }
    }

    /**
     * Adds one deal or correction.
     *
     * @param newDay whether no other deal of this partner is known on that day; ignored for a correction
     */
    public DealHistory with(Deal deal, boolean newDay) {
        boolean isDeal = !deal.correction();
        boolean first = isDeal && days == 0;
        int day = deal.day();
        double money = deal.revenue();
        Double known = deal.margin();
        return new DealHistory(
                days + (isDeal && newDay ? 1 : 0),
                deals + (isDeal ? 1 : 0),
                !isDeal ? firstDay : first ? day : Math.min(firstDay, day),
                !isDeal ? lastDay : first ? day : Math.max(lastDay, day),
                revenue.plus(money),
                known == null ? margin : margin.plus(known),
                known == null ? marginRevenue : marginRevenue.plus(money),
                known == null || money <= 0 ? marginRates : marginRates.plus(Math.max(-1, Math.min(1, known / money))),
                runRates.stream().map(rate -> rate.plus(money, day)).toList(),
                withRecent(day, isDeal ? 1 : 0, money));
    }

    /**
     * Takes back a deal or correction that was added before. Sums can be undone; the first, the last and the newest day cannot, and
     * a sum of which hardly anything remains would be mostly rounding.
     *
     * @param noDealLeft whether no other deal of this partner lies on that day
     * @param nothingLeft whether neither a deal nor a correction does
     * @return null where only a {@link #refold} tells what remains
     */
    public @Nullable DealHistory without(Deal deal, boolean noDealLeft, boolean nothingLeft) {
        int day = deal.day();
        boolean isDeal = !deal.correction();
        boolean isEdge = isDeal && noDealLeft && (day <= firstDay || day >= lastDay);
        int newest = recent.isEmpty() ? day : recent.get(recent.size() - 1).day();
        if (isEdge || (nothingLeft && day >= newest)) {
            return null;
        }
        double money = deal.revenue();
        List<Decayed> rates =
                runRates.stream().map(rate -> rate.plus(-money, day)).toList();
        List<RecentDay> known = withoutRecent(day, isDeal ? 1 : 0, money, nothingLeft);
        for (int i = 0; i < rates.size(); i++) {
            double moved =
                    StrictMath.abs(rates.get(i).amount() - runRates.get(i).amount());
            if (StrictMath.abs(rates.get(i).amount()) < LEAST_LEFT * moved) {
                return null;
            }
        }
        if (known == null) {
            return null;
        }
        Double margins = deal.margin();
        return new DealHistory(
                days - (isDeal && noDealLeft ? 1 : 0),
                deals - (isDeal ? 1 : 0),
                firstDay,
                lastDay,
                revenue.plus(-money),
                margins == null ? margin : margin.plus(-margins),
                margins == null ? marginRevenue : marginRevenue.plus(-money),
                margins == null || money <= 0
                        ? marginRates
                        : marginRates.minus(Math.max(-1, Math.min(1, margins / money))),
                rates,
                known);
    }

    private @Nullable List<RecentDay> withoutRecent(int day, int count, double money, boolean nothingLeft) {
        List<RecentDay> result = new ArrayList<>(recent);
        for (int i = 0; i < result.size(); i++) {
            RecentDay known = result.get(i);
            if (known.day() == day) {
                double left = known.revenue() - money;
                if (nothingLeft) {
                    result.remove(i);
                } else if (StrictMath.abs(left) < LEAST_LEFT * StrictMath.abs(money)) {
                    return null;
                } else {
                    result.set(i, new RecentDay(day, known.deals() - count, left));
                }
                break;
            }
        }
        return result;
    }

    private List<RecentDay> withRecent(int day, int count, double money) {
        int newest = recent.isEmpty()
                ? day
                : Math.max(day, recent.get(recent.size() - 1).day());
        int oldest = newest - WINDOW_DAYS + 1;
        if (day < oldest) {
            return recent;
        }
        List<RecentDay> result = new ArrayList<>(recent.size() + 1);
        int at = 0;
        while (at < recent.size() && recent.get(at).day() < day) {
            keep(recent.get(at++), oldest, result);
        }
        if (at < recent.size() && recent.get(at).day() == day) {
            RecentDay same = recent.get(at++);
            result.add(new RecentDay(day, same.deals() + count, same.revenue() + money));
        } else {
            result.add(new RecentDay(day, count, money));
        }
        while (at < recent.size()) {
            keep(recent.get(at++), oldest, result);
        }
        return result;
    }

    private static void keep(RecentDay known, int oldest, List<RecentDay> into) {
        if (known.day() >= oldest) {
            into.add(known);
        }
    }

    /** Mean money per deal day; 0 where there is none. */
    public double meanPerDay() {
        return days == 0 ? 0 : revenue.value() / days;
    }

    /** Revenue of the {@code length} days up to and including {@code asOfDay}; at most {@link #WINDOW_DAYS} are known. */
    public double revenueOfLast(int length, int asOfDay) {
        double sum = 0;
        for (RecentDay known : recent) {
            if (known.day() > asOfDay - length) {
                sum += known.revenue();
            }
        }
        return sum;
    }

    /** Deal days among the {@code length} days up to and including {@code asOfDay}. */
    public int daysOfLast(int length, int asOfDay) {
        int sum = 0;
        for (RecentDay known : recent) {
            if (known.day() > asOfDay - length && known.deals() > 0) {
                sum++;
            }
        }
        return sum;
    }
}
