package dev.rainmaker.app.dealregistration;

import dev.rainmaker.app.ledger.DealLockLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.dealregistration.DealLock;
import dev.rainmaker.dealregistration.LockBook;
import dev.rainmaker.dealregistration.ProductScope;
import dev.rainmaker.fact.RecordId;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * A process with a ledger and nothing else: clients that take, prolong and end locks on a few hot customers as fast as they
 * can, and write down what they were told. Arguments: url, user, password, clients, seed, journal. Each line of the journal is
 * an answer: {@code granted|prolonged|ended id customer products fromMicros untilMicros fence}.
 */
public final class LockWorker {

    static final int CUSTOMERS = 20;
    private static final String[][] SCOPES = {{}, {"Firewall"}, {"Backup"}, {"Firewall", "Backup"}};

    private LockWorker() {}

    public static void main(String[] arguments) throws Exception {
        Ledger ledger = Ledger.open(arguments[0], arguments[1], arguments[2], "default");
        DealLockLedger locks = new DealLockLedger(ledger);
        locks.know(new ProductScope(Set.of("Firewall", "Backup")));
        int clients = Integer.parseInt(arguments[3]);
        long seed = Long.parseLong(arguments[4]);
        LongAdder attempts = new LongAdder();
        for (int client = 0; client < clients; client++) {
            Random random = new Random(seed * 1_000 + client);
            Path journal = Path.of(arguments[5] + "." + client);
            int number = client;
            Thread thread = new Thread(() -> work(locks, random, journal, attempts, seed + "-" + number));
            thread.setDaemon(true);
            thread.start();
        }
        while (System.in.available() == 0) { // the parent says stop with a byte, or kills us
            Thread.sleep(100);
            System.out.println(attempts.sum());
        }
        System.exit(0);
    }

    private static void work(DealLockLedger locks, Random random, Path journal, LongAdder attempts, String name) {
        try (BufferedWriter out =
                Files.newBufferedWriter(journal, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            RecordId partner = new RecordId("crm", "p" + name);
            for (long n = 0; ; n++) {
                String customer = "hot-" + random.nextInt(CUSTOMERS);
                ProductScope scope = new ProductScope(Set.of(SCOPES[random.nextInt(SCOPES.length)]));
                Instant until = Instant.now().plusMillis(5 + random.nextInt(60));
                attempts.increment();
                try {
                    LockBook.Answer answer = locks.take("DR-" + name + "-" + n, customer, partner, scope, until);
                    if (answer instanceof LockBook.Answer.Granted granted) {
                        hold(locks, granted.lock(), random, out);
                    }
                } catch (ConcurrencyFailureException again) {
                    // The database broke a deadlock: nothing was written, the next attempt is another one.
                }
            }
        } catch (Exception failed) {
            failed.printStackTrace();
            System.exit(1);
        }
    }

    private static void hold(DealLockLedger locks, DealLock lock, Random random, BufferedWriter out) throws Exception {
        note(out, "granted", lock);
        int what = random.nextInt(4);
        if (what == 0) {
            Optional<DealLock> longer =
                    locks.prolong(lock, lock.period().until().plusMillis(20));
            if (longer.isPresent()) {
                note(out, "prolonged", longer.get());
                if (random.nextBoolean()) {
                    // A zombie's write: it still names the old fence.
                    if (locks.end(lock).isPresent()
                            || locks.prolong(lock, lock.period().until().plusMillis(90))
                                    .isPresent()) {
                        out.write("stale-fence-accepted " + lock.id() + "\n");
                    }
                }
            }
        } else if (what == 1) {
            Optional<DealLock> ended = locks.end(lock);
            if (ended.isPresent()) {
                note(out, "ended", ended.get());
            }
        }
    }

    private static void note(BufferedWriter out, String what, DealLock lock) throws Exception {
        out.write(what + " " + lock.id() + " " + lock.customer() + " "
                + (lock.scope().isAll() ? "*" : String.join(",", lock.scope().products())) + " "
                + micros(lock.period().from()) + " " + micros(lock.period().until()) + " " + lock.fence() + "\n");
        out.flush();
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
