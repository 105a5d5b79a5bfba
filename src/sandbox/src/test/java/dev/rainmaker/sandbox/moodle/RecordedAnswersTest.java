package dev.rainmaker.sandbox.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.sandbox.SharedFacts;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site's answers beside those recorded from a real Moodle: the same members, of the same JSON types; errors to the letter. */
class RecordedAnswersTest {

    /** Calls that give each recording's answer; {@code T} in front uses an unknown token. */
    private static final Map<String, String> CALLS = Map.ofEntries(
            Map.entry("site_info", "core_webservice_get_site_info"),
            Map.entry("users_by_field", "core_user_get_users_by_field&field=username&values[0]=ana"),
            Map.entry("users_by_field_none", "core_user_get_users_by_field&field=username&values[0]=nobody"),
            Map.entry(
                    "get_users_criteria",
                    "core_user_get_users&criteria[0][key]=email&criteria[0][value]=ben@partner1.example"),
            Map.entry(
                    "dup_user",
                    "core_user_create_users&users[0][username]=ana&users[0][firstname]=A&users[0][lastname]=B"
                            + "&users[0][email]=other@x.example"),
            Map.entry("courses", "core_course_get_courses"),
            Map.entry("courses_by_field", "core_course_get_courses_by_field&field=shortname&value=CERT-101"),
            Map.entry("contents", "core_course_get_contents&courseid=2"),
            Map.entry("updates_since", "core_course_get_updates_since&courseid=2&since=1"),
            Map.entry("enrolled", "core_enrol_get_enrolled_users&courseid=2"),
            Map.entry("users_courses", "core_enrol_get_users_courses&userid=3"),
            Map.entry(
                    "enrol_void",
                    "enrol_manual_enrol_users&enrolments[0][roleid]=5&enrolments[0][userid]=4&enrolments[0][courseid]=2"),
            Map.entry("activities_completion", "core_completion_get_activities_completion_status&courseid=2&userid=4"),
            Map.entry("override", "core_completion_override_activity_completion_status&userid=3&cmid=2&newstate=1"),
            Map.entry(
                    "activities_completion_after",
                    "core_completion_get_activities_completion_status&courseid=2&userid=3"),
            Map.entry("course_completion", "core_completion_get_course_completion_status&courseid=2&userid=3"),
            Map.entry(
                    "course_completion_nocriteria", "core_completion_get_course_completion_status&courseid=3&userid=3"),
            Map.entry("grade_items", "gradereport_user_get_grade_items&courseid=2"),
            Map.entry("badges", "core_badges_get_user_badges&userid=4"),
            Map.entry("badges_issued", "core_badges_get_user_badges&userid=3"),
            Map.entry("bad_token", "T core_course_get_courses"),
            Map.entry("bad_function", "no_such_function"),
            Map.entry("not_in_service", "core_user_delete_users&userids[0]=3"),
            Map.entry("missing_param", "core_course_get_contents"),
            Map.entry("invalid_int", "core_course_get_contents&courseid=abc"),
            Map.entry("bad_course", "core_course_get_contents&courseid=99"));

    @TempDir
    private Path state;

    private final HttpClient http = HttpClient.newHttpClient();
    private MoodleSandbox site;

    @BeforeEach
    void start() throws Exception {
        site = MoodleSandbox.start(MoodleSettings.in(state).filled(RecordedAnswersTest::fill));
    }

    /** The site that was recorded: three people in one course, one of whom has completed it and has a badge. */
    private static void fill(Academy academy) {
        long course = academy.addCourse(
                "CERT-101",
                "Partner Sales Certification",
                "CERT-101",
                List.of(new Academy.Activity("Module 1", true), new Academy.Activity("Module 2", false)),
                true,
                academy.now());
        academy.addCourse("INTRO", "No criteria", "", List.of(), false, academy.now());
        for (String name : List.of("ana", "ben", "chloe")) {
            int number = "abc".indexOf(name.charAt(0));
            long user = academy.addUser(name, "X", "Rep", name + "@partner" + number + ".example", "P-" + number);
            academy.enrol(course, user, academy.now());
        }
        academy.completed(course, 3, academy.now());
        long badge = academy.addBadge("Certified Partner Seller", null, 31_536_000L, academy.now());
        academy.issue(badge, 3, academy.now());
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private HttpResponse<String> call(String call) throws Exception {
        boolean unknown = call.startsWith("T ");
        StringBuilder form = new StringBuilder("moodlewsrestformat=json&wstoken=")
                .append(unknown ? "unknown" : site.token())
                .append("&wsfunction=");
        String[] parts = (unknown ? call.substring(2) : call).split("&");
        form.append(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            form.append('&')
                    .append(URLEncoder.encode(pair[0], StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(pair[1], StandardCharsets.UTF_8));
        }
        return http.send(
                HttpRequest.newBuilder(URI.create(site.url() + "/webservice/rest/server.php"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void everyRecordedAnswerHasItsLikeness() throws Exception {
        JsonNode index = SharedFacts.contract("moodle/index.json").path("recorded");
        Set<String> names = new TreeSet<>();
        index.fieldNames().forEachRemaining(names::add);
        assertThat(CALLS.keySet()).isEqualTo(names);
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            JsonNode recorded = SharedFacts.contract("moodle/recorded/" + name + ".json");
            HttpResponse<String> answer = call(java.util.Objects.requireNonNull(CALLS.get(name)));
            assertThat(answer.statusCode()).as(name).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).as(name).contains("application/json");
            JsonNode ours = new ObjectMapper().readTree(answer.body());
            if (index.path(name).path("error").asBoolean()) {
                assertThat(ours).as(name).isEqualTo(recorded);
            }
            compare(name, recorded, ours, differences);
        }
        assertThat(differences).isEmpty();
    }

    private static void compare(String at, JsonNode recorded, JsonNode ours, List<String> differences) {
        if (recorded.isObject() && ours.isObject()) {
            Set<String> wanted = new TreeSet<>();
            Set<String> have = new TreeSet<>();
            recorded.fieldNames().forEachRemaining(wanted::add);
            ours.fieldNames().forEachRemaining(have::add);
            if (!wanted.equals(have)) {
                differences.add(at + ": members " + have + " and not " + wanted);
            }
            wanted.forEach(name -> compare(at + "." + name, recorded.path(name), ours.path(name), differences));
        } else if (recorded.isArray() && ours.isArray()) {
            if (recorded.isEmpty() != ours.isEmpty()) {
                differences.add(at + ": " + ours.size() + " elements and not " + recorded.size());
            } else if (!recorded.isEmpty()) {
                compare(at + "[0]", recorded.get(0), ours.get(0), differences);
            }
        } else if (!kind(recorded).equals(kind(ours)) && !recorded.isNull() && !ours.isNull()) {
            differences.add(at + ": " + ours + " and not like " + recorded);
        }
    }

    private static String kind(JsonNode value) {
        return value.getNodeType().name();
    }
}
