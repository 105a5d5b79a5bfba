package dev.rainmaker.connector.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the people of all courses. Moodle has no list of what changed for others than the caller, so:
 *
 * <ul>
 *   <li>people are listed anew in each run: one call per {@code page-size} enrolments;
 *   <li>what they achieved is asked for per person, one call each; after the first run only for people who were in the
 *       course since {@code reach-back} before the last run. What changes without its person (a teacher's override, a badge
 *       by hand) is found by the next full read.
 * </ul>
 */
final class MoodleReader {

    /** Ids in one call for people. */
    static final int FETCH_BATCH = 100;

    private static final Pattern KEY = Pattern.compile("(completion|activity|grade)-([0-9]{1,18})-([0-9]{1,18})(-.*)?");
    private static final Pattern BADGE_KEY = Pattern.compile("badge-([0-9]{1,18})-.+");
    private static final long COURSES_KEPT_SECONDS = 60;

    private final MoodleSettings settings;
    private final MoodleClient client;
    private final MoodleSite site;
    private final MoodleFaults faults;
    private @Nullable Known known;

    private record Known(MoodleSite.Courses courses, long nanos) {}

    MoodleReader(MoodleSettings settings, MoodleClient client, MoodleSite site, MoodleFaults faults) {
        this.settings = settings;
        this.client = client;
        this.site = site;
        this.faults = faults;
    }

    Page read(String name, Set<String> fields, @Nullable Cursor cursor) {
        MoodleStream stream = stream(name, fields);
        WalkCursor at = cursor == null ? WalkCursor.first(settings.site().toString(), name) : opened(cursor, name);
        MoodleSite.Courses courses = courses(at.begun() == null);
        at = at.beginning(courses.at());
        for (Course course : courses.all()) {
            if (course.id() < at.course() || stream == MoodleStream.COURSE_COMPLETION && !course.tracked()) {
                continue;
            }
            at = course.id() == at.course() ? at : at.in(course.id());
            Portion portion = portion(at, course.id());
            while (!portion.people().isEmpty()) {
                at = portion.next();
                List<SourceRecord> records = records(stream, fields, course, at.since(), portion.people());
                if (!records.isEmpty()) {
                    return new Page(records, at.written(), false, -1);
                }
                portion = portion(at, course.id());
            }
        }
        return new Page(List.of(), at.finished().written(), true, -1);
    }

    /** The next people of a course, and where to go on after them; none at the end of the course. */
    private record Portion(List<JsonNode> people, WalkCursor next) {}

    private Portion portion(WalkCursor at, long course) {
        int from = at.person() == 0 ? 0 : at.offset();
        // The last person read is asked for again: where it is not the first of the answer, others joined or left.
        int most = settings.pageSize() + (at.person() == 0 ? 0 : 1);
        List<JsonNode> people = site.enrolled(CallPurpose.READ, course, from, most);
        boolean moved = at.person() != 0 && (people.isEmpty() || id(people.get(0)) != at.person());
        if (moved) {
            from = 0;
            people = site.enrolled(CallPurpose.READ, course, from, most);
        }
        while (!people.isEmpty()) {
            List<JsonNode> news = people.stream()
                    .filter(person -> id(person) > at.person())
                    .limit(settings.pageSize())
                    .toList();
            if (!news.isEmpty()) {
                JsonNode last = news.get(news.size() - 1);
                return new Portion(news, at.after(id(last), from + people.indexOf(last)));
            }
            if (!moved) {
                break;
            }
            from += people.size();
            people = site.enrolled(CallPurpose.READ, course, from, most);
        }
        return new Portion(List.of(), at);
    }

    private static long id(JsonNode person) {
        return person.path("id").asLong();
    }

