package dev.rainmaker.app.cli;

import dev.rainmaker.app.assignment.Replay;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.assignment.Counterfactual;
import dev.rainmaker.assignment.Decision;
import dev.rainmaker.assignment.Exclusion;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.util.stream.Collectors;

/** Why one partner did not get a lead, and what would have changed that. */
final class WhyNot {

    private WhyNot() {}

    static String text(Rainmaker rainmaker, Replay.Replayed replayed, String wanted) {
        Partner partner = FindFact.one(rainmaker, FactKind.PARTNER, wanted, Partner.class);
        String name = Table.printable(partner.name());
        RecordId id = partner.id();
        if (replayed.decision() instanceof Decision.Assigned assigned
                && assigned.partner().equals(id)) {
            return name + " got the lead.";
        }
        Counterfactual.WhyNot why = replayed.otherwise().whyNot(id);
        if (why.rule().isEmpty()) {
            return name + " did not get the lead: no rule of the policy applied to it.";
        }
        if (!why.lacking().isEmpty()) {
            return name + " was out at rule \"" + why.rule() + "\", because the partner "
                    + why.lacking().stream().map(Exclusion::text).collect(Collectors.joining(", and "));
        }
        String text = name + " was eligible at rule \"" + why.rule() + "\", but another was chosen";
        return why.flip()
                .map(flip -> text + "; with a PLV score of " + flip.to().toPlainString() + " instead of "
                        + flip.from().toPlainString() + " it would have got the lead")
                .orElse(text + "; no score would have changed that: the rule does not go by score alone");
    }
}
