package dev.rainmaker.app.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Person;
import dev.rainmaker.people.LinkEvidence;
import dev.rainmaker.people.PersonMatch.Suggestion;
import dev.rainmaker.people.PersonRulings;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * People, the partners they are linked to, what people ruled, and who is still open. A link changes the person's fact, whose
 * new version names the partner as company: so whatever follows facts follows links.
 */
public final class PersonLedger {

    private static final String HELD = """
            select f.kind, f.connection, f.id, f.modified_at, f.body, f.seq, l.seq as link_seq, l.stated,
                   l.partner_connection, l.partner_id, l.evidence, l.detail, l.made_at
            from fact f
            left join person_link l on l.tenant = f.tenant and l.connection = f.connection and l.id = f.id
            where f.tenant = :tenant and f.kind = 'person' and f.until_seq is null
            """;

    private final Ledger ledger;

    public PersonLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A link as it stands.
     *
     * @param stated the company that the source states, null where it states none
     */
    public record Link(
            RecordId person,
            RecordId partner,
            LinkEvidence evidence,
            @Nullable RecordId stated,
            Instant madeAt) {}

    /**
     * A person as the source states it, whatever a link made of it.
     *
     * @param seq the version of its fact
     * @param link null where there is none, or where the source spoke after it
     */
    public record Held(Person person, long seq, @Nullable Link link) {}

    /**
     * Somebody on the worklist.
     *
     * @param waiting training and engagement that count for nobody yet
     */
    public record Open(
            RecordId person,
            @Nullable String name,
            @Nullable String email,
            @Nullable String code,
            String state,
            List<Suggestion> suggestions,
            Instant since,
            long waiting) {}

    /** Every person, in order of connection and id. */
    public void forEach(Consumer<Held> sink) {
        ledger.inTransaction(() -> {
            try (var rows = ledger
                    .jdbc()
                    .sql(HELD + " order by f.connection collate \"C\", f.id collate \"C\"")
                    .param("tenant", ledger.tenant())
                    .query((row, number) -> held(row))
                    .stream()) {
                rows.forEach(sink);
            }
        });
    }

    public Optional<Held> find(RecordId person) {
        return ledger.jdbc()
                .sql(HELD + " and f.connection = :connection and f.id = :id")
                .param("tenant", ledger.tenant())
                .param("connection", person.connection())
                .param("id", person.id())
                .query((row, number) -> held(row))
                .optional();
    }

    private static Held held(ResultSet row) throws SQLException {
        Person person = (Person) FactLedger.readFact(row, 0);
        long seq = row.getLong("seq");
        boolean linked = row.getObject("link_seq") != null && row.getLong("link_seq") == seq;
        if (!linked) {
            return new Held(person, seq, null);
        }
        Link link = link(row);
        return new Held(
                new Person(
                        person.id(),
                        person.name(),
                        person.email(),
                        link.stated(),
                        person.partnerCode(),
                        person.modifiedAt()),
                seq,
                link);
    }

    private static Link link(ResultSet row) throws SQLException {
        String stated = row.getString("stated");
        return new Link(
                new RecordId(row.getString("connection"), row.getString("id")),
                new RecordId(row.getString("partner_connection"), row.getString("partner_id")),
                new LinkEvidence(LinkEvidence.Kind.of(row.getString("evidence")), row.getString("detail")),
                stated == null ? null : RecordId.parse(stated),
                row.getTimestamp("made_at").toInstant());
    }

