package dev.rainmaker.app.writeback;

import dev.rainmaker.app.connection.Connections;
import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.ledger.OutboxEntry;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.mapping.StreamMapping;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.connector.ConnectorFault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the outbox: batches of up to the vendor's maximum, each read before it is written and read back after, with an
 * outcome per record. Whatever happens in between, an entry is written at most once more than needed and never over a
 * person's edit that was visible at the read.
 */
public final class WriteBack {

    private static final Logger LOG = LoggerFactory.getLogger(WriteBack.class);
    /** Longer than reading and writing a batch take, each with its call's longest patience. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private final OutboxLedger outbox;
    private final Connections connections;
    private final WriteBatch batches;

    public WriteBack(OutboxLedger outbox, Connections connections, WriteBatch batches) {
        this.outbox = outbox;
        this.connections = connections;
        this.batches = batches;
    }

    /** Writes everything that is due now; what was postponed waits for a later call. */
    public WriteBackResult writeDue(Progress progress) {
        WriteBackResult result = WriteBackResult.NOTHING;
        for (OutboxLedger.Due due : outbox.due()) {
            Optional<LiveConnection> connection = connections.find(due.connection());
            Optional<StreamMapping> stream = connection.flatMap(live -> live.stream(due.stream()));
            if (connection.isEmpty() || stream.isEmpty()) {
                continue; // the connection is switched off: its entries wait
            }
            result = result.plus(write(connection.get(), stream.get(), due, progress));
        }
        return result;
    }

    /**
     * Writes until nothing is open, waiting for what was postponed.
     *
     * @param patience how long to wait in all for postponed entries
     */
    public WriteBackResult drain(Progress progress, Duration patience) throws InterruptedException {
        WriteBackResult result = WriteBackResult.NOTHING;
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            result = result.plus(writeDue(progress));
            Optional<Duration> next = outbox.nextDue();
            if (next.isEmpty() || System.nanoTime() + next.get().toNanos() > deadline) {
                return result;
            }
            Thread.sleep(next.get().toMillis() + 1);
        }
    }

    private WriteBackResult write(
            LiveConnection connection, StreamMapping stream, OutboxLedger.Due due, Progress progress) {
        WriteBackResult result = WriteBackResult.NOTHING;
        String step = "write " + due.purpose() + " to " + connection.name() + "/" + due.stream();
        long done = 0;
        while (true) {
            List<OutboxEntry> batch =
                    outbox.claim(due, connection.connector().capabilities().writeBatch(), LEASE);
            if (batch.isEmpty()) {
                return result;
            }
            try {
                result = result.plus(batches.write(connection, stream, batch));
            } catch (ConnectorFault.Retryable fault) {
                Duration pause = pauseAfter(fault, batch.get(0).attempts());
                outbox.postpone(batch, pause, String.valueOf(fault.getMessage()));
                LOG.warn("{}: {} entries wait {} s: {}", step, batch.size(), pause.toSeconds(), fault.getMessage());
                return result.plus(new WriteBackResult(0, 0, 0, 0, batch.size()));
            } catch (ConnectorFault.Fatal fault) {
                outbox.postpone(batch, Duration.ofMinutes(5), String.valueOf(fault.getMessage()));
                throw fault;
            }
            done += batch.size();
            progress.at(step, done, due.entries(), 0);
        }
    }

    /** The vendor's wish, or one second doubled with every attempt, up to ten minutes. */
    static Duration pauseAfter(ConnectorFault.Retryable fault, int attempts) {
        Duration own = Duration.ofSeconds(1L << Math.min(Math.max(attempts - 1, 0), 9));
        Duration wait = own.compareTo(fault.after()) >= 0 ? own : fault.after();
        Duration most = Duration.ofMinutes(10);
        return wait.compareTo(most) > 0 && !fault.isBudget() ? most : wait;
    }
}