    private List<SourceRecord> records(
            MoodleStream stream, Set<String> fields, Course course, @Nullable Instant since, List<JsonNode> people) {
        if (stream == MoodleStream.USER) {
            requireEmail(fields, people);
            return people.stream()
                    .filter(person -> isFirstCourse(person, course))
                    .map(person -> Records.user(person, fields))
                    .toList();
        }
        List<Callable<List<SourceRecord>>> tasks = new ArrayList<>();
        for (JsonNode person : people) {
            boolean here = stream != MoodleStream.BADGE || isFirstCourse(person, course);
            if (here && wasThere(stream, person, since)) {
                tasks.add(() -> site.records(CallPurpose.READ, stream, course, id(person)));
            }
        }
        return client.together(tasks, stream.function()).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Whether a person is told of here: one who is in several courses, only with the first of them. */
    private static boolean isFirstCourse(JsonNode person, Course course) {
        for (JsonNode other : person.path("enrolledcourses")) {
            long id = other.path("id").asLong();
            if (id > Course.SITE && id < course.id()) {
                return false;
            }
        }
        return true;
    }

    /** Whether anything can have changed for a person; where Moodle hides when it was there, it is asked about. */
    private boolean wasThere(MoodleStream stream, JsonNode person, @Nullable Instant since) {
        JsonNode last = person.path(stream == MoodleStream.BADGE ? "lastaccess" : "lastcourseaccess");
        return since == null
                || !last.isIntegralNumber()
                || !Instant.ofEpochSecond(last.asLong()).isBefore(since.minus(settings.reachBack()));
    }

    /** Everyone has an address in Moodle: where nobody shows one, we are not allowed to see them. */
    private void requireEmail(Set<String> fields, Collection<JsonNode> people) {
        if (fields.contains("email") && people.stream().noneMatch(person -> person.hasNonNull("email"))) {
            throw faults.fatal("Moodle shows nobody's e-mail address: the integration user's role needs"
                    + " moodle/course:useremail and moodle/user:viewalldetails; nothing of the page was taken");
        }
    }

    private WalkCursor opened(Cursor cursor, String stream) {
        try {
            return WalkCursor.read(cursor, settings.site().toString(), stream);
        } catch (IllegalArgumentException wrong) {
            throw faults.fatal("the cursor of " + stream + " cannot be used: " + wrong.getMessage()
                    + ". Nothing was read; a full sync of " + stream + " starts afresh");
        }
    }

    /** The list is asked for once per run, and again where a run takes long. */
    private synchronized MoodleSite.Courses courses(boolean fresh) {
        Known held = known;
        if (!fresh && held != null && System.nanoTime() - held.nanos() < COURSES_KEPT_SECONDS * 1_000_000_000L) {
            return held.courses();
        }
        MoodleSite.Courses courses = site.courses(CallPurpose.READ);
        known = new Known(courses, System.nanoTime());
        return courses;
    }

    private MoodleStream stream(String name, Set<String> fields) {
        MoodleStream stream = MoodleStream.named(name)
                .orElseThrow(() -> faults.fatal("\"" + name.replaceAll("[^A-Za-z0-9_-]", "?")
                        + "\" is not a stream of Moodle; there are " + MoodleCheck.names()));
        fields.stream().filter(field -> !stream.offers(field)).findFirst().ifPresent(field -> {
            throw faults.fatal("\"" + field.replaceAll("[^A-Za-z0-9_.-]", "?") + "\" is not a field of " + name
                    + "; correct the mapping");
        });
        return stream;
    }

    List<SourceRecord> fetch(String name, List<String> ids, Set<String> fields, CallPurpose purpose) {
        if (ids.size() > FETCH_BATCH) {
            throw new IllegalArgumentException(
                    ids.size() + " ids in one fetch, at most " + FETCH_BATCH + " are allowed");
        }
        MoodleStream stream = stream(name, fields);
        if (stream == MoodleStream.USER) {
            List<String> numbers = ids.stream()
                    .filter(id -> id.matches("[0-9]{1,18}"))
                    .distinct()
                    .toList();
            return numbers.isEmpty()
                    ? List.of()
                    : site.users(purpose, numbers).stream()
                            .map(user -> Records.user(user, fields))
                            .toList();
        }
        Map<String, SourceRecord> found = new LinkedHashMap<>();
        fetched(stream, ids, purpose).forEach(record -> found.put(record.id(), record));
        return ids.stream()
                .distinct()
                .flatMap(id -> Optional.ofNullable(found.get(id)).stream())
                .toList();
    }

    /** One call per person and course, whatever the number of records asked for. */
    private List<SourceRecord> fetched(MoodleStream stream, List<String> ids, CallPurpose purpose) {
        Map<String, Callable<List<SourceRecord>>> tasks = new TreeMap<>();
        Map<Long, Course> courses = new LinkedHashMap<>();
        for (String id : ids) {
            Matcher badge = BADGE_KEY.matcher(id);
            Matcher key = KEY.matcher(id);
            if (stream == MoodleStream.BADGE && badge.matches()) {
                long user = Long.parseLong(badge.group(1));
                Course none = new Course(0, "", "", "", true);
                tasks.put(badge.group(1), () -> site.records(purpose, stream, none, user));
            } else if (stream != MoodleStream.BADGE && key.matches()) {
                if (courses.isEmpty()) {
                    site.courses(purpose).all().forEach(course -> courses.put(course.id(), course));
                }
                Course course = courses.get(Long.parseLong(key.group(2)));
                long user = Long.parseLong(key.group(3));
                if (course != null) {
                    tasks.put(key.group(2) + "-" + user, () -> site.records(purpose, stream, course, user));
                }
            }
        }
        return client.together(List.copyOf(tasks.values()), stream.function()).stream()
                .flatMap(List::stream)
                .toList();
    }
}