    /**
     * Links a person, or takes its link away. Call in a transaction.
     *
     * @param held as it was read; where its fact changed since, nothing happens
     * @param evidence null to take the link away
     */
    public boolean link(Held held, @Nullable RecordId partner, @Nullable LinkEvidence evidence) {
        RecordId id = held.person().id();
        long seq = ledger.nextSequence();
        int ended = ledger.jdbc()
                .sql("""
                        update fact set until_seq = ?
                        where tenant = ? and kind = 'person' and connection = ? and id = ? and seq = ? and until_seq is null
                        """)
                .params(seq, ledger.tenant(), id.connection(), id.id(), held.seq())
                .update();
        if (ended == 0) {
            return false;
        }
        Person person = held.person();
        RecordId company = partner == null ? person.company() : partner;
        Person linked =
                new Person(id, person.name(), person.email(), company, person.partnerCode(), person.modifiedAt());
        ledger.jdbc()
                .sql("""
                        insert into fact (tenant, kind, connection, id, seq, modified_at, body)
                        values (?, 'person', ?, ?, ?, ?, ?::jsonb)
                        """)
                .params(
                        ledger.tenant(),
                        id.connection(),
                        id.id(),
                        seq,
                        java.sql.Timestamp.from(person.modifiedAt()),
                        new String(FactJson.body(linked), StandardCharsets.UTF_8))
                .update();
        ledger.jdbc()
                .sql("delete from person_link where tenant = ? and connection = ? and id = ?")
                .params(ledger.tenant(), id.connection(), id.id())
                .update();
        if (partner != null && evidence != null) {
            ledger.jdbc()
                    .sql("""
                            insert into person_link
                                (tenant, connection, id, partner_connection, partner_id, evidence, detail, stated, seq)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """)
                    .params(
                            ledger.tenant(),
                            id.connection(),
                            id.id(),
                            partner.connection(),
                            partner.id(),
                            evidence.kind().word(),
                            evidence.text(),
                            person.company() == null ? null : person.company().toString(),
                            seq)
                    .update();
        }
        return true;
    }

    /** Puts a person on the worklist, or says anew why it is there. */
    public void open(RecordId person, String state, List<Suggestion> suggestions) {
        ledger.jdbc()
                .sql("""
                        insert into person_open as held (tenant, connection, id, state, suggestions) values (?, ?, ?, ?, ?::jsonb)
                        on conflict (tenant, connection, id) do update
                            set state = excluded.state, suggestions = excluded.suggestions
                            where held.state <> excluded.state or held.suggestions <> excluded.suggestions
                        """)
                .params(ledger.tenant(), person.connection(), person.id(), state, json(suggestions))
                .update();
    }

    public void close(RecordId person) {
        ledger.jdbc()
                .sql("delete from person_open where tenant = ? and connection = ? and id = ?")
                .params(ledger.tenant(), person.connection(), person.id())
                .update();
    }

    /** Forgets people who are no more, and links whose person the source stated anew since. */
    public void forgetGone() {
        ledger.jdbc().sql("""
                        delete from person_link l where l.tenant = ? and not exists (
                            select from fact f where f.tenant = l.tenant and f.kind = 'person' and f.connection = l.connection
                                               and f.id = l.id and f.until_seq is null and f.seq = l.seq)
                        """).param(ledger.tenant()).update();
        ledger.jdbc().sql("""
                        delete from person_open o where o.tenant = ? and not exists (
                            select from fact f where f.tenant = o.tenant and f.kind = 'person' and f.connection = o.connection
                                               and f.id = o.id and f.until_seq is null)
                        """).param(ledger.tenant()).update();
    }

    /** How many are on the worklist. */
    public long countOpen() {
        return ledger.jdbc()
                .sql("select count(*) from person_open where tenant = ?")
                .param(ledger.tenant())
                .query(Long.class)
                .single();
    }

    /** The worklist: those whose history waits first, the longest history first. */
    public List<Open> open(int most) {
        return ledger.jdbc()
                .sql("""
                        select o.connection, o.id, o.state, o.suggestions, o.since, p.body ->> 'name' as name,
                               p.body ->> 'email' as email, p.body ->> 'partnerCode' as code,
                               (select count(*) from fact f
                                where f.tenant = o.tenant and f.until_seq is null and f.kind in ('engagement', 'training')
                                  and f.body ->> 'person' = o.connection || '/' || o.id
                                  and f.body ->> 'partner' is null) as waiting
                        from person_open o
                        join fact p on p.tenant = o.tenant and p.kind = 'person' and p.connection = o.connection
                                   and p.id = o.id and p.until_seq is null
                        where o.tenant = ?
                        order by waiting desc, o.connection, o.id
                        limit ?
                        """)
                .params(ledger.tenant(), most)
                .query((row, number) -> new Open(
                        new RecordId(row.getString("connection"), row.getString("id")),
                        row.getString("name"),
                        row.getString("email"),
                        row.getString("code"),
                        row.getString("state"),
                        suggestions(row.getString("suggestions")),
                        row.getTimestamp("since").toInstant(),
                        row.getLong("waiting")))
                .list();
    }

