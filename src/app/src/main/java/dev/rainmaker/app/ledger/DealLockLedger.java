package dev.rainmaker.app.ledger;

import dev.rainmaker.dealregistration.DealLock;
import dev.rainmaker.dealregistration.LockBook;
import dev.rainmaker.dealregistration.Period;
import dev.rainmaker.dealregistration.ProductScope;
import dev.rainmaker.fact.RecordId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/**
 * Deal locks in PostgreSQL: exclusive by constraint, changed only by who knows the latest fence, timed by the database's clock
 * alone.
 */
public final class DealLockLedger implements LockBook {

    private static final int ATTEMPTS = 5;
    private static final Comparator<DealLock> BY_ID = Comparator.comparingLong(DealLock::id);

    private static final String COLUMNS = "id, number, customer, partner_connection, partner_id, products,"
            + " coalesce(lower(period), '-infinity') as from_at, coalesce(upper(period), '-infinity') as until_at, fence";

    // With the clock read once the index finds an instant; and no order is asked for, which another index could give.
    private static final String LIVE = """
         from (select clock_timestamp() as at offset 0) c, deal_lock where tenant = ? and active and period @> c.at
        """;

    private static final String IN_THE_WAY = LIVE + " and customer = ? and scope && ?::int4multirange";

    // The instant is taken once, so that the lock begins exactly where it was compared. The constraint alone
    // decides; who is in the way comes with the same trip.
    private static final String TAKE =
            """
        with taken as (
            insert into deal_lock
                (tenant, number, customer, partner_connection, partner_id, products, scope, period, fence)
            select ?, ?, ?, ?, ?, ?, ?::int4multirange, tstzrange(c.at, ?::timestamptz), nextval('deal_fence')
            from (select clock_timestamp() as at offset 0) c where c.at < ?::timestamptz
            on conflict do nothing returning *)
        select true as granted, """ + " " + COLUMNS + """
         from taken
        union all
        select false, """ + " " + COLUMNS + IN_THE_WAY + " and not exists (select from taken)";

    private static final String PROLONG = """
        update deal_lock set period = tstzrange(lower(period), ?::timestamptz), fence = nextval('deal_fence')
        where tenant = ? and id = ? and fence = ? and not ended and upper(period) > clock_timestamp()
          and upper(period) < ?::timestamptz
        returning """ + " " + COLUMNS;

    private static final String END = """
        update deal_lock set ended = upper(period) > clock_timestamp(), fence = nextval('deal_fence'),
            period = tstzrange(lower(period), greatest(lower(period), least(upper(period), clock_timestamp())))
        where tenant = ? and id = ? and fence = ? and not ended
        returning fence, upper(period) as until_at
        """;

    private final Ledger ledger;
    private final GrowingTables tables;
    private final Map<String, Integer> productNumbers = new ConcurrentHashMap<>();

    public DealLockLedger(Ledger ledger) {
        this.ledger = ledger;
        this.tables = new GrowingTables(ledger, "deal_lock");
    }

    @Override
    public Instant now() {
        return ledger.now();
    }

