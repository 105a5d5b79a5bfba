package dev.rainmaker.app.connection;

import dev.rainmaker.connector.ApiUsage;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Capabilities;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.CheckReport;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.PushedEvent;
import dev.rainmaker.connector.RawRequest;
import dev.rainmaker.connector.SetupPlan;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.StreamDescription;
import dev.rainmaker.connector.StreamNeed;
import dev.rainmaker.connector.WriteOutcome;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connector whose reads are tried again with growing, jittered pauses (never shorter than the vendor asked for), and that
 * stops calling a vendor which keeps failing. A write is tried once: whether it arrived is unknown after a fault, so the
 * outbox reads back before it writes again.
 */
public final class GuardedConnector implements Connector {

    /** Longest pause a call waits for; what the vendor wants longer is left to the caller. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private static final Duration BREAK = Duration.ofSeconds(15);

    private final Connector connector;
    private final Retry retry;
    private final CircuitBreaker breaker;

    public GuardedConnector(String name, Connector connector, Duration firstPause, int attempts) {
        this.connector = connector;
        IntervalFunction growing = IntervalFunction.ofExponentialRandomBackoff(firstPause, 2.0, 0.5, LONGEST_WAIT);
        IntervalBiFunction<Object> pause = (attempt, result) -> {
            long own = growing.apply(attempt);
            return result.isLeft() && result.getLeft() instanceof ConnectorFault.Retryable fault
                    ? Math.max(own, fault.after().toMillis())
                    : own;
        };
        this.retry = Retry.of(
                name,
                RetryConfig.custom()
                        .maxAttempts(attempts)
                        .intervalBiFunction(pause)
                        .retryOnException(GuardedConnector::worthAnotherTry)
                        .build());
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(10)
                        .failureRateThreshold(80)
                        .waitDurationInOpenState(BREAK)
                        .recordException(ConnectorFault.Retryable.class::isInstance)
                        .build());
    }

    private static boolean worthAnotherTry(Throwable thrown) {
        return thrown instanceof ConnectorFault.Retryable fault
                && !fault.isBudget()
                && fault.after().compareTo(LONGEST_WAIT) <= 0;
    }

    private <T> T guarded(Supplier<T> call) {
        try {
            return breaker.executeSupplier(call);
        } catch (CallNotPermittedException open) {
            throw new ConnectorFault.Retryable(
                    BREAK,
                    "connection " + breaker.getName() + " failed again and again; its calls pause for a moment",
                    open);
        }
    }

    private <T> T repeated(Supplier<T> call) {
        return retry.executeSupplier(() -> guarded(call));
    }

    @Override
    public Capabilities capabilities() {
        return connector.capabilities();
    }

    @Override
    public CheckReport check(List<StreamNeed> needs) {
        return connector.check(needs);
    }

    @Override
    public List<StreamDescription> discover() {
        return repeated(connector::discover);
    }

    @Override
    public Optional<StreamDescription> describe(String stream) {
        return repeated(() -> connector.describe(stream));
    }

    @Override
    public Page read(String stream, Set<String> fields, @Nullable Cursor cursor) {
        return repeated(() -> connector.read(stream, fields, cursor));
    }

    @Override
    public List<SourceRecord> fetch(String stream, List<String> ids, Set<String> fields, CallPurpose purpose) {
        return repeated(() -> connector.fetch(stream, ids, fields, purpose));
    }

    @Override
    public List<WriteOutcome> write(String stream, List<Change> changes) {
        return guarded(() -> connector.write(stream, changes));
    }

    @Override
    public List<PushedEvent> verify(RawRequest request) {
        return connector.verify(request);
    }

    @Override
    public SetupPlan planSetup(List<StreamNeed> needs) {
        return repeated(() -> connector.planSetup(needs));
    }

    @Override
    public List<SetupPlan.Done> setUp(List<StreamNeed> needs) {
        return guarded(() -> connector.setUp(needs));
    }

    @Override
    public Optional<URI> recordPage(String stream, String id) {
        return connector.recordPage(stream, id);
    }

    @Override
    public ApiUsage usage() {
        return connector.usage();
    }

    @Override
    public void close() {
        connector.close();
    }
}
