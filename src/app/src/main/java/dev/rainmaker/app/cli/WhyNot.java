package dev.rainmaker.app.cli;

import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.assignment.Decision;
import dev.rainmaker.assignment.Receipt;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.partner.Partner;
import java.util.Locale;

/** What a receipt says of one partner. */
final class WhyNot {

    private WhyNot() {}

    static String text(Rainmaker rainmaker, Decision decision, String wanted) {
        Partner partner = FindFact.one(rainmaker, FactKind.PARTNER, wanted, Partner.class);
        Receipt receipt = decision.receipt();
        StringBuilder text = new StringBuilder(Table.printable(partner.name()) + ": ");
        if (decision instanceof Decision.Assigned assigned && assigned.partner().equals(partner.id())) {
            return text.append("got the lead").toString();
        }
        for (Receipt.RuleOutcome rule : receipt.rules()) {
            for (Receipt.ExcludedSet excluded : rule.excluded()) {
                if (excluded.partners().contains(partner.id())) {
                    return text.append("was out at rule \"")
                            .append(rule.rule())
                            .append("\": ")
                            .append(excluded.reason()
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '-'))
                            .toString();
                }
            }
        }
        Receipt.Selection selection = receipt.selection();
        if (selection != null) {
            for (Receipt.CandidateLine line : selection.best()) {
                if (line.partner().equals(partner.id())) {
                    return text.append("was a candidate, with a chance of ")
                            .append(
                                    line.propensity() == null
                                            ? "nothing drawn"
                                            : line.propensity().toPlainString())
                            .append("; the draw fell on another")
                            .toString();
                }
            }
        }
        return text.append("was among the excluded or the candidates that the receipt counts without naming")
                .toString();
    }
}
