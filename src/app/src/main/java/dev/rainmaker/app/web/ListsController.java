package dev.rainmaker.app.web;

import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.ledger.DecisionLedger.After;
import dev.rainmaker.app.ledger.DecisionLedger.Wanted;
import dev.rainmaker.app.ledger.RunLedger.Run;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.app.runtime.Redrive;
import dev.rainmaker.app.schedule.Schedules;
import dev.rainmaker.fact.RecordId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lists, their filters in the address, and what can be done with what they show. */
@Controller
class ListsController {

    private static final Logger LOG = LoggerFactory.getLogger(ListsController.class);
    private static final int PAGE = 50;
    private static final int MOST_LETTERS = 200;

    private final Rainmaker rainmaker;
    private final Decisions decisions;
    private final RecordLinks links;
    private final Schedules schedules;

    ListsController(Rainmaker rainmaker, Decisions decisions, RecordLinks links, Schedules schedules) {
        this.rainmaker = rainmaker;
        this.decisions = decisions;
        this.links = links;
        this.schedules = schedules;
    }

    @GetMapping("/leads")
    String leads(
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String partner,
            @RequestParam(defaultValue = "false") boolean open,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        Wanted wanted = new Wanted(blankAsAny(outcome), blankAsAny(reason), recordId(partner), open);
        List<DecisionRow> rows = decisions.page(wanted, after(after), PAGE);
        model.addAttribute("rows", rows);
        model.addAttribute("outcome", wanted.outcome());
        model.addAttribute("reason", wanted.reason());
        model.addAttribute("partner", wanted.partner());
        model.addAttribute("open", open);
        DecisionRow last = rows.size() == PAGE ? rows.get(PAGE - 1) : null;
        model.addAttribute("next", last == null ? null : last.at() + "," + last.id());
        return "leads";
    }

    @GetMapping("/runs")
    String runs(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        List<Run> runs = rainmaker.runs().page(blankAsAny(state), before == null ? Long.MAX_VALUE : before, PAGE);
        model.addAttribute("runs", runs);
        model.addAttribute("state", blankAsAny(state));
        model.addAttribute("next", runs.size() == PAGE ? runs.get(PAGE - 1).id() : null);
        return "runs";
    }

    @GetMapping("/writes")
    String writes(Model model) {
        model.addAttribute("count", rainmaker.outbox().countStuck());
        model.addAttribute("writes", rainmaker.outbox().stuck(MOST_LETTERS));
        model.addAttribute("links", links);
        return "writes";
    }

    @GetMapping("/deadletters")
    String deadLetters(Model model) {
        model.addAttribute("count", rainmaker.deadLetters().count());
        model.addAttribute("letters", rainmaker.deadLetters().open(MOST_LETTERS));
        model.addAttribute("links", links);
        return "deadletters";
    }

    /** @param id one dead letter; absent: all that are open */
    @PostMapping("/deadletters/again")
    String again(@RequestParam(required = false) @Nullable Long id, RedirectAttributes answer) {
        LOG.info("{} tries dead letters again: {}", Caller.current().name(), id == null ? "all" : id);
        Redrive.Result result = rainmaker.redrive(id == null ? List.of() : List.of(id));
        answer.addFlashAttribute(
                "said",
                result.replayed() + " went through"
                        + (result.failed() == 0 ? "." : ", " + result.failed() + " did not."));
        return "redirect:/deadletters";
    }

    @PostMapping("/schedules/{name}/run")
    String run(@PathVariable String name, RedirectAttributes answer) {
        LOG.info("{} runs {} now", Caller.current().name(), name);
        answer.addFlashAttribute(
                "said", schedules.runNow(name) ? name + " runs within a second or so." : name + " runs already.");
        return "redirect:/";
    }

    private static @Nullable String blankAsAny(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static @Nullable RecordId recordId(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return RecordId.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "A partner is named connection/id.");
        }
    }

    /** Reads where the page before ended. */
    static @Nullable After after(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        int comma = text.indexOf(',');
        try {
            return new After(Instant.parse(text.substring(0, Math.max(comma, 0))), text.substring(comma + 1));
        } catch (DateTimeException wrong) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "\"after\" is taken from the page before, as it was given there.");
        }
    }
}
