package dev.rainmaker.app.web;

import dev.rainmaker.app.progress.PublishedProgress;
import dev.rainmaker.app.runtime.Rainmaker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages once a second what is new: {@code progress} (what runs, how far it has come) and {@code changed} (the
 * ledger moved on; a page then asks for its sections again). One look serves all pages.
 */
@RestController
class LiveEvents {

    private static final int MOST_PAGES = 100;
    private static final Duration STREAM = Duration.ofMinutes(30); // then the browser comes back by itself
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final Rainmaker rainmaker;
    private final Clock clock;
    private final List<SseEmitter> pages = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService look;
    private @Nullable Map<String, Object> lastProgress;
    private volatile String lastState = "";

    LiveEvents(Rainmaker rainmaker, Clock clock) {
        this.rainmaker = rainmaker;
        this.clock = clock;
        this.look = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "live-events");
            thread.setDaemon(true);
            return thread;
        });
        look.scheduleWithFixedDelay(this::tell, 1, 1, TimeUnit.SECONDS);
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter open() {
        if (pages.size() >= MOST_PAGES) {
            throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, "too many open pages follow the events already");
        }
        SseEmitter page = new SseEmitter(STREAM.toMillis());
        page.onCompletion(() -> pages.remove(page));
        page.onTimeout(page::complete);
        page.onError(gone -> pages.remove(page));
        send(page, "hello", Map.of("at", clock.instant()));
        pages.add(page);
        lastState = ""; // what changed while the page was on its way here is told to it
        return page;
    }

    private void tell() {
        if (pages.isEmpty()) {
            lastProgress = null;
            return;
        }
        try {
            Map<String, Object> progress = progress();
            if (!progress.equals(lastProgress)) {
                lastProgress = progress;
                pages.forEach(page -> send(page, "progress", progress));
            }
            String state = state();
            if (!state.equals(lastState)) {
                pages.forEach(page -> send(page, "changed", Map.of("at", clock.instant())));
            }
            lastState = state;
        } catch (RuntimeException away) { // the ledger may be away for a while; the next look tries again
            lastState = "";
        }
    }

    private Map<String, Object> progress() {
        Instant now = clock.instant();
        return rainmaker
                .progress()
                .latest()
                .map(step -> words(step, step.at().plus(FRESH).isAfter(now)))
                .orElse(Map.of("active", false));
    }

    private static Map<String, Object> words(PublishedProgress.Step step, boolean active) {
        return Map.of(
                "active", active,
                "step", step.name(),
                "done", step.done(),
                "expected", step.expected(),
                "calls", step.calls(),
                "at", step.at());
    }

    /** Differs when anything that the first page shows has changed. */
    private String state() {
        return rainmaker
                .ledger()
                .jdbc()
                .sql("""
                        select concat_ws('/',
                            (select seq from ledger_head where tenant = :tenant),
                            (select max(decided_at) from decision where tenant = :tenant),
                            (select count(*) from dead_letter where tenant = :tenant and state = 'open'),
                            (select state from run where tenant = :tenant and state <> 'running' order by id desc limit 1))
                        """)
                .param("tenant", rainmaker.ledger().tenant())
                .query(String.class)
                .single();
    }

    private void send(SseEmitter page, String name, Map<String, Object> data) {
        try {
            page.send(SseEmitter.event().name(name).data(data, MediaType.APPLICATION_JSON));
        } catch (IOException | IllegalStateException gone) {
            pages.remove(page);
        }
    }

    /** Ends all streams, so that a stop need not wait for them. */
    void endAll() {
        look.shutdownNow();
        pages.forEach(SseEmitter::complete);
    }
}