    /** Links, the newest first. */
    public List<Link> links(int most) {
        return ledger.jdbc()
                .sql("select * from person_link where tenant = ? order by made_at desc, connection, id limit ?")
                .params(ledger.tenant(), most)
                .query((row, number) -> link(row))
                .list();
    }

    public PersonRulings rulings(RecordId person) {
        return rulingsWhere("and connection = ? and id = ?", List.of(person.connection(), person.id()))
                .getOrDefault(person, PersonRulings.NONE);
    }

    /** What people ruled, by person. */
    public Map<RecordId, PersonRulings> rulings() {
        return rulingsWhere("", List.of());
    }

    private Map<RecordId, PersonRulings> rulingsWhere(String condition, Collection<Object> values) {
        Map<RecordId, PersonRulings> rulings = new java.util.HashMap<>();
        List<Object> parameters = new java.util.ArrayList<>(List.of(ledger.tenant()));
        parameters.addAll(values);
        ledger.jdbc()
                .sql("select * from person_ruling where tenant = ? " + condition + " order by made_at")
                .params(parameters)
                .query(row -> {
                    RecordId person = new RecordId(row.getString("connection"), row.getString("id"));
                    rulings.put(person, with(rulings.getOrDefault(person, PersonRulings.NONE), row));
                });
        return rulings;
    }

    private static PersonRulings with(PersonRulings before, ResultSet row) throws SQLException {
        String by = row.getString("made_by");
        if (row.getString("ruling").equals("nobody")) {
            return new PersonRulings(null, before.isNot(), true, by);
        }
        RecordId partner = new RecordId(row.getString("partner_connection"), row.getString("partner_id"));
        if (row.getString("ruling").equals("is")) {
            return new PersonRulings(partner, before.isNot(), false, by);
        }
        Set<RecordId> isNot = new HashSet<>(before.isNot());
        isNot.add(partner);
        return new PersonRulings(before.is(), isNot, before.nobody(), by);
    }

    /** Replaces what was ruled of a person. */
    public void rule(RecordId person, PersonRulings rulings) {
        ledger.jdbc()
                .sql("delete from person_ruling where tenant = ? and connection = ? and id = ?")
                .params(ledger.tenant(), person.connection(), person.id())
                .update();
        if (rulings.nobody()) {
            rule(person, "", "", "nobody", rulings.by());
        }
        if (rulings.is() != null) {
            rule(person, rulings.is().connection(), rulings.is().id(), "is", rulings.by());
        }
        rulings.isNot().stream()
                .filter(partner -> !partner.equals(rulings.is()))
                .forEach(partner -> rule(person, partner.connection(), partner.id(), "is-not", rulings.by()));
    }

    private void rule(RecordId person, String partnerConnection, String partner, String ruling, String by) {
        ledger.jdbc()
                .sql("""
                        insert into person_ruling (tenant, connection, id, partner_connection, partner_id, ruling, made_by)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(ledger.tenant(), person.connection(), person.id(), partnerConnection, partner, ruling, by)
                .update();
    }

    /** Notes for the audit who did what about a person. */
    public void audit(String who, String what, RecordId person, Map<String, ?> detail) {
        ledger.jdbc()
                .sql("insert into audit (tenant, who, what, about, detail) values (?, ?, ?, ?, ?::jsonb)")
                .params(ledger.tenant(), who, what, person.toString(), json(detail))
                .update();
    }

    private static String json(Object value) {
        try {
            return FactJson.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<Suggestion> suggestions(String json) {
        try {
            return FactJson.MAPPER.readValue(json, new TypeReference<List<Suggestion>>() {});
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
