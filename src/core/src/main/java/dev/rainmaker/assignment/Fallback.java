package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;

/** What a rule does when its pool or its strategy has nobody. */
public sealed interface Fallback {

    /** Try the rules below. */
    Fallback NEXT_RULE = new NextRule();

    /** Leave the lead unassigned, for the reason for which nobody was found. */
    Fallback STOP = new Stop();

    /** See {@link #NEXT_RULE}. */
    record NextRule() implements Fallback {}

    /** See {@link #STOP}. */
    record Stop() implements Fallback {}

    /**
     * Assign to this partner as long as it is active and its owner is too; else as {@link Stop}.
     */
    record ToPartner(RecordId partner) implements Fallback {}
}
