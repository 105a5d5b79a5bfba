package dev.rainmaker.app.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.app.connection.Connections;
import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.ledger.DeadLetterLedger;
import dev.rainmaker.app.ledger.DeadLetterLedger.DeadLetter;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.app.ledger.InboxLedger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.mapping.StreamMapping;
import dev.rainmaker.app.sync.SyncStreams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Tries dead letters again: a record is fetched and mapped anew, an event goes back to the inbox, a write back to the
 * outbox. Doing it twice does nothing more.
 */
public final class Redrive {

    private static final int MOST = 10_000;

    private final DeadLetterLedger deadLetters;
    private final Connections connections;
    private final SyncStreams streams;
    private final InboxLedger inbox;
    private final OutboxLedger outbox;

    Redrive(
            DeadLetterLedger deadLetters,
            Connections connections,
            SyncStreams streams,
            InboxLedger inbox,
            OutboxLedger outbox) {
        this.deadLetters = deadLetters;
        this.connections = connections;
        this.streams = streams;
        this.inbox = inbox;
        this.outbox = outbox;
    }

    /** How many went through, and how many did not. */
    public record Result(long replayed, long failed) {}

    Result redrive(List<Long> ids) {
        List<DeadLetter> letters = ids.isEmpty()
                ? deadLetters.open(MOST)
                : ids.stream().map(deadLetters::find).flatMap(Optional::stream).toList();
        long replayed = 0;
        for (DeadLetter letter : letters) {
            if (again(letter)) {
                deadLetters.close(letter.id(), "replayed");
                replayed++;
            }
        }
        return new Result(replayed, letters.size() - replayed);
    }

    private boolean again(DeadLetter letter) {
        switch (letter.origin()) {
            case "write" -> {
                return outbox.reopen(outboxId(letter));
            }
            case "intake" -> {
                inbox.reopen(letter.connection(), letter.stream(), letter.recordId());
                return true;
            }
            default -> {
                LiveConnection connection =
                        connections.find(letter.connection()).orElse(null);
                StreamMapping stream = connection == null
                        ? null
                        : connection.stream(letter.stream()).orElse(null);
                return connection != null
                        && stream != null
                        && streams.fetch(connection, stream, List.of(letter.recordId()))
                                        .problems()
                                == 0;
            }
        }
    }

    private static long outboxId(DeadLetter letter) {
        try {
            JsonNode body = FactJson.MAPPER.readTree(letter.body());
            return body.path("outbox").asLong();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
