package dev.rainmaker.app.revenue;

import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.attribution.Touch;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.opportunity.Opportunity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what partners did for deals from the facts: registrations, leads, co-selling, the deal's own words. */
final class TouchReader {

    private final Map<RecordId, List<Lead>> leadsByDeal = new HashMap<>();
    private final Map<String, List<Engagement>> cosellByRecord = new HashMap<>();
    private final DecisionLedger decisions;
    private final Registrations registrations;

    TouchReader(FactLedger facts, DecisionLedger decisions, Registrations registrations) {
        this.decisions = decisions;
        this.registrations = registrations;
        facts.forEach(FactKind.LEAD, Lead.class, lead -> {
            RecordId deal = lead.convertedOpportunity();
            if (deal != null) {
                leadsByDeal.computeIfAbsent(deal, id -> new ArrayList<>()).add(lead);
            }
        });
        facts.forEach(FactKind.ENGAGEMENT, Engagement.class, engagement -> {
            String about = engagement.detail();
            if (engagement.type() == Engagement.Kind.COSELL && engagement.partner() != null && about != null) {
                cosellByRecord.computeIfAbsent(about, id -> new ArrayList<>()).add(engagement);
            }
        });
    }

    /** Every touch on a deal, as far as the facts know. */
    List<Touch> of(Opportunity deal, Instant created) {
        List<Touch> touches = new ArrayList<>(registrations.of(deal, created));
        RecordId seller = deal.partner();
        if (seller != null) {
            if (deal.partnerSourced()) {
                touches.add(new Touch(seller, Touch.Kind.STATED_SOURCE, created, deal.id()));
            }
            if (deal.closeDate() != null) {
                touches.add(new Touch(
                        seller,
                        Touch.Kind.FULFILMENT,
                        deal.closeDate().atStartOfDay(ZoneOffset.UTC).toInstant(),
                        deal.id()));
            }
        }
        leadsByDeal.getOrDefault(deal.id(), List.of()).forEach(lead -> ofLead(touches, lead, created));
        cosell(touches, deal.id());
        cosell(touches, deal.account());
        return touches;
    }

    /** A lead that became the deal was worked until then: its qualification counts when the deal was created. */
    private void ofLead(List<Touch> touches, Lead lead, Instant created) {
        RecordId brought = lead.sourcedBy();
        if (brought != null) {
            touches.add(new Touch(brought, Touch.Kind.PARTNER_LEAD, lead.createdAt(), lead.id()));
        }
        RecordId had = lead.assignedPartner() == null ? assigned(lead) : lead.assignedPartner();
        if (had != null) {
            touches.add(new Touch(had, Touch.Kind.ASSIGNED_LEAD, created, lead.id()));
        }
    }

    private @Nullable RecordId assigned(Lead lead) {
        StoredDecision current = decisions
                .current(lead.id().connection(), List.of(lead.id().id()))
                .get(lead.id());
        return current == null ? lead.previousPartner() : current.partner();
    }

    private void cosell(List<Touch> touches, @Nullable RecordId about) {
        if (about == null) {
            return;
        }
        for (Engagement engagement : cosellByRecord.getOrDefault(about.id(), List.of())) {
            RecordId partner = engagement.partner();
            if (partner != null) {
                touches.add(new Touch(partner, Touch.Kind.COSELL, engagement.at(), engagement.id()));
            }
        }
    }
}
