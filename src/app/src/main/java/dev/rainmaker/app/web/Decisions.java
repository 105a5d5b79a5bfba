package dev.rainmaker.app.web;

import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.ledger.Versioned;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.partner.Partner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decisions with the names of what they are about. */
@Component
class Decisions {

    private static final long NOW = Long.MAX_VALUE - 1;

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
        Map<RecordId, Lead> leads = named(FactKind.LEAD, decisions.stream().map(StoredDecision::lead), Lead.class);
        Map<RecordId, Partner> partners = named(
                FactKind.PARTNER,
                decisions.stream().map(StoredDecision::partner).filter(Objects::nonNull),
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

    private <F extends dev.rainmaker.fact.Fact> Map<RecordId, F> named(
            FactKind kind, Stream<RecordId> ids, Class<F> type) {
        Map<String, Set<String>> byConnection = new HashMap<>();
        ids.forEach(id -> byConnection
                .computeIfAbsent(id.connection(), any -> new HashSet<>())
                .add(id.id()));
        Map<RecordId, F> found = new HashMap<>();
        byConnection.forEach((connection, wanted) -> {
            Map<RecordId, Versioned<F>> versions = rainmaker.facts().findAllAsOf(kind, connection, wanted, NOW, type);
            versions.forEach((id, version) -> found.put(id, version.fact()));
        });
        return found;
    }
}
