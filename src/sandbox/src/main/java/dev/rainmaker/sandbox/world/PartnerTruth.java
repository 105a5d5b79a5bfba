package dev.rainmaker.sandbox.world;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is true of one partner of a generated world and only shows, with noise, in its history.
 *
 * @param id the Account's Salesforce id
 * @param state the only state it sells in, null for the whole country
 * @param since when it joined the programme
 * @param silentSince when it stopped selling for good, null if it still does
 * @param skill log-odds by which it wins more (or less) than the average partner, the same lead given
 * @param ordersPerYear won deals that it brings itself, per year while alive
 * @param ownWinRate share of the deals it brings that it wins, 0..1
 * @param dealSize mean amount in US dollars of a deal with the middle product at a company of 200 people
 * @param marginRate mean share of the amount that remains as margin, 0..1
 * @param engagementsPerYear campaign invitations its people answer per year while alive
 */
public record PartnerTruth(
        String id,
        String name,
        Lifecycle lifecycle,
        String country,
        @Nullable String state,
        String industry,
        List<String> products,
        LocalDate since,
        @Nullable LocalDate silentSince,
        double skill,
        double ordersPerYear,
        double ownWinRate,
        double dealSize,
        double marginRate,
        double engagementsPerYear) {

    /** Where a partner stands at the world's as-of day. */
    public enum Lifecycle {
        /** Sells as it always did. */
        STEADY,
        /** Joined within the last half year: little history, any skill. */
        NEW,
        /** Still in the programme, but has stopped selling. */
        SILENT,
        /** Has left the programme: Partner_Active__c is false. */
        OFFBOARDED
    }

    public PartnerTruth {
        products = List.copyOf(products);
    }

    /** Whether it still works its leads on that day. */
    public boolean sellsOn(LocalDate day) {
        return silentSince == null || day.isBefore(silentSince);
    }
}
