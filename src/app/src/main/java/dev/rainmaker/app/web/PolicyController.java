package dev.rainmaker.app.web;

import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.draft.Comparison;
import dev.rainmaker.app.draft.PolicyDesk;
import dev.rainmaker.app.draft.TextDiff;
import dev.rainmaker.app.evaluation.EvaluationReport;
import dev.rainmaker.app.evaluation.JudgedDecisions;
import dev.rainmaker.app.ledger.PolicyLedger.Author;
import dev.rainmaker.app.ledger.PolicyLedger.PolicyVersion;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.assignment.evaluation.EvaluationRules;
import dev.rainmaker.fact.RecordId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The assignment policy's editor: checked and tried while it is written, published with a confirmation, taken back. */
@Controller
class PolicyController {

    private static final Duration PAST = Duration.ofDays(90);
    /** Leads tried while somebody types; the command line and REST try more. */
    private static final int LEADS = 1000;

    private static final Duration YEAR = Duration.ofDays(365);
    /** Decisions judged in the console; the command line and REST judge more. */
    private static final int DECISIONS = 3000;

    private static final int CHANGES = 25;
    private static final int HISTORY = 50;

    private final Rainmaker rainmaker;

    PolicyController(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
    }

    /** @param version what to edit: a kept version; absent: the published one */
    @GetMapping("/policy")
    String page(@RequestParam(required = false) @Nullable String version, Model model) {
        PolicyVersion shown = version == null ? desk().publishedVersion() : kept(version);
        return editor(shown.body(), model);
    }

    /** The findings and the simulation of a text: for htmx the part of the page, otherwise the page. */
    @PostMapping("/policy/check")
    String check(
            @RequestParam String text,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            Model model) {
        if (htmx == null) {
            return editor(text, model);
        }
        checked(text, model);
        return "policy :: checked";
    }

    /** What a text would have earned on the ledger's decisions of the last year. */
    @PostMapping("/policy/evaluate")
    String evaluate(
            @RequestParam String text,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            Model model) {
        PolicyDesk.Checked read = desk().check(PolicyDesk.DRAFT, text.replace("\r\n", "\n"), now());
        if (read.policy() != null) {
            JudgedDecisions judged = rainmaker.decisionLog().read(read.policy(), now().minus(YEAR), now(), DECISIONS);
            Map<String, EvaluationReport> reports = new LinkedHashMap<>();
            reports.put(
                    "deals won per decision",
                    EvaluationReport.of(judged.log(JudgedDecisions.Reward.WON), EvaluationRules.DEFAULT));
            reports.put(
                    judged.currency() + " won per decision",
                    EvaluationReport.of(judged.log(JudgedDecisions.Reward.VALUE), EvaluationRules.DEFAULT));
            model.addAttribute("judged", judged);
            model.addAttribute("reports", reports);
        }
        return htmx == null ? editor(text, model) : "policy :: judged";
    }

    /**
     * Publishes a text.
     *
     * @param checked the version whose consequences were shown; another text is shown first
     * @param expected the version that was published when the editor was opened
     */
    @PostMapping("/admin/policy/publish")
    String publish(
            @RequestParam String text,
            @RequestParam(defaultValue = "") String checked,
            @RequestParam String expected,
            @RequestParam(defaultValue = "") String note,
            Model model,
            RedirectAttributes answer) {
        PolicyDesk.Checked read = desk().check(PolicyDesk.DRAFT, text, now());
        if (!read.valid() || !read.version().equals(checked)) {
            model.addAttribute(
                    "said",
                    read.valid()
                            ? "Not published yet: the text changed after it was tried. Look at what it does, then"
                                    + " publish."
                            : "Not published: the policy has errors.");
            return editor(text, model);
        }
        try {
            desk().publish(PolicyDesk.DRAFT, text, expected, author(), note, now());
        } catch (IllegalStateException conflict) {
            model.addAttribute("said", conflict.getMessage());
            return editor(text, model);
        }
        answer.addFlashAttribute("said", "Published. The next leads follow version " + brief(read.version()) + ".");
        return "redirect:/policy";
    }

    @PostMapping("/admin/policy/rollback")
    String rollback(@RequestParam String to, @RequestParam String expected, RedirectAttributes answer) {
        try {
            String version = desk().rollback(to, expected, author(), "");
            answer.addFlashAttribute("said", "Version " + brief(version) + " is published again.");
        } catch (IllegalStateException conflict) {
            answer.addFlashAttribute("said", conflict.getMessage());
        }
        return "redirect:/policy";
    }

    private String editor(String text, Model model) {
        model.addAttribute("text", text);
        model.addAttribute("steps", desk().steps(HISTORY));
        model.addAttribute("versions", versionsByName());
        checked(text, model);
        return "policy";
    }

    private void checked(String text, Model model) {
        PolicyVersion published = desk().publishedVersion();
        String body = text.replace("\r\n", "\n");
        PolicyDesk.Checked checked = desk().check(PolicyDesk.DRAFT, body, now());
        model.addAttribute("published", published);
        model.addAttribute("checked", checked);
        List<TextDiff.Line> diff = TextDiff.changes(TextDiff.of(published.body(), body), 2);
        model.addAttribute("diff", diff);
        model.addAttribute("same", published.version().equals(checked.version()));
        if (checked.policy() != null) {
            Comparison found = desk().simulate(checked.policy(), now().minus(PAST), LEADS);
            model.addAttribute("found", found);
            model.addAttribute(
                    "changes", found.changes().stream().limit(CHANGES).toList());
            TreeSet<String> reasons = new TreeSet<>(found.draft().unassigned().keySet());
            reasons.addAll(found.published().unassigned().keySet());
            model.addAttribute("reasons", reasons);
            Map<RecordId, String> names = new HashMap<>();
            found.load().forEach(row -> names.put(row.partner(), row.name()));
            model.addAttribute("names", names);
            model.addAttribute(
                    "most",
                    found.load().stream()
                            .mapToInt(row -> Math.max(row.draft(), row.published()))
                            .max()
                            .orElse(1));
        }
    }

    private Map<String, PolicyVersion> versionsByName() {
        Map<String, PolicyVersion> versions = new HashMap<>();
        desk().versions().forEach(version -> versions.put(version.version(), version));
        return versions;
    }

    private PolicyVersion kept(String version) {
        try {
            return desk().version(version);
        } catch (IllegalStateException unknown) {
            throw Refusal.of(HttpStatus.NOT_FOUND, "There is no such version of the policy.");
        }
    }

    static String brief(String version) {
        return version.substring(0, Math.min(12, version.length()));
    }

    private static Author author() {
        return new Author("console", Caller.current().name());
    }

    private Instant now() {
        return rainmaker.ledger().now();
    }

    private PolicyDesk desk() {
        return rainmaker.drafts();
    }
}
