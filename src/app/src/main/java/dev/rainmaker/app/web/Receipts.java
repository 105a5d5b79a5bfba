package dev.rainmaker.app.web;

import dev.rainmaker.app.assignment.Replay;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.runtime.Rainmaker;
import org.springframework.stereotype.Component;

/** Receipts in words, by making the decision again. */
@Component
class Receipts {

    private final Rainmaker rainmaker;

    Receipts(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
    }

    /**
     * A receipt to read.
     *
     * @param text who was in, who was out, and why
     * @param proof whether making the decision again gave the same bytes
     */
    record Shown(String text, String proof) {}

    Shown of(StoredDecision decision) {
        StoredDecision made = decision.outcome().equals("overridden") ? before(decision) : decision;
        try {
            Replay.Replayed replayed = rainmaker.replay().replay(made);
            return new Shown(
                    replayed.decision().receipt().text(),
                    replayed.same()
                            ? "Made again from the facts as of sequence " + made.factsSeq() + ": the same to the byte."
                            : "Made again from the facts as of sequence " + made.factsSeq()
                                    + ": it differs from what is stored, which `rainmaker assign replay` looks into.");
        } catch (IllegalStateException gone) {
            return new Shown(
                    made.receipt(), "It cannot be made again: " + gone.getMessage() + ". This is what was stored.");
        }
    }

    /** The decision that a person set aside: it has the receipt, the person's choice has none. */
    private StoredDecision before(StoredDecision override) {
        DecisionLedger decisions = rainmaker.decisions();
        return decisions.ofLead(override.lead()).stream()
                .filter(earlier -> earlier.version() < override.version()
                        && !earlier.outcome().equals("overridden"))
                .findFirst()
                .orElse(override);
    }
}
