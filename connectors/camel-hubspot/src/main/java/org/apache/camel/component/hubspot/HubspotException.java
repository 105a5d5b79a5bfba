package org.apache.camel.component.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.apache.camel.RuntimeCamelException;

/** HubSpot did not do what it was asked. The message holds no secret and no more of the answer than its own words. */
public class HubspotException extends RuntimeCamelException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 500;

    /** What kind of failure it is, by what helps. */
    public enum Kind {
        /** Too many calls in the short window, or HubSpot is busy: the same call works after {@link #getRetryAfter()}. */
        BUSY,
        /** The calls of the day are used up. */
        DAILY_LIMIT,
        /** No answer, a broken or a cut one: whether a write was done is unknown. */
        UNKNOWN_OUTCOME,
        /** The token or the app's credentials are not accepted. */
        AUTHENTICATION,
        /** The app lacks a scope. */
        PERMISSION,
        /** Nothing is there. */
        NOT_FOUND,
        /** It exists already or was changed meanwhile. */
        CONFLICT,
        /** HubSpot refuses the request and will again. */
        REFUSED
    }

    private final Kind kind;
    private final int status;
    private final String category;
    private final String subCategory;
    private final String policyName;
    private final String correlationId;
    private final Duration retryAfter;
    private final transient JsonNode answer;

    HubspotException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = 0;
        this.category = null;
        this.subCategory = null;
        this.policyName = null;
        this.correlationId = null;
        this.retryAfter = Duration.ZERO;
        this.answer = null;
    }

    HubspotException(Kind kind, String call, int status, JsonNode answer, Duration retryAfter) {
        super(sentence(call, status, answer));
        this.kind = kind;
        this.status = status;
        this.category = text(answer, "category");
        this.subCategory = text(answer, "subCategory");
        this.policyName = text(answer, "policyName");
        this.correlationId = text(answer, "correlationId");
        this.retryAfter = retryAfter;
        this.answer = answer;
    }

    private static String sentence(String call, int status, JsonNode answer) {
        StringBuilder said = new StringBuilder("HubSpot answered ")
                .append(status)
                .append(" to ")
                .append(call);
        String category = text(answer, "category");
        String message = text(answer, "message");
        if (category != null) {
            said.append(" (").append(clean(category)).append(')');
        }
        if (message != null) {
            said.append(": ").append(clean(message));
        }
        String correlation = text(answer, "correlationId");
        return correlation == null ? said.toString() : said + " [correlation id " + clean(correlation) + "]";
    }

    /** One line of at most a few hundred visible characters. */
    static String clean(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static String text(JsonNode answer, String name) {
        return answer != null && answer.path(name).isTextual()
                ? answer.path(name).asText()
                : null;
    }

    public Kind getKind() {
        return kind;
    }

    /** The HTTP status; 0 where there was none. */
    public int getStatus() {
        return status;
    }

    public String getCategory() {
        return category;
    }

    public String getSubCategory() {
        return subCategory;
    }

    /** Which limit a 429 is about, such as {@code DAILY}. */
    public String getPolicyName() {
        return policyName;
    }

    public String getCorrelationId() {
        return correlationId;
    }

    /** How long to wait before the same call, zero where nothing is known. */
    public Duration getRetryAfter() {
        return retryAfter;
    }

    /** The answer's body where it was JSON, else null. */
    public JsonNode getAnswer() {
        return answer;
    }
}
