package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.salesforce.record.Org;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /composite} and {@code /composite/batch}: several requests in one, in order. */
final class Composites {

    private static final int MOST_REQUESTS = 25;
    private static final int MOST_QUERIES_OR_COLLECTIONS = 5;
    private static final Pattern REFERENCE = Pattern.compile("@\\{([A-Za-z0-9_]+)\\.([^}]+)}");
    private static final String HALTED =
            "The transaction was rolled back since another operation in the same transaction failed.";

    private final Org org;
    private final Supplier<Profile> profile;
    private final Resource resource;
    private final CallCounts counts;

    Composites(Org org, Supplier<Profile> profile, Resource resource, CallCounts counts) {
        this.org = org;
        this.profile = profile;
        this.resource = resource;
        this.counts = counts;
    }

    /** Answers one call. */
    @FunctionalInterface
    interface Resource {
        Reply answer(Call call) throws ApiFault;
    }

    /** Thrown to take back what an all-or-none composite did. */
    private static final class Halted extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient List<Reply> replies;

        Halted(List<Reply> replies) {
            super("a subrequest failed");
            this.replies = replies;
        }
    }

    Reply composite(Call call) throws ApiFault {
        JsonNode body = call.json();
        List<JsonNode> requests = requests(body.path("compositeRequest"));
        checkMix(requests);
        List<Reply> replies;
        if (body.path("allOrNone").asBoolean(false)) {
            replies = allOrNone(call, requests);
        } else {
            replies = new ArrayList<>();
            runAll(call, requests, replies, false);
        }
        ObjectNode answer = ApiJson.object();
        ArrayNode results = answer.putArray("compositeResponse");
        for (int i = 0; i < requests.size(); i++) {
            Reply reply = replies.get(i);
            ObjectNode result = results.addObject();
            result.set("body", json(reply));
            ObjectNode headers = result.putObject("httpHeaders");
            reply.headers().forEach(headers::put);
            result.put("httpStatusCode", reply.status());
            result.put("referenceId", requests.get(i).path("referenceId").asText());
        }
        return Reply.json(200, answer);
    }

    private List<Reply> allOrNone(Call call, List<JsonNode> requests) {
        try {
            return org.<List<Reply>, Halted>write(call.actor(), transaction -> {
                List<Reply> replies = new ArrayList<>();
                if (!runAll(call, requests, replies, true)) {
                    throw new Halted(replies);
                }
                return replies;
            });
        } catch (Halted halted) {
            Reply rolledBack = new ApiFault(400, "PROCESSING_HALTED", HALTED).reply();
            List<Reply> replies = new ArrayList<>();
            for (int i = 0; i < requests.size(); i++) {
                boolean failed = i == halted.replies.size() - 1;
                replies.add(failed ? halted.replies.get(i) : rolledBack);
            }
            return replies;
        }
    }

    private boolean runAll(Call call, List<JsonNode> requests, List<Reply> replies, boolean halt) {
        Map<String, JsonNode> bodies = new HashMap<>();
        for (JsonNode request : requests) {
            Reply reply = run(call, request, bodies);
            replies.add(reply);
            bodies.put(request.path("referenceId").asText(), json(reply));
            if (halt && reply.status() >= 400) {
                return false;
            }
        }
        return true;
    }

    private Reply run(Call outer, JsonNode request, Map<String, JsonNode> bodies) {
        try {
            String url = resolve(request.path("url").asText(), bodies);
            byte[] body = request.has("body")
                    ? resolve(request.get("body").toString(), bodies).getBytes(StandardCharsets.UTF_8)
                    : new byte[0];
            Map<String, String> headers = new HashMap<>();
            ApiJson.members(request.path("httpHeaders"))
                    .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value.asText()));
            return answer(outer, request.path("method").asText("GET"), url, headers, body);
        } catch (ApiFault fault) {
            return fault.reply();
        }
    }

    private Reply answer(Call outer, String method, String url, Map<String, String> headers, byte[] body)
            throws ApiFault {
        Request inner = Request.of(method, url, headers, body);
        if (inner.segments().size() < 4 || !inner.segments().get(1).equals("data")) {
            throw ApiFault.notFound();
        }
        boolean outerCounts = profile.get().text("composite-auto-assign").equals("outer");
        boolean autoAssign = outerCounts ? outer.autoAssign() : RestApi.autoAssign(inner, profile.get());
        String version = inner.segments().get(2);
        List<String> path = inner.segments().subList(3, inner.segments().size());
        if (path.get(0).equals("composite") && path.size() == 1) {
            throw ApiFault.notFound();
        }
        return resource.answer(new Call(inner, outer.userId(), version, path, autoAssign));
    }

    /** Puts values of earlier answers in place of {@code @{ref.records[0].Id}}. */
    private static String resolve(String text, Map<String, JsonNode> bodies) throws ApiFault {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            JsonNode body = bodies.getOrDefault(matcher.group(1), JsonNodeFactory.instance.missingNode());
            String pointer =
                    "/" + matcher.group(2).replace("[", "/").replace("]", "").replace('.', '/');
            JsonNode value = body.at(pointer);
            if (value.isMissingNode()) {
                throw new ApiFault(
                        400,
                        "PROCESSING_HALTED",
                        "Invalid reference specified. No value for " + matcher.group() + " found");
            }
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value.asText()));
        }
        return matcher.appendTail(resolved).toString();
    }

    private static List<JsonNode> requests(JsonNode array) throws ApiFault {
        List<JsonNode> requests = new ArrayList<>();
        array.forEach(requests::add);
        if (requests.isEmpty() || requests.size() > MOST_REQUESTS) {
            throw new ApiFault(400, "LIMIT_EXCEEDED", "The number of subrequests must be 1 to " + MOST_REQUESTS);
        }
        return requests;
    }

    private static void checkMix(List<JsonNode> requests) throws ApiFault {
        int heavy = 0;
        for (JsonNode request : requests) {
            String reference = request.path("referenceId").asText();
            if (!reference.matches("[A-Za-z0-9_]+")) {
                throw new ApiFault(400, "JSON_PARSER_ERROR", "Invalid reference ID: '" + reference + "'");
            }
            String url = request.path("url").asText();
            heavy += url.contains("/query") || url.contains("/composite/sobjects") ? 1 : 0;
        }
        if (heavy > MOST_QUERIES_OR_COLLECTIONS) {
            throw new ApiFault(
                    400,
                    "LIMIT_EXCEEDED",
                    "at most " + MOST_QUERIES_OR_COLLECTIONS + " queries or collections in a composite");
        }
    }

    Reply batch(Call call) throws ApiFault {
        JsonNode body = call.json();
        List<JsonNode> requests = requests(body.path("batchRequests"));
        boolean halt = body.path("haltOnError").asBoolean(false);
        ObjectNode answer = ApiJson.object();
        answer.put("hasErrors", false);
        ArrayNode results = answer.putArray("results");
        boolean failed = false;
        for (JsonNode request : requests) {
            Reply reply = failed && halt
                    ? new ApiFault(412, "BATCH_PROCESSING_HALTED", "Batch processing halted per request").reply()
                    : batched(call, request);
            failed |= reply.status() >= 400;
            counts.use();
            ObjectNode result = results.addObject();
            result.put("statusCode", reply.status());
            result.set("result", json(reply));
        }
        answer.put("hasErrors", failed);
        return Reply.json(200, answer);
    }

    private Reply batched(Call outer, JsonNode request) {
        String url = request.path("url").asText();
        byte[] body = request.path("richInput").toString().getBytes(StandardCharsets.UTF_8);
        try {
            String full = "/services/data/" + url.replaceFirst("^/?(services/data/)?", "");
            return answer(
                    outer,
                    request.path("method").asText("GET"),
                    full,
                    outer.request().headers(),
                    body);
        } catch (ApiFault fault) {
            return fault.reply();
        }
    }

    private static JsonNode json(Reply reply) {
        if (reply.body().length == 0) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            return ApiJson.MAPPER.readTree(reply.body());
        } catch (IOException e) {
            throw new IllegalStateException("our own answer is not JSON", e);
        }
    }
}
