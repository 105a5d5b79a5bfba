package dev.rainmaker.app.dealregistration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.postgres.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two worker processes with 16 clients each fight for twenty customers; one of them is killed four seconds after each start.
 * The checker knows nothing but what clients were told and what the ledger kept. {@code -Drainmaker.stress=N} for more
 * attempts; the profile {@code stress} asks for a million.
 */
class LockStressTest {

    private static final long ATTEMPTS = Long.getLong("rainmaker.stress", 100_000);
    private static final int CLIENTS = 16;
    private static final long LIFE_MILLIS = 4_000;

    @TempDir
    Path folder;

    private final TestPostgres.TestDatabase database = TestPostgres.migrated();
    private final AtomicLong attempts = new AtomicLong();
    private int started;

    /** A period in which a client was told that it holds, or that the ledger keeps. */
    private record Held(long id, String customer, Set<String> products, long from, long until, long fence) {

        boolean contradicts(Held other) {
            boolean meets = products.isEmpty()
                    || other.products.isEmpty()
                    || products.stream().anyMatch(other.products::contains);
            return id != other.id && meets && from < other.until && other.from < until;
        }
    }

    @Test
    @Timeout(3_600)
    void noInstantHasTwoHoldersAndNoAnswerWasLost() throws Exception {
        System.out.println("seed 1.., " + ATTEMPTS + " attempts");
        long begun = System.nanoTime();
        Worker steady = start();
        Worker victim = start();
        int kills = 0;
        while (attempts.get() < ATTEMPTS) {
            Thread.sleep(100);
            if (victim.workedMillis() > LIFE_MILLIS) {
                victim.process().destroyForcibly().waitFor();
                kills++;
                victim = start();
            }
            assertThat(steady.process().isAlive())
                    .as(() -> "a worker failed: " + errors())
                    .isTrue();
        }
        victim.process().destroyForcibly().waitFor();
        kills++;
        steady.process().getOutputStream().write('\n');
        steady.process().getOutputStream().flush();
        assertThat(steady.process().waitFor()).as("a worker failed").isZero();
        double seconds = (System.nanoTime() - begun) / 1e9;

        List<String> told = journal();
        List<Held> kept = kept();
        System.out.printf(
                "%d attempts in %.1f s, %d processes, %d killed, %d answers written down, %d locks kept%n",
                attempts.get(), seconds, started, kills, told.size(), kept.size());
        assertThat(told).noneMatch(line -> line.startsWith("stale-fence-accepted"));
        assertThat(doubles(kept)).as("kept").isEmpty();
        assertThat(doubles(believed(told, kept))).as("told").isEmpty();
        assertThat(lost(told, kept)).as("lost").isEmpty();
        assertThat(kills).isPositive();
        assertThat(kept.size()).isGreaterThan(100);
    }

    @Test
    void theCheckerFindsADoubleLock() {
        Held one = new Held(1, "c", Set.of("Firewall"), 10, 20, 1);
        assertThat(doubles(List.of(one, new Held(2, "c", Set.of(), 19, 30, 2)))).hasSize(1);
        assertThat(doubles(List.of(one, new Held(2, "c", Set.of(), 20, 30, 2)))).isEmpty();
        assertThat(doubles(List.of(one, new Held(2, "c", Set.of("Backup"), 12, 30, 2))))
                .isEmpty();
    }

    /** A worker process, and when its first attempts were counted: the start of a process is no work. */
    private record Worker(Process process, AtomicLong first) {
        long workedMillis() {
            return first.get() == 0 ? 0 : (System.nanoTime() - first.get()) / 1_000_000;
        }
    }

