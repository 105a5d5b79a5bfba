package dev.rainmaker.app.web;

import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.assignment.LeadLives;
import dev.rainmaker.app.assignment.LeadLives.Answer;
import dev.rainmaker.app.ledger.LifeLedger;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.assignment.Offer;
import dev.rainmaker.assignment.life.LeadLife;
import dev.rainmaker.assignment.life.LeadState;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * What partners, or operators on their behalf, do with leads. A caller of role partner acts for its own partner only, and a
 * lead that is neither its own nor offered to it does not exist for it. Every request may be repeated: what is done already
 * is answered as done, with or without an {@code Idempotency-Key}.
 */
@RestController
class LeadActionsApi {

    private static final int MOST = 500;

    private final Rainmaker rainmaker;
    private final LifeLedger lives;

    LeadActionsApi(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
        this.lives = new LifeLedger(rainmaker.ledger());
    }

    /**
     * @param partner connection/id; needed of operators, of a partner its own or absent
     * @param reason the partner's own words, kept in the history
     */
    record Asked(@Nullable String partner, @Nullable String reason) {}

    /**
     * @param changed false where it stood so already
     * @param until deadline to accept, to claim or to follow up
     */
    record Stands(
            RecordId lead,
            String state,
            @Nullable RecordId partner,
            @Nullable Instant until,
            boolean changed) {}

    /**
     * A lead that is open to claims.
     *
     * @param company null where the offer hides it until it is claimed
     */
    record Open(
            RecordId lead,
            @Nullable String company,
            @Nullable String country,
            @Nullable String industry,
            Set<String> products,
            String rule,
            @Nullable Instant closesAt) {}

    @PostMapping("/api/assignments/{connection}/{id}/accept")
    Stands accept(
            @PathVariable String connection,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody(required = false) @Nullable Asked asked) {
        return act(new RecordId(connection, id), key, asked, rainmaker.leadLives()::accept);
    }

    @PostMapping("/api/assignments/{connection}/{id}/decline")
    Stands decline(
            @PathVariable String connection,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody(required = false) @Nullable Asked asked) {
        if (asked == null || asked.reason() == null || asked.reason().isBlank()) {
            partner(asked); // whom it is not for hears that first
            throw Refusal.of(HttpStatus.BAD_REQUEST, "a decline needs a \"reason\" in a few words");
        }
        Stands stands = act(new RecordId(connection, id), key, asked, rainmaker.leadLives()::decline);
        if (stands.changed()) {
            rainmaker.decideWaiting();
        }
        return stands;
    }

    @PostMapping("/api/assignments/{connection}/{id}/claim")
    Stands claim(
            @PathVariable String connection,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody(required = false) @Nullable Asked asked) {
        return act(new RecordId(connection, id), key, asked, rainmaker.leadLives()::claim);
    }

    /** Says that the partner worked on a lead that it claimed. */
    @PostMapping("/api/assignments/{connection}/{id}/follow-up")
    Stands followUp(
            @PathVariable String connection,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody(required = false) @Nullable Asked asked) {
        return act(new RecordId(connection, id), key, asked, rainmaker.leadLives()::followUp);
    }

    /** What a partner does with a lead. */
    private interface Action {
        Answer of(RecordId lead, RecordId partner, LeadLives.Request request);
    }

    private static Stands act(RecordId lead, @Nullable String key, @Nullable Asked asked, Action action) {
        RecordId partner = partner(asked);
        return stands(lead, partner, action.of(lead, partner, request(asked, key)));
    }

    /** Leads open to claims: of a partner those that are offered to it, else all. */
    @GetMapping("/api/assignments/offers")
    List<Open> offers() {
        RecordId own = Caller.current().partner().orElse(null);
        return lives.offered(MOST).stream()
                .filter(life -> own == null || offer(life).partners().contains(own))
                .map(life -> open(life, own != null && offer(life).terms().blind()))
                .toList();
    }

    private Open open(LeadLife life, boolean hidden) {
        Offer offer = offer(life);
        Lead lead =
                rainmaker.facts().find(FactKind.LEAD, life.lead(), Lead.class).orElse(null);
        return new Open(
                life.lead(),
                hidden || lead == null ? null : lead.company(),
                lead == null ? null : lead.country(),
                lead == null ? null : lead.industry(),
                lead == null ? Set.of() : lead.products(),
                offer.rule(),
                offer.closesAt());
    }

    private static Offer offer(LeadLife life) {
        return ((LeadState.Offered) life.state()).offer();
    }

    private static LeadLives.Request request(@Nullable Asked asked, @Nullable String key) {
        if (key != null && !key.matches("[\\x21-\\x7e]{1,200}")) {
            throw Refusal.of(
                    HttpStatus.BAD_REQUEST, "an Idempotency-Key is 1 to 200 visible ASCII characters, without spaces");
        }
        String reason = asked == null ? null : asked.reason();
        if (reason != null && reason.length() > 1_000) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "a reason has at most 1,000 characters");
        }
        return new LeadLives.Request(Caller.current().name(), Objects.requireNonNullElse(reason, ""), key);
    }

    /** The partner for which the caller acts. */
    private static RecordId partner(@Nullable Asked asked) {
        RecordId own = Caller.current().partner().orElse(null);
        String named = asked == null ? null : asked.partner();
        if (named == null) {
            if (own == null) {
                throw Refusal.of(HttpStatus.BAD_REQUEST, "say for which \"partner\" (connection/id) you act");
            }
            return own;
        }
        RecordId partner;
        try {
            partner = RecordId.parse(named);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "partner must be connection/id");
        }
        if (own != null && !own.equals(partner)) {
            throw Refusal.of(HttpStatus.FORBIDDEN, "this token acts for its own partner only");
        }
        return partner;
    }

    private static Stands stands(RecordId lead, RecordId partner, Answer answer) {
        if (answer instanceof Answer.Refused refused) {
            throw refusal(refused.reason());
        }
        boolean done = answer instanceof Answer.Done;
        LeadLife life = done ? ((Answer.Done) answer).life() : ((Answer.Unchanged) answer).life();
        LeadState state = life.state();
        RecordId holder = state.holder().orElse(null);
        return new Stands(
                lead,
                partner.equals(holder) ? (state instanceof LeadState.Pending ? "pending" : "accepted") : "not-yours",
                partner.equals(holder) ? holder : null,
                partner.equals(holder) ? state.timer().orElse(null) : null,
                done);
    }

    private static Refusal refusal(String reason) {
        return switch (reason) {
            case "not-known", "not-yours", "not-offered" ->
                Refusal.notFound("there is no such lead for this partner; /api/assignments and"
                        + " /api/assignments/offers list those there are");
            default -> Refusal.of(HttpStatus.CONFLICT, reason + ": " + LeadWords.refusal(reason));
        };
    }
}
