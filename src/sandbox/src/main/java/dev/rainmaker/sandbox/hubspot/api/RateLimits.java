package dev.rainmaker.sandbox.hubspot.api;

import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.profile.Profile;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many calls are left: in the rolling window, in the day, and for search in the second. Refused calls do not count. */
final class RateLimits {

    private static final String SECONDLY = "You have reached your secondly limit.";
    private static final String TEN_SECONDLY = "You have reached your ten_secondly_rolling limit.";

    private final Site site;
    private final Map<String, Deque<Instant>> window = new HashMap<>();
    private final Map<String, Deque<Instant>> searches = new HashMap<>();
    private LocalDate day = LocalDate.EPOCH;
    private int today;

    RateLimits(Site site) {
        this.site = site;
    }

    /** Counts a call, or refuses it. */
    synchronized Optional<Reply> take(Tokens.Grant grant, boolean search) {
        Instant now = site.now();
        Profile profile = site.profile().get();
        newDay(now, profile);
        if (today >= profile.number("daily-limit")) {
            return Optional.of(ErrorReply.tooMany("You have reached your daily limit.", "DAILY"));
        }
        if (search) {
            Deque<Instant> last = since(searches, grant.token(), now.minusSeconds(1));
            if (last.size() >= profile.number("search-per-second")) {
                return Optional.of(ErrorReply.tooMany(SECONDLY, "SECONDLY"));
            }
            last.add(now);
        } else {
            Deque<Instant> last = since(window, account(grant), now.minus(profile.duration("burst-window")));
            if (last.size() >= limit(grant, profile)) {
                Reply refused = ErrorReply.tooMany(TEN_SECONDLY, "TEN_SECONDLY_ROLLING");
                return Optional.of(headers(refused, grant));
            }
            last.add(now);
        }
        today++;
        return Optional.empty();
    }

    private void newDay(Instant now, Profile profile) {
        LocalDate current = LocalDate.ofInstant(now, ZoneId.of(profile.text("time-zone")));
        if (!current.equals(day)) {
            day = current;
            today = 0;
        }
    }

    private static String account(Tokens.Grant grant) {
        return grant.oauth() ? "oauth" : grant.token();
    }

    private static int limit(Tokens.Grant grant, Profile profile) {
        return profile.number(grant.oauth() ? "burst-limit-oauth" : "burst-limit");
    }

    private static Deque<Instant> since(Map<String, Deque<Instant>> calls, String key, Instant from) {
        Deque<Instant> last = calls.computeIfAbsent(key, any -> new ArrayDeque<>());
        while (!last.isEmpty() && !last.peekFirst().isAfter(from)) {
            last.removeFirst();
        }
        return last;
    }

    /** Search answers have none of these. */
    synchronized Reply headers(Reply reply, Tokens.Grant grant) {
        Profile profile = site.profile().get();
        if (!profile.on("rate-headers")) {
            return reply;
        }
        Deque<Instant> last = since(window, account(grant), site.now().minus(profile.duration("burst-window")));
        int limit = limit(grant, profile);
        Reply told = reply.with(
                        "X-HubSpot-RateLimit-Interval-Milliseconds",
                        String.valueOf(profile.duration("burst-window").toMillis()))
                .with("X-HubSpot-RateLimit-Max", String.valueOf(limit))
                .with("X-HubSpot-RateLimit-Remaining", String.valueOf(Math.max(0, limit - last.size())));
        return grant.oauth()
                ? told
                : told.with("X-HubSpot-RateLimit-Daily", profile.text("daily-limit"))
                        .with(
                                "X-HubSpot-RateLimit-Daily-Remaining",
                                String.valueOf(Math.max(0, profile.number("daily-limit") - today)));
    }

    synchronized void used(int calls) {
        today = calls;
    }

    synchronized int used() {
        return today;
    }

    synchronized void reset() {
        window.clear();
        searches.clear();
    }
}
