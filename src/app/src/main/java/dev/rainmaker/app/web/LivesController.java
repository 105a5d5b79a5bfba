package dev.rainmaker.app.web;

import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.assignment.Absences;
import dev.rainmaker.app.assignment.LeadLives.Answer;
import dev.rainmaker.app.assignment.LeadLives.Request;
import dev.rainmaker.app.ledger.LifeLedger;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.assignment.Load;
import dev.rainmaker.assignment.Rotation;
import dev.rainmaker.assignment.Window;
import dev.rainmaker.assignment.life.LeadLife;
import dev.rainmaker.assignment.life.LeadState;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.PartnerAbsence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The board of open offers, the load per partner, and what an operator does for a partner. */
@Controller
class LivesController {

    private static final int MOST = 200;

    private final Rainmaker rainmaker;
    private final LifeLedger lives;

    LivesController(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
        this.lives = new LifeLedger(rainmaker.ledger());
    }

    /** A partner that may claim. */
    record Claimant(RecordId id, String name) {}

    /** @param left time left in words, null where the offer has no end */
    record OpenOffer(
            RecordId lead,
            String company,
            String where,
            String products,
            String rule,
            boolean blind,
            List<Claimant> claimants,
            @Nullable Instant closesAt,
            @Nullable String left) {}

    @GetMapping("/offers")
    String offers(Model model) {
        Map<RecordId, String> names = rainmaker.facts().partnerNames();
        Instant now = rainmaker.ledger().now();
        model.addAttribute(
                "offers",
                lives.offered(MOST).stream().map(life -> open(life, names, now)).toList());
        return "offers";
    }

    private OpenOffer open(LeadLife life, Map<RecordId, String> names, Instant now) {
        var offer = ((LeadState.Offered) life.state()).offer();
        Lead lead =
                rainmaker.facts().find(FactKind.LEAD, life.lead(), Lead.class).orElse(null);
        List<Claimant> claimants = offer.partners().stream()
                .map(id -> new Claimant(id, names.getOrDefault(id, id.id())))
                .sorted(Comparator.comparing(Claimant::name))
                .toList();
        Instant closes = offer.closesAt();
        return new OpenOffer(
                life.lead(),
                lead == null || lead.company() == null ? life.lead().id() : String.valueOf(lead.company()),
                lead == null ? "" : String.valueOf(lead.country() == null ? "" : lead.country()),
                lead == null ? "" : String.join(", ", lead.products()),
                offer.rule(),
                offer.terms().blind(),
                claimants,
                closes,
                closes == null ? null : left(Duration.between(now, closes)));
    }

    private static String left(Duration left) {
        if (left.isNegative() || left.isZero()) {
            return "over";
        }
        return left.toHours() >= 48
                ? left.toDays() + " days"
                : left.toMinutes() >= 120 ? left.toHours() + " h" : left.toMinutes() + " min";
    }

    /**
     * @param cap most open leads, null for no limit
     * @param share of the cap that is used, 0 to 100
     */
    record LoadRow(
            RecordId partner,
            String name,
            boolean active,
            int open,
            long pending,
            @Nullable Integer cap,
            int share,
            int day,
            int week,
            @Nullable Instant last,
            @Nullable Instant backAt) {}

    /** An absence that has not ended. */
    record Away(PartnerAbsence absence, String name, boolean ours) {}

    /** @param next partners that have waited longest in this rotation, the next first */
    record NextTurns(String rotation, long turns, List<String> next) {}

    @GetMapping("/load")
    String load(Model model) {
        Counters counters = rainmaker
                .ledger()
                .transaction(() -> rainmaker.counters(rainmaker.ledger().now()));
        Map<RecordId, Long> pending = lives.pendingByPartner();
        Instant now = rainmaker.ledger().now();
        List<PartnerAbsence> absences = rainmaker.absences().open(now);
        List<LoadRow> rows = new ArrayList<>();
        rainmaker.facts().forEach(FactKind.PARTNER, Partner.class, partner -> {
            Load load = counters.loads().getOrDefault(partner.id(), Load.NONE);
            rows.add(row(partner, load, pending.getOrDefault(partner.id(), 0L), backAt(absences, partner.id(), now)));
        });
        Map<RecordId, String> names = rainmaker.facts().partnerNames();
        rows.sort(Comparator.comparingInt(LoadRow::open).reversed().thenComparing(LoadRow::name));
        model.addAttribute("rows", rows);
        model.addAttribute(
                "absences",
                absences.stream()
                        .map(each -> new Away(
                                each,
                                names.getOrDefault(
                                        each.partner(), each.partner().id()),
                                each.id().connection().equals(Absences.CONNECTION)))
                        .toList());
        model.addAttribute(
                "rotations",
                counters.rotations().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(each -> turns(each.getKey(), each.getValue(), names))
                        .toList());
        return "load";
    }

