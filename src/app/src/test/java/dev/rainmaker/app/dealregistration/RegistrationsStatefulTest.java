package dev.rainmaker.app.dealregistration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.dealregistration.DealLock;
import dev.rainmaker.dealregistration.MoveRegistration.Result;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.Step;
import dev.rainmaker.fact.RecordId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Any sequence of what people and timers do, on a real PostgreSQL: one holder at most, and a lock behind each approval. */
class RegistrationsStatefulTest {

    private static final DealWorld WORLD = new DealWorld();
    private static int tries;

    /** Something that happens: which claim it is about, and with what. */
    record Happening(String what, int claim, int customer, int scope) {}

    @Provide
    Arbitrary<List<Happening>> lives() {
        Arbitrary<String> what = Arbitraries.of(
                "register",
                "register",
                "register",
                "extend",
                "release",
                "lose",
                "win",
                "expire",
                "merge",
                "approve",
                "hand over",
                "withdraw");
        return Combinators.combine(
                        what,
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 3))
                .as(Happening::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(25);
    }

    @Property(tries = 40)
    void oneHolderAtMostAndALockBehindEachApproval(@ForAll("lives") List<Happening> life) {
        tries++;
        List<Registration> made = new ArrayList<>();
        Map<Integer, String> customers = new TreeMap<>();
        for (Happening each : life) {
            happen(each, made, customers);
            check(made);
        }
    }

    private static void happen(Happening each, List<Registration> made, Map<Integer, String> customers) {
        if (each.what().equals("register")) {
            String[] scope = new String[][] {{}, {"Firewall"}, {"Backup"}, {"Security"}}[each.scope()];
            Registration registration = WORLD.registered(
                    each.claim() % 2 == 0 ? DealWorld.NORTH : DealWorld.SOUTH,
                    DealWorld.claim(
                            "Company " + letters(tries) + letters(each.customer()) + " GmbH",
                            "try" + tries + "c" + each.customer() + ".de",
                            scope));
            made.add(registration);
            customers.put(each.customer(), registration.customer());
            return;
        }
        if (each.what().equals("merge")) {
            String loser = customers.get(each.customer());
            String winner = customers.get((each.customer() + 1) % 3);
            if (loser != null && winner != null) {
                String from = WORLD.desk.customers().remaining(loser);
                String to = WORLD.desk.customers().remaining(winner);
                if (!from.equals(to)) {
                    WORLD.desk.merge(from, to, "person");
                }
            }
            return;
        }
        if (!made.isEmpty()) {
            Registration one = made.get(each.claim() % made.size());
            if (each.what().equals("expire") && WORLD.now(one).state().holdsLock()) {
                WORLD.letExpire(one);
            }
            Step step = each.what().equals("hand over")
                    ? new Step.HandOver(
                            "crm", "partners were merged", other(WORLD.now(one).partner()))
                    : step(each.what());
            Result result = WORLD.desk.move(one.number(), step);
            assertThat(result).isNotInstanceOf(Result.OutOfDate.class);
        }
    }

    /** A word of letters: digits of a name alone would make all names nearly the same. */
    private static String letters(int number) {
        return "" + (char) ('a' + number % 26) + (char) ('k' + number / 26 % 15) + (char) ('a' + number * 7 % 26) + "x";
    }

    private static RecordId other(RecordId partner) {
        return partner.equals(DealWorld.NORTH) ? DealWorld.SOUTH : DealWorld.NORTH;
    }

    private static Step step(String what) {
        return switch (what) {
            case "approve" -> new Step.Approve("person", "yes");
            case "extend" -> new Step.Extend("person", "yes", "an offer");
            case "release" -> new Step.Release("person", "no");
            case "lose" -> new Step.Lose("person", "lost");
            case "win" -> new Step.Win("person", "won");
            case "expire" -> new Step.Expire("timer", "over");
            default -> new Step.Withdraw("person", "no more");
        };
    }

    private static void check(List<Registration> made) {
        List<DealLock> live = WORLD.desk.locks().live();
        for (DealLock one : live) {
            for (DealLock other : live) {
                assertThat(one.id() < other.id() && one.contradicts(other))
                        .as("%s and %s", one, other)
                        .isFalse();
            }
        }
        for (Registration each : made) {
            Registration now = WORLD.now(each);
            boolean locked = live.stream()
                    .anyMatch(lock -> lock.number().equals(now.number())
                            && lock.partner().equals(now.partner())
                            && lock.customer().equals(now.customer())
                            && lock.period().until().equals(now.lockUntil()));
            assertThat(locked).as("%s", now).isEqualTo(now.state().holdsLock());
        }
    }

    @AfterContainer
    static void close() {
        WORLD.close();
    }
}
