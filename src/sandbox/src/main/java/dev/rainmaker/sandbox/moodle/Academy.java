package dev.rainmaker.sandbox.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.state.Shelf;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the site knows: people, courses with their activities, who takes part, what they finished, badges. A course is complete
 * once the scheduled task has looked, a while after its last activity; badges for a course come with that.
 */
public final class Academy {

    /** The course that is the site itself. */
    public static final long SITE = 1;

    static final String USERS = "users";
    static final String COURSES = "courses";
    static final String ENROLMENTS = "enrolments";
    static final String ACTIVITIES = "activity-completions";
    static final String COMPLETIONS = "course-completions";
    static final String BADGES = "badges";
    static final String ISSUED = "issued-badges";
    static final String GRADES = "grades";
    private static final String COUNTERS = "counters";
    private static final long ADMIN = 2;

    private final Shelf shelf;
    private final Clock clock;
    private final Supplier<Profile> profile;

    public Academy(Shelf shelf, Clock clock, Supplier<Profile> profile) {
        this.shelf = shelf;
        this.clock = clock;
        this.profile = profile;
        if (shelf.size(USERS) == 0) {
            shelf.put(COUNTERS, USERS, Shelf.object().numberNode(ADMIN - 1));
            addUser("admin", "Admin", "User", "admin@academy.example", "");
            shelf.put(COUNTERS, COURSES, Shelf.object().numberNode(0));
            addCourse("academy", "Channel Academy", "", List.of(), false, now());
        }
    }

    public long now() {
        return clock.instant().getEpochSecond();
    }

    private long next(String counter) {
        long id = shelf.find(COUNTERS, counter).map(JsonNode::asLong).orElse(0L) + 1;
        shelf.put(COUNTERS, counter, Shelf.object().numberNode(id));
        return id;
    }

    // People

    /** A new person; its number. */
    public synchronized long addUser(String username, String first, String last, String email, String idnumber) {
        long id = next(USERS);
        ObjectNode user = Shelf.object();
        user.put("id", id)
                .put("username", username)
                .put("firstname", first)
                .put("lastname", last)
                .put("email", email)
                .put("idnumber", idnumber)
                .put("department", "")
                .put("suspended", false)
                .put("created", now());
        shelf.put(USERS, String.valueOf(id), user);
        return id;
    }

    synchronized void changeUser(long id, ObjectNode changes) {
        ObjectNode user = ((ObjectNode) shelf.find(USERS, String.valueOf(id)).orElseThrow()).deepCopy();
        user.setAll(changes);
        shelf.put(USERS, String.valueOf(id), user);
    }

    public Collection<JsonNode> users() {
        return shelf.all(USERS).values();
    }

    public Optional<JsonNode> user(long id) {
        return shelf.find(USERS, String.valueOf(id));
    }

    // Courses

    /** An activity of a course; a manual one is ticked off by the learner. */
    public record Activity(String name, boolean manual) {}

    /**
     * A new course; its number.
     *
     * @param criteria whether finishing the activities completes the course
     */
    public synchronized long addCourse(
            String shortname, String fullname, String idnumber, List<Activity> activities, boolean criteria, long at) {
        long id = next(COURSES);
        ObjectNode course = Shelf.object();
        course.put("id", id)
                .put("shortname", shortname)
                .put("fullname", fullname)
                .put("idnumber", idnumber)
                .put("criteria", criteria)
                .put("visible", true)
                .put("created", at)
                .put("modified", at);
        var modules = course.putArray("modules");
        for (Activity activity : activities) {
            long cmid = next("modules");
            modules.addObject()
                    .put("cmid", cmid)
                    .put("instance", cmid)
                    .put("name", activity.name())
                    .put("tracking", activity.manual() ? 1 : 2)
                    .put("modified", at);
        }
        shelf.put(COURSES, String.valueOf(id), course);
        return id;
    }

    public Collection<JsonNode> courses() {
        return shelf.all(COURSES).values();
    }

    public Optional<JsonNode> course(long id) {
        return shelf.find(COURSES, String.valueOf(id));
    }

