package dev.rainmaker.app.web;

import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** People whose partner is unknown or uncertain, and the links that were made. */
@Controller
class PeopleController {

    private static final int MOST = 200;

    private final Rainmaker rainmaker;
    private final RecordLinks links;

    PeopleController(Rainmaker rainmaker, RecordLinks links) {
        this.rainmaker = rainmaker;
        this.links = links;
    }

    @GetMapping("/people")
    String people(Model model) {
        model.addAttribute("count", rainmaker.people().countOpen());
        model.addAttribute("open", rainmaker.people().open(MOST));
        model.addAttribute("made", PersonLink.made(rainmaker, MOST));
        model.addAttribute("kind", FactKind.PERSON);
        model.addAttribute("links", links);
        return "people";
    }

    /** @param partner id of the partner, or part of its name */
    @PostMapping("/people/link")
    String link(@RequestParam String person, @RequestParam String partner, RedirectAttributes answer) {
        RecordId id = recordId(person);
        try {
            Partner found = partner(partner);
            rainmaker.matchPeople().link(id, found.id(), Caller.current().name());
            answer.addFlashAttribute("said", person + " belongs to " + found.name() + ".");
        } catch (IllegalArgumentException unknown) {
            answer.addFlashAttribute("said", unknown.getMessage() + ".");
        }
        return "redirect:/people";
    }

    @PostMapping("/people/nobody")
    String nobody(@RequestParam String person, RedirectAttributes answer) {
        return done(
                answer,
                person + " belongs to no partner.",
                () -> rainmaker
                        .matchPeople()
                        .linkToNobody(recordId(person), Caller.current().name()));
    }

    @PostMapping("/people/undo")
    String undo(@RequestParam String person, RedirectAttributes answer) {
        return done(
                answer,
                "Taken back.",
                () -> rainmaker
                        .matchPeople()
                        .undo(recordId(person), Caller.current().name()));
    }

    private static String done(RedirectAttributes answer, String said, Runnable work) {
        try {
            work.run();
            answer.addFlashAttribute("said", said);
        } catch (IllegalArgumentException refused) {
            answer.addFlashAttribute("said", refused.getMessage() + ".");
        }
        return "redirect:/people";
    }

    private Partner partner(String wanted) {
        if (wanted.indexOf('/') > 0) {
            return rainmaker
                    .facts()
                    .find(FactKind.PARTNER, RecordId.parse(wanted), Partner.class)
                    .orElseThrow(() -> new IllegalArgumentException("There is no partner " + wanted));
        }
        List<Partner> found = wanted.isBlank()
                ? List.of()
                : rainmaker.facts().search(FactKind.PARTNER, wanted.strip(), Partner.class, 6);
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    found.isEmpty()
                            ? "No partner has \"" + wanted + "\" in its name"
                            : "Several partners have \"" + wanted + "\" in their name: "
                                    + found.stream()
                                            .map(each -> each.name() + " (" + each.id() + ")")
                                            .toList());
        }
        return found.get(0);
    }

    static RecordId recordId(String text) {
        try {
            return RecordId.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "a person or partner is named connection/id");
        }
    }
}
