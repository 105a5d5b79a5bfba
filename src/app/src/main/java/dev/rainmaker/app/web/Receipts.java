package dev.rainmaker.app.web;

import dev.rainmaker.app.assignment.Replay;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.runtime.Rainmaker;
import org.jspecify.annotations.Nullable;
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
     * @param path the way through the policy as a drawing, null where it cannot be made again
     * @param text who was in, who was out, and why
     * @param proof whether making the decision again gave the same bytes
     */
    record Shown(@Nullable String path, String text, String proof) {}

    Shown of(StoredDecision decision) {
        StoredDecision made = rainmaker.decisions().byPolicy(decision);
        try {
            Replay.Replayed replayed = rainmaker.replay().replay(made);
            return new Shown(
                    DecisionPath.markup(replayed.decision().receipt()),
                    replayed.decision().receipt().text(),
                    replayed.same()
                            ? "Made again from the facts as of sequence " + made.factsSeq() + ": the same to the byte."
                            : "Made again from the facts as of sequence " + made.factsSeq()
                                    + ": it differs from what is stored, which `rainmaker assign replay` looks into.");
        } catch (IllegalStateException gone) {
            return new Shown(
                    null,
                    made.receipt(),
                    "It cannot be made again: " + gone.getMessage() + ". This is what was stored.");
        }
    }
}
