package dev.rainmaker.connector.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A course, as far as records of people in it name it.
 *
 * @param tracked whether completion is tracked in it; true where Moodle does not say
 */
record Course(long id, String shortName, String fullName, String idNumber, boolean tracked) {

    /** Course 1 is the site's front page. */
    static final long SITE = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    static Course of(JsonNode json) {
        return new Course(
                json.path("id").asLong(),
                PlainText.of(json.path("shortname").asText("")),
                PlainText.of(json.path("fullname").asText("")),
                json.path("idnumber").asText(""),
                json.path("enablecompletion").asInt(1) != 0);
    }

    ObjectNode json() {
        return JSON.createObjectNode()
                .put("id", id)
                .put("shortname", shortName)
                .put("fullname", fullName)
                .put("idnumber", idNumber);
    }
}
