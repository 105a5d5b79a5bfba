package dev.rainmaker.sandbox.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions about courses and what is in them. */
final class CourseFunctions {

    private final Academy academy;
    private final SiteFacts site;

    CourseFunctions(Academy academy, SiteFacts site) {
        this.academy = academy;
        this.site = site;
    }

    List<WsFunction> all() {
        return List.of(
                WsFunction.core("core_course_get_courses", "moodle/course:view", this::courses),
                WsFunction.core("core_course_get_courses_by_field", "", this::byField),
                WsFunction.core("core_course_get_contents", "moodle/course:view", this::contents),
                WsFunction.core("core_course_get_updates_since", "", this::updates),
                WsFunction.core("core_enrol_get_users_courses", "moodle/course:viewparticipants", this::coursesOf));
    }

    private JsonNode courses(Arguments arguments) throws WsFault {
        arguments.only("options");
        List<JsonNode> ids = Arguments.array(arguments.object("options"), "ids");
        ArrayNode answer = ApiJson.array();
        if (ids.isEmpty()) {
            academy.courses().forEach(course -> answer.add(plain(course)));
        }
        for (JsonNode id : ids) {
            answer.add(plain(academy.course(Arguments.whole(id.asText())).orElseThrow(() -> WsFault.record("course"))));
        }
        return answer;
    }

    private static boolean isSite(JsonNode course) {
        return course.path("id").asLong() == Academy.SITE;
    }

    private static ObjectNode plain(JsonNode course) {
        boolean isSite = isSite(course);
        long id = course.path("id").asLong();
        ObjectNode json = ApiJson.object();
        json.put("id", id)
                .put("shortname", course.path("shortname").asText())
                .put("categoryid", isSite ? 0 : 1)
                .put("categorysortorder", isSite ? 1 : 10_000 + id - 1)
                .put("fullname", course.path("fullname").asText())
                .put("displayname", course.path("fullname").asText())
                .put("idnumber", course.path("idnumber").asText())
                .put("summary", isSite ? "" : "<p>" + course.path("fullname").asText() + "</p>")
                .put("summaryformat", isSite ? 0 : 1)
                .put("format", isSite ? "site" : "topics")
                .put("showgrades", 1)
                .put("newsitems", isSite ? 3 : 0)
                .put("startdate", isSite ? 0 : course.path("created").asLong())
                .put("enddate", 0)
                .put("numsections", isSite ? 1 : 5)
                .put("maxbytes", 0)
                .put("showreports", 0)
                .put("visible", course.path("visible").asBoolean() ? 1 : 0);
        if (!isSite) {
            json.put("hiddensections", 1);
        }
        json.put("groupmode", 0)
                .put("groupmodeforce", 0)
                .put("defaultgroupingid", 0)
                .put("timecreated", course.path("created").asLong())
                .put("timemodified", course.path("modified").asLong())
                .put("enablecompletion", isSite ? 0 : 1)
                .put("completionnotify", 0)
                .put("lang", "")
                .put("forcetheme", "");
        options(json, isSite);
        json.put("showactivitydates", false);
        return isSite ? json.putNull("showcompletionconditions") : json.put("showcompletionconditions", true);
    }

    private static void options(ObjectNode json, boolean isSite) {
        ArrayNode options = json.putArray("courseformatoptions");
        if (isSite) {
            options.addObject().put("name", "numsections").put("value", 1);
        } else {
            options.addObject().put("name", "hiddensections").put("value", 1);
            options.addObject().put("name", "coursedisplay").put("value", 0);
        }
    }

    private JsonNode byField(Arguments arguments) throws WsFault {
        arguments.only("field", "value");
        String field = arguments.has("field") ? arguments.text("field") : "";
        String value = arguments.has("value") ? arguments.text("value") : "";
        if (!field.matches("|id|ids|shortname|idnumber|category")) {
            throw WsFault.parameter();
        }
        ObjectNode answer = ApiJson.object();
        ArrayNode courses = answer.putArray("courses");
        for (JsonNode course : academy.courses()) {
            boolean wanted = switch (field) {
                case "" -> true;
                case "ids" ->
                    List.of(value.split(",")).contains(course.path("id").asText());
                case "category" -> value.equals(isSite(course) ? "0" : "1");
                default -> course.path(field).asText().equals(value);
            };
            if (wanted) {
                courses.add(full(course));
            }
        }
        answer.putArray("warnings");
        return answer;
    }

