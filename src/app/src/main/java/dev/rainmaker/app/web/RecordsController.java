package dev.rainmaker.app.web;

import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.ledger.StreamLedger.HeldRecord;
import dev.rainmaker.app.lifetimevalue.PartnerValue;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.partner.Partner;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Pages of one record: a lead, a partner, the records of a stream, and the "why" of a decision. */
@Controller
class RecordsController {

    private static final int RECORDS = 100;

    private final Rainmaker rainmaker;
    private final Decisions decisions;
    private final RecordLinks links;
    private final Receipts receipts;
    private final LeadTimes leadTimes;

    RecordsController(
            Rainmaker rainmaker, Decisions decisions, RecordLinks links, Receipts receipts, LeadTimes leadTimes) {
        this.leadTimes = leadTimes;
        this.rainmaker = rainmaker;
        this.decisions = decisions;
        this.links = links;
        this.receipts = receipts;
    }

    @GetMapping("/leads/{connection}/{id}")
    String lead(@PathVariable String connection, @PathVariable String id, Model model) {
        RecordId lead = new RecordId(connection, id);
        List<StoredDecision> history = rainmaker.decisions().ofLead(lead);
        Lead fact = rainmaker.facts().find(FactKind.LEAD, lead, Lead.class).orElse(null);
        if (fact == null && history.isEmpty()) {
            throw missing("lead", lead).get();
        }
        model.addAttribute("id", lead);
        model.addAttribute("lead", fact);
        model.addAttribute("crm", links.of(FactKind.LEAD, lead));
        model.addAttribute("history", decisions.rows(history));
        model.addAttribute("life", leadTimes.standing(lead, history));
        model.addAttribute("notes", leadTimes.notes(lead));
        model.addAttribute("receipt", history.isEmpty() ? null : receipts.of(history.get(0)));
        return "lead";
    }

    @GetMapping("/partners/{connection}/{id}")
    String partner(@PathVariable String connection, @PathVariable String id, Model model) {
        RecordId partner = new RecordId(connection, id);
        Partner fact = rainmaker
                .facts()
                .find(FactKind.PARTNER, partner, Partner.class)
                .orElseThrow(missing("partner", partner));
        PartnerValue value = rainmaker.plv().partner(partner).orElse(null);
        model.addAttribute("partner", fact);
        model.addAttribute("crm", links.of(FactKind.PARTNER, partner));
        model.addAttribute("value", value);
        model.addAttribute("result", value == null ? null : value.standing().result());
        model.addAttribute(
                "currency",
                value == null ? null : value.standing().score().value().currency());
        model.addAttribute("leads", rainmaker.decisions().heldByPartner().getOrDefault(partner, 0L));
        return "partner";
    }

    /** A decision: the way it took, its receipt, what is kept of it. */
    @GetMapping("/decisions/{id}")
    String decision(@PathVariable String id, Model model) {
        model.addAttribute("stored", explained(id, model));
        return "decision";
    }

    /** The receipt of one decision, for the dialog of lists. */
    @GetMapping("/decisions/{id}/why")
    String why(@PathVariable String id, Model model) {
        explained(id, model);
        return "why :: content";
    }

    private StoredDecision explained(String id, Model model) {
        StoredDecision decision = rainmaker
                .decisions()
                .find(id)
                .orElseThrow(() -> Refusal.notFound("The ledger has no decision of this id."));
        model.addAttribute("decision", decisions.rows(List.of(decision)).get(0));
        model.addAttribute("receipt", receipts.of(decision));
        return decision;
    }

    @GetMapping("/records/{connection}/{stream}")
    String records(
            @PathVariable String connection,
            @PathVariable String stream,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        List<HeldRecord> held = rainmaker.streamLedger().held(connection, stream, after, RECORDS);
        if (held.isEmpty()
                && after.isEmpty()
                && rainmaker.connections().find(connection).isEmpty()) {
            throw Refusal.notFound("There is no connection of this name.");
        }
        model.addAttribute("connection", connection);
        model.addAttribute("stream", stream);
        model.addAttribute(
                "records",
                held.stream()
                        .map(record -> new RecordRow(record, links.of(connection, stream, record.id())))
                        .toList());
        model.addAttribute(
                "next", held.size() == RECORDS ? held.get(RECORDS - 1).id() : null);
        return "records";
    }

    /** @param crm its page in the system it comes from */
    record RecordRow(
            HeldRecord record,
            @org.jspecify.annotations.Nullable String crm) {}

    private static Supplier<Refusal> missing(String what, RecordId id) {
        return () -> Refusal.notFound("The ledger has no " + what + " " + id
                + ". It may not have been read yet: the next sync brings it, if the CRM has it.");
    }
}
