package dev.rainmaker.app.cli;

import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.util.List;

/** Finds the one fact that a person means by an id, a connection/id, or a name. */
final class FindFact {

    private FindFact() {}

    /** The fact; throws {@link UserError} where none or several fit, naming them. */
    static <F extends Fact> F one(Rainmaker rainmaker, FactKind kind, String wanted, Class<F> type) {
        if (wanted.indexOf('/') > 0) {
            return rainmaker
                    .facts()
                    .find(kind, RecordId.parse(wanted), type)
                    .orElseThrow(() -> new UserError("The ledger has no " + kind.word() + " " + wanted + "."));
        }
        List<F> found = rainmaker.facts().search(kind, wanted, type, 10);
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            throw new UserError("The ledger has no " + kind.word() + " whose id or name is \"" + wanted
                    + "\". Give its id in the CRM, or part of its company's name.");
        }
        throw new UserError("Several fit \"" + wanted + "\": "
                + found.stream().map(fact -> fact.id().toString()).toList() + ". Give one of these ids.");
    }
}
