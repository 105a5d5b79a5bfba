package dev.rainmaker.connector.salesforce;

import dev.rainmaker.connector.ApiUsage;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.ConnectorFault;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.jspecify.annotations.Nullable;

/**
 * Calls one org: logs in when needed, once for all who wait; counts every call; turns what is not an answer into a
 * fault. Errors that the org answers with come back as they are, for the caller may know what to do.
 */
final class SalesforceClient implements AutoCloseable {

    /** After refused credentials: how long no login is tried, since many failures lock the user. */
    private static final Duration LOGIN_REST = Duration.ofSeconds(30);

    /** Refusals of a session that a new login does not cure; logging in on them would go on for ever. */
    private static final Set<String> INCURABLE =
            Set.of("Connected app is not attached to Agent", "This session is not valid for use with the REST API");

    private final OrgTransport transport;
    private final SalesforceFaults faults;
    private final CallBudget budget;
    private final Clock clock;
    private final Object loginLock = new Object();
    private ConnectorFault.@Nullable Fatal refusal;
    private Instant refusedAt = Instant.MIN;

    SalesforceClient(String connection, SalesforceSettings settings, SalesforceFaults faults, Clock clock) {
        this.transport = new OrgTransport(connection, settings, faults, clock);
        this.faults = faults;
        this.budget = new CallBudget(settings.maxCallsPerDay(), clock);
        this.clock = clock;
    }

    /** The 18-character id of the org; logs in if nobody has. */
    String orgId() {
        try {
            token();
            String id = transport.orgId();
            if (id == null) {
                throw new IllegalStateException("logged in without an org id");
            }
            return id;
        } catch (IOException | SalesforceException failure) {
            throw faults.broken(failure, "the login");
        }
    }

    Answer get(CallPurpose purpose, String path, String doing) {
        return call(purpose, "GET", path, null, Map.of(), doing);
    }

    /**
     * Makes a call.
     *
     * @param doing what is being done, for messages
     * @return the answer, of any status but 401
     */
    Answer call(
            CallPurpose purpose,
            String method,
            String path,
            byte @Nullable [] body,
            Map<String, String> headers,
            String doing) {
        if (!path.startsWith("/services/data/")) {
            throw faults.fatal("refused to call a path outside /services/data/ while " + doing);
        }
        try {
            String token = token();
            Answer answer = send(purpose, method, path, body, headers);
            if (answer.status() == 401) {
                token = renewed(token, answer, doing);
                answer = send(purpose, method, path, body, headers);
            }
            if (answer.status() == 401 && !token.equals(transport.token())) {
                // Somebody's login overtook ours between the two calls.
                answer = send(purpose, method, path, body, headers);
            }
            if (answer.status() == 401) {
                throw faults.of(answer, doing);
            }
            return answer;
        } catch (IOException | SalesforceException failure) {
            throw faults.broken(failure, doing);
        }
    }

    private Answer send(
            CallPurpose purpose, String method, String path, byte @Nullable [] body, Map<String, String> headers)
            throws IOException, SalesforceException {
        spend(purpose);
        Answer answer = transport.send(method, path, body, headers);
        budget.heard(answer.limitInfo());
        return answer;
    }

    private String token() throws IOException, SalesforceException {
        String token = transport.token();
        return token != null ? token : login(null);
    }

    private String renewed(String token, Answer refused, String doing) throws IOException, SalesforceException {
        String message = refused.message();
        if (INCURABLE.stream().anyMatch(message::contains)
                || refused.code().equals("INVALID_OPERATION_WITH_EXPIRED_PASSWORD")) {
            throw faults.of(refused, doing);
        }
        return login(token);
    }

    /** One login for all who wait: the first to come makes it, the others find the token replaced. */
    private String login(@Nullable String old) throws IOException, SalesforceException {
        synchronized (loginLock) {
            String token = transport.token();
            if (token != null && !token.equals(old)) {
                return token;
            }
            if (refusal != null && clock.instant().isBefore(refusedAt.plus(LOGIN_REST))) {
                throw refusal;
            }
            spend(CallPurpose.OTHER);
            try {
                transport.login(old);
                refusal = null;
            } catch (ConnectorFault.Fatal wrong) {
                refusal = wrong;
                refusedAt = clock.instant();
                throw wrong;
            }
            String fresh = transport.token();
            if (fresh == null) {
                throw faults.retryable(Duration.ZERO, "the login gave no token", null);
            }
            return fresh;
        }
    }

    private void spend(CallPurpose purpose) {
        Optional<Duration> wait = budget.spend(purpose);
        if (wait.isPresent()) {
            throw faults.budgetSpent(
                    wait.get(), "max-calls-per-day is reached; calls pause and go on by themselves, or raise it");
        }
    }

    /** The org's own address, null before the first login. */
    @Nullable
    String instance() {
        return transport.instance();
    }

    ApiUsage usage() {
        return budget.usage();
    }

    @Override
    public void close() {
        transport.close();
    }
}
