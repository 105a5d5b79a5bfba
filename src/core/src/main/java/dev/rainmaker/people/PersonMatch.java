package dev.rainmaker.people;

import dev.rainmaker.fact.RecordId;
import java.util.List;

/** What is known of a person's partner. */
public sealed interface PersonMatch {

    /** The source itself links the person to a company, be it a partner or a customer: nothing is to be done. */
    record Stated(RecordId company) implements PersonMatch {}

    /** The person belongs to this partner. */
    record Linked(RecordId partner, LinkEvidence evidence) implements PersonMatch {}

    /** The evidence names several partners, or contradicts itself: a person must choose. */
    record Ambiguous(List<Suggestion> candidates) implements PersonMatch {
        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /** No evidence names a partner. */
    record Unmatched(List<Suggestion> suggestions) implements PersonMatch {
        public Unmatched {
            suggestions = List.copyOf(suggestions);
        }
    }

    /** Somebody decided that the person belongs to no partner. */
    record Nobody() implements PersonMatch {}

    /** A partner that may be meant, and what speaks for it. */
    record Suggestion(RecordId partner, String name, String why) {}
}
