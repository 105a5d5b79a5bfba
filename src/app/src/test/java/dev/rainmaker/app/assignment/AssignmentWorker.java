package dev.rainmaker.app.assignment;

import dev.rainmaker.app.company.Companies;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Holidays;
import dev.rainmaker.assignment.LifeRules;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * An instance that does nothing but assign: ledger and core, without web and without a CRM. Says "ready" and decides what
 * waits until it is ended. Arguments: address and user of the ledger, policy folder; the password comes by environment.
 */
public final class AssignmentWorker {

    private static final long PAUSE = 20_000_000; // ns, between looks at an empty queue

    private AssignmentWorker() {}

    public static void main(String[] arguments) {
        Ledger ledger = Ledger.open(arguments[0], arguments[1], System.getenv("LEDGER_PASSWORD"), "default");
        AssignmentPolicy policy = Policies.assignment(Path.of(arguments[2])).policy();
        FactLedger facts = new FactLedger(ledger);
        DecisionLedger decisions = new DecisionLedger(ledger);
        OutboxLedger outbox = new OutboxLedger(ledger);
        LeadLives lives = new LeadLives(ledger, facts, decisions, outbox, () -> policy, connection -> "Lead");
        AssignLeads assignments = new AssignLeads(
                ledger,
                facts,
                decisions,
                outbox,
                new PartnerSnapshots(ledger, facts, new ScoreLedger(ledger), Holidays.NONE),
                new CustomerDirectory(facts, Companies.READER),
                List.of(
                        new NamedAccounts(policy::zone),
                        new EarlierLeads(facts, decisions, Companies.READER, () -> LifeRules.SAME_PROSPECT)),
                () -> policy,
                connection -> "Lead");
        System.out.println("ready");
        while (true) {
            lives.fireDue();
            AssignResult done = assignments.assign(Instant.now().truncatedTo(ChronoUnit.MICROS), Progress.SILENT);
            if (done.equals(AssignResult.NOTHING)) {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }
}
