package dev.rainmaker.dealregistration;

import dev.rainmaker.assignment.Holidays;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the business decided about deal registration.
 *
 * @param version of the file, kept with every event
 * @param zone in which days begin and end
 * @param required fields of a claim that must be filled, by their component's name
 * @param reviewDays business days a reviewer has
 * @param country whose holidays are no business days, null for none
 * @param protectionDays days a lock protects: the last of them is inside, the next is outside
 * @param extensionDays days that an extension adds
 * @param extensions how often a registration may be extended
 * @param extensionNeedsActivity whether an extension needs a proof of activity
 * @param reminders days before the end of the protection at which the holder is reminded
 * @param limits against hoarding
 * @param families products by the name of their family; a claim on a family is a claim on its products
 * @param approvals rules that approve by themselves, tried in order
 * @param closedCustomer which customers take no registration
 */
public record DealPolicy(
        String version,
        ZoneId zone,
        Set<String> required,
        int reviewDays,
        @Nullable String country,
        Holidays holidays,
        int protectionDays,
        int extensionDays,
        int extensions,
        boolean extensionNeedsActivity,
        List<Integer> reminders,
        Limits limits,
        Map<String, Set<String>> families,
        List<ApprovalRule> approvals,
        CustomerCondition closedCustomer) {

    /** Fields a policy may require. */
    public static final Set<String> FIELDS = Set.of(
            "customerName",
            "customerDomain",
            "customerCountry",
            "customer",
            "products",
            "amount",
            "closeDate",
            "contactEmail",
            "note");

    /**
     * How much one partner may claim.
     *
     * @param waiting registrations that wait for a decision at once
     * @param perDay registrations handed in on one day of the policy's zone
     * @param locks live locks at once
     */
    public record Limits(int waiting, int perDay, int locks) {
        public Limits {
            if (waiting < 1 || perDay < 1 || locks < 1) {
                throw new IllegalArgumentException("a limit must be at least 1");
            }
        }
    }

    /** A rule that approves what it holds for. */
    public record ApprovalRule(String name, ApprovalCondition when) {}

    public DealPolicy {
        TreeSet<String> unknown = new TreeSet<>(required);
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("a claim has no " + unknown + "; it has " + new TreeSet<>(FIELDS));
        }
        if (reviewDays < 0 || protectionDays < 1 || extensionDays < 1 || extensions < 0) {
            throw new IllegalArgumentException("days must be positive: review " + reviewDays + ", protection "
                    + protectionDays + ", extension " + extensionDays + ", extensions " + extensions);
        }
        required = Collections.unmodifiableSet(new TreeSet<>(required));
        reminders =
                reminders.stream().sorted(Collections.reverseOrder()).distinct().toList();
        Map<String, Set<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        families.forEach((name, products) -> copy.put(name, Set.copyOf(products)));
        families = Collections.unmodifiableMap(copy);
        approvals = List.copyOf(approvals);
    }

    /** The first instant of the day after the last protected one, for a lock that begins at {@code now}. */
    public Instant protectedUntil(Instant now) {
        return dayAfter(now.atZone(zone).toLocalDate().plusDays(protectionDays));
    }

    /** The new end for a lock that ended at {@code until}. */
    public Instant extendedUntil(Instant until) {
        ZonedDateTime end = until.atZone(zone);
        LocalDate lastDay = end.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? end.toLocalDate().minusDays(1)
                : end.minusNanos(1).toLocalDate();
        return dayAfter(lastDay.plusDays(extensionDays));
    }

    private Instant dayAfter(LocalDate last) {
        return last.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /** The same time of day so many business days later; what is handed in on a closed day counts from the next open one. */
    public Instant reviewBy(Instant now) {
        ZonedDateTime at = now.atZone(zone);
        LocalDate day = at.toLocalDate();
        LocalTime time = at.toLocalTime();
        if (isClosed(day)) {
            time = LocalTime.MIDNIGHT;
            day = nextOpen(day);
        }
        for (int left = reviewDays; left > 0; left--) {
            day = nextOpen(day.plusDays(1));
        }
        return day.atTime(time).atZone(zone).toInstant();
    }

    /** Days left, counted in the policy's zone: 0 on the last protected day. */
    public long daysLeft(Instant until, Instant now) {
        LocalDate last = until.minusNanos(1).atZone(zone).toLocalDate();
        return now.atZone(zone).toLocalDate().until(last, java.time.temporal.ChronoUnit.DAYS);
    }

    private LocalDate nextOpen(LocalDate from) {
        LocalDate day = from;
        for (int i = 0; i < 366 && isClosed(day); i++) {
            day = day.plusDays(1);
        }
        return day;
    }

    private boolean isClosed(LocalDate day) {
        return EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(day.getDayOfWeek())
                || country != null && holidays.isHoliday(country, day);
    }
}
