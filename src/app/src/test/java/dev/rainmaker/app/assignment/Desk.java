package dev.rainmaker.app.assignment;

import dev.rainmaker.account.Account;
import dev.rainmaker.app.company.Companies;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.PolicyLedger;
import dev.rainmaker.app.ledger.RoundLedger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.app.policy.PolicyFile;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.Holidays;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.LeadMerge;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The shell of the assignment over a real ledger, without a CRM: facts are stated, leads decided, decisions read. */
final class Desk implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    final Ledger ledger;
    final FactLedger facts;
    final DecisionLedger decisions;
    final OutboxLedger outbox;
    final PartnerSnapshots snapshots;
    final PolicyLedger policies;
    private final PolicyFile<AssignmentPolicy> policy;
    final LeadLives lives;
    private final AssignLeads assignments;
    private int stamp;

    private Desk(TestPostgres.TestDatabase database, String policyText) {
        ledger = Ledger.open(database.jdbcUrl(), database.user(), database.password(), "default");
        facts = new FactLedger(ledger);
        decisions = new DecisionLedger(ledger);
        outbox = new OutboxLedger(ledger);
        snapshots = new PartnerSnapshots(ledger, facts, new ScoreLedger(ledger), Holidays.NONE);
        policies = new PolicyLedger(ledger);
        policy = Policies.assignment("test", policyText);
        policies.followFile("assignment", policy.version(), policy.text());
        lives = new LeadLives(ledger, facts, decisions, outbox, policy::policy, connection -> "Lead");
        assignments = new AssignLeads(
                ledger,
                facts,
                decisions,
                outbox,
                snapshots,
                new CustomerDirectory(facts, Companies.READER),
                List.of(
                        new NamedAccounts(() -> policy.policy().zone()),
                        new EarlierLeads(
                                facts,
                                decisions,
                                Companies.READER,
                                () -> policy.policy().life().sameProspect())),
                policy::policy,
                connection -> "Lead");
    }

    static Desk with(String policyText) {
        return new Desk(TestPostgres.migrated(), policyText);
    }

    static RecordId id(String word) {
        return new RecordId("crm", word);
    }

    /** States facts; each call is newer than the ones before. */
    Desk state(Fact... stated) {
        Instant at = NOW.plusMillis(++stamp);
        Arrays.stream(stated).forEach(fact -> {
            String stream = fact.kind() == FactKind.LEAD ? "Lead" : fact.kind().word();
            facts.commit(
                    fact.id().connection(),
                    stream,
                    "1",
                    List.of(new IncomingRecord(
                            new SourceRecord(stream, fact.id().id(), at, false, Map.of(), new byte[] {'{', '}'}),
                            List.of(fact),
                            List.of(),
                            null)));
        });
        return this;
    }

    AssignResult assign() {
        return assign(NOW);
    }

    AssignResult assign(Instant now) {
        return assignments.assign(now, Progress.SILENT);
    }

    /** Takes a record out of the CRM. */
    Desk delete(String lead) {
        facts.commit(
                "crm",
                "Lead",
                "1",
                List.of(new IncomingRecord(
                        new SourceRecord("Lead", lead, NOW.plusMillis(++stamp), true, Map.of(), new byte[] {'{', '}'}),
                        List.of(),
                        List.of(FactKind.LEAD),
                        null)));
        return this;
    }

    /** The CRM merges a lead into another: it goes, and says where. */
    Desk merge(String lead, String into) {
        Instant at = NOW.plusMillis(++stamp);
        facts.commit(
                "crm",
                "Lead",
                "1",
                List.of(new IncomingRecord(
                        new SourceRecord("Lead", lead, at, true, Map.of(), new byte[] {'{', '}'}),
                        List.of(new LeadMerge(id(lead), id(into), at)),
                        List.of(FactKind.LEAD),
                        null)));
        return this;
    }

    /** What the CRM would be written for the lead, the last entry. */
    Map<String, Object> shown(String lead) {
        return outbox.latestFields("assignment", List.of(id(lead))).get(id(lead));
    }

    /** The lead's current decision. */
    StoredDecision decision(String lead) {
        return decisions.ofLead(id(lead)).get(0);
    }

    Replay.Replayed replay(StoredDecision decision) {
        return replay().replay(decision);
    }

    Replay replay() {
        return new Replay(
                decisions,
                new PastDecisions(facts, decisions, new RoundLedger(ledger)),
                policies,
                snapshots,
                version ->
                        Policies.assignment(version.version(), version.body()).policy());
    }

    static Account account(String word, String name, String website, String namedPartner, String basis) {
        return new Account(
                id(word),
                name,
                website,
                null,
                "DE",
                null,
                null,
                null,
                null,
                null,
                namedPartner == null ? null : id(namedPartner),
                basis,
                java.util.Set.of(),
                null,
                Map.of(),
                NOW);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
