package dev.rainmaker.app.draft;

import dev.rainmaker.account.Account;
import dev.rainmaker.app.assignment.CustomerDirectory;
import dev.rainmaker.app.assignment.Prospect;
import dev.rainmaker.app.assignment.SeenFacts;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.ledger.Versioned;
import dev.rainmaker.assignment.LeadFacts;
import dev.rainmaker.assignment.SimulatePolicy.PastLead;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's leads of the recent past, as a policy would see them: those that were decided with the customer and the
 * claims that their decision saw, the others with the customer they match today and no claims. All count as open, as they
 * were when they came.
 */
public final class PastLeads {

    private final Ledger ledger;
    private final FactLedger facts;
    private final DecisionLedger decisions;
    private final CustomerDirectory customers;

    public PastLeads(Ledger ledger, FactLedger facts, DecisionLedger decisions, CustomerDirectory customers) {
        this.ledger = ledger;
        this.facts = facts;
        this.decisions = decisions;
        this.customers = customers;
    }

    /** Leads that were made, or first decided, since an instant; the latest {@code most}, in the order of time. */
    List<PastLead> since(Instant since, int most) {
        Map<String, List<String>> ids = new TreeMap<>();
        ledger.jdbc()
                .sql("""
                    select f.connection, f.id from fact f
                    left join decision d on d.tenant = f.tenant and d.lead_connection = f.connection and d.lead_id = f.id
                        and d.current
                    where f.tenant = ? and f.kind = 'lead' and f.until_seq is null
                        and coalesce(d.decided_at, (f.body ->> 'createdAt')::timestamptz) >= ?
                    order by coalesce(d.decided_at, (f.body ->> 'createdAt')::timestamptz) desc, f.id limit ?
                    """)
                .params(ledger.tenant(), java.sql.Timestamp.from(since), most)
                .query((row, number) -> ids.computeIfAbsent(row.getString("connection"), name -> new ArrayList<>())
                        .add(row.getString("id")))
                .list();
        List<PastLead> past = new ArrayList<>();
        ids.forEach((connection, each) -> past.addAll(of(connection, each)));
        past.sort(Comparator.comparing(PastLead::at)
                .thenComparing(lead -> lead.lead().lead().id()));
        return past;
    }

    private List<PastLead> of(String connection, List<String> ids) {
        long head = ledger.sequence();
        Map<RecordId, Versioned<Lead>> leads = facts.findAllAsOf(
                FactKind.LEAD,
                ids.stream().map(id -> new RecordId(connection, id)).toList(),
                head,
                Lead.class);
        Map<RecordId, StoredDecision> decided = decisions.current(connection, ids);
        Map<RecordId, SeenFacts> seen = new HashMap<>();
        decided.forEach((id, decision) -> seen.put(id, SeenFacts.of(decision)));
        Map<RecordId, Account> accounts = facts.findAll(
                FactKind.ACCOUNT,
                seen.values().stream()
                        .map(SeenFacts::customer)
                        .filter(Objects::nonNull)
                        .toList(),
                Account.class);
        Map<RecordId, Prospect> prospects = new HashMap<>();
        customers
                .match(
                        leads.values().stream()
                                .filter(lead -> !seen.containsKey(lead.fact().id()))
                                .toList(),
                        head)
                .forEach(prospect -> prospects.put(prospect.id(), prospect));
        List<PastLead> past = new ArrayList<>();
        leads.forEach((id, lead) -> {
            Lead came = lead.fact().asItCame();
            StoredDecision decision = decided.get(id);
            SeenFacts then = seen.get(id);
            Prospect prospect = prospects.get(id);
            LeadFacts view = then != null
                    ? then.leadFacts(came, lead.seq(), then.customer() == null ? null : accounts.get(then.customer()))
                    : prospect == null
                            ? LeadFacts.of(came, lead.seq())
                            : new LeadFacts(
                                    came, lead.seq(), prospect.customer(), prospect.match(), List.of(), Set.of(), 0);
            past.add(
                    decision == null
                            ? new PastLead(view, lead.fact().createdAt(), holder(lead.fact()))
                            : new PastLead(view, decision.decidedAt(), decision.partner()));
        });
        return past;
    }

    private static @Nullable RecordId holder(Lead lead) {
        return lead.assignedPartner() == null ? lead.previousPartner() : lead.assignedPartner();
    }
}