    Optional<JsonNode> courseOfModule(long cmid) {
        for (JsonNode course : courses()) {
            for (JsonNode module : course.path("modules")) {
                if (module.path("cmid").asLong() == cmid) {
                    return Optional.of(course);
                }
            }
        }
        return Optional.empty();
    }

    // Taking part

    static String pair(long first, long second) {
        return first + "/" + second;
    }

    /** Who takes part already goes on doing so. */
    public synchronized void enrol(long course, long user, long at) {
        if (!enrolled(course, user)) {
            shelf.put(
                    ENROLMENTS,
                    pair(course, user),
                    Shelf.object().put("course", course).put("user", user).put("at", at));
        }
    }

    /** The learner was there: on the site and in the course. */
    private synchronized void seen(long course, long user, long at) {
        ObjectNode person = user(user).orElseThrow().deepCopy();
        long last = Math.max(at, person.path("lastaccess").asLong());
        person.put("lastaccess", last);
        if (person.path("firstaccess").asLong() == 0) {
            person.put("firstaccess", at);
        }
        ObjectNode enrolment =
                shelf.find(ENROLMENTS, pair(course, user)).orElseThrow().deepCopy();
        enrolment.put("access", Math.max(at, enrolment.path("access").asLong()));
        shelf.put(List.of(
                new Shelf.Put(USERS, String.valueOf(user), person),
                new Shelf.Put(ENROLMENTS, pair(course, user), enrolment)));
    }

    /** When the learner was last in the course; 0 for never. */
    long lastIn(long course, long user) {
        return shelf.find(ENROLMENTS, pair(course, user))
                .map(enrolment -> enrolment.path("access").asLong())
                .orElse(0L);
    }

    void unenrol(long course, long user) {
        shelf.remove(ENROLMENTS, pair(course, user));
    }

    boolean enrolled(long course, long user) {
        return shelf.find(ENROLMENTS, pair(course, user)).isPresent();
    }

    public List<JsonNode> learners(long course) {
        List<JsonNode> learners = new ArrayList<>();
        for (JsonNode enrolment : shelf.all(ENROLMENTS).values()) {
            if (enrolment.path("course").asLong() == course) {
                user(enrolment.path("user").asLong()).ifPresent(learners::add);
            }
        }
        return learners;
    }

    public List<JsonNode> coursesOf(long user) {
        List<JsonNode> courses = new ArrayList<>();
        for (JsonNode enrolment : shelf.all(ENROLMENTS).values()) {
            if (enrolment.path("user").asLong() == user) {
                course(enrolment.path("course").asLong()).ifPresent(courses::add);
            }
        }
        return courses;
    }

    // Finishing

    /** What is known of an activity and a learner: state, time, overrideby; empty before anything happened. */
    Optional<JsonNode> activity(long cmid, long user) {
        return shelf.find(ACTIVITIES, pair(cmid, user));
    }

    /**
     * Marks an activity.
     *
     * @param by who overrides; null if the learner did it
     */
    public void mark(long cmid, long user, int state, long at, @Nullable Long by) {
        shelf.put(
                ACTIVITIES,
                pair(cmid, user),
                Shelf.object()
                        .put("state", state)
                        .put("at", state == 0 ? 0 : at)
                        .put("by", by));
    }

    public Optional<JsonNode> completion(long course, long user) {
        return shelf.find(COMPLETIONS, pair(course, user));
    }

    /** All activities of a course are done, as if the learner had gone through them now; the task does the rest. */
    public void finish(long course, long user) {
        enrol(course, user, now());
        seen(course, user, now());
        for (JsonNode module : course(course).orElseThrow().path("modules")) {
            mark(module.path("cmid").asLong(), user, 1, now(), null);
        }
        grade(course, user, 100, now());
    }

    /** A course that was completed at a time in the past, without waiting for the task. */
    public void completed(long course, long user, long at) {
        enrol(course, user, at);
        seen(course, user, at);
        for (JsonNode module : course(course).orElseThrow().path("modules")) {
            mark(module.path("cmid").asLong(), user, 1, at, null);
        }
        complete(course, user, at);
    }

