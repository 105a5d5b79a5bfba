package dev.rainmaker.app.web;

import dev.rainmaker.app.ledger.LifeLedger;
import dev.rainmaker.app.ledger.StoredDecision;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.assignment.life.LeadState;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where a lead stands and what happened to it, for its page. */
@Component
class LeadTimes {

    private final Rainmaker rainmaker;
    private final LifeLedger lives;

    LeadTimes(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
        this.lives = new LifeLedger(rainmaker.ledger());
    }

    /** @param until deadline to accept, to claim or to follow up */
    record Standing(
            String state,
            @Nullable RecordId partner,
            @Nullable String partnerName,
            @Nullable Instant until) {

        /** Whether a partner can say something about it. */
        public boolean answerable() {
            return partner != null && (state.equals("pending") || state.equals("accepted"));
        }
    }

    /** Something that happened. */
    record Note(Instant at, String what, @Nullable String partner, String who, String why) {}

    @Nullable
    Standing standing(RecordId lead, List<StoredDecision> history) {
        if (history.isEmpty()) {
            return null;
        }
        LeadState state = rainmaker.leadLives().standing(history.get(0)).state();
        RecordId partner = state.holder().orElse(null);
        return new Standing(word(state), partner, partner == null ? null : names().get(partner), until(state));
    }

    private static @Nullable Instant until(LeadState state) {
        return state instanceof LeadState.Pending pending
                ? pending.acceptBy()
                : state.timer().orElse(null);
    }

    private static String word(LeadState state) {
        if (state instanceof LeadState.ByHand) {
            return "by hand";
        }
        return state.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    List<Note> notes(RecordId lead) {
        Map<RecordId, String> names = names();
        return lives.notesOf(lead).stream()
                .map(note -> new Note(
                        Objects.requireNonNullElse(note.at(), Instant.EPOCH),
                        LeadWords.event(note.what()),
                        note.partner() == null
                                ? null
                                : names.getOrDefault(
                                        note.partner(), note.partner().id()),
                        note.who(),
                        note.why()))
                .toList();
    }

    private Map<RecordId, String> names() {
        return rainmaker.facts().partnerNames();
    }
}
