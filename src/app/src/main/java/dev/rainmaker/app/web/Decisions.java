package dev.rainmaker.app.web;

import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.partner.Partner;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decisions with the names of what they are about. */
@Component
class Decisions {

    private final Rainmaker rainmaker;
    private final RecordLinks links;

    Decisions(Rainmaker rainmaker, RecordLinks links) {
        this.rainmaker = rainmaker;
        this.links = links;
    }

    List<DecisionRow> page(DecisionLedger.Wanted wanted, DecisionLedger.@Nullable After after, int most) {
        return rows(rainmaker.decisions().page(wanted, after, most));
    }

    List<DecisionRow> rows(List<StoredDecision> decisions) {
        Map<RecordId, Lead> leads = rainmaker
                .facts()
                .findAll(
                        FactKind.LEAD,
                        decisions.stream().map(StoredDecision::lead).toList(),
                        Lead.class);
        Map<RecordId, Partner> partners = rainmaker
                .facts()
                .findAll(
                        FactKind.PARTNER,
                        decisions.stream()
                                .map(StoredDecision::partner)
                                .filter(Objects::nonNull)
                                .toList(),
                        Partner.class);
        return decisions.stream()
                .map(decision -> row(decision, leads.get(decision.lead()), partners.get(decision.partner())))
                .toList();
    }

    private DecisionRow row(StoredDecision decision, @Nullable Lead lead, @Nullable Partner partner) {
        RecordId to = decision.partner();
        return new DecisionRow(
                decision.id(),
                decision.lead(),
                lead == null || lead.company() == null ? decision.lead().id() : Objects.requireNonNull(lead.company()),
                lead == null
                        ? ""
                        : Stream.of(lead.country(), lead.state())
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(", ")),
                decision.outcome(),
                to,
                partner != null ? partner.name() : to == null ? null : to.id(),
                decision.reason(),
                decision.summary(),
                decision.decidedAt(),
                links.of(FactKind.LEAD, decision.lead()));
    }
}
