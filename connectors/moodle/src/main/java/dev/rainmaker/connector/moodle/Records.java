package dev.rainmaker.connector.moodle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.connector.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records from answers. Moodle stamps none of them, so their time of change is {@link Instant#EPOCH}: of two reads the
 * later one counts. Times are ISO texts, absent times ({@code 0}) null, names plain text.
 */
final class Records {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Differs between two reads of an unchanged person, or between courses: kept only where a mapping asks for it. */
    private static final Set<String> PASSING = Set.of(
            "firstaccess",
            "lastaccess",
            "lastcourseaccess",
            "roles",
            "groups",
            "enrolledcourses",
            "preferences",
            "profileimageurl",
            "profileimageurlsmall");

    private static final Set<String> TIMES = Set.of(
            "timecompleted",
            "dateissued",
            "dateexpire",
            "gradedategraded",
            "gradedatesubmitted",
            "firstaccess",
            "lastaccess");

    private static final Set<String> NAMES = Set.of("fullname", "firstname", "lastname", "name", "issuername");

    private Records() {}

    static SourceRecord user(JsonNode user, Set<String> asked) {
        ObjectNode kept = user.deepCopy();
        kept.remove(PASSING.stream().filter(name -> !asked.contains(name)).toList());
        return record(MoodleStream.USER, user.path("id").asText(), kept);
    }

    /**
     * @param status as answered by the completion function
     * @return with {@code timecompleted}: Moodle states one per criterion, the last counts where all are needed and the
     *     first where one is enough
     */
    static SourceRecord courseCompletion(Course course, long user, JsonNode status) {
        ObjectNode json = of(course, user);
        json.put("completed", status.path("completed").asBoolean());
        json.set("aggregation", status.path("aggregation"));
        json.put("timecompleted", status.path("completed").asBoolean() ? completedAt(status) : 0);
        return record(MoodleStream.COURSE_COMPLETION, "completion-" + course.id() + "-" + user, json);
    }

    private static long completedAt(JsonNode status) {
        boolean any = status.path("aggregation").asInt(1) == 2;
        long at = 0;
        for (JsonNode criterion : status.path("completions")) {
            long completed = criterion.path("timecompleted").asLong(0);
            if (completed > 0 && criterion.path("complete").asBoolean()) {
                at = at == 0 ? completed : any ? Math.min(at, completed) : Math.max(at, completed);
            }
        }
        return at;
    }

    static List<SourceRecord> activities(Course course, long user, JsonNode statuses) {
        List<SourceRecord> records = new ArrayList<>();
        for (JsonNode status : statuses) {
            ObjectNode json = of(course, user);
            json.setAll((ObjectNode) status);
            json.remove("details");
            records.add(record(
                    MoodleStream.ACTIVITY_COMPLETION,
                    "activity-" + course.id() + "-" + user + "-"
                            + status.path("cmid").asLong(),
                    json));
        }
        return records;
    }

    /** The total of a course, empty where the course has none or it is not graded yet. */
    static List<SourceRecord> grades(Course course, long user, JsonNode items) {
        List<SourceRecord> records = new ArrayList<>();
        for (JsonNode item : items) {
            if (item.path("itemtype").asText().equals("course")
                    && !item.path("graderaw").isNull()) {
                ObjectNode json = of(course, user);
                for (String name : List.of(
                        "graderaw", "grademin", "grademax", "gradedategraded", "percentageformatted", "feedback")) {
                    json.set(name, item.path(name).isMissingNode() ? null : item.path(name));
                }
                records.add(record(MoodleStream.GRADE, "grade-" + course.id() + "-" + user, json));
            }
        }
        return records;
    }

    static List<SourceRecord> badges(long user, JsonNode badges) {
        List<SourceRecord> records = new ArrayList<>();
        for (JsonNode badge : badges) {
            ObjectNode json = badge.deepCopy();
            if (!json.hasNonNull("recipientid")) {
                json.put("recipientid", user); // releases before 4.5 leave it out
            }
            records.add(record(
                    MoodleStream.BADGE,
                    "badge-" + user + "-" + badge.path("uniquehash").asText(),
                    json));
        }
        return records;
    }

    private static ObjectNode of(Course course, long user) {
        ObjectNode json = JSON.createObjectNode();
        json.set("course", course.json());
        return json.put("userid", user);
    }

    private static SourceRecord record(MoodleStream stream, String id, ObjectNode json) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        json.fields().forEachRemaining(field -> fields.put(field.getKey(), value(field.getKey(), field.getValue())));
        try {
            return new SourceRecord(
                    stream.word(),
                    id,
                    Instant.EPOCH,
                    false,
                    Collections.unmodifiableMap(fields),
                    JSON.writeValueAsBytes(json));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable Object value(String name, @Nullable JsonNode json) {
        if (json == null || json.isNull() || json.isMissingNode()) {
            return null;
        }
        if (TIMES.contains(name)) {
            long seconds = json.asLong(0);
            return seconds == 0 ? null : Instant.ofEpochSecond(seconds).toString();
        }
        if (name.equals("customfields") && json.isArray()) {
            Map<String, @Nullable Object> own = new LinkedHashMap<>();
            json.forEach(field -> own.put(field.path("shortname").asText(), value("value", field.path("value"))));
            return own;
        }
        if (json.isTextual()) {
            return NAMES.contains(name) ? PlainText.of(json.asText()) : json.asText();
        }
        if (json.isBoolean()) {
            return json.asBoolean();
        }
        if (json.isNumber()) {
            return json.decimalValue();
        }
        if (json.isArray()) {
            List<@Nullable Object> items = new ArrayList<>();
            json.forEach(item -> items.add(value("", item)));
            return items;
        }
        Map<String, @Nullable Object> nested = new LinkedHashMap<>();
        json.fields().forEachRemaining(field -> nested.put(field.getKey(), value(field.getKey(), field.getValue())));
        return nested;
    }
}
