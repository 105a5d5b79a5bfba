package dev.rainmaker.connector.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.connector.CheckReport;
import dev.rainmaker.connector.CheckReport.Severity;
import dev.rainmaker.connector.StreamNeed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoodleCheckTest {

    private static final List<StreamNeed> NEEDS = List.of(
            new StreamNeed("user", Set.of("fullname", "email", "customfields.partner"), Map.of()),
            new StreamNeed("course_completion", Set.of("course.fullname", "timecompleted"), Map.of()),
            new StreamNeed("badge", Set.of("name", "dateexpire"), Map.of()));

    private final StubSite site = new StubSite();

    MoodleCheckTest() {
        site.enrol(2, 3, 0);
        offers(
                "core_course_get_courses",
                "core_enrol_get_enrolled_users",
                "core_user_get_users_by_field",
                "core_completion_get_course_completion_status",
                "core_badges_get_user_badges");
        site.answers("core_user_get_users_by_field", "[]");
        site.answers("core_badges_get_user_badges", "{\"badges\":[],\"warnings\":[]}");
        site.answers(
                "core_completion_get_course_completion_status",
                "{\"completionstatus\":{\"completed\":false,\"completions\":[]}}");
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private void offers(String... functions) {
        site.answers(
                "core_webservice_get_site_info",
                Arrays.stream(functions)
                        .map(name -> "{\"name\":\"" + name + "\"}")
                        .collect(Collectors.joining(
                                ",", "{\"release\":\"4.5.6 (Build: 20250811)\",\"userid\":7,\"functions\":[", "]}")));
    }

    private String errors(CheckReport report) {
        return report.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(finding -> finding.what() + " -> " + finding.remedy())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aSiteWithEverythingPassesAndSaysWhichItIs() {
        CheckReport report = site.open().check(NEEDS);

        assertThat(errors(report)).isEmpty();
        assertThat(report.findings().get(0).what()).contains("Moodle 4.5.6 (Build: 20250811)", "user id 7");
    }

    @Test
    void everyFunctionThatTheServiceLacksIsNamedInOneLine() {
        offers("core_course_get_courses", "core_enrol_get_enrolled_users");

        assertThat(errors(site.open().check(NEEDS)))
                .isEqualTo("the token's service lacks core_user_get_users_by_field,"
                        + " core_completion_get_course_completion_status, core_badges_get_user_badges -> Site"
                        + " administration, Server, Web services, External services, Functions: add what is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "core_completion_get_course_completion_status,cannotviewreport,report/completion:view",
        "core_badges_get_user_badges,nopermissions,moodle/badges:viewotherbadges",
        "core_enrol_get_enrolled_users,requireloginerror,moodle/course:viewparticipants",
        "core_course_get_courses,nopermissions,moodle/course:view"
    })
    void aRightThatIsLackingIsNamed(String function, String code, String capability) {
        site.answers(function, form -> MoodleFixture.error(code));

        assertThat(errors(site.open().check(NEEDS))).contains(function, code, capability);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalidtoken|create a new one in Manage tokens",
                "accessexception|add core_webservice_get_site_info to the service",
                "invalidrecord|update Moodle",
                "servicenotavailable|switch web services on",
                "forcepasswordchangenotice|log in once as the integration user",
                "sitemaintenance|it will be tried again",
                "invalidparameter|please report it",
                "something_of_next_year|not known here"
            })
    void everyErrorSaysWhatToDo(String code, String remedy) {
        site.answers("core_webservice_get_site_info", form -> MoodleFixture.error(code));

        assertThat(errors(site.open().check(NEEDS)))
                .contains(code, remedy)
                .doesNotContain("canary", MoodleFixture.TOKEN);
    }

    @Test
    void peopleWithoutAddressesAndCoursesWithoutPeopleAreWarnedOf() {
        site.people.get(2L).put(3L, "{\"id\":3,\"fullname\":\"A\",\"enrolledcourses\":[%s]}");
        assertThat(site.open().check(NEEDS).toString())
                .contains("no e-mail address is shown", "moodle/course:useremail");

        site.people.get(2L).clear();
        assertThat(site.open().check(NEEDS).toString()).contains("nobody is enrolled in any of 1 courses");

        site.people.clear();
        assertThat(site.open().check(NEEDS).toString()).contains("no course is visible");
    }
}