    @Override
    public Answer take(String number, String customer, RecordId partner, ProductScope scope, Instant until) {
        String numbers = numbers(scope);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Answered> answers = attempt(number, customer, partner, scope, numbers, until);
            if (answers.stream().anyMatch(Answered::granted)) {
                tables.grew(1);
                return new Answer.Granted(answers.get(0).lock());
            }
            if (!answers.isEmpty()) {
                return new Answer.Refused(
                        answers.stream().map(Answered::lock).sorted(BY_ID).toList());
            }
            if (!now().isBefore(until)) {
                break;
            }
            // What was in the way came after our look at the locks, or ended before it.
        }
        return new Answer.Refused(inTheWay(customer, numbers));
    }

    /** A lock that was granted, or one that is in the way. */
    private record Answered(boolean granted, DealLock lock) {}

    private List<Answered> attempt(
            String number, String customer, RecordId partner, ProductScope scope, String numbers, Instant until) {
        Timestamp end = Timestamp.from(until);
        return ledger.jdbc()
                .sql(TAKE)
                .params(
                        ledger.tenant(),
                        number,
                        customer,
                        partner.connection(),
                        partner.id(),
                        products(scope),
                        numbers,
                        end,
                        end,
                        ledger.tenant(),
                        customer,
                        numbers)
                .query((row, at) -> new Answered(row.getBoolean("granted"), read(row, at)))
                .list();
    }

    private List<DealLock> inTheWay(String customer, String numbers) {
        return ledger
                .jdbc()
                .sql("select " + COLUMNS + IN_THE_WAY)
                .params(ledger.tenant(), customer, numbers)
                .query(DealLockLedger::read)
                .list()
                .stream()
                .sorted(BY_ID)
                .toList();
    }

    @Override
    public Optional<DealLock> prolong(DealLock held, Instant until) {
        Timestamp end = Timestamp.from(until);
        try {
            return ledger.jdbc()
                    .sql(PROLONG)
                    .params(end, ledger.tenant(), held.id(), held.fence(), end)
                    .query(DealLockLedger::read)
                    .optional();
        } catch (DataIntegrityViolationException taken) {
            // It ended, and somebody else took the customer, between our look at the clock and our write.
            return Optional.empty();
        }
    }

    @Override
    public Optional<DealLock> end(DealLock held) {
        return ledger.jdbc()
                .sql(END)
                .params(ledger.tenant(), held.id(), held.fence())
                .query((row, number) -> ended(held, row))
                .optional();
    }

    /** The lock with the period in which it held; one that ended in the instant in which it began keeps what it was granted. */
    private static DealLock ended(DealLock held, ResultSet row) throws SQLException {
        Timestamp end = row.getTimestamp("until_at");
        Period period = end == null || !held.period().from().isBefore(end.toInstant())
                ? held.period()
                : new Period(held.period().from(), end.toInstant());
        return new DealLock(
                held.id(), held.number(), held.customer(), held.partner(), held.scope(), period, row.getLong("fence"));
    }

    @Override
    public Optional<DealLock> ofRegistration(String number) {
        return ledger.jdbc()
                .sql("select " + COLUMNS
                        + " from deal_lock where tenant = ? and number = ? and not isempty(period) order by id"
                        + " desc limit 1")
                .params(ledger.tenant(), number)
                .query(DealLockLedger::read)
                .optional();
    }

    /** Locks that hold now, the next to end first. */
    public List<DealLock> live() {
        return ledger.jdbc()
                .sql("select " + COLUMNS + LIVE + " order by upper(period), id")
                .param(ledger.tenant())
                .query(DealLockLedger::read)
                .list();
    }

    /** Locks on a customer that hold now. */
    public List<DealLock> liveOn(String customer) {
        return inTheWay(customer, "{(,)}");
    }

    /** How many locks hold now. */
    public long countLive() {
        return ledger.jdbc()
                .sql("select count(*)" + LIVE)
                .param(ledger.tenant())
                .query(Long.class)
                .single();
    }

    /** How many live locks a partner holds. */
    public int countLive(RecordId partner) {
        return ledger.jdbc()
                .sql("select count(*)" + LIVE + " and partner_connection = ? and partner_id = ?")
                .params(ledger.tenant(), partner.connection(), partner.id())
                .query(Integer.class)
                .single();
    }

    /** The locks of a registration and of its customer, ended ones included, the latest first. */
    public List<DealLock> historyOf(String customer) {
        return ledger.jdbc()
                .sql("select " + COLUMNS
                        + " from deal_lock where tenant = ? and customer = ? and not isempty(period) order by id desc")
                .params(ledger.tenant(), customer)
                .query(DealLockLedger::read)
                .list();
    }

    private String numbers(ProductScope scope) {
        if (scope.isAll()) {
            return "{(,)}";
        }
        return scope.products().stream()
                .map(this::numberOf)
                .sorted()
                .map(number -> "[" + number + "," + (number + 1) + ")")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private int numberOf(String product) {
        String key = ProductScope.key(product);
        Integer known = productNumbers.get(key);
        return known == null ? number(key, product) : known;
    }

    /**
     * Makes the products of a scope known, in transactions of their own: a number that could still be rolled back might be
     * given to another product. Call it before a transaction that takes locks, which then needs no second connection.
     */
    public void know(ProductScope scope) {
        scope.products().forEach(this::numberOf);
    }

    private int number(String key, String product) {
        try (Connection own = ledger.dataSource().getConnection()) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                try (PreparedStatement insert = own.prepareStatement("""
                    insert into deal_product (tenant, key, number, name)
                    select ?, ?, coalesce(max(number), 0) + 1, ? from deal_product where tenant = ?
                    on conflict do nothing
                    """);
                        PreparedStatement find =
                                own.prepareStatement("select number from deal_product where tenant = ? and key = ?")) {
                    insert.setString(1, ledger.tenant());
                    insert.setString(2, key);
                    insert.setString(3, product);
                    insert.setString(4, ledger.tenant());
                    insert.executeUpdate();
                    find.setString(1, ledger.tenant());
                    find.setString(2, key);
                    try (ResultSet row = find.executeQuery()) {
                        if (row.next()) {
                            int number = row.getInt(1);
                            productNumbers.put(key, number);
                            return number;
                        }
                    }
                }
            }
            throw new IllegalStateException("product " + product + " could not be numbered: others are faster");
        } catch (SQLException failed) {
            throw Objects.requireNonNull(
                    new SQLStateSQLExceptionTranslator().translate("number a product", null, failed));
        }
    }

    private static String[] products(ProductScope scope) {
        return scope.products().toArray(String[]::new);
    }

    static Set<String> set(ResultSet row, String column) throws SQLException {
        return new TreeSet<>(Arrays.asList((String[]) row.getArray(column).getArray()));
    }

    private static DealLock read(ResultSet row, int number) throws SQLException {
        return new DealLock(
                row.getLong("id"),
                row.getString("number"),
                row.getString("customer"),
                new RecordId(row.getString("partner_connection"), row.getString("partner_id")),
                new ProductScope(set(row, "products")),
                new Period(
                        row.getTimestamp("from_at").toInstant(),
                        row.getTimestamp("until_at").toInstant()),
                row.getLong("fence"));
    }
}
