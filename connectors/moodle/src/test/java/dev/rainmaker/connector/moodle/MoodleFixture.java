package dev.rainmaker.connector.moodle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.connector.ConnectorFactory;
import dev.rainmaker.connector.contract.Asked;
import dev.rainmaker.connector.contract.Reply;
import dev.rainmaker.connector.contract.VendorFixture;
import dev.rainmaker.connector.contract.VendorTable;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A site with one course for the connector contract; its people are the records. */
final class MoodleFixture implements VendorFixture {

    static final String TOKEN = "c0ffee00c0ffee00c0ffee00c0ffee00";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIELD = "department";

    @Override
    public ConnectorFactory factory() {
        return new MoodleFactory();
    }

    @Override
    public Map<String, String> settings(String url, Duration patience) {
        return Map.of(
                "url",
                url,
                "token",
                TOKEN,
                "page-size",
                "2",
                "connect-timeout",
                patience.toString(),
                "call-timeout",
                patience.toString());
    }

    @Override
    public Set<String> secrets() {
        return Set.of(TOKEN);
    }

    @Override
    public String stream() {
        return "user";
    }

    @Override
    public String field() {
        return FIELD;
    }

    @Override
    public String id(int n) {
        return Integer.toString(n + 2);
    }

    private static String function(Asked asked) {
        return asked.form().getOrDefault("wsfunction", "");
    }

    @Override
    public Step step(Asked asked) {
        return switch (function(asked)) {
            case "core_enrol_get_enrolled_users", "core_user_get_users_by_field" -> Step.READ;
            case "core_course_get_courses" -> Step.DESCRIBE;
            default -> Step.OTHER;
        };
    }

    @Override
    public Reply answer(Asked asked, VendorTable table, String url) {
        Map<String, String> form = asked.form();
        boolean known = asked.method().equals("POST")
                && asked.target().equals("/webservice/rest/server.php")
                && TOKEN.equals(form.get("wstoken"))
                && "json".equals(form.get("moodlewsrestformat"));
        if (!known) {
            return refused();
        }
        return switch (function(asked)) {
            case "core_webservice_get_site_info" -> Reply.json("""
                    {"sitename":"Academy","userid":2,"release":"4.5.6","functions":[
                     {"name":"core_webservice_get_site_info"},{"name":"core_course_get_courses"},
                     {"name":"core_enrol_get_enrolled_users"},{"name":"core_user_get_users_by_field"}]}""");
            case "core_course_get_courses" -> Reply.json("""
                    [{"id":1,"shortname":"site","fullname":"Academy"},
                     {"id":2,"shortname":"C2","fullname":"Selling","idnumber":"C2","enablecompletion":1}]""");
            case "core_enrol_get_enrolled_users" -> enrolled(form, table);
            case "core_user_get_users_by_field" -> byId(form, table);
            default -> error("invalidrecord");
        };
    }

    static Reply error(String code) {
        return Reply.json("{\"exception\":\"core\\\\exception\\\\moodle_exception\",\"errorcode\":\"" + code
                + "\",\"message\":\"canary message\"}");
    }

    private static Reply enrolled(Map<String, String> form, VendorTable table) {
        int from = Integer.parseInt(form.get("options[0][value]"));
        int most = Integer.parseInt(form.get("options[1][value]"));
        List<VendorTable.Row> rows = table.rows().stream()
                .sorted(Comparator.comparingLong(row -> Long.parseLong(row.id())))
                .skip(from)
                .limit(most)
                .toList();
        return people(rows, table);
    }

    private static Reply byId(Map<String, String> form, VendorTable table) {
        return people(
                table.rows().stream()
                        .filter(row -> form.entrySet().stream()
                                .anyMatch(entry -> entry.getKey().startsWith("values[")
                                        && entry.getValue().equals(row.id())))
                        .toList(),
                table);
    }

    private static Reply people(List<VendorTable.Row> rows, VendorTable table) {
        ArrayNode people = JSON.createArrayNode();
        for (VendorTable.Row row : rows) {
            ObjectNode person = people.addObject().put("id", Long.parseLong(row.id()));
            person.put("fullname", "Ana").put("email", "ana@partner.example").put("lastaccess", 0);
            if (!table.fieldHidden()) {
                person.put(FIELD, row.value());
            }
            person.putArray("enrolledcourses").addObject().put("id", 2);
        }
        return Reply.json(people.toString());
    }

    @Override
    public Reply refused() {
        return error("invalidtoken");
    }
}
