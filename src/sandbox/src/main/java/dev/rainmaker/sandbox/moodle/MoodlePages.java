package dev.rainmaker.sandbox.moodle;

import static dev.rainmaker.sandbox.page.PageFrame.escape;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.page.PageFrame;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a person sees in a browser: courses, who takes part, and a button to finish a course. No login: a simulator on loopback. */
final class MoodlePages {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int MOST = 500;

    private final Academy academy;
    private final PageFrame frame = new PageFrame(
            "Academy sandbox",
            "A simulator. You act for every learner.",
            Map.of("Courses", "/", "Learners", "/user/index.php"));

    MoodlePages(Academy academy) {
        this.academy = academy;
    }

    Reply answer(Request request) {
        Reply asset = PageFrame.asset(request);
        if (asset != null) {
            return asset;
        }
        String path = String.join("/", request.segments());
        long id = request.query().getOrDefault("id", "").matches("\\d{1,18}")
                ? Long.parseLong(request.query().getOrDefault("id", "0"))
                : 0;
        return switch (request.method() + " " + path) {
            case "GET ", "GET my/courses.php" -> courses();
            case "GET course/view.php" ->
                academy.course(id)
                        .map(course -> course(course, request))
                        .orElseGet(() -> frame.problem(404, "There is no such course."));
            case "GET user/index.php" -> learners(request.query().getOrDefault("q", ""));
            case "GET user/profile.php" ->
                academy.user(id)
                        .map(user -> learner(user, request))
                        .orElseGet(() -> frame.problem(404, "There is no such learner."));
            case "POST course/finish.php" -> finish(request);
            default -> frame.problem(404, "There is no such page.");
        };
    }

    private static String day(long epoch) {
        return DAY.format(Instant.ofEpochSecond(epoch));
    }

    private Reply courses() {
        StringBuilder html = new StringBuilder("<div class=\"card top\"><h1>Courses</h1></div><div class=\"tiles\">");
        for (JsonNode course : academy.courses()) {
            long id = course.path("id").asLong();
            if (id != Academy.SITE) {
                html.append("<a href=\"/course/view.php?id=")
                        .append(id)
                        .append("\"><b>")
                        .append(academy.learners(id).size())
                        .append("</b>")
                        .append(escape(course.path("fullname").asText()))
                        .append("</a>");
            }
        }
        return frame.page(200, "Courses", html.append("</div>").toString());
    }

    private static String done(Request request) {
        return request.query().containsKey("finished")
                ? "<div class=\"card done\" role=\"status\">Finished. The course is complete once the scheduled task has"
                        + " run.</div>"
                : "";
    }

    private Reply course(JsonNode course, Request request) {
        long id = course.path("id").asLong();
        StringBuilder html = new StringBuilder(done(request));
        html.append("<div class=\"card top\"><h1><span class=\"kind\">Course ")
                .append(escape(course.path("shortname").asText()))
                .append("</span>")
                .append(escape(course.path("fullname").asText()))
                .append("</h1></div><div class=\"card scroll\"><table class=\"stack\"><thead><tr><th>Learner</th>"
                        + "<th>E-mail</th><th>State</th><th></th></tr></thead><tbody>");
        academy.learners(id).stream().limit(MOST).forEach(learner -> {
            html.append("<tr><td data-label=\"Learner\">")
                    .append(link(learner))
                    .append("</td><td data-label=\"E-mail\">")
                    .append(escape(learner.path("email").asText()))
                    .append("</td>")
                    .append(stateAndButton(course, learner, "/course/view.php?id=" + id))
                    .append("</tr>");
        });
        return frame.page(
                200,
                course.path("fullname").asText(),
                html.append("</tbody></table></div>").toString());
    }

    private static String link(JsonNode learner) {
        return "<a href=\"/user/profile.php?id=" + learner.path("id").asLong() + "\">"
                + escape(Academy.fullname(learner)) + "</a>";
    }

    private String stateAndButton(JsonNode course, JsonNode learner, String back) {
        long courseId = course.path("id").asLong();
        long user = learner.path("id").asLong();
        var complete = academy.completion(courseId, user);
        double progress = academy.progress(course, user);
        String state = complete.map(
                        done -> "complete since " + day(done.path("at").asLong()))
                .orElseGet(() -> progress >= 1 ? "done, waits for the task" : Math.round(100 * progress) + " %");
        String button = progress >= 1
                ? ""
                : "<form method=\"post\" action=\"/course/finish.php\"><input type=\"hidden\" name=\"course\" value=\""
                        + courseId + "\"><input type=\"hidden\" name=\"user\" value=\"" + user
                        + "\"><input type=\"hidden\" name=\"back\" value=\"" + escape(back)
                        + "\"><button>Finish<span class=\"skip\"> "
                        + escape(course.path("fullname").asText()) + " for "
                        + escape(Academy.fullname(learner)) + "</span></button></form>";
        return "<td data-label=\"State\">" + state + "</td><td data-label=\"\">" + button + "</td>";
    }

