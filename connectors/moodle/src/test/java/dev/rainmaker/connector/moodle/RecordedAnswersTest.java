package dev.rainmaker.connector.moodle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.contract.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers recorded from a real Moodle 4.5.6, errors included; read from the folder of {@code -Drainmaker.shared}. */
class RecordedAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StubSite site = new StubSite();
    private Path folder = Path.of("");

    @BeforeEach
    void findFolder() {
        String shared = System.getProperty("rainmaker.shared", "");
        folder = Path.of(shared, "contracts", "moodle");
        assumeTrue(
                !shared.isEmpty() && Files.isDirectory(folder),
                "skipped: no recorded answers; give their folder with -Drainmaker.shared");
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private String recorded(String name) {
        try {
            return Files.readString(folder.resolve("recorded").resolve(name + ".json"));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    private List<SourceRecord> read(String stream, String... fields) {
        Connector connector = site.open();
        List<SourceRecord> all = new ArrayList<>();
        var page = connector.read(stream, Set.of(fields), null);
        while (!page.last()) {
            all.addAll(page.records());
            page = connector.read(stream, Set.of(fields), page.next());
        }
        return all;
    }

    /** Each recorded answer, whatever its function: a result stays one, an error becomes a fault that says what to do. */
    @Test
    void everyRecordedAnswerIsParsedAndTheErrorsAreKnown() throws IOException {
        JsonNode index = JSON.readTree(folder.resolve("index.json").toFile()).path("recorded");
        Set<String> files;
        try (var list = Files.list(folder.resolve("recorded"))) {
            files = list.map(path -> path.getFileName().toString().replace(".json", ""))
                    .collect(java.util.stream.Collectors.toSet());
        }
        List<String> names = new ArrayList<>();
        index.fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactlyInAnyOrderElementsOf(files);
        MoodleSettings settings = MoodleSettings.from(new dev.rainmaker.connector.Settings(
                new MoodleFactory().settings(), Map.of("url", site.server.url(), "token", MoodleFixture.TOKEN)));
        MoodleFaults faults = new MoodleFaults("lms", settings);
        try (MoodleClient client = new MoodleClient("lms", settings, faults)) {
            for (String name : names) {
                site.answers("core_webservice_get_site_info", recorded(name));
                JsonNode answer = client.ask(CallPurpose.OTHER, MoodleFunction.SITE_INFO, Map.of())
                        .json();
                Optional<MoodleError> error = MoodleError.in(answer);
                assertThat(error.isPresent())
                        .as(name)
                        .isEqualTo(index.path(name).path("error").asBoolean(false));
                error.ifPresent(known -> assertThat(faults.of(known, MoodleFunction.SITE_INFO))
                        .as(name)
                        .satisfies(fault -> assertThat(fault.getMessage()).contains(known.code()))
                        .satisfies(
                                fault -> assertThat(known.is("nocriteriaset") || fault instanceof ConnectorFault.Fatal)
                                        .isTrue()));
            }
        }
    }

    private void aSiteAsRecorded() {
        site.answers("core_webservice_get_site_info", recorded("site_info"));
        site.answers("core_course_get_courses", recorded("courses"));
        site.answers(
                "core_enrol_get_enrolled_users",
                form -> Reply.json(
                        form.get("courseid").equals("2")
                                        && form.get("options[0][value]").equals("0")
                                ? recorded("enrolled")
                                : "[]"));
        site.answers("core_user_get_users_by_field", recorded("users_by_field"));
        site.answers(
                "core_completion_get_course_completion_status",
                form -> Reply.json(
                        form.get("userid").equals("3")
                                ? recorded("course_completion")
                                : recorded("course_completion_nocriteria")));
        site.answers(
                "core_completion_get_activities_completion_status",
                form -> Reply.json(
                        form.get("userid").equals("3")
                                ? recorded("activities_completion_after")
                                : recorded("activities_completion")));
        site.answers("gradereport_user_get_grade_items", recorded("grade_items"));
        site.answers(
                "core_badges_get_user_badges",
                form -> Reply.json(form.get("userid").equals("3") ? recorded("badges_issued") : recorded("badges")));
    }

    @Test
    void peopleAreReadAsRecorded() {
        aSiteAsRecorded();

        List<SourceRecord> people = read("user", "fullname", "email", "idnumber");

        assertThat(people).extracting(SourceRecord::id).contains("3", "4", "5");
        assertThat(people.get(0).at("email")).isEqualTo("ana@partner0.example");
        assertThat(people.get(0).at("idnumber")).isEqualTo("P-0");
        assertThat(people.get(0).has("roles")).isFalse();
        assertThat(site.open().fetch("user", List.of("3"), Set.of("email"), CallPurpose.READ))
                .extracting(SourceRecord::id)
                .containsExactly("3");
    }

    @Test
    void completionsGradesAndBadgesAreReadAsRecorded() {
        aSiteAsRecorded();

        assertThat(read("course_completion")).singleElement().satisfies(done -> {
            assertThat(done.id()).isEqualTo("completion-2-3");
            assertThat(done.at("course.idnumber")).isEqualTo("CERT-101");
            assertThat(done.at("timecompleted"))
                    .isEqualTo(java.time.Instant.ofEpochSecond(1795319683L).toString());
        });
        assertThat(read("activity_completion"))
                .filteredOn(activity -> Boolean.TRUE.equals(activity.at("isoverallcomplete")))
                .extracting(SourceRecord::id)
                .containsExactly("activity-2-3-1");
        assertThat(read("grade")).as("nothing graded yet").isEmpty();
        assertThat(read("badge")).singleElement().satisfies(badge -> {
            assertThat(badge.at("name")).isEqualTo("Certified Partner Seller");
            assertThat(badge.at("dateexpire")).asString().startsWith("2027-11-");
        });
    }

    @Test
    void theRecordedSiteIsCheckedAsItIs() {
        aSiteAsRecorded();

        assertThat(site.open()
                        .check(List.of(
                                new dev.rainmaker.connector.StreamNeed("user", Set.of("email"), Map.of()),
                                new dev.rainmaker.connector.StreamNeed("badge", Set.of("name"), Map.of())))
                        .passed())
                .isTrue();
    }
}
