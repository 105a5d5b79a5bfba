package dev.rainmaker.app.ledger;

import dev.rainmaker.account.Account;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.opportunity.Opportunity;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Facts as deal registration asks for them. */
public final class DealFacts {

    private static final String CURRENT = "select kind, connection, id, modified_at, body from fact ";

    private final Ledger ledger;

    public DealFacts(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A fact that changed.
     *
     * @param fact as it is now, null where it ended
     */
    public record Changed(
            FactKind kind, RecordId id, @Nullable Fact fact) {}

    /** Facts of some kinds that began or ended after a sequence, each once, as they are now. */
    public List<Changed> changed(Collection<FactKind> kinds, long after, long until) {
        String[] words = kinds.stream().map(FactKind::word).toArray(String[]::new);
        return ledger.jdbc()
                .sql("""
                        select c.kind, c.connection, c.id, f.modified_at, f.body from (
                            select kind, connection, id from fact
                                where tenant = :t and kind = any (:kinds) and seq > :after and seq <= :until
                            union
                            select kind, connection, id from fact
                                where tenant = :t and kind = any (:kinds) and until_seq > :after and until_seq <= :until) c
                        left join fact f on f.tenant = :t and f.kind = c.kind and f.connection = c.connection and f.id = c.id
                            and f.until_seq is null
                        order by c.kind, c.connection, c.id
                        """)
                .param("t", ledger.tenant())
                .param("kinds", words)
                .param("after", after)
                .param("until", until)
                .query((row, number) -> new Changed(
                        FactKind.of(row.getString("kind")),
                        new RecordId(row.getString("connection"), row.getString("id")),
                        row.getString("body") == null ? null : FactLedger.readFact(row, number)))
                .list();
    }

    /** Products that partners are authorised for: what is sold. */
    public Set<String> catalogue() {
        return new TreeSet<>(ledger.jdbc()
                .sql("""
                        select distinct jsonb_array_elements_text(body -> 'products') from fact
                        where tenant = ? and kind = 'partner' and until_seq is null
                        """)
                .param(ledger.tenant())
                .query(String.class)
                .list());
    }

    /** Opportunities of a customer's accounts that are not closed. */
    public List<Opportunity> openDeals(Collection<RecordId> accounts) {
        return ledger
                .jdbc()
                .sql(CURRENT + """
                        where tenant = ? and kind = 'opportunity' and until_seq is null and body ->> 'account' = any (?)
                          and body ->> 'closed' = 'false' order by connection, id
                        """)
                .params(ledger.tenant(), texts(accounts))
                .query(FactLedger::readFact)
                .list()
                .stream()
                .map(Opportunity.class::cast)
                .toList();
    }

    /**
     * Open leads that may be of a company: by the domain of their e-mail, or by the first word of the company's name. The
     * caller compares.
     */
    public List<Lead> openLeads(Set<String> domains, Set<String> firstWords) {
        String[] patterns = firstWords.stream()
                .map(word -> word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
                .toArray(String[]::new);
        return ledger
                .jdbc()
                .sql(CURRENT + """
                        where tenant = ? and kind = 'lead' and until_seq is null and body ->> 'open' = 'true'
                          and (split_part(lower(body ->> 'email'), '@', 2) = any (?) or lower(body ->> 'company') like any (?))
                        order by connection, id limit 5000
                        """)
                .params(ledger.tenant(), domains.toArray(String[]::new), patterns)
                .query(FactLedger::readFact)
                .list()
                .stream()
                .map(Lead.class::cast)
                .toList();
    }

    /** Accounts that belong to one of the given accounts. */
    public List<Account> children(Collection<RecordId> accounts) {
        return ledger
                .jdbc()
                .sql(CURRENT + """
                        where tenant = ? and kind = 'account' and until_seq is null and body ->> 'parent' = any (?)
                        order by connection, id limit 1000
                        """)
                .params(ledger.tenant(), texts(accounts))
                .query(FactLedger::readFact)
                .list()
                .stream()
                .map(Account.class::cast)
                .toList();
    }

    private static String[] texts(Collection<RecordId> ids) {
        return ids.stream().map(RecordId::toString).toArray(String[]::new);
    }
}
