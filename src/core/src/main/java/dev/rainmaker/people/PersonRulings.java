package dev.rainmaker.people;

import dev.rainmaker.fact.RecordId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people decided about a person.
 *
 * @param is the partner it belongs to, null where nobody said
 * @param isNot partners it does not belong to, whatever the evidence
 * @param nobody whether it belongs to no partner
 * @param by who said the last of it
 */
public record PersonRulings(@Nullable RecordId is, Set<RecordId> isNot, boolean nobody, String by) {

    public static final PersonRulings NONE = new PersonRulings(null, Set.of(), false, "");

    public PersonRulings {
        isNot = Set.copyOf(isNot);
        if (is != null && nobody) {
            throw new IllegalArgumentException("a person cannot belong to " + is + " and to nobody");
        }
    }
}
