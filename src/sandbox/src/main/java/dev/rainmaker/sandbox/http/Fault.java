package dev.rainmaker.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One scripted fault.
 *
 * @param kind of call it waits for, {@code *} for any
 * @param nth which matching call from now on it strikes first, 1 = the next
 * @param times how many calls in a row it strikes
 * @param status answered instead; null keeps the true answer
 * @param afterCommit whether the call does its work before it is answered otherwise or dropped
 * @param drop closes the connection without an answer
 * @param truncateAt sends only so many bytes of the body under its full Content-Length; negative = all
 * @param delay before the answer
 * @param everyByte pause between single bytes of the body; zero = none
 * @param expireTokens ends all sessions before the call is looked at
 */
public record Fault(
        String kind,
        int nth,
        int times,
        @Nullable Integer status,
        String body,
        Map<String, String> headers,
        boolean afterCommit,
        boolean drop,
        int truncateAt,
        Duration delay,
        Duration everyByte,
        boolean expireTokens) {

    public static final Fault NONE =
            new Fault("", 0, 0, null, "", Map.of(), false, false, -1, Duration.ZERO, Duration.ZERO, false);

    public Fault {
        headers = Map.copyOf(headers);
    }

    public static Fault read(JsonNode json) {
        for (String name : ApiJson.members(json).keySet()) {
            if (!name.matches(
                    "kind|nth|times|status|body|headers|afterCommit|drop|truncateAt|delay|everyByte|expireTokens")) {
                throw new IllegalArgumentException("unknown member of a fault: " + name);
            }
        }
        Map<String, String> headers = new LinkedHashMap<>();
        ApiJson.members(json.path("headers")).forEach((name, value) -> headers.put(name, value.asText()));
        JsonNode body = json.path("body");
        return new Fault(
                json.path("kind").asText("*"),
                json.path("nth").asInt(1),
                json.path("times").asInt(1),
                json.has("status") ? json.get("status").asInt() : null,
                body.isTextual() ? body.asText() : body.isMissingNode() ? "" : body.toString(),
                headers,
                json.path("afterCommit").asBoolean(false),
                json.path("drop").asBoolean(false),
                json.path("truncateAt").asInt(-1),
                Duration.parse(json.path("delay").asText("PT0S")),
                Duration.parse(json.path("everyByte").asText("PT0S")),
                json.path("expireTokens").asBoolean(false));
    }

    public boolean matches(String called) {
        return kind.equals("*") || kind.equals(called);
    }

    /** Whether the call must not do its work. */
    public boolean prevents() {
        return !afterCommit && (drop || status != null);
    }

    /** The answer to send instead of the true one. */
    public Reply instead(Reply truth) {
        if (status == null) {
            return truth;
        }
        Reply reply = new Reply(
                Objects.requireNonNull(status),
                "application/json;charset=UTF-8",
                body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                truth.headers());
        for (Map.Entry<String, String> header : headers.entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }
}
