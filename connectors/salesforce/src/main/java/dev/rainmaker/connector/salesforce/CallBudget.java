package dev.rainmaker.connector.salesforce;

import dev.rainmaker.connector.ApiUsage;
import dev.rainmaker.connector.CallPurpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls by purpose, keeps our own ceiling over a rolling day in minutes, and remembers what the vendor last said
 * of the org's budget. Safe for several threads.
 */
final class CallBudget {

    private static final Pattern API_USAGE = Pattern.compile("(?:^|[ ,;])api-usage=(\\d{1,15})/(\\d{1,15})");
    private static final Duration WINDOW = Duration.ofDays(1);

    private record Minute(Instant begin, long calls) {}

    private final long ceiling;
    private final Clock clock;
    private final Map<CallPurpose, Long> calls = new EnumMap<>(CallPurpose.class);
    private final Deque<Minute> window = new ArrayDeque<>();
    private long inWindow;
    private long used = -1;
    private long limit = -1;

    CallBudget(long ceiling, Clock clock) {
        this.ceiling = ceiling;
        this.clock = clock;
    }

    /** Counts a call about to be made; where the ceiling forbids it, says how long until it will not. */
    synchronized Optional<Duration> spend(CallPurpose purpose) {
        Instant now = clock.instant();
        while (!window.isEmpty() && !now.isBefore(window.getFirst().begin().plus(WINDOW))) {
            inWindow -= window.removeFirst().calls();
        }
        if (inWindow >= ceiling) {
            return Optional.of(Duration.between(now, window.getFirst().begin().plus(WINDOW)));
        }
        Instant begin = now.minusMillis(Math.floorMod(now.toEpochMilli(), 60_000L));
        Minute last = window.peekLast();
        if (last != null && !last.begin().isBefore(begin)) {
            window.removeLast();
            window.addLast(new Minute(last.begin(), last.calls() + 1));
        } else {
            window.addLast(new Minute(begin, 1));
        }
        inWindow++;
        calls.merge(purpose, 1L, Long::sum);
        return Optional.empty();
    }

    /** @param limitInfo the header {@code Sforce-Limit-Info}, such as {@code api-usage=10018/100000} */
    synchronized void heard(@Nullable String limitInfo) {
        if (limitInfo == null) {
            return;
        }
        Matcher usage = API_USAGE.matcher(limitInfo);
        if (usage.find()) {
            used = Long.parseLong(usage.group(1));
            limit = Long.parseLong(usage.group(2));
        }
    }

    synchronized ApiUsage usage() {
        return new ApiUsage(calls, used, limit);
    }
}
