package dev.rainmaker.app.dealregistration;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.AccountMerge;
import dev.rainmaker.app.connection.Connections;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.dealregistration.Claim;
import dev.rainmaker.dealregistration.DealPolicy;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A ledger on a real PostgreSQL with two partners and a desk without connected systems. */
public final class DealWorld implements AutoCloseable {

    public static final RecordId NORTH = new RecordId("crm", "north");
    public static final RecordId SOUTH = new RecordId("crm", "south");
    static final Instant STAMP = Instant.parse("2026-01-01T00:00:00Z");

    static final String POLICY = """
        required: [customerName, customerCountry]
        families:
          Security: [Firewall, Sensor]
        closed-customers: 'customer.attributes.type == "Closed"'
        approve:
          - rule: small and undisputed
            when: conflicts == 0 && (!has(registration.amount.amount) || registration.amount.amount < 100000)
        """;

    public final TestPostgres.TestDatabase database = TestPostgres.migrated();
    final Ledger ledger = Ledger.open(database.jdbcUrl(), database.user(), database.password(), "default");
    final FactLedger facts = new FactLedger(ledger);
    final OutboxLedger outbox = new OutboxLedger(ledger);
    final DealPolicy policy;
    public final RegistrationDesk desk;

    public DealWorld() {
        this(POLICY);
    }

    DealWorld(String rules) {
        policy = Policies.deals("test", rules).policy();
        desk = new RegistrationDesk(ledger, facts, outbox, new Connections(List.of()), () -> policy);
        state(partner(NORTH, "North IT", true), partner(SOUTH, "South IT", true));
    }

    public void state(Fact... stated) {
        for (Fact fact : stated) {
            facts.commit(
                    "crm",
                    "Any",
                    "1",
                    List.of(new IncomingRecord(
                            new SourceRecord(
                                    "Any",
                                    fact.id().id(),
                                    Instant.now(),
                                    false,
                                    Map.of(),
                                    (fact.toString()).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                            List.of(fact),
                            List.of(),
                            null)));
        }
    }

    /** The accounts are no longer there, customers or partners; for those that were merged away with what they became. */
    void gone(RecordId account, @Nullable RecordId into) {
        List<Fact> stated =
                into == null ? List.of() : List.of(new AccountMerge(account, into, Set.of(), STAMP.plusSeconds(60)));
        facts.commit(
                "crm",
                "Any",
                "1",
                List.of(new IncomingRecord(
                        new SourceRecord("Any", account.id(), Instant.now(), true, Map.of(), new byte[] {'{', '}'}),
                        stated,
                        List.of(FactKind.ACCOUNT, FactKind.PARTNER),
                        null)));
    }

    /** Works off what was stated. */
    Map<String, Long> follow() {
        return new FollowRegistrations(ledger, desk, facts, outbox).follow();
    }

    public static Account account(String id, String name, @Nullable String domain, String type) {
        return new Account(
                new RecordId("crm", id),
                name,
                domain == null ? null : "https://" + domain,
                null,
                "DE",
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of("type", type),
                STAMP);
    }

    static Claim about(RecordId account, String name) {
        return new Claim(name, null, "DE", account, Set.of(), null, null, null, null);
    }

    static Partner partner(RecordId id, String name, boolean active) {
        return new Partner(
                id,
                name,
                null,
                null,
                Set.of("DE"),
                Set.of(),
                Set.of(),
                Set.of("Firewall", "Backup", "Sensor"),
                Set.of(),
                active,
                null,
                null,
                "https://www." + name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + ".de",
                null,
                null,
                null,
                true,
                Map.of(),
                STAMP);
    }

    public static Claim claim(@Nullable String name, @Nullable String domain, String... products) {
        return new Claim(name, domain, "DE", null, Set.of(products), null, null, null, null);
    }

    static Claim large(String name, String domain) {
        return new Claim(name, domain, "DE", null, Set.of(), Money.of("500000", "EUR"), null, null, null);
    }

    Submission.Result hand(RecordId partner, Claim claim) {
        return desk.register(new Submission(partner, claim, null, null, "test"));
    }

    public Registration registered(RecordId partner, Claim claim) {
        Submission.Result result = hand(partner, claim);
        if (result instanceof Submission.Result.Registered made) {
            return made.registration();
        }
        throw new AssertionError(result);
    }

    Registration now(Registration registration) {
        return desk.registrations().find(registration.number()).orElseThrow();
    }

    /** Moves the database's view of a lock into the past: the only way to let its time run out without waiting. */
    void letExpire(Registration registration) {
        ledger.jdbc()
                .sql("update deal_registration set lock_until = clock_timestamp() where number = ?")
                .param(registration.number())
                .update();
        ledger.jdbc()
                .sql(
                        "update deal_lock set period = tstzrange(lower(period), clock_timestamp()) where number = ? and not ended")
                .param(registration.number())
                .update();
    }

    @Override
    public void close() {
        ledger.close();
    }
}
