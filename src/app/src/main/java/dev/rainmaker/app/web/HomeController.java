package dev.rainmaker.app.web;

import dev.rainmaker.app.ledger.DecisionLedger.Wanted;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.app.schedule.Schedules;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The first page, whole and by section. */
@Controller
class HomeController {

    private static final int PARTNERS = 20;
    private static final int DECISIONS = 15;
    private static final Set<String> SECTIONS =
            Set.of("attention", "connections", "partners", "decisions", "schedules");

    private final Rainmaker rainmaker;
    private final Overview overview;
    private final Decisions decisions;
    private final Schedules schedules;

    HomeController(Rainmaker rainmaker, Overview overview, Decisions decisions, Schedules schedules) {
        this.rainmaker = rainmaker;
        this.overview = overview;
        this.decisions = decisions;
        this.schedules = schedules;
    }

    @GetMapping("/")
    String home(Model model) {
        SECTIONS.forEach(section -> fill(section, model));
        model.addAttribute("step", rainmaker.progress().latest().orElse(null));
        return "home";
    }

    @GetMapping("/sections/{name}")
    String section(@PathVariable String name, Model model) {
        if (!SECTIONS.contains(name)) {
            throw Refusal.notFound("The first page has no such section.");
        }
        fill(name, model);
        return "sections :: " + name;
    }

    private void fill(String section, Model model) {
        switch (section) {
            case "attention" -> model.addAttribute("attention", overview.attention());
            case "connections" -> model.addAttribute("connections", overview.connections());
            case "partners" -> model.addAttribute("partners", overview.partners(0, PARTNERS));
            case "decisions" ->
                model.addAttribute("decisions", decisions.page(new Wanted(null, null, null, false), null, DECISIONS));
            default -> model.addAttribute("schedules", schedules.list());
        }
    }
}
