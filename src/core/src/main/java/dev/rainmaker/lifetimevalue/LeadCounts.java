package dev.rainmaker.lifetimevalue;

/**
 * Leads of one class that a partner was given. Open ones are censored: they say nothing yet.
 *
 * @param won leads won (within the outcome window)
 * @param lost leads lost, or not won within the outcome window
 * @param open leads still inside the window
 */
public record LeadCounts(long won, long lost, long open) {

    public static final LeadCounts NONE = new LeadCounts(0, 0, 0);

    public long worked() {
        return won + lost;
    }

    LeadCounts plus(LeadOutcome outcome, int change) {
        LeadCounts result = switch (outcome) {
            case WON -> new LeadCounts(won + change, lost, open);
            case LOST -> new LeadCounts(won, lost + change, open);
            case OPEN -> new LeadCounts(won, lost, open + change);
        };
        if (result.won < 0 || result.lost < 0 || result.open < 0) {
            throw new IllegalStateException("no " + outcome.word() + " lead to take back");
        }
        return result;
    }
}
