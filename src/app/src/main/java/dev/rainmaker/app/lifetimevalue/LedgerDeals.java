package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.ledger.ContributionLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import dev.rainmaker.lifetimevalue.forecast.TransactionsBuilder;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;

/** The won deals that partners' statistics are made of, as a backtest reads them. */
public final class LedgerDeals {

    private final Ledger ledger;
    private final String currency;

    /** @param currency the reporting currency, in which the ledger keeps them */
    public LedgerDeals(Ledger ledger, String currency) {
        this.ledger = ledger;
        this.currency = currency;
    }

    /** All deals and corrections of partners that have a score, whenever they closed. */
    public Transactions read() {
        Set<String> partners = new dev.rainmaker.app.ledger.HistoryLedger(ledger)
                .all().keySet().stream().map(Object::toString).collect(Collectors.toSet());
        TransactionsBuilder rows = Transactions.builder().in(currency);
        new ContributionLedger(ledger).forEach(each -> {
            boolean money = switch (each.part()) {
                case DEAL, CORRECTION -> true;
                default -> false;
            };
            if (money && partners.contains(each.partner().toString())) {
                rows.add(
                        0,
                        each.partner().toString(),
                        LocalDate.ofEpochDay(each.day()),
                        each.amount(),
                        each.margin(),
                        null);
            }
        });
        return rows.build();
    }
}
