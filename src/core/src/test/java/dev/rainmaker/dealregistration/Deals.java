package dev.rainmaker.dealregistration;

import dev.rainmaker.assignment.Holidays;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Policies and registrations for tests. */
public final class Deals {

    public static final RecordId NORTH = new RecordId("crm", "north");
    public static final RecordId SOUTH = new RecordId("crm", "south");
    static final RecordId EAST = new RecordId("crm", "east");

    private Deals() {}

    public static DealPolicy policy(ZoneId zone, int days, int extensionDays, Map<String, Set<String>> families) {
        return new DealPolicy(
                "test",
                zone,
                Set.of("customerName"),
                2,
                null,
                Holidays.NONE,
                days,
                extensionDays,
                1,
                true,
                List.of(14, 7, 1),
                new DealPolicy.Limits(20, 25, 100),
                families,
                List.of(),
                customer -> "closed".equals(customer.attributes().get("type")));
    }

    /** 90 days and one extension of 30, in UTC. */
    public static DealPolicy usual() {
        return policy(ZoneId.of("UTC"), 90, 30, Map.of());
    }

    public static Claim claim(String customer, String... products) {
        return new Claim(customer, null, "DE", null, Set.of(products), null, null, null, null);
    }

    /** A claim that waits for a decision. */
    public static Registration submitted(String number, RecordId partner, String customer, String... products) {
        return new Registration(
                number,
                1,
                RegistrationState.SUBMITTED,
                "handed in",
                partner,
                customer,
                new ProductScope(Set.of(products)),
                claim("Acme GmbH", products),
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                0,
                false);
    }
}