    private Worker start() throws IOException {
        started++;
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockWorker.class.getName(),
                        database.jdbcUrl(),
                        database.user(),
                        database.password(),
                        Integer.toString(CLIENTS),
                        Integer.toString(started),
                        folder.resolve("journal-" + started).toString())
                .redirectError(folder.resolve("errors-" + started).toFile())
                .start();
        AtomicLong first = new AtomicLong();
        Thread reader = new Thread(() -> count(worker, first));
        reader.setDaemon(true);
        reader.start();
        return new Worker(worker, first);
    }

    private String errors() {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.getFileName().toString().startsWith("errors")) {
                    all.append(Files.readString(file));
                }
            }
        } catch (IOException unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
        return all.toString();
    }

    private void count(Process worker, AtomicLong first) {
        long before = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("\\d+")) {
                    attempts.addAndGet(Long.parseLong(line) - before);
                    if (!line.equals("0")) {
                        first.compareAndSet(0, System.nanoTime());
                    }
                    before = Long.parseLong(line);
                }
            }
        } catch (IOException ended) {
            // It was killed: what it said so far counts.
        }
    }

    private List<String> journal() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.getFileName().toString().startsWith("journal")) {
                    continue;
                }
                String text = Files.readString(file);
                // The last line of one that was killed may be half written: it was not yet told to anybody.
                String whole = text.substring(0, text.lastIndexOf('\n') + 1);
                lines.addAll(whole.lines().toList());
            }
        }
        return lines;
    }

    private List<Held> kept() throws Exception {
        List<Held> kept = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                    select id, customer, array_to_string(products, ',') as products, fence,
                        (extract(epoch from lower(period)) * 1000000)::bigint as f,
                        (extract(epoch from upper(period)) * 1000000)::bigint as u
                    from deal_lock where not isempty(period)
                    """)) {
            while (row.next()) {
                kept.add(new Held(
                        row.getLong("id"),
                        row.getString("customer"),
                        products(row.getString("products")),
                        row.getLong("f"),
                        row.getLong("u"),
                        row.getLong("fence")));
            }
        }
        return kept;
    }

    private static Set<String> products(String text) {
        return text.isEmpty() || text.equals("*") ? Set.of() : new TreeSet<>(List.of(text.split(",")));
    }

    private static Held held(String line) {
        String[] word = line.split(" ");
        return new Held(
                Long.parseLong(word[1]),
                word[2],
                products(word[3]),
                Long.parseLong(word[4]),
                Long.parseLong(word[5]),
                Long.parseLong(word[6]));
    }

    /** The last answer about each lock. */
    private static List<Held> latest(List<String> told) {
        Map<Long, Held> latest = new HashMap<>();
        told.stream()
                .map(LockStressTest::held)
                .forEach(held -> latest.merge(held.id(), held, (a, b) -> a.fence() > b.fence() ? a : b));
        return new ArrayList<>(latest.values());
    }

    /** What clients were told last, and where a change was kept whose answer died with its client, that change. */
    private static List<Held> believed(List<String> told, List<Held> kept) {
        Map<Long, Held> byId = new HashMap<>();
        kept.forEach(lock -> byId.put(lock.id(), lock));
        return new ArrayList<>(latest(told).stream()
                .map(last -> {
                    Held now = byId.get(last.id());
                    return now != null && now.fence() > last.fence() ? now : last;
                })
                .toList());
    }

    /** Pairs of locks of a customer with a product and an instant in common. */
    private static List<String> doubles(List<Held> locks) {
        List<String> found = new ArrayList<>();
        Map<String, List<Held>> byCustomer = new HashMap<>();
        locks.forEach(lock -> byCustomer
                .computeIfAbsent(lock.customer(), any -> new ArrayList<>())
                .add(lock));
        for (List<Held> each : byCustomer.values()) {
            each.sort(Comparator.comparingLong(Held::from));
            List<Held> open = new ArrayList<>();
            for (Held lock : each) {
                open.removeIf(other -> other.until() <= lock.from());
                open.stream().filter(lock::contradicts).forEach(other -> found.add(lock + " and " + other));
                open.add(lock);
            }
        }
        return found;
    }

    /** Answers that the ledger does not bear out: an unknown lock, or one that ends otherwise though nothing came later. */
    private static List<String> lost(List<String> told, List<Held> kept) {
        Map<Long, Held> byId = new HashMap<>();
        kept.forEach(lock -> byId.put(lock.id(), lock));
        List<String> lost = new ArrayList<>();
        for (Held last : latest(told)) {
            Held now = byId.get(last.id());
            boolean cut = now != null && now.fence() > last.fence(); // ended, and the answer did not arrive
            if (now == null || !cut && (now.until() != last.until() || now.from() != last.from())) {
                lost.add(last + " but kept " + now);
            }
        }
        return Collections.unmodifiableList(lost);
    }
}
