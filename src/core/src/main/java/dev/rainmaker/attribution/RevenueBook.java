package dev.rainmaker.attribution;

import dev.rainmaker.fact.RecordId;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which lines count in which month. A closed month keeps what was booked when it was closed, for good. Whatever is learnt
 * later about its deals (an amount corrected, a deal lost again, a rule changed, a deal entered late) is booked as the
 * difference in the first open month.
 */
public final class RevenueBook {

    private RevenueBook() {}

    /**
     * Completes the stored lines of closed months with the lines of the open ones.
     *
     * @param stored lines booked when months were closed
     * @param live what all won deals come to now, each in the month of its close
     * @param closedThrough the last closed month, null where none is; all before it are closed too
     * @return stored lines unchanged, then lines of open months
     */
    public static List<Booking> complete(List<Booking> stored, List<Booking> live, @Nullable YearMonth closedThrough) {
        if (closedThrough == null) {
            return List.copyOf(live);
        }
        List<Booking> all = new ArrayList<>(stored);
        Map<Booking.Key, Booking> said = sums(stored);
        Map<Booking.Key, Booking> due = new LinkedHashMap<>();
        Set<RecordId> known = stored.stream().map(Booking::deal).collect(Collectors.toSet());
        for (Booking line : live) {
            if (line.period().isAfter(closedThrough) && !known.contains(line.deal())) {
                all.add(line);
            } else {
                due.merge(line.key(), line, RevenueBook::sum);
            }
        }
        YearMonth open = closedThrough.plusMonths(1);
        Set<Booking.Key> keys = new LinkedHashSet<>(due.keySet());
        keys.addAll(said.keySet());
        for (Booking.Key key : keys) {
            Booking difference = difference(due.get(key), said.get(key));
            if (!difference.changesNothing()) {
                all.add(difference.in(open, true));
            }
        }
        return all;
    }

    private static Booking difference(@Nullable Booking due, @Nullable Booking said) {
        if (due == null) {
            if (said == null) {
                throw new IllegalArgumentException("nothing to compare");
            }
            return said.negated();
        }
        return said == null ? due : due.minus(said);
    }

    private static Map<Booking.Key, Booking> sums(List<Booking> lines) {
        Map<Booking.Key, Booking> sums = new LinkedHashMap<>();
        lines.forEach(line -> sums.merge(line.key(), line, RevenueBook::sum));
        return sums;
    }

    private static Booking sum(Booking one, Booking other) {
        return other.minus(one.negated());
    }
}
