package dev.rainmaker.lifetimevalue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What moved a score, and by how much. The parts sum to the whole exactly.
 *
 * @param points by which the score changed
 * @param value by which the value changed, money
 * @param terms the change by term, all nine
 * @param steps the change by event, the passing of time first; empty where no events were given
 */
public record PlvChange(String partner, BigDecimal points, double value, List<TermChange> terms, List<Step> steps) {

    /** Points of one term before and after. */
    public record TermChange(PlvTerm term, BigDecimal before, BigDecimal after) {
        public BigDecimal points() {
            return after.subtract(before);
        }
    }

    /** What one event, or the passing of time, did. */
    public record Step(String what, BigDecimal points, double value) {}

    /** Something that happened to a partner, in words, and how it folds. */
    public record Event(String what, UnaryOperator<PartnerHistory> fold) {}

    public PlvChange {
        terms = List.copyOf(terms);
        steps = List.copyOf(steps);
    }

    /** Term by term; throws {@link IllegalArgumentException} for results of different versions. */
    public static PlvChange between(PlvResult before, PlvResult after) {
        return of(before, after, List.of());
    }

    /**
     * Event by event: first the days pass, then the events happen in the order given.
     *
     * @param then the partner's history as of the earlier day
     * @param events since, oldest first
     */
    public static PlvChange since(
            PartnerHistory then,
            LocalDate thenDay,
            List<Event> events,
            LocalDate today,
            Plv.Fitted fitted,
            PlvPolicy policy) {
        PlvResult first = Plv.score(then, fitted.model(), fitted.reference(), policy, thenDay);
        PlvResult last = Plv.score(then, fitted.model(), fitted.reference(), policy, today);
        List<Step> steps = new ArrayList<>();
        steps.add(step("time passed", first, last));
        PartnerHistory history = then;
        for (Event event : events) {
            history = event.fold().apply(history);
            PlvResult next = Plv.score(history, fitted.model(), fitted.reference(), policy, today);
            steps.add(step(event.what(), last, next));
            last = next;
        }
        return of(first, last, steps);
    }

    private static Step step(String what, PlvResult before, PlvResult after) {
        return new Step(
                what,
                after.score().subtract(before.score()),
                after.value().expected() - before.value().expected());
    }

    private static PlvChange of(PlvResult before, PlvResult after, List<Step> steps) {
        before.requireComparable(after);
        List<TermChange> terms = new ArrayList<>();
        for (PlvTerm term : PlvTerm.values()) {
            terms.add(new TermChange(
                    term, before.term(term).points(), after.term(term).points()));
        }
        return new PlvChange(
                after.partner(),
                after.score().subtract(before.score()),
                after.value().expected() - before.value().expected(),
                terms,
                steps);
    }
}
