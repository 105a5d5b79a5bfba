package dev.rainmaker.sandbox.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions about grades and badges. */
final class AchievementFunctions {

    private final Academy academy;
    private final SiteFacts site;

    AchievementFunctions(Academy academy, SiteFacts site) {
        this.academy = academy;
        this.site = site;
    }

    List<WsFunction> all() {
        return List.of(
                WsFunction.plugin("gradereport_user_get_grade_items", "gradereport/user:view", this::gradeItems),
                WsFunction.plugin("gradereport_overview_get_course_grades", "", this::courseGrades),
                WsFunction.core("core_badges_get_user_badges", "moodle/badges:viewotherbadges", this::badges),
                WsFunction.core("core_badges_get_user_badge_by_hash", "", this::badgeByHash));
    }

    private JsonNode gradeItems(Arguments arguments) throws WsFault {
        arguments.only("courseid", "userid", "groupid");
        long course = arguments.number("courseid");
        JsonNode found = academy.course(course).orElseThrow(() -> WsFault.record("course"));
        long only = arguments.number("userid", 0);
        ObjectNode answer = ApiJson.object();
        ArrayNode grades = answer.putArray("usergrades");
        List<JsonNode> learners = new ArrayList<>(academy.learners(course));
        for (JsonNode learner : learners) {
            if (only == 0 || learner.path("id").asLong() == only) {
                grades.add(gradesOf(found, learner));
            }
        }
        answer.putArray("warnings");
        return answer;
    }

    private ObjectNode gradesOf(JsonNode course, JsonNode learner) {
        ObjectNode json = ApiJson.object();
        json.put("courseid", course.path("id").asLong())
                .put("courseidnumber", course.path("idnumber").asText())
                .put("userid", learner.path("id").asLong())
                .put("userfullname", Academy.fullname(learner))
                .put("useridnumber", learner.path("idnumber").asText())
                .put("maxdepth", 2);
        JsonNode grade = academy.gradeOf(
                        course.path("id").asLong(), learner.path("id").asLong())
                .orElse(null);
        json.putArray("gradeitems").add(item(course, grade));
        return json;
    }

    /** The course's total. Text in it is HTML, entities included. */
    private static ObjectNode item(JsonNode course, @Nullable JsonNode grade) {
        ObjectNode item = ApiJson.object();
        long id = course.path("id").asLong() - 1;
        item.put("id", id).putNull("itemname").put("itemtype", "course").putNull("itemmodule");
        item.put("iteminstance", id)
                .putNull("itemnumber")
                .putNull("idnumber")
                .putNull("categoryid")
                .putNull("outcomeid")
                .putNull("scaleid")
                .put("locked", false);
        double most = grade == null ? 0 : 100;
        if (grade == null) {
            item.putNull("graderaw").putNull("gradedatesubmitted").putNull("gradedategraded");
        } else {
            item.put("graderaw", grade.path("percent").asDouble())
                    .putNull("gradedatesubmitted")
                    .put("gradedategraded", grade.path("at").asLong());
        }
        String percent = grade == null ? "-" : formatted(grade.path("percent").asDouble());
        item.put("gradehiddenbydate", false)
                .put("gradeneedsupdate", false)
                .put("gradeishidden", false)
                .put("gradeislocked", false)
                .put("gradeisoverridden", false)
                .put("gradeformatted", percent)
                .put("grademin", 0)
                .put("grademax", Math.round(most))
                .put("rangeformatted", "0&ndash;" + Math.round(most))
                .put("percentageformatted", grade == null ? "-" : percent + " %")
                .put("feedback", "")
                .put("feedbackformat", 0);
        return item;
    }

    private static String formatted(double percent) {
        return String.format(Locale.ROOT, "%.2f", percent);
    }

