package dev.rainmaker.app.mapping;

import dev.rainmaker.app.yaml.Place;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import java.util.List;

/**
 * What became of one record. Every kind of fact that the mapping lists is either among the facts, or absent, or withheld
 * by a problem; a withheld kind leaves what is known of it as it is.
 *
 * @param facts what the record says now
 * @param absent kinds that the record no longer is: an earlier fact of it ends
 * @param problems what did not fit; those that withhold a fact belong into a dead letter
 */
public record Mapped(List<Fact> facts, List<FactKind> absent, List<Problem> problems) {

    public Mapped {
        facts = List.copyOf(facts);
        absent = List.copyOf(absent);
        problems = List.copyOf(problems);
    }

    /**
     * Something that did not fit.
     *
     * @param target the fact's component, empty where the problem is the fact as a whole
     * @param field the vendor's field, empty where several are involved
     * @param message names the shape of the value and never the value
     * @param place of the rule in the mapping file
     * @param withholds whether the fact was withheld; else it was made, with a changed value
     */
    public record Problem(FactKind kind, String target, String field, String message, Place place, boolean withholds) {

        /** One line for logs and dead letters, free of personal data. */
        @Override
        public String toString() {
            String what = target.isEmpty() ? kind.word() : kind.word() + "." + target;
            return what + (field.isEmpty() ? "" : " from " + field) + ": " + message + " (" + place + ")";
        }
    }

    /** Whether a fact was withheld. */
    public boolean withholds() {
        return problems.stream().anyMatch(Problem::withholds);
    }
}
