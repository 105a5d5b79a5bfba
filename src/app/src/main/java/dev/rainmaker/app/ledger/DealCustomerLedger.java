package dev.rainmaker.app.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.account.CompanyMatch;
import dev.rainmaker.account.CompanyTraits;
import dev.rainmaker.account.CustomerMatch;
import dev.rainmaker.dealregistration.ConflictFacts;
import dev.rainmaker.fact.RecordId;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The companies that somebody claims, each once whatever its spellings. */
public final class DealCustomerLedger {

    private final Ledger ledger;

    public DealCustomerLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A customer as claims know it.
     *
     * @param near others that may be the same company: a person decides
     */
    public record Customer(String id, String name, CompanyIdentity identity, List<ConflictFacts.Near> near) {}

    /**
     * The customer that a company is, made where there is none. Call inside a transaction: the customer cannot be merged away
     * before its end.
     */
    public Customer resolve(CompanyIdentity identity, String name) {
        Optional<Customer> known = find(identity);
        if (known.isPresent()) {
            return known.get();
        }
        // Two spellings of a company nobody knows yet may arrive at once: the second waits and then finds the first.
        ledger.jdbc()
                .sql("select pg_advisory_xact_lock(hashtext('deal_customer ' || ?))")
                .param(ledger.tenant())
                .query((row, number) -> Boolean.TRUE)
                .single();
        return find(identity).orElseGet(() -> create(identity, name));
    }

    private Optional<Customer> find(CompanyIdentity identity) {
        return same(identity).map(customer -> {
            widen(customer, identity);
            return new Customer(customer, name(customer), identityOf(customer).orElseThrow(), List.of());
        });
    }

    /** The customer that a company certainly is. */
    public Optional<String> same(CompanyIdentity identity) {
        return CustomerMatch.of(identity, candidates(identity)) instanceof CustomerMatch.Same<String> same
                ? Optional.of(same.customer())
                : Optional.empty();
    }

    /**
     * Learns what more identifies a customer. Call inside a transaction.
     *
     * @return whether it was more than was known
     */
    public boolean widen(String customer, CompanyIdentity identity) {
        CompanyIdentity known = lock(customer);
        CompanyIdentity wider = together(known, identity);
        if (wider.equals(known)) {
            return false;
        }
        keep(customer, wider);
        return true;
    }

    /** Customers that a record of a connected system stands for, those merged away left out. */
    public Set<String> knownBy(RecordId record) {
        CompanyIdentity asked = new CompanyIdentity(Set.of(record), Set.of(), null, null, Set.of());
        Map<String, CompanyIdentity> candidates = candidates(asked);
        candidates.values().removeIf(identity -> !identity.records().contains(record));
        return new TreeSet<>(candidates.keySet());
    }

    private Customer create(CompanyIdentity identity, String name) {
        List<ConflictFacts.Near> near = new ArrayList<>();
        if (CustomerMatch.of(identity, candidates(identity)) instanceof CustomerMatch.Other<String> other) {
            other.like().forEach(found -> near.add(near(found.company(), found.match())));
        }
        String id = ledger.jdbc()
                .sql("select 'C-' || lpad(nextval('deal_customer_number')::text, 6, '0')")
                .query(String.class)
                .single();
        ledger.jdbc()
                .sql("insert into deal_customer (tenant, id, name, identity) values (?, ?, ?, ?::jsonb)")
                .params(ledger.tenant(), id, name, OutboxLedger.json(identity))
                .update();
        traits(id, identity);
        return new Customer(id, name, identity, near);
    }

    private ConflictFacts.Near near(String customer, CompanyMatch match) {
        return new ConflictFacts.Near(customer, name(customer), match);
    }

    /** Customers that share a trait with a company, those merged away left out. */
    public Map<String, CompanyIdentity> candidates(CompanyIdentity identity) {
        Set<String> traits = new TreeSet<>(CompanyTraits.exact(identity));
        traits.addAll(CompanyTraits.near(identity));
        Map<String, CompanyIdentity> found = new LinkedHashMap<>();
        ledger.jdbc()
                .sql("""
                        select c.id, c.identity from deal_customer c
                        where c.tenant = ? and c.merged_into is null and exists (
                            select from deal_customer_trait t where t.tenant = c.tenant and t.customer = c.id
                                and t.trait = any (?))
                        order by c.id limit 200
                        """)
                .params(ledger.tenant(), traits.toArray(String[]::new))
                .query((row, number) -> found.put(row.getString("id"), identity(row.getString("identity"))))
                .list();
        return found;
    }

