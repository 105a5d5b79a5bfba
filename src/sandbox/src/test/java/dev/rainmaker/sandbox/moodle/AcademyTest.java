package dev.rainmaker.sandbox.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when somebody finishes a course, and what is missing where rights are. */
class AcademyTest {

    private static final Clock FIXED = Clock.fixed(Instant.parse("2026-11-01T10:00:00Z"), ZoneOffset.UTC);
    private static final Clock LATER = Clock.offset(FIXED, Duration.ofSeconds(61));

    @TempDir
    private Path state;

    private final HttpClient http = HttpClient.newHttpClient();

    private static void fill(Academy academy) {
        long course = academy.addCourse(
                "C", "<i>Course</i>", "C", List.of(new Academy.Activity("One", true)), true, academy.now());
        long user = academy.addUser("ana", "Ana", "Rep", "ana@x.example", "");
        academy.enrol(course, user, academy.now());
        academy.addBadge("B", course, 100L, academy.now());
    }

    private JsonNode call(MoodleSandbox site, String call) throws Exception {
        String form = "moodlewsrestformat=json&wstoken=" + site.token() + "&wsfunction=" + call;
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(site.url() + "/webservice/rest/server.php?" + form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> finishOnThePage(MoodleSandbox site, String origin) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site.url() + "/course/finish.php"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("course=2&user=3&back=/course/view.php?id=2"));
        if (!origin.isEmpty()) {
            request.header("Origin", origin);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void courseFinishedOnThePageIsCompleteOnlyOnceTheTaskHasLooked() throws Exception {
        try (MoodleSandbox site =
                MoodleSandbox.start(MoodleSettings.in(state).at(FIXED).filled(AcademyTest::fill))) {
            HttpResponse<String> page = http.send(
                    HttpRequest.newBuilder(URI.create(site.url() + "/course/view.php?id=2"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(page.body())
                    .contains("&lt;i&gt;Course")
                    .contains("Finish")
                    .doesNotContain("<i>Course");
            assertThat(finishOnThePage(site, "http://elsewhere.example").statusCode())
                    .isEqualTo(403);
            assertThat(finishOnThePage(site, "").headers().firstValue("Location"))
                    .contains("/course/view.php?id=2&finished");
            site.academy().runTask(false);
            assertThat(site.academy().completion(2, 3)).isEmpty();
            assertThat(call(site, "core_enrol_get_users_courses&userid=3")
                            .path(0)
                            .path("progress")
                            .asInt())
                    .isEqualTo(100);
        }
        try (MoodleSandbox site = MoodleSandbox.start(MoodleSettings.in(state).at(LATER))) {
            site.academy().runTask(false);
            assertThat(call(site, "core_completion_get_course_completion_status&courseid=2&userid=3")
                            .path("completionstatus")
                            .path("completed")
                            .asBoolean())
                    .isTrue();
            JsonNode badge = call(site, "core_badges_get_user_badges&userid=3")
                    .path("badges")
                    .path(0);
            assertThat(badge.path("dateexpire").asLong()
                            - badge.path("dateissued").asLong())
                    .isEqualTo(100);
        }
    }

    @Test
    void missingFunctionAndMissingCapabilityAreToldApart() throws Exception {
        MoodleSettings settings = MoodleSettings.in(state)
                .filled(AcademyTest::fill)
                .behaving(SiteProfile.defaults()
                        .with("without-functions", "core_badges_get_user_badges")
                        .with("without-capabilities", "report/completion:view,moodle/site:viewuseridentity"));
        try (MoodleSandbox site = MoodleSandbox.start(settings)) {
            assertThat(call(site, "core_badges_get_user_badges&userid=3")
                            .path("errorcode")
                            .asText())
                    .isEqualTo("accessexception");
            assertThat(call(site, "core_webservice_get_site_info")
                            .path("functions")
                            .toString())
                    .doesNotContain("core_badges_get_user_badges\"");
            assertThat(call(site, "core_completion_get_course_completion_status&courseid=2&userid=3")
                            .path("errorcode")
                            .asText())
                    .isEqualTo("nopermissions");
            assertThat(call(site, "core_enrol_get_enrolled_users&courseid=2")
                            .path(0)
                            .has("email"))
                    .isFalse();
        }
    }
}
