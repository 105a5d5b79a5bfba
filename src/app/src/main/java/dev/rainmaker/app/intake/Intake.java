package dev.rainmaker.app.intake;

import dev.rainmaker.app.connection.Connections;
import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.flow.Signals;
import dev.rainmaker.app.ledger.DeadLetterLedger;
import dev.rainmaker.app.ledger.InboxLedger;
import dev.rainmaker.app.ledger.InboxLedger.Event;
import dev.rainmaker.app.mapping.StreamMapping;
import dev.rainmaker.app.sync.SyncResult;
import dev.rainmaker.app.sync.SyncStreams;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.PushedEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes pushed events and works them off: fetch what they name, commit it. Duplicates, any order and gaps are harmless. */
public final class Intake {

    private static final int MOST_EVENTS = 200;
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int ATTEMPTS = 10;

    private final InboxLedger inbox;
    private final DeadLetterLedger deadLetters;
    private final Connections connections;
    private final SyncStreams streams;
    private final Signals signals;

    public Intake(
            InboxLedger inbox,
            DeadLetterLedger deadLetters,
            Connections connections,
            SyncStreams streams,
            Signals signals) {
        this.inbox = inbox;
        this.deadLetters = deadLetters;
        this.connections = connections;
        this.streams = streams;
        this.signals = signals;
    }

    /**
     * Stores an event; on return it is durable.
     *
     * @param key the sender's key of it, null where it has none: then every delivery counts as new
     * @return whether it was new
     * @throws IllegalArgumentException if connection or stream do not exist or the body names no record
     */
    public boolean accept(String connection, String stream, @Nullable String key, byte[] body) {
        LiveConnection live = connections
                .find(connection)
                .orElseThrow(() -> new IllegalArgumentException("there is no connection \"" + connection + "\""));
        if (live.stream(stream).isEmpty()) {
            throw new IllegalArgumentException(
                    "connection " + connection + " maps no stream \"" + stream + "\"; it maps "
                            + live.streams().stream().map(StreamMapping::stream).toList());
        }
        EventBody.read(body);
        boolean isNew = inbox.store(
                connection, stream, key == null ? java.util.UUID.randomUUID().toString() : key, body);
        if (isNew) {
            signals.eventStored();
        }
        return isNew;
    }

    /**
     * Stores events that a vendor pushed and its connector verified; on return they are durable. Events of streams that the
     * connection does not map are left out, a repeated event is the same event.
     *
     * @return how many were new
     */
    public int acceptPushed(LiveConnection live, List<PushedEvent> events) {
        List<InboxLedger.Arrival> arrivals = events.stream()
                .filter(event -> live.stream(event.stream()).isPresent())
                .map(event -> new InboxLedger.Arrival(event.stream(), event.key(), EventBody.of(event)))
                .toList();
        int isNew = inbox.storeAll(live.name(), arrivals);
        if (isNew > 0) {
            signals.eventStored();
        }
        return isNew;
    }

    /** A key for senders that give none but may repeat themselves: the content's hash. */
    public static String contentKey(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Works off what waits; returns what came of it. */
    public SyncResult workOff() {
        SyncResult result = SyncResult.NOTHING;
        while (true) {
            List<Event> events = inbox.claim(MOST_EVENTS, LEASE);
            if (events.isEmpty()) {
                return result;
            }
            Map<String, List<Event>> byStream = new LinkedHashMap<>();
            events.forEach(event -> byStream.computeIfAbsent(
                            event.connection() + "/" + event.stream(), any -> new ArrayList<>())
                    .add(event));
            for (List<Event> group : byStream.values()) {
                result = result.plus(workOff(group));
            }
        }
    }

    private SyncResult workOff(List<Event> events) {
        Event first = events.get(0);
        LiveConnection connection = connections.find(first.connection()).orElse(null);
        StreamMapping stream =
                connection == null ? null : connection.stream(first.stream()).orElse(null);
        if (connection == null || stream == null) {
            inbox.postpone(events, Duration.ofMinutes(5), "the connection or its stream is switched off");
            return SyncResult.NOTHING;
        }
        Set<String> ids = new LinkedHashSet<>();
        Map<String, Instant> gone = new HashMap<>();
        for (Event event : events) {
            EventBody body = EventBody.read(event.body());
            ids.addAll(body.ids());
            body.gone().forEach((id, at) -> gone.merge(id, at, (one, other) -> one.isAfter(other) ? one : other));
        }
        try {
            return streams.fetch(connection, stream, List.copyOf(ids), gone, () -> inbox.done(events, "applied"));
        } catch (ConnectorFault.Retryable later) {
            List<Event> tired = events.stream()
                    .filter(event -> event.attempts() >= ATTEMPTS)
                    .toList();
            List<Event> again =
                    events.stream().filter(event -> event.attempts() < ATTEMPTS).toList();
            giveUp(tired, later);
            inbox.postpone(again, pause(later, first.attempts()), String.valueOf(later.getMessage()));
        } catch (ConnectorFault.Fatal fatal) {
            giveUp(events, fatal);
        }
        return SyncResult.NOTHING;
    }

    private static Duration pause(ConnectorFault.Retryable fault, int attempts) {
        Duration own = Duration.ofMillis(500L << Math.min(attempts, 9));
        return own.compareTo(fault.after()) > 0 ? own : fault.after();
    }

    private void giveUp(List<Event> events, ConnectorFault why) {
        for (Event event : events) {
            deadLetters.keep(
                    event.connection(),
                    event.stream(),
                    event.key(),
                    "intake",
                    String.valueOf(why.getMessage()),
                    event.body());
        }
        inbox.done(events, "dead letter: " + why.getMessage());
    }

    /** The text of an event's body, for people. */
    public static String shown(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