    private Reply learners(String search) {
        String wanted = search.toLowerCase(Locale.ROOT).strip();
        StringBuilder html = new StringBuilder("<div class=\"card top\"><h1>Learners</h1><form class=\"search\""
                + " method=\"get\"><input type=\"search\" name=\"q\" aria-label=\"Search\" value=\"" + escape(search)
                + "\"><button>Search</button></form></div><div class=\"card scroll\"><table class=\"stack\"><thead><tr>"
                + "<th>Learner</th><th>E-mail</th><th>ID number</th></tr></thead><tbody>");
        academy.users().stream()
                .filter(user -> (Academy.fullname(user) + " "
                                + user.path("email").asText())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .limit(MOST)
                .forEach(user -> html.append("<tr><td data-label=\"Learner\">")
                        .append(link(user))
                        .append("</td><td data-label=\"E-mail\">")
                        .append(escape(user.path("email").asText()))
                        .append("</td><td data-label=\"ID number\">")
                        .append(escape(user.path("idnumber").asText()))
                        .append("</td></tr>"));
        return frame.page(200, "Learners", html.append("</tbody></table></div>").toString());
    }

    private Reply learner(JsonNode learner, Request request) {
        long id = learner.path("id").asLong();
        StringBuilder html = new StringBuilder(done(request));
        html.append("<div class=\"card top\"><h1><span class=\"kind\">Learner</span>")
                .append(escape(Academy.fullname(learner)))
                .append("</h1></div><div class=\"card\"><dl>")
                .append(PageFrame.pair("E-mail", escape(learner.path("email").asText())))
                .append(PageFrame.pair(
                        "ID number", escape(learner.path("idnumber").asText())))
                .append("</dl></div><div class=\"card scroll\"><h2>Courses</h2><table class=\"stack\"><tbody>");
        List<JsonNode> taken = academy.coursesOf(id);
        for (JsonNode course : academy.courses()) {
            boolean takes = taken.contains(course);
            if (course.path("id").asLong() != Academy.SITE
                    && (takes || course.path("criteria").asBoolean())) {
                html.append("<tr><td data-label=\"Course\"><a href=\"/course/view.php?id=")
                        .append(course.path("id").asLong())
                        .append("\">")
                        .append(escape(course.path("fullname").asText()))
                        .append("</a></td>")
                        .append(stateAndButton(course, learner, "/user/profile.php?id=" + id))
                        .append("</tr>");
            }
        }
        html.append("</tbody></table></div><div class=\"card\"><h2>Badges</h2><ul>");
        for (JsonNode issued : academy.badgesOf(id)) {
            long ends = issued.path("expires").asLong();
            html.append("<li>")
                    .append(escape(academy.badge(issued.path("badge").asLong())
                            .map(badge -> badge.path("name").asText())
                            .orElse("")))
                    .append(", ")
                    .append(ends == 0 ? "for ever" : (ends < academy.now() ? "expired " : "until ") + day(ends))
                    .append("</li>");
        }
        return frame.page(
                200, Academy.fullname(learner), html.append("</ul></div>").toString());
    }

    private Reply finish(Request request) {
        Map<String, String> form = request.formBody();
        String course = form.getOrDefault("course", "");
        String user = form.getOrDefault("user", "");
        if (!PageFrame.ownForm(request)) {
            return frame.problem(403, "Only this page's own form may do that.");
        }
        boolean numbers = course.matches("\\d{1,18}") && user.matches("\\d{1,18}");
        if (!numbers
                || academy.course(Long.parseLong(course)).isEmpty()
                || academy.user(Long.parseLong(user)).isEmpty()) {
            return frame.problem(404, "There is no such course or learner.");
        }
        academy.finish(Long.parseLong(course), Long.parseLong(user));
        String back = form.getOrDefault("back", "/");
        return Reply.redirect((back.matches("/[a-z]+/[a-z]+\\.php\\?id=\\d+") ? back + "&" : "/?") + "finished");
    }
}
