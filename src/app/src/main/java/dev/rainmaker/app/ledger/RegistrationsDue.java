package dev.rainmaker.app.ledger;

import dev.rainmaker.dealregistration.Registration;
import java.util.List;

/** Registrations with which something is to happen by itself, by the database's clock, and what was told of it. */
public final class RegistrationsDue {

    private static final String FIND = "select * from deal_registration where tenant = ? and ";

    private final Ledger ledger;

    public RegistrationsDue(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Registrations whose protection is over by the database's clock and not yet noted as expired. */
    public List<Registration> expired(int most) {
        return ledger.jdbc()
                .sql(FIND + """
                        state in ('approved', 'extended') and lock_until <= clock_timestamp() order by lock_until limit ?
                        """)
                .params(ledger.tenant(), most)
                .query(RegistrationRow::read)
                .list();
    }

    /** Registrations that hold a lock and belong to a partner that left or was deactivated. */
    public List<Registration> ofInactivePartners(int most) {
        return ledger.jdbc()
                .sql("""
                        select r.* from deal_registration r
                        where r.tenant = ? and r.state in ('approved', 'extended') and not exists (
                            select from fact f where f.tenant = r.tenant and f.kind = 'partner'
                                and f.connection = r.partner_connection and f.id = r.partner_id and f.until_seq is null
                                and f.body ->> 'active' = 'true')
                          and not exists (
                            select from fact m where m.tenant = r.tenant and m.kind = 'account_merge'
                                and m.connection = r.partner_connection and m.until_seq is null
                                and (m.id = r.partner_id or jsonb_exists(m.body -> 'absorbed', r.partner_id)))
                        order by r.number limit ?
                        """)
                .params(ledger.tenant(), most)
                .query(RegistrationRow::read)
                .list();
    }

    /** Protected registrations that end within so many days and were not reminded that close to the end. */
    public List<Registration> toRemind(int days) {
        return ledger.jdbc()
                .sql(FIND + """
                        state in ('approved', 'extended') and lock_until > clock_timestamp()
                          and lock_until <= clock_timestamp() + make_interval(days => ?)
                          and (reminded_days is null or reminded_days > ?)
                        order by lock_until limit 500
                        """)
                .params(ledger.tenant(), days + 1, days)
                .query(RegistrationRow::read)
                .list();
    }

    /** Notes that the holder was reminded so many days before the end. */
    public void reminded(String number, int days) {
        ledger.jdbc()
                .sql("update deal_registration set reminded_days = ? where tenant = ? and number = ?")
                .params(days, ledger.tenant(), number)
                .update();
    }

    /** Registrations whose reviewer is late and that were not told so. */
    public List<Registration> lateReviews() {
        return ledger.jdbc()
                .sql(FIND + """
                        state in ('submitted', 'under-review') and review_by <= clock_timestamp() and not review_told
                        order by review_by limit 500
                        """)
                .param(ledger.tenant())
                .query(RegistrationRow::read)
                .list();
    }

    /** Notes that a late review was told. */
    public void lateTold(String number) {
        ledger.jdbc()
                .sql("update deal_registration set review_told = true where tenant = ? and number = ?")
                .params(ledger.tenant(), number)
                .update();
    }
}
