package dev.rainmaker.sandbox.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /webservice/rest/server.php}: finds the function and answers everything, errors too, with HTTP 200. */
final class WebService {

    /** Functions of Moodle that this site's service does not include; others are unknown. */
    private static final Set<String> NOT_IN_SERVICE = Set.of(
            "core_course_create_courses",
            "core_course_delete_courses",
            "core_user_delete_users",
            "core_message_send_instant_messages",
            "core_calendar_get_calendar_events",
            "core_files_get_files");

    private static final List<String> FEATURES = List.of(
            "usecomments", "usetags", "enablenotes", "messaging", "enableblogs", "enablecompletion", "enablebadges");

    private final SiteFacts site;
    private final Academy academy;
    private final Map<String, WsFunction> functions = new LinkedHashMap<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final String username;
    private final String password;
    private final String token;

    WebService(Academy academy, SiteFacts site, String token, String username, String password) {
        this.site = site;
        this.academy = academy;
        this.token = token;
        this.username = username;
        this.password = password;
        tokens.add(token);
        List<WsFunction> all = new ArrayList<>();
        all.add(WsFunction.core("core_webservice_get_site_info", "", this::siteInfo));
        all.addAll(new UserFunctions(academy, site).all());
        all.addAll(new CourseFunctions(academy, site).all());
        all.addAll(new CompletionFunctions(academy, site).all());
        all.addAll(new AchievementFunctions(academy, site).all());
        all.forEach(function -> functions.put(function.name(), function));
    }

    Map<String, String> arguments(Request request) {
        Map<String, String> all = new LinkedHashMap<>(request.query());
        if (request.method().equals("POST")) {
            all.putAll(request.formBody());
        }
        return all;
    }

    Reply answer(Request request) {
        Map<String, String> form = arguments(request);
        try {
            JsonNode answer = call(form);
            return form.getOrDefault("moodlewsrestformat", "xml").equals("json")
                    ? json(answer)
                    : xml("<RESPONSE>" + Xml.of(answer) + "</RESPONSE>");
        } catch (WsFault fault) {
            return form.getOrDefault("moodlewsrestformat", "xml").equals("json")
                    ? json(fault.json())
                    : xml("<EXCEPTION class=\""
                            + Xml.escape(fault.json().path("exception").asText()) + "\"><ERRORCODE>"
                            + Xml.escape(fault.json().path("errorcode").asText()) + "</ERRORCODE><MESSAGE>"
                            + Xml.escape(fault.json().path("message").asText()) + "</MESSAGE></EXCEPTION>");
        }
    }

    private JsonNode call(Map<String, String> form) throws WsFault {
        if (!tokens.contains(form.getOrDefault("wstoken", ""))) {
            throw WsFault.token();
        }
        String name = form.getOrDefault("wsfunction", "");
        if (NOT_IN_SERVICE.contains(name)) {
            throw WsFault.access();
        }
        WsFunction function = functions.get(name);
        if (function == null) {
            throw WsFault.record("external_functions");
        }
        if (!site.offers(name)) {
            throw WsFault.access();
        }
        if (!site.may(function.capability())) {
            throw WsFault.capability(function.capability());
        }
        return function.body().answer(new Arguments(form));
    }

    /** The site's headers, as a real one sends them. */
    static Reply json(JsonNode body) {
        return headers(new Reply(200, "application/json", Reply.json(200, body).body(), Map.of()));
    }

    private static Reply xml(String body) {
        return headers(new Reply(
                200,
                "application/xml; charset=utf-8",
                ("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n" + body + "\n")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Map.of()));
    }

    private static Reply headers(Reply reply) {
        return reply.with("Cache-Control", "private, must-revalidate, pre-check=0, post-check=0, max-age=0")
                .with("Expires", "Thu, 01 Jan 1970 00:00:00 GMT")
                .with("Pragma", "no-cache")
                .with("Accept-Ranges", "none")
                .with("Access-Control-Allow-Origin", "*");
    }

    /** {@code /login/token.php}. */
    Reply login(Request request) {
        Map<String, String> form = arguments(request);
        ObjectNode answer = ApiJson.object();
        if (!username.equals(form.get("username")) || !password.equals(form.get("password"))) {
            answer.put("error", "Invalid login, please try again")
                    .put("errorcode", "invalidlogin")
                    .putNull("stacktrace")
                    .putNull("debuginfo")
                    .putNull("reproductionlink");
            return json(answer);
        }
        if (form.getOrDefault("service", "").isEmpty()) {
            return json(answer.put("error", "A required parameter (service) was missing")
                    .put("errorcode", "missingparam"));
        }
        return json(answer.put("token", token).putNull("privatetoken"));
    }

    void revoke() {
        tokens.clear();
    }

    void restore() {
        tokens.add(token);
    }

    private JsonNode siteInfo(Arguments arguments) throws WsFault {
        arguments.only("serviceshortnames");
        ObjectNode info = ApiJson.object();
        info.put("sitename", "Channel Academy")
                .put("username", "admin")
                .put("firstname", "Admin")
                .put("lastname", "User")
                .put("fullname", academy.user(2).map(Academy::fullname).orElse("Admin User"))
                .put("lang", "en")
                .put("userid", 2)
                .put("siteurl", site.url())
                .put("userpictureurl", site.picture("f1"));
        ArrayNode offered = info.putArray("functions");
        functions.values().stream()
                .filter(function -> site.offers(function.name()))
                .forEach(function ->
                        offered.addObject().put("name", function.name()).put("version", function.version()));
        info.put("downloadfiles", 1)
                .put("uploadfiles", 0)
                .put("release", site.release())
                .put("version", "2024100706")
                .put("mobilecssurl", "");
        ArrayNode features = info.putArray("advancedfeatures");
        FEATURES.forEach(feature -> features.addObject().put("name", feature).put("value", 1));
        return info.put("usercanmanageownfiles", true)
                .put("userquota", 0)
                .put("usermaxuploadfilesize", -1)
                .put("userhomepage", 1)
                .put("userprivateaccesskey", "0".repeat(32))
                .put("siteid", 1)
                .put("sitecalendartype", "gregorian")
                .put("usercalendartype", "gregorian")
                .put("userissiteadmin", true)
                .put("theme", "boost")
                .put("limitconcurrentlogins", 0)
                .put("policyagreed", 0);
    }
}
