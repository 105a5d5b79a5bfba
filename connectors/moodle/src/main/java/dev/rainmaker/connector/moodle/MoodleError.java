package dev.rainmaker.connector.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An error as Moodle states it, with status 200.
 *
 * @param code its {@code errorcode}; the name of the exception differs between releases and decides nothing
 */
record MoodleError(String code) {

    /** The error in an answer, empty where it is a result. */
    static Optional<MoodleError> in(JsonNode answer) {
        if (!answer.isObject() || !(answer.has("exception") || answer.has("error")) || !answer.has("errorcode")) {
            return Optional.empty();
        }
        String code = answer.path("errorcode").asText("").strip();
        return Optional.of(new MoodleError(code.matches("[A-Za-z0-9_:/-]{1,80}") ? code : "an unreadable error code"));
    }

    boolean is(String other) {
        return code.equals(other);
    }
}
