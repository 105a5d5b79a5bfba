package dev.rainmaker.connector.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The questions that are asked of a site, with the shape that each answer must have. */
final class MoodleSite {

    /** Not there for this person or course, and no fault. */
    private static final Set<String> NOTHING_TRACKED =
            Set.of("nocriteriaset", "usernotenroled", "notenroled", "completionnotenabled", "usernotfound");

    private final MoodleClient client;
    private final MoodleFaults faults;

    MoodleSite(MoodleClient client, MoodleFaults faults) {
        this.client = client;
        this.faults = faults;
    }

    /** All courses but the front page, by id, and the server's time. */
    record Courses(List<Course> all, Instant at) {}

    Courses courses(CallPurpose purpose) {
        MoodleClient.Result answer = client.call(purpose, MoodleFunction.COURSES, Map.of());
        List<Course> courses = new ArrayList<>();
        for (JsonNode course : list(answer.json(), MoodleFunction.COURSES)) {
            if (course.path("id").asLong() != Course.SITE) {
                courses.add(Course.of(course));
            }
        }
        courses.sort(Comparator.comparingLong(Course::id));
        return new Courses(courses, answer.at());
    }

    /** People enrolled in a course, by rising id; may be fewer than asked for before the end, for some may be hidden. */
    List<JsonNode> enrolled(CallPurpose purpose, long course, int offset, int most) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("courseid", Long.toString(course));
        option(parameters, 0, "limitfrom", Integer.toString(offset));
        option(parameters, 1, "limitnumber", Integer.toString(most));
        option(parameters, 2, "sortby", "id");
        option(parameters, 3, "sortdirection", "ASC");
        return list(client.call(purpose, MoodleFunction.ENROLLED, parameters).json(), MoodleFunction.ENROLLED);
    }

    private static void option(Map<String, String> parameters, int number, String name, String value) {
        parameters.put("options[" + number + "][name]", name);
        parameters.put("options[" + number + "][value]", value);
    }

    List<JsonNode> users(CallPurpose purpose, List<String> ids) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("field", "id");
        for (int i = 0; i < ids.size(); i++) {
            parameters.put("values[" + i + "]", ids.get(i));
        }
        return list(
                client.call(purpose, MoodleFunction.USERS_BY_FIELD, parameters).json(), MoodleFunction.USERS_BY_FIELD);
    }

    /** What a stream says of one person in one course. */
    List<SourceRecord> records(CallPurpose purpose, MoodleStream stream, Course course, long user) {
        MoodleFunction function = stream.function();
        Map<String, String> parameters = stream == MoodleStream.BADGE
                ? Map.of("userid", Long.toString(user))
                : Map.of("courseid", Long.toString(course.id()), "userid", Long.toString(user));
        JsonNode answer = client.ask(purpose, function, parameters).json();
        Optional<MoodleError> error = MoodleError.in(answer);
        if (error.isPresent()) {
            return nothing(error.get(), function);
        }
        return switch (stream) {
            case COURSE_COMPLETION ->
                List.of(Records.courseCompletion(course, user, object(answer, "completionstatus", function)));
            case ACTIVITY_COMPLETION -> Records.activities(course, user, objects(answer, "statuses", function));
            case GRADE -> {
                List<SourceRecord> grades = new ArrayList<>();
                for (JsonNode one : objects(answer, "usergrades", function)) {
                    grades.addAll(Records.grades(course, user, objects(one, "gradeitems", function)));
                }
                yield grades;
            }
            case BADGE -> Records.badges(user, objects(answer, "badges", function));
            case USER -> throw new IllegalArgumentException("people are listed, not asked for one by one");
        };
    }

    private List<SourceRecord> nothing(MoodleError error, MoodleFunction function) {
        if (NOTHING_TRACKED.contains(error.code())) {
            return List.of();
        }
        ConnectorFault fault = faults.of(error, function);
        throw fault;
    }

    private List<JsonNode> list(JsonNode answer, MoodleFunction function) {
        if (!answer.isArray()) {
            throw faults.damaged(function, 0, "no list");
        }
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode item : answer) {
            if (!item.isObject() || !item.path("id").isIntegralNumber()) {
                throw faults.damaged(function, 0, "an item without an id");
            }
            items.add(item);
        }
        return items;
    }

    private JsonNode object(JsonNode answer, String member, MoodleFunction function) {
        JsonNode found = answer.path(member);
        if (!found.isObject()) {
            throw faults.damaged(function, 0, "no " + member);
        }
        return found;
    }

    private JsonNode objects(JsonNode answer, String member, MoodleFunction function) {
        JsonNode found = answer.path(member);
        if (!found.isArray()) {
            throw faults.damaged(function, 0, "no " + member);
        }
        for (JsonNode item : found) {
            if (!item.isObject()) {
                throw faults.damaged(function, 0, "an item of " + member + " that is none");
            }
        }
        return found;
    }
}
