package dev.rainmaker.app.assignment;

import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.account.CompanyMatch;
import dev.rainmaker.account.PriorLeads;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.Versioned;
import dev.rainmaker.assignment.NamedClaim;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.lead.LeadMerge;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Leads of the same prospect, so that one prospect goes to one partner: the partner that has an open or converted lead of
 * the same company, or of the same e-mail address where that is all there is, has a claim on the next. Keeps what
 * identifies the leads in memory, following the ledger's sequence.
 */
public final class EarlierLeads implements ClaimSource {

    private static final CompanyMatch MERGED = new CompanyMatch(
            BigDecimal.ONE, List.of(new CompanyMatch.Evidence("merge", "merged in the CRM", BigDecimal.ONE)));

    private final FactLedger facts;
    private final DecisionLedger decisions;
    private final PriorLeads leads;
    private final Supplier<Duration> memory;
    private final Map<RecordId, Held> held = new HashMap<>();
    /** Leads that were merged into one that remains. */
    private final Map<RecordId, Set<RecordId>> merged = new HashMap<>();

    private long sequence = -1;

    /** @param partner who has it by the CRM */
    private record Held(long sequence, @Nullable RecordId partner) {}

    /** @param memory how far apart two leads of one prospect may be created, as the policy says now */
    public EarlierLeads(
            FactLedger facts, DecisionLedger decisions, CompanyIdentity.Reader reader, Supplier<Duration> memory) {
        this.facts = facts;
        this.decisions = decisions;
        this.memory = memory;
        this.leads = new PriorLeads(reader);
    }

    @Override
    public synchronized Claims open(List<Prospect> round) {
        follow(facts.sequence());
        Map<RecordId, List<PriorLeads.Duplicate>> others = new HashMap<>();
        Set<RecordId> concerned = new TreeSet<>();
        for (Prospect prospect : round) {
            List<PriorLeads.Duplicate> same = same(prospect);
            others.put(prospect.id(), same);
            same.forEach(each -> concerned.add(each.earlier()));
        }
        Map<RecordId, RecordId> holders = holders(concerned);
        return new Claims() {
            @Override
            public List<NamedClaim> of(Prospect prospect) {
                return others.getOrDefault(prospect.id(), List.of()).stream()
                        .filter(each -> holders.containsKey(each.earlier()))
                        .findFirst()
                        .map(each -> List.of(claim(each, holders)))
                        .orElse(List.of());
            }

            @Override
            public void given(Prospect prospect, RecordId partner) {
                holders.put(prospect.id(), partner);
            }
        };
    }

    /** Those that were merged into it first, then those of the same prospect, the earliest first. */
    private List<PriorLeads.Duplicate> same(Prospect prospect) {
        List<PriorLeads.Duplicate> same = new ArrayList<>();
        merged.getOrDefault(prospect.id(), Set.of()).forEach(gone -> same.add(new PriorLeads.Duplicate(gone, MERGED)));
        same.addAll(leads.others(prospect.lead(), memory.get()));
        return same;
    }

    private NamedClaim claim(PriorLeads.Duplicate other, Map<RecordId, RecordId> holders) {
        Held known = held.get(other.earlier());
        return new NamedClaim(
                Objects.requireNonNull(holders.get(other.earlier())),
                NamedClaim.Kind.EARLIER_LEAD,
                Set.of(),
                null,
                null,
                other.earlier(),
                known == null ? 0 : known.sequence(),
                other.match().words());
    }

    /** Who has these leads: by our decision, else by the CRM. */
    private Map<RecordId, RecordId> holders(Set<RecordId> concerned) {
        Map<RecordId, RecordId> holders = new HashMap<>();
        concerned.forEach(id -> {
            Held known = held.get(id);
            if (known != null && known.partner() != null) {
                holders.put(id, known.partner());
            }
        });
        Map<String, List<String>> ids = new TreeMap<>();
        concerned.forEach(id ->
                ids.computeIfAbsent(id.connection(), name -> new ArrayList<>()).add(id.id()));
        ids.forEach((connection, each) -> decisions.holders(connection, each).forEach((lead, holder) -> {
            if (holder.isPresent()) {
                holders.put(lead, holder.get());
            } else {
                holders.remove(lead);
            }
        }));
        return holders;
    }

    private void follow(long until) {
        if (sequence < 0) {
            facts.forEachAsOf(FactKind.LEAD, until, Lead.class, this::put);
            facts.forEachAsOf(FactKind.LEAD_MERGE, until, LeadMerge.class, version -> merge(version.fact()));
        } else if (until > sequence) {
            facts.changesOfKind(FactKind.LEAD_MERGE, sequence, until).forEach(change -> {
                LeadMerge merge = (LeadMerge) change.fact();
                if (change.begins()) {
                    merge(merge);
                } else {
                    merged.getOrDefault(merge.into(), new TreeSet<>()).remove(merge.id());
                }
            });
            facts.changesOfKind(FactKind.LEAD, sequence, until).forEach(change -> {
                if (change.begins()) {
                    put(new Versioned<>((Lead) change.fact(), change.seq()));
                } else {
                    remove(change.fact().id());
                }
            });
        }
        sequence = Math.max(sequence, until);
    }

    private void merge(LeadMerge merge) {
        merged.computeIfAbsent(merge.into(), any -> new TreeSet<>()).add(merge.id());
    }

    /** A lead that led nowhere binds nobody. */
    private void put(Versioned<Lead> version) {
        Lead lead = version.fact();
        if (!lead.open() && !lead.converted()) {
            remove(lead.id());
            return;
        }
        RecordId shown = lead.assignedPartner();
        leads.put(lead);
        held.put(lead.id(), new Held(version.seq(), shown == null ? lead.previousPartner() : shown));
    }

    private void remove(RecordId lead) {
        leads.remove(lead);
        held.remove(lead);
    }
}
