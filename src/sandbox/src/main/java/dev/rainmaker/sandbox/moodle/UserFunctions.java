package dev.rainmaker.sandbox.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import java.util.List;

/** Functions about people and their enrolments. */
final class UserFunctions {

    private final Academy academy;
    private final SiteFacts site;

    UserFunctions(Academy academy, SiteFacts site) {
        this.academy = academy;
        this.site = site;
    }

    List<WsFunction> all() {
        return List.of(
                WsFunction.core("core_user_get_users_by_field", "moodle/user:viewdetails", this::byField),
                WsFunction.core("core_user_get_users", "moodle/user:viewalldetails", this::byCriteria),
                WsFunction.core("core_user_create_users", "moodle/user:create", this::create),
                WsFunction.core("core_user_update_users", "moodle/user:update", this::update),
                WsFunction.core("core_enrol_get_enrolled_users", "moodle/course:viewparticipants", this::enrolled),
                WsFunction.plugin("enrol_manual_enrol_users", "enrol/manual:enrol", a -> enrol(a, true)),
                WsFunction.plugin("enrol_manual_unenrol_users", "enrol/manual:unenrol", a -> enrol(a, false)));
    }

    private JsonNode byField(Arguments arguments) throws WsFault {
        arguments.only("field", "values");
        String field = arguments.text("field");
        if (!field.matches("id|idnumber|username|email") || !arguments.has("values")) {
            throw WsFault.parameter();
        }
        List<String> values = arguments.texts("values");
        ArrayNode found = ApiJson.array();
        for (JsonNode user : academy.users()) {
            if (values.stream().anyMatch(value -> Academy.same(user.path(field).asText(), value))) {
                found.add(user(user));
            }
        }
        return found;
    }

    /** All criteria must hold; a percent sign stands for anything, as in the database. */
    private JsonNode byCriteria(Arguments arguments) throws WsFault {
        arguments.only("criteria");
        List<JsonNode> criteria = arguments.array("criteria");
        if (criteria.isEmpty()) {
            throw WsFault.parameter();
        }
        ObjectNode answer = ApiJson.object();
        ArrayNode users = answer.putArray("users");
        for (JsonNode user : academy.users()) {
            boolean all = true;
            for (JsonNode criterion : criteria) {
                String key = Arguments.text(criterion, "key");
                String value = Arguments.text(criterion, "value");
                if (!key.matches("id|firstname|lastname|idnumber|username|email|auth")) {
                    throw WsFault.parameter();
                }
                String have = key.equals("auth") ? "manual" : user.path(key).asText();
                all &= like(have, value);
            }
            if (all) {
                users.add(user(user));
            }
        }
        answer.putArray("warnings");
        return answer;
    }

    private static boolean like(String have, String pattern) {
        if (!pattern.contains("%")) {
            return Academy.same(have, pattern);
        }
        StringBuilder regex = new StringBuilder("(?is)");
        for (String part : pattern.split("%", -1)) {
            regex.append(regex.length() > 5 ? ".*" : "").append(java.util.regex.Pattern.quote(part));
        }
        return have.matches(regex.toString());
    }

    /** A person as lists show it; who may not see identities sees neither e-mail nor number. */
    private ObjectNode person(JsonNode user) {
        ObjectNode json = ApiJson.object();
        json.put("id", user.path("id").asLong())
                .put("username", user.path("username").asText())
                .put("firstname", user.path("firstname").asText())
                .put("lastname", user.path("lastname").asText())
                .put("fullname", Academy.fullname(user));
        if (site.may("moodle/site:viewuseridentity")) {
            json.put("email", user.path("email").asText())
                    .put("department", user.path("department").asText())
                    .put("idnumber", user.path("idnumber").asText());
        }
        return json.put("firstaccess", user.path("firstaccess").asLong())
                .put("lastaccess", user.path("lastaccess").asLong());
    }

    private ObjectNode user(JsonNode user) {
        return pictures(person(user)
                .put("auth", "manual")
                .put("suspended", user.path("suspended").asBoolean())
                .put("confirmed", true)
                .put("lang", "en")
                .put("theme", "")
                .put("timezone", "99")
                .put("mailformat", 1)
                .put("trackforums", 0));
    }

    private ObjectNode pictures(ObjectNode json) {
        return json.put("profileimageurlsmall", site.picture("f2")).put("profileimageurl", site.picture("f1"));
    }

