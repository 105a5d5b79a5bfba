package dev.rainmaker.lifetimevalue;

import dev.rainmaker.engagement.Engagement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that Rainmaker keeps of a partner's past to value it: sufficient statistics, immutable, plain numbers. Each {@code with...}
 * is one event and costs the same whatever came before; events may come in any order. Event ids, and so "at most once", are the
 * caller's. The statistics do not age: they are evaluated as of a day.
 *
 * @param partner the partner's id
 * @param leads by lead class; {@code ""} where leads have none
 * @param engagement decayed number of events by kind
 * @param certificates held, sorted; several of one title are kept
 * @param satisfaction answers on the survey's own scale
 */
public record PartnerHistory(
        String partner,
        PartnerTraits traits,
        DealHistory deals,
        Map<String, LeadCounts> leads,
        Map<Engagement.Kind, Decayed> engagement,
        List<Certificate> certificates,
        StatedCertification statedCertification,
        Moments satisfaction,
        SourcedCounts initiative) {

    public PartnerHistory {
        if (partner.isBlank()) {
            throw new IllegalArgumentException("a partner's history needs the partner's id");
        }
        leads = Collections.unmodifiableMap(new TreeMap<>(leads));
        EnumMap<Engagement.Kind, Decayed> kinds = new EnumMap<>(Engagement.Kind.class);
        kinds.putAll(engagement);
        engagement = Collections.unmodifiableMap(kinds);
        certificates = List.copyOf(certificates);
    }

    public static PartnerHistory empty(String partner) {
        return new PartnerHistory(
                partner,
                PartnerTraits.UNKNOWN,
                DealHistory.EMPTY,
                Map.of(),
                Map.of(),
                List.of(),
                StatedCertification.NONE,
                Moments.NONE,
                SourcedCounts.NONE);
    }

    public PartnerHistory withTraits(PartnerTraits changed) {
        return new PartnerHistory(
                partner,
                changed,
                deals,
                leads,
                engagement,
                certificates,
                statedCertification,
                satisfaction,
                initiative);
    }

    /** Replaces the deals: after a fold of {@link DealHistory}, or a refold where a deal was taken back. */
    public PartnerHistory withDeals(DealHistory changed) {
        return new PartnerHistory(
                partner,
                traits,
                changed,
                leads,
                engagement,
                certificates,
                statedCertification,
                satisfaction,
                initiative);
    }

    /** One won deal or correction; see {@link DealHistory#with}. */
    public PartnerHistory withDeal(Deal deal, boolean newDay) {
        return withDeals(deals.with(deal, newDay));
    }

    /**
     * Counts leads; a lead that changes its outcome is taken out ({@code change} -1) and put in again (+1).
     *
     * @throws IllegalStateException if more are taken out than were put in
     */
    public PartnerHistory withLead(String leadClass, LeadOutcome outcome, int change) {
        Map<String, LeadCounts> changed = new TreeMap<>(leads);
        LeadCounts counts = changed.getOrDefault(leadClass, LeadCounts.NONE).plus(outcome, change);
        if (counts.equals(LeadCounts.NONE)) {
            changed.remove(leadClass);
        } else {
            changed.put(leadClass, counts);
        }
        return new PartnerHistory(
                partner,
                traits,
                deals,
                changed,
                engagement,
                certificates,
                statedCertification,
                satisfaction,
                initiative);
    }

    /**
     * One event of engagement, or the taking back of one ({@code weight} -1).
     *
     * @param halfLifeDays from the policy; must stay the same for a partner, a change of policy refolds
     */
    public PartnerHistory withEngagement(Engagement.Kind kind, int day, double weight, double halfLifeDays) {
        Decayed before = engagement.getOrDefault(kind, Decayed.empty(halfLifeDays));
        if (before.halfLifeDays() != halfLifeDays) {
            throw new IllegalArgumentException("engagement of " + partner + " was folded with a half-life of "
                    + before.halfLifeDays() + " days, not " + halfLifeDays + ": refold it");
        }
        EnumMap<Engagement.Kind, Decayed> changed = new EnumMap<>(Engagement.Kind.class);
        changed.putAll(engagement);
        changed.put(kind, before.plus(weight, day));
        return new PartnerHistory(
                partner, traits, deals, leads, changed, certificates, statedCertification, satisfaction, initiative);
    }

    /** Adds a certificate; the same one again changes nothing. */
    public PartnerHistory withCertificate(Certificate certificate) {
        if (certificates.contains(certificate)) {
            return this;
        }
        List<Certificate> changed = new ArrayList<>(certificates);
        changed.add(certificate);
        changed.sort(java.util.Comparator.comparing(Certificate::title)
                .thenComparing(Certificate::fromDay)
                .thenComparing(c -> c.untilDay() == null ? Integer.MAX_VALUE : c.untilDay()));
        return withCertificates(changed);
    }

    public PartnerHistory withoutCertificate(Certificate certificate) {
        List<Certificate> changed = new ArrayList<>(certificates);
        changed.remove(certificate);
        return withCertificates(changed);
    }

    private PartnerHistory withCertificates(List<Certificate> changed) {
        return new PartnerHistory(
                partner, traits, deals, leads, engagement, changed, statedCertification, satisfaction, initiative);
    }

    /** The source states how many certificates are required; the latest statement stands. */
    public PartnerHistory withRequiredCertificates(double count, int day) {
        return withStated(statedCertification.withRequired(count, day));
    }

    /** The source states how many certificates are valid; the latest statement stands. */
    public PartnerHistory withValidCertificates(double count, int day) {
        return withStated(statedCertification.withValid(count, day));
    }

    private PartnerHistory withStated(StatedCertification changed) {
        return new PartnerHistory(
                partner, traits, deals, leads, engagement, certificates, changed, satisfaction, initiative);
    }

    /** One answer of a customer. */
    public PartnerHistory withSatisfaction(double answer) {
        return withSatisfaction(satisfaction.plus(answer));
    }

    /** Replaces the answers; {@link Moments#minus} takes one back. */
    public PartnerHistory withSatisfaction(Moments changed) {
        return new PartnerHistory(
                partner, traits, deals, leads, engagement, certificates, statedCertification, changed, initiative);
    }

    /**
     * Leads, registrations or opportunities, brought by the partner itself or given to it; {@code change} -1 takes one back.
     */
    public PartnerHistory withOpportunity(boolean sourcedByPartner, int change) {
        return withInitiative(
                new SourcedCounts(initiative.sourced() + (sourcedByPartner ? change : 0), initiative.all() + change));
    }

    /** Replaces the counts of partner-sourced business. */
    public PartnerHistory withInitiative(SourcedCounts changed) {
        return new PartnerHistory(
                partner, traits, deals, leads, engagement, certificates, statedCertification, satisfaction, changed);
    }

    /** Leads of all classes together. */
    public LeadCounts allLeads() {
        long won = 0;
        long lost = 0;
        long open = 0;
        for (LeadCounts counts : leads.values()) {
            won += counts.won();
            lost += counts.lost();
            open += counts.open();
        }
        return new LeadCounts(won, lost, open);
    }
}
