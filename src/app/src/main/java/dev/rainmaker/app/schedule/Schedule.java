package dev.rainmaker.app.schedule;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a job runs. Runs missed while nothing ran are made up for by one run. */
public sealed interface Schedule {
    /** An instant that never comes. */
    Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    /** When it runs first if it never did. */
    Instant first(Instant now);

    /**
     * When it runs after a run.
     *
     * @param planned when that run was due
     * @param now when it ended
     * @return after {@code now}
     */
    Instant next(Instant planned, Instant now);

    /** The words that {@link #parse} reads back. */
    String describe();

    /** At once, then at a steady beat that does not drift with the jobs' durations. At least a second. */
    static Schedule every(Duration interval) {
        return new Every(interval);
    }

    /**
     * By the clock on the wall.
     *
     * @param expression five fields (minute hour day month weekday) or six (second first)
     * @throws IllegalArgumentException if it is not such an expression
     */
    static Schedule cron(String expression, ZoneId zone) {
        return new Cron(expression, zone);
    }

    /** Only when a person asks for it. */
    static Schedule onDemand() {
        return new OnDemand();
    }

    /**
     * Reads {@code every 15m} (units s, m, h, d; or ISO 8601 such as PT15M; "every" may be left out), {@code on demand}, or a cron
     * expression, at whose end a zone may stand.
     *
     * @param zone for a cron expression without one
     * @throws IllegalArgumentException with what was expected
     */
    static Schedule parse(String text, ZoneId zone) {
        String words = text.strip();
        if (words.equalsIgnoreCase("on demand") || words.equals("-")) {
            return new OnDemand();
        }
        String interval = words.replaceFirst("(?i)^every\\s+", "");
        Matcher simple = Every.SIMPLE.matcher(interval);
        if (simple.matches()) {
            return every(Every.duration(Long.parseLong(simple.group(1)), simple.group(2)));
        }
        if (interval.toUpperCase(Locale.ROOT).startsWith("P")) {
            return every(Every.iso(interval, text));
        }
        return Cron.parse(words, zone);
    }

    /** A steady beat. */
    record Every(Duration interval) implements Schedule {
        private static final Pattern SIMPLE = Pattern.compile("(\\d{1,9})\\s*([smhd])");

        public Every {
            if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("a job runs at most once per second, not every " + interval);
            }
        }

        private static Duration duration(long amount, String unit) {
            return switch (unit) {
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }

        private static Duration iso(String words, String text) {
            try {
                return Duration.parse(words);
            } catch (DateTimeParseException unknown) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no interval: write 30s, 15m, 6h, 1d or PT15M", unknown);
            }
        }

        @Override
        public Instant first(Instant now) {
            return now;
        }

        @Override
        public Instant next(Instant planned, Instant now) {
            if (planned.isAfter(now)) {
                return planned;
            }
            long beats = Duration.between(planned, now).dividedBy(interval) + 1;
            return planned.plus(interval.multipliedBy(beats));
        }

        @Override
        public String describe() {
            long seconds = interval.toSeconds();
            if (interval.getNano() != 0) {
                return "every " + interval;
            }
            if (seconds % 86_400 == 0) {
                return "every " + seconds / 86_400 + "d";
            }
            if (seconds % 3600 == 0) {
                return "every " + seconds / 3600 + "h";
            }
            return seconds % 60 == 0 ? "every " + seconds / 60 + "m" : "every " + seconds + "s";
        }
    }

    /**
     * By the clock on the wall. When that is set back, a job at a fixed hour runs once in the doubled hour, one whose hours
     * are a range or a step runs through it; when it is set forward, a job whose time is left out runs at the next one.
     */
    record Cron(String expression, ZoneId zone) implements Schedule {
        private static final Pattern FIXED_HOUR = Pattern.compile("\\d+(,\\d+)*");

        public Cron {
            int fields = expression.strip().split("\\s+").length;
            if (fields != 5 && fields != 6) {
                throw new IllegalArgumentException(
                        "\"" + expression
                                + "\" is no cron expression: write five fields (minute hour day month weekday) or six (second first)");
            }
            library(expression, zone);
        }

        private static Schedule parse(String words, ZoneId standard) {
            int space = words.lastIndexOf(' ');
            String last = words.substring(space + 1);
            if (space > 0 && ZoneId.getAvailableZoneIds().contains(last)) {
                return new Cron(words.substring(0, space).strip(), ZoneId.of(last));
            }
            return new Cron(words, standard);
        }

        private static CronSchedule library(String expression, ZoneId zone) {
            boolean seconds = expression.strip().split("\\s+").length == 6;
            try {
                return new CronSchedule(expression.strip(), zone, seconds ? CronStyle.SPRING53 : CronStyle.UNIX);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        "\"" + expression + "\" is no cron expression: " + wrong.getMessage(), wrong);
            }
        }

        @Override
        public Instant first(Instant now) {
            return after(now);
        }

        @Override
        public Instant next(Instant planned, Instant now) {
            return after(planned.isAfter(now) ? planned : now);
        }

        private Instant after(Instant now) {
            return hasFixedHour() ? onTheWall(now) : step(library(expression, zone), now);
        }

        /** Goes along the clock on the wall as if it were never set, and then asks when the clock showed that. */
        private Instant onTheWall(Instant now) {
            CronSchedule library = library(expression, ZoneOffset.UTC);
            Instant wall = LocalDateTime.ofInstant(now, zone).toInstant(ZoneOffset.UTC);
            while (true) {
                wall = step(library, wall);
                Instant shown = wall.equals(NEVER) ? NEVER : shown(LocalDateTime.ofInstant(wall, ZoneOffset.UTC));
                if (shown.isAfter(now)) {
                    return shown;
                }
            }
        }

        /** The first instant at which the clock shows a time, or jumps over it. */
        private Instant shown(LocalDateTime wall) {
            ZoneOffsetTransition change = zone.getRules().getTransition(wall);
            return change != null && change.isGap()
                    ? change.getInstant()
                    : wall.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
        }

        private static Instant step(CronSchedule library, Instant now) {
            Instant next = library.getNextExecutionTime(ExecutionComplete.simulatedSuccess(now));
            return next.isAfter(NEVER) ? NEVER : next;
        }

        private boolean hasFixedHour() {
            String[] fields = expression.strip().split("\\s+");
            return FIXED_HOUR.matcher(fields[fields.length - 4]).matches();
        }

        @Override
        public String describe() {
            return expression.strip() + " " + zone.getId();
        }
    }

    /** Never by itself. */
    record OnDemand() implements Schedule {
        @Override
        public Instant first(Instant now) {
            return NEVER;
        }

        @Override
        public Instant next(Instant planned, Instant now) {
            return NEVER;
        }

        @Override
        public String describe() {
            return "on demand";
        }
    }
}