    private void complete(long course, long user, long at) {
        shelf.put(
                COMPLETIONS,
                pair(course, user),
                Shelf.object().put("course", course).put("user", user).put("at", at));
        for (JsonNode badge : shelf.all(BADGES).values()) {
            if (badge.path("course").asLong() == course) {
                issue(badge.path("id").asLong(), user, at);
            }
        }
    }

    public void grade(long course, long user, double percent, long at) {
        shelf.put(
                GRADES,
                pair(course, user),
                Shelf.object().put("percent", percent).put("at", at));
    }

    Optional<JsonNode> gradeOf(long course, long user) {
        return shelf.find(GRADES, pair(course, user));
    }

    /** The share of activities done, 0..1. */
    double progress(JsonNode course, long user) {
        int done = 0;
        for (JsonNode module : course.path("modules")) {
            done += activity(module.path("cmid").asLong(), user)
                                    .map(state -> state.path("state").asInt())
                                    .orElse(0)
                            > 0
                    ? 1
                    : 0;
        }
        int all = course.path("modules").size();
        return all == 0 ? 0 : (double) done / all;
    }

    /** The scheduled task: courses whose last activity was done long enough ago become complete. */
    synchronized int runTask(boolean atOnce) {
        long until =
                now() - (atOnce ? 0 : profile.get().duration("completion-lag").toSeconds());
        int completed = 0;
        for (JsonNode enrolment : shelf.all(ENROLMENTS).values()) {
            long course = enrolment.path("course").asLong();
            long user = enrolment.path("user").asLong();
            JsonNode found = course(course).orElse(null);
            if (found == null
                    || !found.path("criteria").asBoolean()
                    || completion(course, user).isPresent()) {
                continue;
            }
            long last = lastActivity(found, user);
            if (progress(found, user) >= 1 && last <= until) {
                complete(course, user, now());
                completed++;
            }
        }
        return completed;
    }

    private long lastActivity(JsonNode course, long user) {
        long last = 0;
        for (JsonNode module : course.path("modules")) {
            last = Math.max(
                    last,
                    activity(module.path("cmid").asLong(), user)
                            .map(state -> state.path("at").asLong())
                            .orElse(0L));
        }
        return last;
    }

    // Badges

    /**
     * A new badge; its number.
     *
     * @param course whose completion earns it; null for a badge of the site that is given by hand
     * @param validSeconds how long it is valid; null for ever
     */
    public synchronized long addBadge(String name, @Nullable Long course, @Nullable Long validSeconds, long at) {
        long id = next(BADGES);
        shelf.put(
                BADGES,
                String.valueOf(id),
                Shelf.object()
                        .put("id", id)
                        .put("name", name)
                        .put("course", course)
                        .put("valid", validSeconds)
                        .put("at", at));
        return id;
    }

    Optional<JsonNode> badge(long id) {
        return shelf.find(BADGES, String.valueOf(id));
    }

    /** Gives a badge to a person; who has it and finishes again gets a new term. */
    public synchronized void issue(long badge, long user, long at) {
        JsonNode found = badge(badge).orElseThrow();
        byte[] random = new byte[20];
        new SecureRandom().nextBytes(random);
        ObjectNode issued = Shelf.object();
        issued.put("issued", next(ISSUED))
                .put("badge", badge)
                .put("user", user)
                .put("hash", HexFormat.of().formatHex(random))
                .put("at", at);
        issued.put(
                "expires",
                found.path("valid").isNumber()
                        ? Long.valueOf(at + found.path("valid").asLong())
                        : null);
        shelf.put(ISSUED, pair(badge, user), issued);
    }

    List<JsonNode> badgesOf(long user) {
        List<JsonNode> badges = new ArrayList<>();
        for (JsonNode issued : shelf.all(ISSUED).values()) {
            if (issued.path("user").asLong() == user) {
                badges.add(issued);
            }
        }
        return badges;
    }

    Optional<JsonNode> badgeByHash(String hash) {
        return shelf.all(ISSUED).values().stream()
                .filter(issued -> issued.path("hash").asText().equals(hash))
                .findFirst();
    }

    static String fullname(JsonNode user) {
        return user.path("firstname").asText() + " " + user.path("lastname").asText();
    }

    static boolean same(String a, String b) {
        return a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT));
    }
}
