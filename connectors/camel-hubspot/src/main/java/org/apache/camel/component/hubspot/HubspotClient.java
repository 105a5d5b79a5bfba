package org.apache.camel.component.hubspot;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.apache.camel.component.hubspot.HubspotException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HubSpot over HTTP: the JDK's client, no redirect followed, one host only, a deadline for the whole of each call, a bound
 * on the answer's size, calls paced under HubSpot's limits, and what HubSpot could not do just now tried again. Safe for
 * several threads.
 */
final class HubspotClient implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder(new com.fasterxml.jackson.core.JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(200)
                            .maxStringLength(20_000_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Logger LOG = LoggerFactory.getLogger(HubspotClient.class);

    private final HubspotConfiguration configuration;
    private final HubspotApi api;
    private final URI base;
    private final HttpClient http;
    private final AccessTokens tokens;
    private final CallPace pace;
    private final CallPace searchPace;
    private final CallPace.Pause pause;
    private final RandomGenerator random;
    private final AtomicLong loginCalls = new AtomicLong();
    private volatile long dailyLimit = -1;
    private volatile long dailyRemaining = -1;

    HubspotClient(HubspotConfiguration configuration, Clock clock, CallPace.Pause pause, RandomGenerator random) {
        configuration.check();
        this.configuration = configuration;
        this.api = HubspotApi.of(configuration.getApiVersion());
        this.base = configuration.baseUri();
        this.pause = pause;
        this.random = random;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofMillis(configuration.getConnectTimeout()))
                .build();
        this.tokens = new AccessTokens(configuration, clock, this::token);
        this.pace = new CallPace(configuration.getCallsPerTenSeconds(), RefusalReader.TEN_SECONDS, clock, pause);
        this.searchPace = new CallPace(configuration.getSearchesPerSecond(), RefusalReader.SECOND, clock, pause);
    }

    HubspotApi api() {
        return api;
    }

    /** What HubSpot last said of the calls of the day. */
    HubspotUsage usage() {
        return new HubspotUsage(dailyLimit, dailyRemaining, loginCalls.get());
    }

    /**
     * Makes a call.
     *
     * @throws HubspotException where HubSpot refused, or did not answer in full
     */
    HubspotResponse send(HubspotRequest request) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(request);
            } catch (HubspotException failed) {
                Duration wait = waitBefore(failed, request.operation(), attempt);
                if (wait == null) {
                    throw failed;
                }
                LOG.debug("{}; attempt {} in {} ms", failed.getMessage(), attempt + 1, wait.toMillis());
                pause.of(wait);
            }
        }
    }

    /** How long to wait before the next attempt; null where there is none. */
    private Duration waitBefore(HubspotException failed, HubspotOperation operation, int attempt) {
        boolean again = failed.getKind() == Kind.BUSY || failed.getKind() == Kind.UNKNOWN_OUTCOME && operation.isRead();
        if (!again || attempt > configuration.getMaxRetries()) {
            return null;
        }
        Duration asked = failed.getRetryAfter().multipliedBy(failed.getStatus() == 429 ? attempt : 1);
        long own = 200L << Math.min(attempt, 8);
        long millis = Math.max(asked.toMillis(), own);
        Duration wait = Duration.ofMillis(millis + (long) (random.nextDouble() * 0.25 * millis));
        return wait.toMillis() > configuration.getMaxRetryWait() ? null : wait;
    }

    private HubspotResponse once(HubspotRequest request) throws InterruptedException {
        String call = request.named(api);
        URI target = target(request.pathAndQuery(api));
        try {
            String token = tokens.current();
            HttpResponse<byte[]> response = exchange(request, target, token);
            if (response.statusCode() == 401 && tokens.renewAfter(token)) {
                String renewed = tokens.current();
                loginCalls.incrementAndGet();
                response = exchange(request, target, renewed);
            }
            return read(request, call, response);
        } catch (IOException broken) {
            throw broken(call, request.operation().isRead(), broken);
        }
    }

    private HttpResponse<byte[]> exchange(HubspotRequest request, URI target, String token)
            throws IOException, InterruptedException {
        pace.await(request.reservedPercent());
        if (request.operation().isSearch()) {
            searchPace.await(0);
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(target)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
        if (request.body() == null) {
            builder.method(request.operation().method(), HttpRequest.BodyPublishers.noBody());
        } else {
            builder.header("Content-Type", "application/json")
                    .method(
                            request.operation().method(),
                            HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request.body())));
        }
        HttpResponse<byte[]> response = within(builder);
        heard(response.headers());
        return response;
    }

    /** Makes the call within its deadline, body included: the client's own timeout ends with the headers. */
    private HttpResponse<byte[]> within(HttpRequest.Builder request) throws IOException, InterruptedException {
        long millis = configuration.getCallTimeout();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(
                request.timeout(Duration.ofMillis(millis)).build(),
                new BoundedBody(configuration.getMaxResponseBytes()));
        try {
            return answer.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw new IOException("no whole answer within " + millis + " ms", slow);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            throw stopped;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException("the call could not be made", failed.getCause());
        }
    }

    private HubspotResponse read(HubspotRequest request, String call, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        HttpHeaders headers = response.headers();
        if (status >= 300 && status < 400) {
            throw new HubspotException(
                    Kind.REFUSED,
                    call + " was answered with a redirect (" + status + "), which is never followed",
                    null);
        }
        if (status < 200 || status >= 300) {
            throw RefusalReader.read(call, request.operation().isRead(), status, headers, orNull(response.body()));
        }
        Instant serverTime =
                headers.firstValue("Date").map(RefusalReader::instant).orElse(null);
        return new HubspotResponse(status, response.body(), json(request, call, status, response.body()), serverTime);
    }

    private static JsonNode json(HubspotRequest request, String call, int status, byte[] body) {
        if (body.length == 0 && (status == 204 || !request.operation().isRead())) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isContainerNode()) {
                return json;
            }
        } catch (IOException broken) {
            throw unreadable(call, broken);
        }
        throw unreadable(call, null);
    }

    /** The parser's own message quotes the answer, which may hold personal data: it stays out. */
    private static HubspotException unreadable(String call, IOException why) {
        String where = why instanceof com.fasterxml.jackson.core.JsonProcessingException parser
                        && parser.getLocation() != null
                ? " (it breaks off or breaks at byte " + parser.getLocation().getByteOffset() + ")"
                : "";
        return new HubspotException(
                Kind.UNKNOWN_OUTCOME,
                "HubSpot answered " + call + " with something that is no whole JSON" + where,
                null);
    }

    private static JsonNode orNull(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json != null && json.isObject() ? json : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    private static HubspotException broken(String call, boolean isRead, IOException why) {
        String message = "no whole answer to " + call + ": " + why.getClass().getSimpleName()
                + (why.getMessage() == null ? "" : ": " + HubspotException.clean(why.getMessage()))
                + (isRead ? "" : "; whether it was carried out is unknown");
        return new HubspotException(Kind.UNKNOWN_OUTCOME, message, why);
    }

    /** Where a call goes: always the configured host. */
    private URI target(String pathAndQuery) {
        URI target = URI.create(base + pathAndQuery);
        if (!base.getHost().equals(target.getHost())
                || base.getPort() != target.getPort()
                || target.getUserInfo() != null) {
            throw new IllegalArgumentException("a call may only go to " + base.getHost());
        }
        return target;
    }

    private JsonNode token(String path, String form) throws IOException, InterruptedException {
        loginCalls.incrementAndGet();
        HttpResponse<byte[]> response = within(HttpRequest.newBuilder(target(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form, StandardCharsets.UTF_8)));
        JsonNode answer = orNull(response.body());
        int status = response.statusCode();
        if (status >= 200 && status < 300 && answer != null) {
            return answer;
        }
        if (status >= 400 && status < 500 && status != 408 && status != 429 && status != 423) {
            throw new HubspotException(Kind.AUTHENTICATION, "POST " + path, status, answer, Duration.ZERO);
        }
        throw RefusalReader.read("POST " + path, true, status, response.headers(), answer);
    }

    private void heard(HttpHeaders headers) {
        long max = number(headers, "X-HubSpot-RateLimit-Max");
        long interval = number(headers, "X-HubSpot-RateLimit-Interval-Milliseconds");
        if (max > 0 && max < Integer.MAX_VALUE && interval > 0) {
            pace.heard((int) max, Duration.ofMillis(interval));
        }
        long daily = number(headers, "X-HubSpot-RateLimit-Daily");
        if (daily >= 0) {
            dailyLimit = daily;
            dailyRemaining = number(headers, "X-HubSpot-RateLimit-Daily-Remaining");
        }
    }

    private static long number(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .filter(text -> text.matches("\\d{1,15}"))
                .map(Long::parseLong)
                .orElse(-1L);
    }

    @Override
    public void close() {
        // the JDK's client ends its threads when nothing refers to it any more
    }
}
