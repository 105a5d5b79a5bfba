package dev.rainmaker.sandbox.world;

import dev.rainmaker.sandbox.world.Customers.Customer;
import dev.rainmaker.sandbox.world.PartnerMaker.Made;
import dev.rainmaker.sandbox.world.PartnerTruth.Lifecycle;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Customers that a partner of their country holds by contract, by programme or by name: one in twenty-five. */
final class NamedAccounts {

    private static final double SHARE = 0.04;
    private static final List<String> GROUNDS = List.of("Contract", "Contract", "Programme", "Named account");

    private final LocalDate asOf;
    private final Map<String, List<PartnerTruth>> byCountry;

    NamedAccounts(LocalDate asOf, List<Made> partners) {
        this.asOf = asOf;
        this.byCountry = partners.stream()
                .map(Made::truth)
                .filter(partner -> partner.lifecycle() != Lifecycle.OFFBOARDED)
                .collect(Collectors.groupingBy(PartnerTruth::country));
    }

    /** Adds who holds the customer, if anybody does. Some contracts have ended. */
    void name(ExportRow account, Customer customer, Dice dice) {
        List<PartnerTruth> here = byCountry.getOrDefault(customer.country().name(), List.of());
        if (here.isEmpty() || !dice.chance(SHARE)) {
            return;
        }
        account.set("Named_Partner__c", dice.pick(here).id()).set("Named_Basis__c", dice.pick(GROUNDS));
        if (dice.chance(0.6)) {
            account.set("Named_Until__c", asOf.plusDays(dice.whole(-200, 700)));
        }
    }
}
