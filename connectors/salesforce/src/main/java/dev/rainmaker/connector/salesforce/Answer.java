package dev.rainmaker.connector.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came back over HTTP, whole.
 *
 * @param askedAt the server's time when it received the call: its {@code Date} less the time the call took; null where
 *     it sent none
 */
record Answer(
        int status,
        byte[] body,
        @Nullable String limitInfo,
        @Nullable String retryAfter,
        @Nullable String date,
        @Nullable String location,
        @Nullable Instant askedAt) {

    /** Our own code, for an answer of which not more than its size is known: it is over {@code max-response-mb}. */
    static final String TOO_LARGE = "ANSWER_TOO_LARGE";

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer tooLarge() {
        byte[] error = ("[{\"errorCode\":\"" + TOO_LARGE + "\",\"message\":\"larger than max-response-mb\"}]")
                .getBytes(StandardCharsets.UTF_8);
        return new Answer(413, error, null, null, null, null, null);
    }

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    boolean redirects() {
        return status >= 300 && status < 400;
    }

    Duration delay() {
        return RetryAfter.of(retryAfter, date);
    }

    /** The vendor's error code, empty where the body has none. */
    String code() {
        JsonNode error = error();
        return Words.clean(error.path("errorCode").asText(error.path("error").asText("")), 100);
    }

    /** The vendor's message, cleaned; empty where the body has none. */
    String message() {
        return Words.clean(error().path("message").asText(""), 400);
    }

    private JsonNode error() {
        try {
            JsonNode tree = JSON.readTree(body);
            if (tree != null) {
                return tree.isArray() ? tree.path(0) : tree;
            }
        } catch (JsonProcessingException notJson) {
            // An error page of a proxy, perhaps: there is no code in it.
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return JSON.createObjectNode();
    }

    /** Without the body, which may hold personal data. */
    @Override
    public String toString() {
        return "Answer[status=" + status + ", bytes=" + body.length + "]";
    }
}
