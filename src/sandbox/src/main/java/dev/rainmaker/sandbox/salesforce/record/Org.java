package dev.rainmaker.sandbox.salesforce.record;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The org: its objects and records in memory, each committed change first in the journal. One writer at a time, many
 * readers; a reader sees whole transactions only.
 */
public final class Org implements AutoCloseable {

    /** Work that writes; what it throws undoes all of it. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T apply(Transaction transaction) throws X;
    }

    private final Schema schema = Schema.standard();
    private final Map<ObjectType, Table> tables = new HashMap<>();
    private final Map<String, Transaction> uncommitted = new HashMap<>();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Clock clock;
    private final Duration precision;
    private final Journal journal;
    private Instant lastStamp = Instant.EPOCH;
    private @Nullable Transaction current;
    private volatile Duration commitDelay = Duration.ZERO;
    private volatile String commitDelayObject = "";

    private Org(Journal journal, Clock clock, Duration precision) {
        this.journal = journal;
        this.clock = clock;
        this.precision = precision;
        schema.objects().forEach(type -> tables.put(type, new Table(type)));
    }

    /**
     * Opens the org kept in a folder, or an empty one.
     *
     * @param precision of server stamps; the vendor's is a second
     * @throws IOException if the folder cannot be read or written, or another process has it open
     */
    public static Org open(Path folder, Clock clock, Duration precision) throws IOException {
        Journal journal = Journal.open(folder);
        Org org = new Org(journal, clock, precision);
        try {
            journal.replay(org);
            for (Table table : org.tables.values()) {
                table.numbersUsed(table.size());
            }
            journal.compactIfWorthIt(org);
            return org;
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    public Schema schema() {
        return schema;
    }

    public Clock clock() {
        return clock;
    }

    /** Whether nothing was ever loaded or written. */
    public boolean empty() {
        return read(() -> tables.values().stream().allMatch(table -> table.size() == 0));
    }

    /** Runs with a view on which no write lands meanwhile. Take rows out of it, not collections. */
    public <T> T read(Supplier<T> reading) {
        lock.readLock().lock();
        try {
            return reading.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** A record by 18-character id, deleted ones too. */
    public Optional<Row> find(String id) {
        return read(() -> schema.objectOf(id).flatMap(type -> table(type).find(id)));
    }

    /** The live record with this value of an external id or unique field. */
    public Optional<Row> findBy(Field field, ObjectType type, Object value) {
        return read(() -> table(type).findBy(field, value));
    }

    /** Whether {@link #findBy} can answer for the field. */
    public boolean indexes(ObjectType type, Field field) {
        return table(type).indexes(field);
    }

    /** All records of an object by stamp and id, deleted ones too. Only inside {@link #read}. */
    public Collection<Row> rows(ObjectType type) {
        return table(type).all();
    }

    /** Records stamped at or after an instant, by stamp and id. Only inside {@link #read}. */
    public Collection<Row> rowsSince(ObjectType type, Instant stamp) {
        return table(type).after(stamp, "");
    }

    /** Records after a place in the order of stamp and id. Only inside {@link #read}. */
    public Collection<Row> rowsAfter(ObjectType type, Instant stamp, String id) {
        return table(type).after(stamp, id);
    }

    /** The time of the server, as it would stamp a record now. */
    public Instant now() {
        Instant now = clock.instant();
        long unit = Math.max(1, precision.toMillis());
        return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), unit) * unit);
    }

    /** From now on writes to the object ("" = all) are stamped when made and become visible only after the delay. */
    public void delayCommits(Duration delay, String object) {
        commitDelayObject = object;
        commitDelay = delay;
    }

    /** Writes in one transaction: in the journal and visible when this returns. Inside another write it joins that one. */
    public <T, X extends Exception> T write(Actor actor, Work<T, X> work) throws X {
        Transaction running = lock.isWriteLockedByCurrentThread() ? current : null;
        return running == null ? begin(actor, work) : join(running, actor, work);
    }

    private static <T, X extends Exception> T join(Transaction running, Actor actor, Work<T, X> work) throws X {
        Actor before = running.as(actor);
        int mark = running.mark();
        boolean done = false;
        try {
            T result = work.apply(running);
            done = true;
            return result;
        } finally {
            if (!done) {
                running.undoTo(mark);
            }
            running.as(before);
        }
    }

    private <T, X extends Exception> T begin(Actor actor, Work<T, X> work) throws X {
        CompletableFuture<Void> visible;
        T result;
        lock.writeLock().lock();
        try {
            Transaction transaction = new Transaction(this, actor, nextStamp());
            current = transaction;
            boolean done = false;
            try {
                result = work.apply(transaction);
                done = true;
            } finally {
                current = null;
                if (!done) {
                    transaction.undoTo(0);
                }
            }
            visible = kept(transaction);
        } finally {
            lock.writeLock().unlock();
        }
        try {
            visible.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the change could not be kept", e.getCause());
        }
        return result;
    }

    /** What the journal does not take is not visible either. */
    private CompletableFuture<Void> kept(Transaction transaction) {
        boolean done = false;
        try {
            CompletableFuture<Void> visible = commit(transaction);
            done = true;
            return visible;
        } finally {
            if (!done) {
                transaction.undoTo(0);
            }
        }
    }

    private Instant nextStamp() {
        Instant now = now();
        // A host clock that steps back must not give stamps that a cursor has passed.
        lastStamp = now.isAfter(lastStamp) ? now : lastStamp;
        return lastStamp;
    }

    private CompletableFuture<Void> commit(Transaction transaction) {
        boolean delayed =
                !commitDelay.isZero() && !transaction.actor().loads() && transaction.touches(commitDelayObject);
        if (!delayed) {
            journal.append(transaction);
            return CompletableFuture.completedFuture(null);
        }
        List<Row> rows = transaction.written();
        transaction.undoTo(0);
        rows.forEach(row -> uncommitted.put(row.id(), transaction));
        transaction.hold(rows);
        return CompletableFuture.runAsync(
                () -> settle(transaction),
                CompletableFuture.delayedExecutor(commitDelay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void settle(Transaction transaction) {
        lock.writeLock().lock();
        try {
            List<Row> held = transaction.release();
            if (held.isEmpty()) {
                return;
            }
            for (Row row : held) {
                uncommitted.remove(row.id());
                transaction.put(row);
            }
            journal.append(transaction);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Before a record is written again, its uncommitted change is committed, as a row lock would have it. */
    void settle(String id) {
        Transaction transaction = uncommitted.get(id);
        if (transaction != null) {
            settle(transaction);
        }
    }

    Table table(ObjectType type) {
        return Objects.requireNonNull(tables.get(type));
    }

    /** Adds a custom field, kept in the journal. */
    public Field addField(ObjectType type, String definition) {
        lock.writeLock().lock();
        try {
            Field field = schema.addField(type, definition);
            journal.appendField(type, definition);
            return field;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Hides a field as if an administrator had deleted it, or shows it again; not kept over a restart. */
    public void hideField(ObjectType type, String field, boolean hide) {
        type.hide(field, hide);
    }

    /** Settings of the org that outlive a restart; null if never set. */
    public @Nullable String property(String name) {
        return read(() -> journal.property(name));
    }

    public void property(String name, String value) {
        lock.writeLock().lock();
        try {
            journal.property(name, value);
        } finally {
            lock.writeLock().unlock();
        }
    }

    List<Row> everything() {
        List<Row> rows = new ArrayList<>();
        schema.objects().forEach(type -> rows.addAll(table(type).all()));
        return rows;
    }

    /** Puts a row back as the journal has it. */
    void restore(Row row) {
        table(row.type()).replace(row.id(), row);
        lastStamp = row.stamp().isAfter(lastStamp) ? row.stamp() : lastStamp;
    }

    /** Closes the org and forgets all it held. */
    public void discard() throws IOException {
        close();
        journal.delete();
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            journal.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