    private ObjectNode full(JsonNode course) {
        boolean isSite = isSite(course);
        long id = course.path("id").asLong();
        long modified = course.path("modified").asLong();
        ObjectNode json = ApiJson.object();
        json.put("id", id)
                .put("fullname", course.path("fullname").asText())
                .put("displayname", course.path("fullname").asText())
                .put("shortname", course.path("shortname").asText())
                .put("courseimage", site.image(id))
                .put("categoryid", isSite ? 0 : 1)
                .put("categoryname", isSite ? "" : "Category 1")
                .put("sortorder", isSite ? 1 : 10_000 + id - 1)
                .put("summary", isSite ? "" : "<p>" + course.path("fullname").asText() + "</p>")
                .put("summaryformat", isSite ? 0 : 1);
        json.putArray("summaryfiles");
        json.putArray("overviewfiles");
        json.put("showactivitydates", false).put("showcompletionconditions", true);
        json.putArray("contacts");
        json.putArray("enrollmentmethods").add("manual");
        json.put("idnumber", course.path("idnumber").asText())
                .put("format", isSite ? "site" : "topics")
                .put("showgrades", 1)
                .put("newsitems", 0)
                .put("startdate", isSite ? 0 : course.path("created").asLong())
                .put("enddate", 0)
                .put("maxbytes", 0)
                .put("showreports", 0)
                .put("visible", course.path("visible").asBoolean() ? 1 : 0)
                .put("groupmode", 0)
                .put("groupmodeforce", 0)
                .put("defaultgroupingid", 0)
                .put("enablecompletion", isSite ? 0 : 1)
                .put("completionnotify", 0)
                .put("lang", "")
                .put("theme", "")
                .put("marker", 0)
                .put("legacyfiles", 0)
                .put("calendartype", "")
                .put("timecreated", course.path("created").asLong())
                .put("timemodified", modified)
                .put("requested", 0)
                .put("cacherev", modified);
        json.putArray("filters")
                .addObject()
                .put("filter", "activitynames")
                .put("localstate", 0)
                .put("inheritedstate", 1);
        options(json, isSite);
        return json;
    }

    private JsonNode contents(Arguments arguments) throws WsFault {
        arguments.only("courseid", "options");
        JsonNode course = academy.course(arguments.number("courseid")).orElseThrow(() -> WsFault.record("course"));
        ArrayNode sections = ApiJson.array();
        ArrayNode modules = section(sections, 1, "General", 0);
        course.path("modules").forEach(module -> modules.add(module(module)));
        for (int i = 1; i <= (isSite(course) ? 0 : 5); i++) {
            section(sections, i + 1, "New section", i);
        }
        return sections;
    }

    private static ArrayNode section(ArrayNode sections, int id, String name, int number) {
        return sections.addObject()
                .put("id", id)
                .put("name", name)
                .put("visible", 1)
                .put("summary", "")
                .put("summaryformat", 1)
                .put("section", number)
                .put("hiddenbynumsections", 0)
                .put("uservisible", true)
                .putNull("component")
                .putNull("itemid")
                .putArray("modules");
    }

