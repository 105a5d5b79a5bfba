package dev.rainmaker.assignment.life;

import dev.rainmaker.fact.RecordId;
import java.util.List;

/** What an event did. */
public sealed interface LifeStep {

    /** @param effects what the shell must do in the same transaction, in order */
    record Moved(LeadLife life, List<Effect> effects) implements LifeStep {
        public Moved {
            effects = List.copyOf(effects);
        }
    }

    /** The event changes nothing: a repetition, an echo, or a timer before its time. */
    record Unchanged() implements LifeStep {}

    /** @param reason code, such as {@code not-yours}, {@code deadline-passed}, {@code held-by-a-person} */
    record Refused(String reason) implements LifeStep {}

    /** What the shell must do. */
    sealed interface Effect {

        /** Put the assignment into the outbox. */
        record Write(RecordId partner) implements Effect {}

        /** Take our assignment out of the CRM. */
        record Clear(RecordId partner) implements Effect {}

        /** One open lead less for this partner. */
        record Release(RecordId partner) implements Effect {}

        /** One open lead more for this partner. */
        record Charge(RecordId partner) implements Effect {}

        record Remind(RecordId partner) implements Effect {}

        /** Decide again, with the life's attempt and decliners. */
        record Decide() implements Effect {}

        /** A person must look. */
        record Alert(String reason) implements Effect {}

        /** Our last decision no longer stands because a person changed the CRM. */
        record Supersede() implements Effect {}
    }
}