    private JsonNode create(Arguments arguments) throws WsFault {
        arguments.only("users");
        ArrayNode made = ApiJson.array();
        for (JsonNode user : arguments.array("users")) {
            String username = Arguments.text(user, "username");
            String email = Arguments.text(user, "email");
            boolean taken = academy.users().stream()
                    .anyMatch(other -> Academy.same(other.path("username").asText(), username)
                            || Academy.same(other.path("email").asText(), email));
            if (taken || !username.equals(username.toLowerCase(java.util.Locale.ROOT))) {
                throw WsFault.parameter();
            }
            long id = academy.addUser(
                    username,
                    Arguments.text(user, "firstname"),
                    Arguments.text(user, "lastname"),
                    email,
                    Arguments.text(user, "idnumber", ""));
            made.addObject().put("id", id).put("username", username);
        }
        return made;
    }

    private JsonNode update(Arguments arguments) throws WsFault {
        arguments.only("users");
        for (JsonNode user : arguments.array("users")) {
            long id = Arguments.whole(Arguments.text(user, "id"));
            if (academy.user(id).isEmpty()) {
                throw WsFault.record("user");
            }
            ObjectNode changes = ApiJson.object();
            for (String name : List.of("firstname", "lastname", "email", "idnumber", "department")) {
                if (user.has(name)) {
                    changes.put(name, Arguments.text(user, name));
                }
            }
            if (user.has("suspended")) {
                changes.put("suspended", Arguments.text(user, "suspended").equals("1"));
            }
            academy.changeUser(id, changes);
        }
        ObjectNode answer = ApiJson.object();
        answer.putArray("warnings");
        return answer;
    }

    private JsonNode enrolled(Arguments arguments) throws WsFault {
        arguments.only("courseid", "options");
        long course = arguments.number("courseid");
        JsonNode found = academy.course(course).orElseThrow(() -> WsFault.record("course"));
        long from = 0;
        long most = Long.MAX_VALUE;
        for (JsonNode option : arguments.array("options")) {
            String name = Arguments.text(option, "name");
            String value = Arguments.text(option, "value");
            if (!name.matches(
                    "withcapability|groupid|onlyactive|onlysuspended|userfields|limitfrom|limitnumber|sortby|sortdirection")) {
                throw WsFault.parameter();
            }
            from = name.equals("limitfrom") ? Arguments.whole(value) : from;
            most = name.equals("limitnumber") && !value.equals("0") ? Arguments.whole(value) : most;
        }
        ArrayNode users = ApiJson.array();
        List<JsonNode> learners = course == Academy.SITE ? List.copyOf(academy.users()) : academy.learners(course);
        learners.stream().skip(from).limit(most).forEach(learner -> users.add(participant(learner, found)));
        return users;
    }

    private ObjectNode participant(JsonNode learner, JsonNode course) {
        ObjectNode json = pictures(person(learner)
                .put(
                        "lastcourseaccess",
                        academy.lastIn(
                                course.path("id").asLong(), learner.path("id").asLong())));
        json.putArray("roles")
                .addObject()
                .put("roleid", 5)
                .put("name", "")
                .put("shortname", "student")
                .put("sortorder", 0);
        ArrayNode courses = json.putArray("enrolledcourses");
        for (JsonNode other : academy.coursesOf(learner.path("id").asLong())) {
            courses.addObject()
                    .put("id", other.path("id").asLong())
                    .put("fullname", other.path("fullname").asText())
                    .put("shortname", other.path("shortname").asText());
        }
        return course.path("id").asLong() == Academy.SITE ? json.without("roles") : json;
    }

    private JsonNode enrol(Arguments arguments, boolean in) throws WsFault {
        arguments.only("enrolments");
        for (JsonNode enrolment : arguments.array("enrolments")) {
            long course = Arguments.whole(Arguments.text(enrolment, "courseid"));
            long user = Arguments.whole(Arguments.text(enrolment, "userid"));
            if (in) {
                Arguments.whole(Arguments.text(enrolment, "roleid"));
            }
            if (academy.course(course).isEmpty()) {
                throw WsFault.record("course");
            }
            if (academy.user(user).isEmpty()) {
                throw WsFault.record("user");
            }
            if (in) {
                academy.enrol(course, user, academy.now());
            } else {
                academy.unenrol(course, user);
            }
        }
        return NullNode.getInstance();
    }
}