    private ObjectNode module(JsonNode module) {
        long cmid = module.path("cmid").asLong();
        long modified = module.path("modified").asLong();
        ObjectNode json = ApiJson.object();
        json.put("id", cmid)
                .put("url", site.url() + "/mod/page/view.php?id=" + cmid)
                .put("name", module.path("name").asText())
                .put("instance", module.path("instance").asLong())
                .put("contextid", cmid + 11)
                .put("visible", 1)
                .put("uservisible", true)
                .put("visibleoncoursepage", 1)
                .put("modicon", site.icon("page"))
                .put("modname", "page")
                .put("purpose", "content")
                .put("branded", false)
                .put("modplural", "Pages")
                .putNull("availability")
                .put("indent", 0)
                .put("onclick", "")
                .putNull("afterlink")
                .put("customdata", "\"\"")
                .put("noviewlink", false)
                .put("completion", module.path("tracking").asInt());
        json.set("completiondata", CompletionFunctions.state(module, null, false));
        json.put("downloadcontent", 1);
        json.putArray("dates");
        json.put("groupmode", 0);
        json.putArray("contents")
                .addObject()
                .put("type", "file")
                .put("filename", "index.html")
                .put("filepath", "/")
                .put("filesize", 0)
                .put(
                        "fileurl",
                        site.url() + "/webservice/pluginfile.php/" + (cmid + 11)
                                + "/mod_page/content/index.html?forcedownload=1")
                .putNull("timecreated")
                .put("timemodified", modified)
                .put("sortorder", 1)
                .putNull("userid")
                .putNull("author")
                .putNull("license");
        ObjectNode info = json.putObject("contentsinfo");
        info.put("filescount", 1).put("filessize", 0).put("lastmodified", modified);
        info.putArray("mimetypes");
        info.put("repositorytype", "");
        return json;
    }

    /** Changes of the course's activities themselves, not of what learners did. */
    private JsonNode updates(Arguments arguments) throws WsFault {
        arguments.only("courseid", "since", "filter");
        JsonNode course = academy.course(arguments.number("courseid")).orElseThrow(() -> WsFault.record("course"));
        long since = arguments.number("since");
        ObjectNode answer = ApiJson.object();
        ArrayNode instances = answer.putArray("instances");
        for (JsonNode module : course.path("modules")) {
            if (module.path("modified").asLong() > since) {
                instances
                        .addObject()
                        .put("contextlevel", "module")
                        .put("id", module.path("cmid").asLong())
                        .putArray("updates")
                        .addObject()
                        .put("name", "configuration")
                        .put("timeupdated", module.path("modified").asLong());
            }
        }
        answer.putArray("warnings");
        return answer;
    }

    private JsonNode coursesOf(Arguments arguments) throws WsFault {
        arguments.only("userid", "returnusercount");
        long user = arguments.number("userid");
        if (academy.user(user).isEmpty()) {
            throw WsFault.record("user");
        }
        boolean count = !arguments.has("returnusercount") || arguments.number("returnusercount") != 0;
        ArrayNode answer = ApiJson.array();
        Collection<JsonNode> courses = academy.coursesOf(user);
        courses.forEach(course -> answer.add(taken(course, user, count)));
        return answer;
    }

    private @Nullable Long lastAccess(long course, long user) {
        long last = academy.lastIn(course, user);
        return last == 0 ? null : Long.valueOf(last);
    }

    private ObjectNode taken(JsonNode course, long user, boolean count) {
        long id = course.path("id").asLong();
        boolean criteria = course.path("criteria").asBoolean();
        ObjectNode json = ApiJson.object();
        json.put("id", id)
                .put("shortname", course.path("shortname").asText())
                .put("fullname", course.path("fullname").asText())
                .put("displayname", course.path("fullname").asText());
        if (count) {
            json.put("enrolledusercount", academy.learners(id).size());
        }
        json.put("idnumber", course.path("idnumber").asText())
                .put("visible", course.path("visible").asBoolean() ? 1 : 0)
                .put("summary", "<p>" + course.path("fullname").asText() + "</p>")
                .put("summaryformat", 1)
                .put("format", "topics")
                .put("courseimage", site.image(id))
                .put("showgrades", true)
                .put("lang", "")
                .put("enablecompletion", true)
                .put("completionhascriteria", criteria)
                .put("completionusertracked", true)
                .put("category", 1)
                .put("progress", Math.round(100 * academy.progress(course, user)))
                .put("completed", academy.completion(id, user).isPresent())
                .put("startdate", course.path("created").asLong())
                .put("enddate", 0)
                .put("marker", 0)
                .put("lastaccess", lastAccess(id, user))
                .put("isfavourite", false)
                .put("hidden", false);
        json.putArray("overviewfiles");
        return json.put("showactivitydates", false)
                .put("showcompletionconditions", true)
                .put("timemodified", course.path("modified").asLong());
    }
}
