package dev.rainmaker.sandbox.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions about what learners have finished. */
final class CompletionFunctions {

    private static final long CALLER = 2;

    private final Academy academy;
    private final SiteFacts site;

    CompletionFunctions(Academy academy, SiteFacts site) {
        this.academy = academy;
        this.site = site;
    }

    List<WsFunction> all() {
        return List.of(
                WsFunction.core(
                        "core_completion_get_activities_completion_status", "report/progress:view", this::activities),
                WsFunction.core("core_completion_get_course_completion_status", "report/completion:view", this::course),
                WsFunction.core("core_completion_update_activity_completion_status_manually", "", this::tickOwn),
                WsFunction.core(
                        "core_completion_override_activity_completion_status",
                        "moodle/course:overridecompletion",
                        this::override));
    }

    /** A module's state for a learner; {@code tracked} is false where nobody in particular looks. */
    static ObjectNode state(JsonNode module, @Nullable JsonNode state, boolean tracked) {
        int value = state == null ? 0 : state.path("state").asInt();
        boolean automatic = module.path("tracking").asInt() == 2;
        ObjectNode json = ApiJson.object();
        json.put("state", value)
                .put("timecompleted", state == null ? 0 : state.path("at").asLong());
        if (tracked) {
            json.put("tracking", module.path("tracking").asInt());
        }
        json.put("overrideby", by(state));
        json.put("valueused", false)
                .put("hascompletion", true)
                .put("isautomatic", automatic)
                .put("istrackeduser", tracked)
                .put("uservisible", true);
        ArrayNode details = json.putArray("details");
        if (automatic) {
            details.addObject()
                    .put("rulename", "completionview")
                    .putObject("rulevalue")
                    .put("status", value > 0 ? 1 : 0)
                    .put("description", "View");
        }
        return json.put("isoverallcomplete", value > 0);
    }

    private static @Nullable Long by(@Nullable JsonNode state) {
        return state == null || !state.path("by").isNumber()
                ? null
                : Long.valueOf(state.path("by").asLong());
    }

    private JsonNode required(Arguments arguments) throws WsFault {
        JsonNode course = academy.course(arguments.number("courseid")).orElseThrow(() -> WsFault.record("course"));
        if (academy.user(arguments.number("userid")).isEmpty()) {
            throw WsFault.record("user");
        }
        return course;
    }

    private JsonNode activities(Arguments arguments) throws WsFault {
        arguments.only("courseid", "userid");
        JsonNode course = required(arguments);
        long user = arguments.number("userid");
        ObjectNode answer = ApiJson.object();
        ArrayNode statuses = answer.putArray("statuses");
        for (JsonNode module : course.path("modules")) {
            ObjectNode status = statuses.addObject();
            status.put("cmid", module.path("cmid").asLong())
                    .put("modname", "page")
                    .put("instance", module.path("instance").asLong());
            status.setAll(state(
                    module, academy.activity(module.path("cmid").asLong(), user).orElse(null), true));
        }
        answer.putArray("warnings");
        return answer;
    }

    private JsonNode course(Arguments arguments) throws WsFault {
        arguments.only("courseid", "userid");
        JsonNode course = required(arguments);
        long user = arguments.number("userid");
        if (!course.path("criteria").asBoolean()) {
            throw WsFault.moodle("nocriteriaset", "No completion criteria set for this course");
        }
        JsonNode done = academy.completion(course.path("id").asLong(), user).orElse(null);
        ObjectNode answer = ApiJson.object();
        ObjectNode status = answer.putObject("completionstatus");
        status.put("completed", done != null).put("aggregation", 1);
        ArrayNode completions = status.putArray("completions");
        for (JsonNode module : course.path("modules")) {
            long cmid = module.path("cmid").asLong();
            JsonNode state = academy.activity(cmid, user).orElse(null);
            // Criteria are marked by the same task that completes the course.
            boolean complete = state != null && state.path("state").asInt() > 0 && done != null;
            ObjectNode completion = completions.addObject();
            completion
                    .put("type", 4)
                    .put("title", "Activity completion")
                    .put("status", complete ? "Yes" : "No")
                    .put("complete", complete)
                    .put("timecompleted", complete ? at(done) : null);
            completion
                    .putObject("details")
                    .put("type", "Activity completion")
                    .put(
                            "criteria",
                            "<a href=\"" + site.url() + "/mod/page/view.php?id=" + cmid + "\">"
                                    + module.path("name").asText() + "</a>")
                    .put("requirement", "Marking yourself complete")
                    .put("status", "");
        }
        answer.putArray("warnings");
        return answer;
    }

    private static @Nullable Long at(@Nullable JsonNode done) {
        return done == null ? null : Long.valueOf(done.path("at").asLong());
    }

    private JsonNode tickOwn(Arguments arguments) throws WsFault {
        arguments.only("cmid", "completed");
        long cmid = arguments.number("cmid");
        if (academy.courseOfModule(cmid).isEmpty()) {
            throw WsFault.record("course_modules");
        }
        academy.mark(cmid, CALLER, arguments.number("completed") == 0 ? 0 : 1, academy.now(), null);
        ObjectNode answer = ApiJson.object();
        answer.put("status", true).putArray("warnings");
        return answer;
    }

    private JsonNode override(Arguments arguments) throws WsFault {
        arguments.only("userid", "cmid", "newstate");
        long cmid = arguments.number("cmid");
        long user = arguments.number("userid");
        long state = arguments.number("newstate");
        if (state != 0 && state != 1) {
            throw WsFault.parameter();
        }
        JsonNode course = academy.courseOfModule(cmid).orElseThrow(() -> WsFault.record("course_modules"));
        academy.mark(cmid, user, (int) state, academy.now(), CALLER);
        int tracking = 1;
        for (JsonNode module : course.path("modules")) {
            tracking = module.path("cmid").asLong() == cmid
                    ? module.path("tracking").asInt()
                    : tracking;
        }
        return ApiJson.object()
                .put("cmid", cmid)
                .put("userid", user)
                .put("state", state)
                .put("timecompleted", state == 0 ? 0 : academy.now())
                .put("overrideby", CALLER)
                .put("tracking", tracking);
    }
}
