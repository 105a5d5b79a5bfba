package dev.rainmaker.app.web;

import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.PartnerAbsence;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** When partners are out of office. Stating the same absence again changes nothing. */
@RestController
class AbsencesApi {

    private final Rainmaker rainmaker;

    AbsencesApi(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
    }

    /**
     * @param partner connection/id
     * @param from instant or day (UTC); absent: now
     * @param until instant or day (UTC) from which it is back
     */
    record Stated(
            @Nullable String partner,
            @Nullable String from,
            @Nullable String until,
            @Nullable String note) {}

    /** @param id of an absence that was stated here */
    record Ended(@Nullable String id) {}

    record Away(
            RecordId id,
            RecordId partner,
            @Nullable Instant from,
            Instant until,
            @Nullable String note) {

        static Away of(PartnerAbsence absence) {
            return new Away(absence.id(), absence.partner(), absence.from(), absence.until(), absence.note());
        }
    }

    /** Absences that have not ended: of a partner its own, else all. */
    @GetMapping("/api/assignments/absences")
    List<Away> absences() {
        RecordId own = Caller.current().partner().orElse(null);
        return rainmaker.absences().open(rainmaker.ledger().now()).stream()
                .filter(absence -> own == null || own.equals(absence.partner()))
                .map(Away::of)
                .toList();
    }

    @PostMapping("/api/assignments/absences")
    Away state(@RequestBody Stated stated) {
        RecordId partner = recordId(stated.partner(), "partner");
        if (rainmaker.facts().find(FactKind.PARTNER, partner, Partner.class).isEmpty()) {
            throw Refusal.notFound("there is no partner " + partner);
        }
        Instant until = instant(stated.until());
        if (until == null) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "\"until\" says from when on the partner is back");
        }
        return Away.of(state(rainmaker, partner, instant(stated.from()), until, stated.note()));
    }

    /** Takes back an absence that was stated here. */
    @PostMapping("/api/assignments/absences/end")
    List<Away> end(@RequestBody Ended ended) {
        RecordId id = recordId(ended.id(), "id");
        if (!rainmaker.absences().end(id, rainmaker.ledger().now())) {
            throw Refusal.notFound("no such absence was stated here; one that a connected system states ends there");
        }
        rainmaker.decideWaiting();
        return absences();
    }

    static PartnerAbsence state(
            Rainmaker rainmaker, RecordId partner, @Nullable Instant from, Instant until, @Nullable String note) {
        try {
            return rainmaker
                    .absences()
                    .state(
                            partner,
                            from,
                            until,
                            note == null ? "" : note,
                            rainmaker.ledger().now());
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
        }
    }

    /** An instant, or the beginning of a day in UTC; null for nothing. */
    static @Nullable Instant instant(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw Refusal.of(
                    HttpStatus.BAD_REQUEST,
                    "a time is a day such as 2026-06-30 or an instant such as 2026-06-30T12:00:00Z");
        }
    }

    private static RecordId recordId(@Nullable String text, String what) {
        try {
            return RecordId.parse(text == null ? "" : text);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, what + " must be connection/id");
        }
    }
}
