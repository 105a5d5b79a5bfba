package dev.rainmaker.sandbox.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Fault;
import dev.rainmaker.sandbox.http.FaultScript;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.profile.Profile;
import java.io.IOException;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** {@code /__sandbox/…}: what Moodle does not offer and tests need; there only if asked for. See docs/sandbox.md. */
final class MoodleHooks {

    private final Academy academy;
    private final WebService service;
    private final FaultScript faults;
    private final AtomicReference<Profile> profile;
    private final Map<String, Integer> calls = new TreeMap<>();

    MoodleHooks(Academy academy, WebService service, FaultScript faults, AtomicReference<Profile> profile) {
        this.academy = academy;
        this.service = service;
        this.faults = faults;
        this.profile = profile;
    }

    synchronized void count(String function) {
        calls.merge(function, 1, Integer::sum);
    }

    private synchronized ObjectNode stats() {
        ObjectNode body = ApiJson.object();
        ObjectNode byFunction = body.putObject("calls");
        calls.forEach(byFunction::put);
        return body.put("faultsWaiting", faults.size());
    }

    private synchronized void reset() {
        calls.clear();
        faults.clear();
    }

    Reply answer(Request request) {
        String hook = request.segments().size() < 2 ? "" : request.segments().get(1);
        try {
            JsonNode body = request.body().length == 0 ? ApiJson.object() : ApiJson.MAPPER.readTree(request.body());
            return hook(request.method() + " " + hook, body);
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            return said(400, "error", String.valueOf(e.getMessage()));
        }
    }

    private static Reply said(int status, String name, String value) {
        return Reply.json(status, ApiJson.object().put(name, value));
    }

    private Reply hook(String hook, JsonNode body) {
        switch (hook) {
            case "GET stats":
                return Reply.json(200, stats());
            case "POST reset":
                reset();
                service.restore();
                break;
            case "POST faults":
                faults.add(Fault.read(body));
                break;
            case "POST revoke-token":
                service.revoke();
                break;
            case "POST profile":
                ApiJson.members(body).forEach((key, value) -> profile.updateAndGet(p -> p.with(key, value.asText())));
                break;
            case "POST run-task":
                return said(200, "completed", String.valueOf(academy.runTask(true)));
            case "POST finish":
                academy.finish(body.path("course").asLong(), body.path("user").asLong());
                break;
            case "POST user":
                return said(
                        200,
                        "id",
                        String.valueOf(academy.addUser(
                                body.path("username").asText(),
                                body.path("firstname").asText("First"),
                                body.path("lastname").asText("Last"),
                                body.path("email").asText(),
                                body.path("idnumber").asText(""))));
            case "POST course":
                return said(
                        200,
                        "id",
                        String.valueOf(academy.addCourse(
                                body.path("shortname").asText(),
                                body.path("fullname").asText(),
                                body.path("idnumber").asText(""),
                                java.util.List.of(
                                        new Academy.Activity("Read", true), new Academy.Activity("Watch", false)),
                                body.path("criteria").asBoolean(true),
                                academy.now())));
            case "POST badge":
                return said(
                        200,
                        "id",
                        String.valueOf(academy.addBadge(
                                body.path("name").asText(),
                                body.has("course")
                                        ? Long.valueOf(body.get("course").asLong())
                                        : null,
                                body.has("valid")
                                        ? Long.valueOf(body.get("valid").asLong())
                                        : null,
                                academy.now())));
            case "POST issue":
                academy.issue(
                        body.path("badge").asLong(),
                        body.path("user").asLong(),
                        body.path("at").asLong(academy.now()));
                break;
            default:
                return said(404, "error", "no such hook: " + hook);
        }
        return said(200, "done", hook);
    }
}
