package dev.rainmaker.connector.moodle;

import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.Settings;
import dev.rainmaker.connector.contract.Asked;
import dev.rainmaker.connector.contract.Reply;
import dev.rainmaker.connector.contract.VendorServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A site whose answers the test sets by function, over real HTTP; two courses with people come along. */
final class StubSite implements AutoCloseable {

    private final Map<String, java.util.function.Function<Map<String, String>, Reply>> answers = new HashMap<>();
    /** People by course, by id: what Moodle says of each. */
    final Map<Long, TreeMap<Long, String>> people = new TreeMap<>();

    private final List<Connector> opened = new ArrayList<>();
    final VendorServer server = new VendorServer(this::answer);

    StubSite() {
        answers(
                "core_course_get_courses",
                form -> Reply.json(people.keySet().stream()
                        .map(id ->
                                ",{\"id\":%d,\"shortname\":\"C%d\",\"fullname\":\"Course &amp; %d\",\"enablecompletion\":1}"
                                        .formatted(id, id, id))
                        .collect(Collectors.joining("", "[{\"id\":1,\"fullname\":\"site\"}", "]"))));
        answers("core_enrol_get_enrolled_users", this::enrolled);
    }

    void answers(String function, java.util.function.Function<Map<String, String>, Reply> how) {
        answers.put(function, how);
    }

    void answers(String function, String json) {
        answers.put(function, form -> Reply.json(json));
    }

    /** Enrols a person who was in the course last at the given second, 0 for never. */
    void enrol(long course, long person, long lastAccess) {
        people.computeIfAbsent(course, id -> new TreeMap<>())
                .put(
                        person,
                        ("{\"id\":%d,\"fullname\":\"P %d\",\"email\":\"p%d@partner.example\",\"lastaccess\":%d,"
                                        + "\"lastcourseaccess\":%d,\"enrolledcourses\":[%s]}")
                                .formatted(person, person, person, lastAccess, lastAccess, "%s"));
    }

    private Reply enrolled(Map<String, String> form) {
        TreeMap<Long, String> all = people.get(Long.parseLong(form.get("courseid")));
        return Reply.json(all.entrySet().stream()
                .skip(Long.parseLong(form.get("options[0][value]")))
                .limit(Long.parseLong(form.get("options[1][value]")))
                .map(person -> person.getValue().formatted(coursesOf(person.getKey())))
                .collect(Collectors.joining(",", "[", "]")));
    }

    private String coursesOf(long person) {
        return people.entrySet().stream()
                .filter(course -> course.getValue().containsKey(person))
                .map(course -> "{\"id\":" + course.getKey() + "}")
                .collect(Collectors.joining(","));
    }

    private Reply answer(Asked asked) {
        Map<String, String> form = asked.form();
        return answers.getOrDefault(form.get("wsfunction"), any -> MoodleFixture.error("accessexception"))
                .apply(form);
    }

    /** Calls of a function so far, as their parameters. */
    List<Map<String, String>> calls(String function) {
        return server.asked().stream()
                .map(Asked::form)
                .filter(form -> function.equals(form.get("wsfunction")))
                .toList();
    }

    Connector open(String... keysAndValues) {
        Map<String, String> given = new HashMap<>(Map.of("url", server.url(), "token", MoodleFixture.TOKEN));
        IntStream.range(0, keysAndValues.length / 2)
                .forEach(i -> given.put(keysAndValues[2 * i], keysAndValues[2 * i + 1]));
        Connector connector = new MoodleFactory().open("lms", new Settings(new MoodleFactory().settings(), given));
        opened.add(connector);
        return connector;
    }

    @Override
    public void close() {
        opened.forEach(Connector::close);
        server.close();
    }
}