    private JsonNode courseGrades(Arguments arguments) throws WsFault {
        arguments.only("userid");
        long user = arguments.number("userid", 2);
        ObjectNode answer = ApiJson.object();
        ArrayNode grades = answer.putArray("grades");
        for (JsonNode course : academy.coursesOf(user)) {
            JsonNode grade = academy.gradeOf(course.path("id").asLong(), user).orElse(null);
            grades.addObject()
                    .put("courseid", course.path("id").asLong())
                    .put(
                            "grade",
                            grade == null
                                    ? "-"
                                    : formatted(grade.path("percent").asDouble()))
                    .put(
                            "rawgrade",
                            grade == null
                                    ? null
                                    : formatted(grade.path("percent").asDouble()));
        }
        answer.putArray("warnings");
        return answer;
    }

    private JsonNode badges(Arguments arguments) throws WsFault {
        arguments.only("userid", "courseid", "page", "perpage", "search", "onlypublic");
        long user = arguments.number("userid", 2);
        long course = arguments.number("courseid", 0);
        long page = arguments.number("page", 0);
        long most = arguments.number("perpage", 0);
        if (user != 0 && academy.user(user).isEmpty()) {
            throw WsFault.record("user");
        }
        ObjectNode answer = ApiJson.object();
        ArrayNode badges = answer.putArray("badges");
        academy.badgesOf(user).stream()
                .filter(issued -> course == 0
                        || academy.badge(issued.path("badge").asLong())
                                .filter(badge -> badge.path("course").asLong() == course)
                                .isPresent())
                .skip(page * most)
                .limit(most == 0 ? Long.MAX_VALUE : most)
                .forEach(issued -> badges.add(badge(issued)));
        answer.putArray("warnings");
        return answer;
    }

    private JsonNode badgeByHash(Arguments arguments) throws WsFault {
        arguments.only("hash");
        JsonNode issued = academy.badgeByHash(arguments.text("hash")).orElseThrow(() -> WsFault.record("badge_issued"));
        ObjectNode answer = ApiJson.object();
        answer.putArray("badge").add(badge(issued));
        answer.putArray("warnings");
        return answer;
    }

    private ObjectNode badge(JsonNode issued) {
        JsonNode badge = academy.badge(issued.path("badge").asLong()).orElseThrow();
        JsonNode user = academy.user(issued.path("user").asLong()).orElseThrow();
        long id = badge.path("id").asLong();
        boolean ofCourse = badge.path("course").isNumber();
        ObjectNode json = ApiJson.object();
        json.put("id", id)
                .put("name", badge.path("name").asText())
                .put("description", badge.path("name").asText())
                .put("timecreated", badge.path("at").asLong())
                .put("timemodified", badge.path("at").asLong())
                .put("usercreated", 2)
                .put("usermodified", 2)
                .put("issuername", "Channel Academy")
                .put("issuerurl", site.url())
                .put("issuercontact", "academy@vendor.example")
                .putNull("expiredate")
                .put(
                        "expireperiod",
                        badge.path("valid").isNumber()
                                ? Long.valueOf(badge.path("valid").asLong())
                                : null)
                .put("type", ofCourse ? 2 : 1)
                .put("courseid", ofCourse ? Long.valueOf(badge.path("course").asLong()) : null)
                .put("message", "<p>Well done</p>")
                .put("messagesubject", "A new badge")
                .put("attachment", 0)
                .put("notification", 0)
                .putNull("nextcron")
                .put("status", 3)
                .put("issuedid", issued.path("issued").asLong())
                .put("uniquehash", issued.path("hash").asText())
                .put("dateissued", issued.path("at").asLong())
                .put(
                        "dateexpire",
                        issued.path("expires").isNumber()
                                ? Long.valueOf(issued.path("expires").asLong())
                                : null)
                .put("visible", 1)
                .put("recipientid", user.path("id").asLong())
                .put("recipientfullname", Academy.fullname(user));
        if (site.may("moodle/site:viewuseridentity")) {
            json.put("email", user.path("email").asText());
        }
        json.put("version", "1")
                .put("language", "en")
                .put("imageauthorname", "")
                .put("imageauthoremail", "")
                .putNull("imageauthorurl")
                .put("imagecaption", "")
                .put("badgeurl", site.url() + "/webservice/pluginfile.php/1/badges/badgeimage/" + id + "/f3");
        json.putArray("alignment");
        json.putArray("relatedbadges");
        return json;
    }
}