    /** When a partner that is away now is back; null where it is not away. */
    private static @Nullable Instant backAt(List<PartnerAbsence> absences, RecordId partner, Instant now) {
        return absences.stream()
                .filter(each -> each.partner().equals(partner) && (each.from() == null || !now.isBefore(each.from())))
                .map(PartnerAbsence::until)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** States that a partner is out of office. */
    @PostMapping("/load/absence")
    String absent(
            @RequestParam String partner,
            @RequestParam(defaultValue = "") String from,
            @RequestParam String until,
            @RequestParam(defaultValue = "") String note,
            RedirectAttributes redirect) {
        Instant back = AbsencesApi.instant(until);
        if (back == null) {
            throw Refusal.of(org.springframework.http.HttpStatus.BAD_REQUEST, "Say from when on the partner is back.");
        }
        AbsencesApi.state(rainmaker, named(partner), AbsencesApi.instant(from), back, note);
        redirect.addFlashAttribute("said", "Noted: it gets no new lead until it is back.");
        return "redirect:/load";
    }

    /** Takes an absence back. */
    @PostMapping("/load/absence/end")
    String back(@RequestParam String absence, RedirectAttributes redirect) {
        boolean ended =
                rainmaker.absences().end(named(absence), rainmaker.ledger().now());
        if (ended) {
            rainmaker.decideWaiting();
        }
        redirect.addFlashAttribute(
                "said", ended ? "Noted: it is back." : "Not done: a connected system says so; it ends there.");
        return "redirect:/load";
    }

    private static LoadRow row(Partner partner, Load load, long pending, @Nullable Instant backAt) {
        Integer cap = partner.maxOpenLeads();
        return new LoadRow(
                partner.id(),
                partner.name(),
                partner.active(),
                load.open(),
                pending,
                cap,
                cap == null ? 0 : cap == 0 ? 100 : Math.min(100, 100 * load.open() / cap),
                load.given().getOrDefault(Window.DAY, 0),
                load.given().getOrDefault(Window.WEEK, 0),
                load.lastGiven(),
                backAt);
    }

    private static NextTurns turns(String name, Rotation rotation, Map<RecordId, String> names) {
        return new NextTurns(
                name,
                rotation.turns(),
                rotation.marks().entrySet().stream()
                        .sorted(Map.Entry.<RecordId, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                        .limit(5)
                        .map(mark ->
                                names.getOrDefault(mark.getKey(), mark.getKey().id()))
                        .toList());
    }

    /** What an operator does for a partner, or with the lead itself. */
    @PostMapping("/leads/{connection}/{id}/{action}")
    String act(
            @PathVariable String connection,
            @PathVariable String id,
            @PathVariable String action,
            @RequestParam(required = false) @Nullable String partner,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "lead") String from,
            RedirectAttributes redirect) {
        RecordId lead = new RecordId(connection, id);
        Request request =
                new Request(Caller.current().name(), reason.substring(0, Math.min(reason.length(), 1_000)), null);
        Answer answer = answer(lead, action, partner, request);
        if (answer instanceof Answer.Done done && done.life().deciding()) {
            rainmaker.decideWaiting();
        }
        redirect.addFlashAttribute("said", said(action, answer));
        redirect.addAttribute("connection", connection).addAttribute("id", id);
        return from.equals("offers") ? "redirect:/offers" : "redirect:/leads/{connection}/{id}";
    }

    private Answer answer(RecordId lead, String action, @Nullable String partner, Request request) {
        var leads = rainmaker.leadLives();
        return switch (action) {
            case "accept" -> leads.accept(lead, named(partner), request);
            case "decline" -> leads.decline(lead, named(partner), request);
            case "claim" -> leads.claim(lead, named(partner), request);
            case "follow-up" -> leads.followUp(lead, named(partner), request);
            case "recycle" -> leads.recycle(lead, request);
            case "hand-back" -> leads.handBack(lead, request);
            default -> throw Refusal.notFound("There is no such action.");
        };
    }

    private static RecordId named(@Nullable String partner) {
        try {
            return RecordId.parse(partner == null ? "" : partner);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of(org.springframework.http.HttpStatus.BAD_REQUEST, "Choose a partner.");
        }
    }

    private static String said(String action, Answer answer) {
        if (answer instanceof Answer.Refused refused) {
            return "Not done: " + LeadWords.refusal(refused.reason()) + ".";
        }
        return answer instanceof Answer.Done ? "Done: " + action + "." : "It stood so already.";
    }
}
