package dev.rainmaker.connector.moodle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.contract.Reply;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MoodleReadTest {

    private static final long NOW = Instant.now().getEpochSecond();
    private static final long LONG_AGO = NOW - 400 * 86_400L;
    private static final String COMPLETION = "core_completion_get_course_completion_status";

    private final StubSite site = new StubSite();
    private Cursor end = new Cursor("-");

    MoodleReadTest() {
        site.answers(
                COMPLETION, form -> Reply.json("""
                {"completionstatus":{"completed":%b,"aggregation":1,"completions":[
                 {"type":4,"complete":true,"timecompleted":1795319683},
                 {"type":4,"complete":true,"timecompleted":1795319600}]},"warnings":[]}""".formatted(form.get("userid").equals("3"))));
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private List<String> read(Connector connector, String stream, Cursor from) {
        List<String> ids = new ArrayList<>();
        for (SourceRecord record : records(connector, stream, from)) {
            ids.add(record.id());
        }
        return ids;
    }

    private List<SourceRecord> records(Connector connector, String stream, Cursor from) {
        List<SourceRecord> all = new ArrayList<>();
        Cursor cursor = from;
        while (true) {
            Page page = connector.read(stream, Set.of(), cursor);
            all.addAll(page.records());
            cursor = page.next();
            if (page.last()) {
                end = cursor;
                return all;
            }
        }
    }

    @Test
    void aPersonInSeveralCoursesIsListedOnceAndItsCompletionOncePerCourse() {
        site.enrol(2, 3, 0);
        site.enrol(2, 4, 0);
        site.enrol(5, 3, 0);

        assertThat(read(site.open("page-size", "1"), "user", null)).containsExactly("3", "4");
        assertThat(read(site.open("page-size", "1"), "course_completion", null))
                .containsExactly("completion-2-3", "completion-2-4", "completion-5-3");
    }

    @Test
    void aCompletionCarriesItsCourseAndTheTimeOfItsLastCriterion() {
        site.enrol(2, 3, 0);
        site.enrol(2, 4, 0);

        List<SourceRecord> records = records(site.open(), "course_completion", null);

        assertThat(records.get(0).at("course.fullname")).isEqualTo("Course & 2");
        assertThat(records.get(0).at("completed")).isEqualTo(true);
        assertThat(records.get(0).at("timecompleted"))
                .isEqualTo(Instant.ofEpochSecond(1795319683).toString());
        assertThat(records.get(0).at("userid")).isEqualTo(new BigDecimal(3));
        assertThat(records.get(1).at("completed")).isEqualTo(false);
        assertThat(records.get(1).has("timecompleted")).isTrue();
        assertThat(records.get(1).at("timecompleted")).isNull();
    }

    @Test
    void theSecondRunAsksOnlyAboutPeopleWhoWereThereSinceTheFirst() {
        site.enrol(2, 3, LONG_AGO);
        site.enrol(2, 4, 0);
        site.enrol(2, 5, NOW - 3_600);
        Connector connector = site.open("reach-back", "PT2H");
        assertThat(read(connector, "course_completion", null)).hasSize(3);

        List<String> second = read(connector, "course_completion", end);

        assertThat(second).containsExactly("completion-2-5");
        assertThat(site.calls(COMPLETION)).hasSize(4);
        assertThat(read(connector, "user", null)).as("people are always listed").hasSize(3);
    }

    @Test
    void whoIsThereAtAnUnknownTimeIsAskedAbout() {
        site.enrol(2, 3, 0);
        site.people.get(2L).put(3L, "{\"id\":3,\"email\":\"x@y.example\",\"enrolledcourses\":[%s]}");
        Connector connector = site.open();
        read(connector, "course_completion", null);

        assertThat(read(connector, "course_completion", end)).containsExactly("completion-2-3");
    }

    @Test
    void nobodyIsMissedWhenOthersJoinOrLeaveWhileACourseIsRead() {
        for (long person = 10; person < 20; person++) {
            site.enrol(2, person, 0);
        }
        Connector connector = site.open("page-size", "3");
        Page first = connector.read("user", Set.of(), null);
        site.people.get(2L).remove(10L);
        site.people.get(2L).remove(11L);
        Page second = connector.read("user", Set.of(), first.next());
        site.enrol(2, 3, 0);
        site.people.get(2L).remove(15L);

        List<String> ids = new ArrayList<>();
        first.records().forEach(record -> ids.add(record.id()));
        second.records().forEach(record -> ids.add(record.id()));
        ids.addAll(read(site.open("page-size", "3"), "user", second.next()));

        assertThat(ids).containsExactly("10", "11", "12", "13", "14", "15", "16", "17", "18", "19");
    }

    @Test
    void aCourseWithoutCriteriaOrAPersonNotTrackedIsNoFault() {
        site.enrol(2, 3, 0);
        site.enrol(2, 4, 0);
        site.answers(
                COMPLETION,
                form -> MoodleFixture.error(form.get("userid").equals("3") ? "nocriteriaset" : "usernotenroled"));

        assertThat(read(site.open(), "course_completion", null)).isEmpty();
    }

    @Test
    void oneFaultInAPageTakesNothingOfThePage() {
        site.enrol(2, 3, 0);
        site.enrol(2, 4, 0);
        site.answers(
                COMPLETION,
                form -> form.get("userid").equals("4")
                        ? MoodleFixture.error("sitemaintenance")
                        : Reply.json("{\"completionstatus\":{\"completed\":true,\"completions\":[]}}"));
        Connector connector = site.open();

        assertThatThrownBy(() -> connector.read("course_completion", Set.of(), null))
                .isInstanceOf(ConnectorFault.Retryable.class)
                .hasMessageContaining("sitemaintenance");
    }

    @Test
    void aPageOnWhichNobodyShowsAnAddressIsRefused() {
        site.enrol(2, 3, 0);
        site.people.get(2L).put(3L, "{\"id\":3,\"fullname\":\"A\",\"enrolledcourses\":[%s]}");
        Connector connector = site.open();

        assertThatThrownBy(() -> connector.read("user", Set.of("email"), null))
                .isInstanceOf(ConnectorFault.Fatal.class)
                .hasMessageContaining("moodle/course:useremail");
        assertThat(connector.read("user", Set.of("fullname"), null).records()).hasSize(1);
    }

    @Test
    void fetchesWhatItNamedItself() {
        site.enrol(2, 3, 0);
        Connector connector = site.open();
        String id = read(connector, "course_completion", null).get(0);

        assertThat(connector.fetch(
                        "course_completion",
                        List.of(id, "completion-2-99999", "completion-77-3", "no id"),
                        Set.of(),
                        CallPurpose.READ))
                .extracting(SourceRecord::id)
                .containsExactly(id, "completion-2-99999");
        assertThat(site.calls(COMPLETION)).hasSize(3);
    }

    @Test
    void theTokenTravelsInTheBodyAlone() {
        site.enrol(2, 3, 0);
        read(site.open(), "user", null);

        assertThat(site.server.asked()).allSatisfy(asked -> {
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.target()).isEqualTo("/webservice/rest/server.php");
            assertThat(asked.headers().toString()).doesNotContain(MoodleFixture.TOKEN);
            assertThat(asked.form()).containsEntry("wstoken", MoodleFixture.TOKEN);
        });
    }

    @Test
    void gradesAndBadgesAreReadWithTheirTimes() {
        site.enrol(2, 3, 0);
        site.answers("gradereport_user_get_grade_items", """
                {"usergrades":[{"courseid":2,"userid":3,"gradeitems":[
                 {"itemtype":"mod","graderaw":1},
                 {"itemtype":"course","graderaw":87.5,"grademin":0,"grademax":100,"gradedategraded":1795319683}]}]}""");
        site.answers("core_badges_get_user_badges", """
                {"badges":[{"id":1,"name":"Seller","uniquehash":"ab","dateissued":1795319684,"dateexpire":null},
                 {"id":2,"name":"Pro","uniquehash":"cd","dateissued":1795319684,"dateexpire":1826855684}],"warnings":[]}""");

        SourceRecord grade = records(site.open(), "grade", null).get(0);
        List<SourceRecord> badges = records(site.open(), "badge", null);

        assertThat(grade.id()).isEqualTo("grade-2-3");
        assertThat(grade.at("graderaw")).isEqualTo(new BigDecimal("87.5"));
        assertThat(grade.at("gradedategraded"))
                .isEqualTo(Instant.ofEpochSecond(1795319683).toString());
        assertThat(badges).extracting(SourceRecord::id).containsExactly("badge-3-ab", "badge-3-cd");
        assertThat(badges.get(0).at("dateexpire")).isNull();
        assertThat(badges.get(1).at("dateexpire"))
                .isEqualTo(Instant.ofEpochSecond(1826855684).toString());
        assertThat(badges.get(1).at("recipientid")).isEqualTo(new BigDecimal(3));
    }

    @Test
    void anAnswerLargerThanAllowedIsFatal() {
        site.enrol(2, 3, 0);
        site.people.get(2L).put(3L, "{\"id\":3,\"fullname\":\"" + "x".repeat(1 << 20) + "\",\"enrolledcourses\":[%s]}");
        Connector connector = site.open("max-response-mb", "1");

        assertThatThrownBy(() -> connector.read("user", Set.of(), null))
                .isInstanceOf(ConnectorFault.Fatal.class)
                .hasMessageContaining("max-response-mb");
    }

    @Test
    void fieldsOfTheSitesOwnAreReadByTheirShortName() {
        site.enrol(2, 3, 0);
        site.people.get(2L).put(3L, """
                        {"id":3,"customfields":[{"type":"text","value":"P-7","name":"Partner","shortname":"partner"}],
                         "enrolledcourses":[%s]}""");

        Page page = site.open().read("user", Set.of("customfields.partner"), null);

        assertThat(page.records().get(0).at("customfields.partner")).isEqualTo("P-7");
    }
}
