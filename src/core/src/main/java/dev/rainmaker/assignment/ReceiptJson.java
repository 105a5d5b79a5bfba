package dev.rainmaker.assignment;

import dev.rainmaker.account.CompanyMatch;
import org.jspecify.annotations.Nullable;

/** The canonical JSON form of a receipt: fixed member order, no white space. */
final class ReceiptJson {

    private ReceiptJson() {}

    static String of(Receipt receipt) {
        JsonText json = new JsonText().beginObject();
        json.member("engine", receipt.engine())
                .member("policy", receipt.policy())
                .member("decidedAt", receipt.decidedAt())
                .member("sequence", receipt.sequence())
                .member("seed", receipt.seed().hex())
                .member("holidays", receipt.holidays());
        lead(json.name("lead"), receipt.lead());
        json.name("rules").beginArray();
        receipt.rules().forEach(rule -> rule(json, rule));
        json.endArray().name("selection");
        Receipt.Selection selection = receipt.selection();
        if (selection == null) {
            json.value((String) null);
        } else {
            selection(json, selection);
        }
        outcome(json.name("outcome"), receipt.outcome());
        return json.endObject().toString();
    }

    private static void lead(JsonText json, Receipt.LeadUsed lead) {
        json.beginObject()
                .member("id", lead.id())
                .member("sequence", lead.sequence())
                .member("modifiedAt", lead.modifiedAt())
                .member("attempt", lead.attempt())
                .member("country", lead.country())
                .member("state", lead.state())
                .member("industry", lead.industry())
                .member("language", lead.language())
                .member("products", lead.products())
                .member("points", lead.points())
                .member("class", lead.leadClass())
                .member("value", lead.value())
                .member("customer", lead.customer())
                .name("customerMatch");
        match(json, lead.customerMatch());
        json.name("claims").beginArray();
        lead.claims().forEach(claim -> claim(json, claim));
        json.endArray().member("declined", lead.declined()).endObject();
    }

    private static void match(JsonText json, @Nullable CompanyMatch match) {
        if (match == null) {
            json.value((String) null);
            return;
        }
        json.beginObject()
                .member("confidence", match.confidence())
                .name("evidence")
                .beginArray();
        for (CompanyMatch.Evidence evidence : match.evidence()) {
            json.beginObject()
                    .member("kind", evidence.kind())
                    .member("text", evidence.text())
                    .member("strength", evidence.strength())
                    .endObject();
        }
        json.endArray().endObject();
    }

    private static void claim(JsonText json, NamedClaim claim) {
        json.beginObject()
                .member("partner", claim.partner())
                .member("kind", claim.kind().word())
                .member("products", claim.products())
                .member("from", claim.from())
                .member("until", claim.until())
                .member("evidence", claim.evidence())
                .member("sequence", claim.sequence())
                .member("basis", claim.basis())
                .endObject();
    }

    private static void rule(JsonText json, Receipt.RuleOutcome rule) {
        json.beginObject()
                .member("rule", rule.rule())
                .member("when", rule.when())
                .member("result", rule.result())
                .member("eligible", rule.eligible())
                .name("excluded")
                .beginArray();
        for (Receipt.ExcludedSet set : rule.excluded()) {
            json.beginObject()
                    .member("reason", set.reason().code())
                    .member("count", set.count())
                    .member("partners", set.partners())
                    .endObject();
        }
        json.endArray().member("droppedWishes", rule.droppedWishes()).endObject();
    }

    private static void selection(JsonText json, Receipt.Selection selection) {
        json.beginObject()
                .member("rule", selection.rule())
                .member("strategy", selection.strategy())
                .member("eligible", selection.eligible())
                .name("best")
                .beginArray();
        selection.best().forEach(line -> candidate(json, line));
        json.endArray().name("drawn");
        Long drawn = selection.drawn();
        if (drawn == null) {
            json.value((String) null);
        } else {
            json.value(drawn.longValue());
        }
        json.endObject();
    }

    private static void candidate(JsonText json, Receipt.CandidateLine line) {
        json.beginObject()
                .member("partner", line.partner())
                .member("name", line.name())
                .name("chosen")
                .value(line.chosen())
                .member("propensity", line.propensity())
                .member("score", line.score())
                .member("openLeads", line.openLeads())
                .name("terms")
                .beginObject();
        line.terms().forEach(term -> json.member(term.name(), term.value()));
        json.endObject()
                .member("sequence", line.sequence())
                .member("standingSequence", line.standingSequence())
                .member("standingVersion", line.standingVersion())
                .endObject();
    }

    private static void outcome(JsonText json, Receipt.Outcome outcome) {
        json.beginObject()
                .member("kind", outcome.kind())
                .member("partners", outcome.partners())
                .member("rule", outcome.rule())
                .member("reason", outcome.reason())
                .member("until", outcome.until())
                .member("remindAt", outcome.remindAt())
                .endObject();
    }
}
