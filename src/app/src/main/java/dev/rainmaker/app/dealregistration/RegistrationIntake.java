package dev.rainmaker.app.dealregistration;

import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.dealregistration.DealRegistration;
import dev.rainmaker.dealregistration.MoveRegistration.Result;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.RegistrationState;
import dev.rainmaker.dealregistration.Step;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Registrations as the connected systems show them: new ones are handed in, a person's edits are followed where they are the
 * partner's to make (answer, withdraw, won, lost) and become a conflict where they are not.
 */
final class RegistrationIntake {

    private static final String WHO = "crm";

    private final RegistrationDesk desk;
    private final OutboxLedger outbox;

    RegistrationIntake(RegistrationDesk desk, OutboxLedger outbox) {
        this.desk = desk;
        this.outbox = outbox;
    }

    /** Looks at one; the word says what came of it. */
    String take(DealRegistration shown) {
        RegistrationState state = state(shown.state());
        if (shown.state() != null && state == null) {
            return "unknown-state";
        }
        Registration held = desk.registrations().ofSource(shown.id()).orElse(null);
        if (held == null) {
            return state == RegistrationState.SUBMITTED ? submit(shown) : "drafts";
        }
        return follow(shown, Objects.requireNonNullElse(state, RegistrationState.DRAFT), held);
    }

    private static @Nullable RegistrationState state(@Nullable String text) {
        try {
            return text == null ? null : RegistrationState.of(text);
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private String submit(DealRegistration shown) {
        if (shown.partner() == null) {
            return refuse(shown, List.of("the partner is missing"));
        }
        Submission.Result result = desk.register(new Submission(shown.partner(), shown.claim(), shown.id(), null, WHO));
        if (result instanceof Submission.Result.Invalid invalid) {
            return refuse(shown, invalid.problems());
        }
        return result instanceof Submission.Result.Registered ? "registered" : "known";
    }

    /** Nothing was registered: the record says why, and can be handed in again once it is right. */
    private String refuse(DealRegistration shown, List<String> problems) {
        desk.problems(shown.id(), RegistrationState.NEEDS_INFORMATION.label(), String.valueOf(shown.state()), problems);
        return "refused";
    }

    private String follow(DealRegistration shown, RegistrationState state, Registration held) {
        String before = desk.registrations().shown(held.number()).orElse(null);
        boolean ours = state == held.state();
        boolean lags = state.label().equals(before)
                || !held.state().label().equals(before)
                        && outbox.everAsked(shown.id(), LockWrites.REGISTRATION, "state", state.label());
        if (!ours && lags) {
            return "unchanged"; // an older state of ours, or the one it showed before
        }
        desk.registrations().show(held.number(), state.label());
        if (!ours) {
            return edit(shown, state, held);
        }
        return sameDeal(shown, held) ? settled(shown) : conflict(shown, held, "the deal it is about");
    }

    /** Where accounts were merged the CRM shows the one that remains, and that is nobody's edit. */
    private boolean sameDeal(DealRegistration shown, Registration held) {
        return held.state().isEnd()
                || held.partner().equals(shown.partner())
                        && held.claim().sameDealAs(shown.claim(), desk.merges()::last);
    }

    private String settled(DealRegistration shown) {
        desk.conflicts().settleEdit(shown.id().toString(), WHO, "the record shows what it should again");
        return "unchanged";
    }

    private String edit(DealRegistration shown, RegistrationState state, Registration held) {
        if (state == RegistrationState.SUBMITTED) {
            if (held.state().isEnd()) {
                return submit(shown);
            }
            if (held.state() == RegistrationState.NEEDS_INFORMATION) {
                Submission.Result result = desk.correct(held.number(), shown.claim(), WHO);
                return result instanceof Submission.Result.Invalid invalid
                        ? refuse(shown, invalid.problems())
                        : "registered";
            }
        }
        Step step = step(state);
        if (step != null && desk.move(held.number(), step) instanceof Result.Done) {
            return state.word();
        }
        return conflict(shown, held, "its state to " + state.label());
    }

    /** The steps that are the partner's or the seller's to make in the CRM. */
    private static @Nullable Step step(RegistrationState state) {
        return switch (state) {
            case WITHDRAWN -> new Step.Withdraw(WHO, "withdrawn in the CRM");
            case WON -> new Step.Win(WHO, "marked as won in the CRM");
            case LOST -> new Step.Lose(WHO, "marked as lost in the CRM");
            default -> null;
        };
    }

    private String conflict(DealRegistration shown, Registration held, String what) {
        desk.conflicts()
                .raiseEdit(
                        held.number(),
                        shown.id().toString(),
                        "a person changed " + what + " in the CRM; " + held.number() + " is "
                                + held.state().word() + " for " + held.partner(),
                        Map.of(
                                "state", String.valueOf(shown.state()),
                                "partner", String.valueOf(shown.partner()),
                                "customer", String.valueOf(shown.customerName())));
        return "conflicts";
    }
}