    /** The customer that remains of one, itself where it was never merged. */
    public String remaining(String customer) {
        String at = customer;
        for (int i = 0; i < 100; i++) {
            String next = ledger.jdbc()
                    .sql("select coalesce(merged_into, '') from deal_customer where tenant = ? and id = ?")
                    .params(ledger.tenant(), at)
                    .query(String.class)
                    .optional()
                    .orElse("");
            if (next.isEmpty()) {
                return at;
            }
            at = next;
        }
        throw new IllegalStateException("customer " + customer + " was merged in a circle");
    }

    public Optional<CompanyIdentity> identityOf(String customer) {
        return ledger.jdbc()
                .sql("select identity from deal_customer where tenant = ? and id = ?")
                .params(ledger.tenant(), customer)
                .query(String.class)
                .optional()
                .map(DealCustomerLedger::identity);
    }

    /** What identifies each of some customers, in one question. */
    public Map<String, CompanyIdentity> identitiesOf(Collection<String> ids) {
        Map<String, CompanyIdentity> found = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            ledger.jdbc()
                    .sql("select id, identity from deal_customer where tenant = ? and id = any (?)")
                    .params(ledger.tenant(), ids.toArray(String[]::new))
                    .query((row, number) -> found.put(row.getString("id"), identity(row.getString("identity"))))
                    .list();
        }
        return found;
    }

    public String name(String customer) {
        return ledger.jdbc()
                .sql("select name from deal_customer where tenant = ? and id = ?")
                .params(ledger.tenant(), customer)
                .query(String.class)
                .optional()
                .orElse(customer);
    }

    /**
     * Holds both rows to the end of the transaction and notes the merge.
     *
     * @return false where one of them is unknown or was merged before
     */
    public boolean merge(String loser, String winner) {
        List<String> held = ledger.jdbc()
                .sql("""
                        select id from deal_customer where tenant = ? and id in (?, ?) and merged_into is null
                        order by id for update
                        """)
                .params(ledger.tenant(), loser, winner)
                .query(String.class)
                .list();
        if (held.size() != 2) {
            return false;
        }
        CompanyIdentity wider =
                together(identityOf(winner).orElseThrow(), identityOf(loser).orElseThrow());
        keep(winner, wider);
        ledger.jdbc().sql("""
                        insert into deal_customer_trait (tenant, trait, customer)
                        select tenant, trait, ? from deal_customer_trait where tenant = ? and customer = ? on conflict do nothing
                        """).params(winner, ledger.tenant(), loser).update();
        ledger.jdbc()
                .sql(
                        "update deal_customer set merged_into = ?, merged_at = clock_timestamp() where tenant = ? and id = ?")
                .params(winner, ledger.tenant(), loser)
                .update();
        return true;
    }

    private CompanyIdentity lock(String customer) {
        return identity(ledger.jdbc()
                .sql("select identity from deal_customer where tenant = ? and id = ? for share")
                .params(ledger.tenant(), customer)
                .query(String.class)
                .single());
    }

    private void keep(String customer, CompanyIdentity identity) {
        ledger.jdbc()
                .sql("update deal_customer set identity = ?::jsonb where tenant = ? and id = ?")
                .params(OutboxLedger.json(identity), ledger.tenant(), customer)
                .update();
        traits(customer, identity);
    }

    private void traits(String customer, CompanyIdentity identity) {
        Set<String> traits = new LinkedHashSet<>(CompanyTraits.exact(identity));
        traits.addAll(CompanyTraits.near(identity));
        ledger.jdbc()
                .sql("""
                        insert into deal_customer_trait (tenant, trait, customer) select ?, unnest(?::text[]), ?
                        on conflict do nothing
                        """)
                .params(ledger.tenant(), traits.toArray(String[]::new), customer)
                .update();
    }

    /** What both say of one company; the name and country that were known first stay. */
    private static CompanyIdentity together(CompanyIdentity known, CompanyIdentity more) {
        return new CompanyIdentity(
                both(known.records(), more.records()),
                both(known.domains(), more.domains()),
                known.name() == null ? more.name() : known.name(),
                known.country() == null ? more.country() : known.country(),
                both(known.phones(), more.phones()));
    }

    private static <T extends Comparable<? super T>> Set<T> both(Set<T> some, Set<T> more) {
        Set<T> all = new TreeSet<>(some);
        all.addAll(more);
        return all;
    }

    static CompanyIdentity identity(@Nullable String json) {
        try {
            return FactJson.MAPPER.readValue(json == null ? "{}" : json, CompanyIdentity.class);
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Records under which connected systems know a customer. */
    public Set<RecordId> recordsOf(String customer) {
        return identityOf(customer).map(CompanyIdentity::records).orElse(Set.of());
    }
}
