package dev.rainmaker.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.app.cli.Home;
import dev.rainmaker.app.demo.Demo;
import dev.rainmaker.app.demo.DemoOptions;
import dev.rainmaker.app.demo.Lesson;
import dev.rainmaker.app.progress.Progress;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two CRMs and a learning system in one process, as the demo shows them. */
class ThreeSystemsDemoTest {

    private static final int LEADS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path state;

    private final HttpClient http = HttpClient.newHttpClient();

    private String get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static List<MatchResult> all(String pattern, String in) {
        return Pattern.compile(pattern).matcher(in).results().toList();
    }

    @Test
    void leadsGoBackToTheirOwnCrmAndAFinishedCourseMovesItsPartnersScoreWithinSeconds() throws Exception {
        DemoOptions options = new DemoOptions(Optional.empty(), 7, 10, LEADS, 0);
        try (Demo demo =
                Demo.start(Home.folder(), SandboxOrg.jar(), state, options, Clock.systemUTC(), Progress.SILENT)) {
            demo.pass();

            JsonNode report =
                    new ObjectMapper().readTree(demo.report(Duration.ZERO).json());
            assertThat(report.path("leads").asInt()).isEqualTo(LEADS);
            assertThat(report.path("confirmedInCrm")).isEqualTo(report.path("assigned"));
            assertThat(report.path("certificationsValid").asInt())
                    .isBetween(1, report.path("trainingRecords").asInt());
            assertThat(report.path("engagements").asInt()).isPositive();
            for (String crm : List.of("salesforce", "hubspot")) {
                assertThat(report.path("apiCalls").path(crm).path("write").asInt())
                        .as(crm)
                        .isPositive();
            }

            String portal = Objects.requireNonNull(demo.pages().get("Portal"));
            Map<String, String> before = scores(portal);
            finishCoursesOf(Objects.requireNonNull(demo.pages().get("Academy")), domains(portal, before));
            Lesson lesson = demo.lesson().orElseThrow();
            String shown = score(lesson.record());
            finishCourse(Objects.requireNonNull(demo.pages().get("Academy")), lesson.learner());
            demo.live(line -> {});
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (scores(portal).equals(before) || score(lesson.record()).equals(shown)) {
                assertThat(System.nanoTime())
                        .as("no score changed within " + PATIENCE)
                        .isLessThan(end);
                Thread.sleep(200);
            }
            assertThat(new BigDecimal(score(lesson.record()))).isGreaterThan(new BigDecimal(shown));
        }
    }

    /** The score that a partner's own page in the first CRM shows. */
    private String score(String page) throws Exception {
        return all("PLV score \\(0 to 100\\)</dt><dd><span class=\"score\">([0-9.]+)<", get(page))
                .get(0)
                .group(1);
    }

    /** One course of the learner, not the introduction. */
    private void finishCourse(String academy, String learner) throws Exception {
        MatchResult course =
                all("name=\"course\" value=\"(\\d+)\"", get(learner)).get(1);
        http.send(
                HttpRequest.newBuilder(URI.create(academy + "course/finish.php"))
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "course=" + course.group(1) + "&user=" + learner.replaceAll(".*=", "")))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private static String list(String portal, String home) {
        String href = all("href=\"(/contacts/\\d+/objects/0-2/views/all/list)\"", home)
                .get(0)
                .group(1);
        return portal.substring(0, portal.length() - 1) + href;
    }

    /** The score of every partner of the portal, by its page. */
    private Map<String, String> scores(String portal) throws Exception {
        Map<String, String> scores = new TreeMap<>();
        String page = get(list(portal, get(portal)) + "?q=");
        for (MatchResult row : all(
                "href=\"(/contacts/\\d+/record/0-2/\\d+)\".{0,400}?Reseller.{0,400}?PLV score\">([0-9.]+)<", page)) {
            scores.put(row.group(1), row.group(2));
        }
        return scores;
    }

    private List<String> domains(String portal, Map<String, String> partners) throws Exception {
        List<String> domains = new ArrayList<>();
        for (String page : partners.keySet()) {
            String shown = get(portal.substring(0, portal.length() - 1) + page);
            domains.add(
                    all("Company domain name</dt><dd>([^<]+)<", shown).get(0).group(1));
        }
        assertThat(domains).isNotEmpty();
        return domains;
    }

    private void finishCoursesOf(String academy, List<String> domains) throws Exception {
        int finished = 0;
        for (MatchResult learner : all(
                "profile.php\\?id=(\\d+)\">[^<]*</a></td><td[^>]*>[^<]*@([^<]+)<", get(academy + "user/index.php"))) {
            if (domains.contains(learner.group(2))) {
                String page = get(academy + "user/profile.php?id=" + learner.group(1));
                for (MatchResult course : all("name=\"course\" value=\"(\\d+)\"", page)) {
                    http.send(
                            HttpRequest.newBuilder(URI.create(academy + "course/finish.php"))
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            "course=" + course.group(1) + "&user=" + learner.group(1)))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
                    finished++;
                }
            }
        }
        assertThat(finished).isPositive();
    }
}
