package dev.rainmaker.connector.moodle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.connector.ApiUsage;
import dev.rainmaker.connector.CallPurpose;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls the functions of one site: by POST, so that the token is in no access log; no redirect is followed; every call is
 * counted; an answer that is not a whole result becomes a fault.
 */
final class MoodleClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(50)
                            .maxStringLength(64 << 20)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final MoodleSettings settings;
    private final MoodleFaults faults;
    private final HttpClient http;
    private final ExecutorService side;
    private final Map<CallPurpose, AtomicLong> calls = new EnumMap<>(CallPurpose.class);
    private volatile boolean closed;

    /**
     * An answer that is a result.
     *
     * @param at the server's time, ours where it states none
     */
    record Result(JsonNode json, Instant at) {}

    MoodleClient(String connection, MoodleSettings settings, MoodleFaults faults) {
        this.settings = settings;
        this.faults = faults;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
        this.side = Executors.newFixedThreadPool(settings.maxConnections(), task -> {
            Thread thread = new Thread(task, "moodle-" + connection);
            thread.setDaemon(true);
            return thread;
        });
        for (CallPurpose purpose : CallPurpose.values()) {
            calls.put(purpose, new AtomicLong());
        }
    }

    /**
     * Calls a function.
     *
     * @param parameters names as Moodle writes them, {@code values[0]}
     * @return the result; an error that Moodle states is a fault
     */
    Result call(CallPurpose purpose, MoodleFunction function, Map<String, String> parameters) {
        Result answer = ask(purpose, function, parameters);
        Optional<MoodleError> error = MoodleError.in(answer.json());
        if (error.isPresent()) {
            throw faults.of(error.get(), function);
        }
        return answer;
    }

    /** As {@link #call}, with the errors that Moodle states left to the caller: see {@link MoodleError#in}. */
    Result ask(CallPurpose purpose, MoodleFunction function, Map<String, String> parameters) {
        if (closed) {
            throw faults.fatal("the connection is closed");
        }
        calls.getOrDefault(purpose, new AtomicLong()).incrementAndGet();
        HttpResponse<byte[]> response = send(request(function, parameters), function);
        Instant now = Instant.now();
        if (response.statusCode() != 200) {
            throw faults.ofStatus(
                    response.statusCode(), RetryAfter.of(response.headers().firstValue("Retry-After"), now), function);
        }
        Instant at =
                response.headers().firstValue("Date").flatMap(RetryAfter::date).orElse(now);
        return new Result(parsed(response.body(), function), at);
    }

    private HttpRequest request(MoodleFunction function, Map<String, String> parameters) {
        StringBuilder form = new StringBuilder("wstoken=")
                .append(settings.token())
                .append("&moodlewsrestformat=json&wsfunction=")
                .append(function.word());
        parameters.forEach((name, value) -> form.append('&')
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return HttpRequest.newBuilder(settings.server())
                .timeout(settings.callTimeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                .build();
    }

    private HttpResponse<byte[]> send(HttpRequest request, MoodleFunction function) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, info -> new LimitedBody(settings.maxResponseBytes()));
        try {
            return answer.get(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw faults.broken(failed.getCause() == null ? failed : failed.getCause(), function);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw faults.broken(late, function);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw faults.retryable(java.time.Duration.ZERO, function.word() + " was interrupted", stopped);
        }
    }

    private JsonNode parsed(byte[] body, MoodleFunction function) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json == null || json.isMissingNode()) {
                throw faults.damaged(function, body.length, "it is empty");
            }
            return json;
        } catch (JsonProcessingException damaged) {
            // Where it stopped, without the text around it: that is personal data.
            long at = damaged.getLocation() == null ? -1 : damaged.getLocation().getByteOffset();
            throw faults.damaged(function, body.length, "no JSON at byte " + at);
        } catch (IOException damaged) {
            throw faults.damaged(function, body.length, "no JSON");
        }
    }

    /** Makes calls side by side, at most {@code max-connections} of them; results in the order of the tasks. */
    <T> List<T> together(List<Callable<T>> tasks, MoodleFunction function) {
        List<Future<T>> running;
        try {
            running = tasks.stream().map(side::submit).toList();
        } catch (RejectedExecutionException over) {
            throw faults.fatal("the connection is closed");
        }
        List<T> results = new ArrayList<>(tasks.size());
        try {
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw faults.broken(failed.getCause() == null ? failed : failed.getCause(), function);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw faults.retryable(java.time.Duration.ZERO, function.word() + " was interrupted", stopped);
        } finally {
            running.forEach(one -> one.cancel(true));
        }
    }

    ApiUsage usage() {
        Map<CallPurpose, Long> made = new EnumMap<>(CallPurpose.class);
        calls.forEach((purpose, count) -> made.put(purpose, count.get()));
        return new ApiUsage(made, -1, -1);
    }

    @Override
    public void close() {
        closed = true;
        side.shutdownNow();
    }
}
