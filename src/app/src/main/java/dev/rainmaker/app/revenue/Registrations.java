package dev.rainmaker.app.revenue;

import dev.rainmaker.account.CompanyIdentity;
import dev.rainmaker.app.ledger.DealCustomerLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.attribution.Touch;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.opportunity.Opportunity;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deal registrations as revenue sees them: what was registered when, and which deals they are about. */
final class Registrations {

    /** The connection under which evidence names a registration by its number. */
    static final String EVIDENCE = "registration";

    private final List<Registered> all;
    private final Map<RecordId, List<Registered>> byAccount = new HashMap<>();

    /**
     * A registration.
     *
     * @param products empty: all
     * @param approvedAt null where it never was
     * @param until end of the protection, null before approval
     */
    record Registered(
            String number,
            RecordId partner,
            String customer,
            Set<String> products,
            String state,
            @Nullable Instant submittedAt,
            @Nullable Instant approvedAt,
            @Nullable Instant until) {

        private boolean covers(Opportunity deal, Instant created) {
            return approvedAt != null
                    && (until == null || created.isBefore(until))
                    && (products.isEmpty()
                            || deal.products().stream()
                                    .anyMatch(sold -> products.stream().anyMatch(sold::equalsIgnoreCase)));
        }
    }

    Registrations(Ledger ledger) {
        this.all = ledger.jdbc()
                .sql("""
                        select r.number, r.partner_connection, r.partner_id, r.customer, r.products, r.state, r.submitted_at,
                            r.lock_until,
                            (select min(e.at) from deal_registration_event e
                             where e.tenant = r.tenant and e.number = r.number and e.to_state = 'approved') as approved_at
                        from deal_registration r where r.tenant = ? order by r.number
                        """)
                .param(ledger.tenant())
                .query((row, number) -> registered(row))
                .list();
        DealCustomerLedger customers = new DealCustomerLedger(ledger);
        Map<String, String> remaining = new HashMap<>();
        all.forEach(each -> remaining.computeIfAbsent(each.customer(), customers::remaining));
        Map<String, CompanyIdentity> identities = customers.identitiesOf(Set.copyOf(remaining.values()));
        for (Registered each : all) {
            CompanyIdentity identity = identities.get(remaining.get(each.customer()));
            if (identity != null) {
                identity.records()
                        .forEach(account -> byAccount
                                .computeIfAbsent(account, id -> new ArrayList<>())
                                .add(each));
            }
        }
    }

    private static Registered registered(ResultSet row) throws SQLException {
        Array products = row.getArray("products");
        return new Registered(
                row.getString("number"),
                new RecordId(row.getString("partner_connection"), row.getString("partner_id")),
                row.getString("customer"),
                products == null ? Set.of() : Set.of((String[]) products.getArray()),
                row.getString("state"),
                instant(row.getTimestamp("submitted_at")),
                instant(row.getTimestamp("approved_at")),
                instant(row.getTimestamp("lock_until")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp stamp) {
        return stamp == null ? null : stamp.toInstant();
    }

    /** Every registration, by number. */
    List<Registered> all() {
        return all;
    }

    /** Approved registrations that were about the deal and still protected it when it was created. */
    List<Touch> of(Opportunity deal, Instant created) {
        RecordId customer = deal.account();
        if (customer == null) {
            return List.of();
        }
        List<Touch> touches = new ArrayList<>();
        for (Registered each : byAccount.getOrDefault(customer, List.of())) {
            Instant approved = each.approvedAt();
            if (approved != null && each.covers(deal, created)) {
                touches.add(new Touch(
                        each.partner(), Touch.Kind.REGISTRATION, approved, new RecordId(EVIDENCE, each.number())));
            }
        }
        return touches;
    }
}
