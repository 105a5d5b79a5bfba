package dev.rainmaker.app.web;

import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.draft.Comparison;
import dev.rainmaker.app.draft.PolicyDesk;
import dev.rainmaker.app.draft.Since;
import dev.rainmaker.app.draft.TextDiff;
import dev.rainmaker.app.evaluation.EvaluationReport;
import dev.rainmaker.app.evaluation.JudgedDecisions;
import dev.rainmaker.app.ledger.PolicyLedger.Author;
import dev.rainmaker.app.ledger.PolicyLedger.PolicyVersion;
import dev.rainmaker.app.ledger.PolicyLedger.Step;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.assignment.PolicyCheck.Finding;
import dev.rainmaker.assignment.evaluation.EvaluationRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Assignment policies for programs: check, try, publish, take back, compare. Publishing a version that is published changes
 * nothing, so all of it can be repeated.
 */
@RestController
@RequestMapping("/api/policies/assignment")
class PolicyApi {

    private static final int MOST_LEADS = 10_000;

    private final Rainmaker rainmaker;

    PolicyApi(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
    }

    /** @param text the policy as YAML */
    record Draft(
            @Nullable String text,
            @Nullable String since,
            @Nullable Integer limit) {}

    /**
     * @param text the policy as YAML, or
     * @param version a version that is kept
     * @param expected the version that the caller believes to be published; 409 if it is another
     */
    record Publication(
            @Nullable String text,
            @Nullable String version,
            @Nullable String expected,
            @Nullable String note) {}

    record Return(
            @Nullable String to,
            @Nullable String expected,
            @Nullable String note) {}

    record Validation(boolean valid, String version, List<Finding> findings) {

        static Validation of(PolicyDesk.Checked checked) {
            return new Validation(checked.valid(), checked.version(), checked.findings());
        }
    }

    record Published(String version, Instant publishedAt) {}

    record VersionRow(
            String version,
            String state,
            Instant createdAt,
            @Nullable Instant publishedAt,
            @Nullable String publishedBy) {

        static VersionRow of(PolicyVersion version) {
            return new VersionRow(
                    version.version(),
                    version.state(),
                    version.createdAt(),
                    version.publishedAt(),
                    version.publishedBy());
        }
    }

    record History(List<VersionRow> versions, List<Step> steps) {}

    record Difference(String from, String to, List<TextDiff.Line> lines) {}

    @PostMapping("/validate")
    Validation validate(@RequestBody Draft draft) {
        return Validation.of(check(text(draft.text())));
    }

    @PostMapping("/simulate")
    Comparison simulate(@RequestBody Draft draft) {
        PolicyDesk.Checked checked = check(text(draft.text()));
        if (checked.policy() == null) {
            throw unusable(checked);
        }
        int most = draft.limit() == null ? MOST_LEADS : Math.min(MOST_LEADS, Math.max(1, draft.limit()));
        return desk().simulate(checked.policy(), since(draft.since()), most);
    }

    /**
     * @param text the policy as YAML
     * @param since decisions from here on, such as {@code 365d}
     * @param until decisions before; absent: now
     * @param limit at most so many decisions, the latest
     */
    record Judged(
            @Nullable String text,
            @Nullable String since,
            @Nullable String until,
            @Nullable Integer limit) {}

    /**
     * What a draft would have earned on the ledger's decisions.
     *
     * @param won with 1 for a won deal and 0 for a lost lead
     * @param value with the amount of the won deal
     * @param leftOut decisions that cannot be used, by reason
     */
    record Evaluations(
            Map<String, @Nullable Object> won,
            Map<String, @Nullable Object> value,
            String currency,
            Map<String, Integer> leftOut) {

        static Evaluations of(JudgedDecisions judged) {
            return new Evaluations(
                    EvaluationReport.of(judged.log(JudgedDecisions.Reward.WON), EvaluationRules.DEFAULT)
                            .json(),
                    EvaluationReport.of(judged.log(JudgedDecisions.Reward.VALUE), EvaluationRules.DEFAULT)
                            .json(),
                    judged.currency(),
                    judged.leftOut());
        }
    }

    /** Whether a draft would have earned more, judged on the ledger's own decisions. */
    @PostMapping("/evaluate")
    Evaluations evaluate(@RequestBody Judged wanted) {
        PolicyDesk.Checked checked = check(text(wanted.text()));
        if (checked.policy() == null) {
            throw unusable(checked);
        }
        int most = wanted.limit() == null ? MOST_LEADS : Math.min(MOST_LEADS, Math.max(1, wanted.limit()));
        return Evaluations.of(rainmaker
                .decisionLog()
                .read(
                        checked.policy(),
                        since(wanted.since() == null ? "365d" : wanted.since()),
                        wanted.until() == null ? now() : since(wanted.until()),
                        most));
    }

    @PostMapping("/publish")
    Published publish(@RequestBody Publication wanted) {
        String text = wanted.version() != null ? version(wanted.version()).body() : text(wanted.text());
        PolicyDesk.Checked checked = refusing(
                () -> desk().publish(PolicyDesk.DRAFT, text, wanted.expected(), author(), note(wanted.note()), now()));
        if (!checked.valid()) {
            throw unusable(checked);
        }
        return published();
    }

    @PostMapping("/rollback")
    Published rollback(@RequestBody Return wanted) {
        refusing(() -> desk().rollback(wanted.to(), wanted.expected(), author(), note(wanted.note())));
        return published();
    }

    @GetMapping("/versions")
    History versions() {
        return new History(desk().versions().stream().map(VersionRow::of).toList(), desk().steps(200));
    }

    @GetMapping("/versions/{version}")
    PolicyVersion version(@PathVariable String version) {
        try {
            return version.equals("published") ? desk().publishedVersion() : desk().version(version);
        } catch (IllegalStateException unknown) {
            throw Refusal.notFound(String.valueOf(unknown.getMessage()));
        }
    }

    @GetMapping("/diff")
    Difference diff(
            @RequestParam(defaultValue = "published") String from,
            @RequestParam(defaultValue = "published") String to) {
        PolicyVersion before = version(from);
        PolicyVersion after = version(to);
        return new Difference(
                before.version(), after.version(), TextDiff.changes(TextDiff.of(before.body(), after.body()), 3));
    }

    private Published published() {
        PolicyVersion now = desk().publishedVersion();
        return new Published(now.version(), now.publishedAt() == null ? now.createdAt() : now.publishedAt());
    }

    private PolicyDesk.Checked check(String text) {
        return desk().check(PolicyDesk.DRAFT, text, now());
    }

    private Instant since(@Nullable String text) {
        try {
            return Since.instant(text == null ? "90d" : text, now());
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
        }
    }

    private static String text(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "\"text\" must hold the policy as YAML");
        }
        return text;
    }

    private static String note(@Nullable String note) {
        return note == null ? "" : note;
    }

    private static Refusal unusable(PolicyDesk.Checked checked) {
        StringBuilder words = new StringBuilder("the policy has errors");
        checked.findings().stream()
                .filter(finding -> finding.severity() == dev.rainmaker.assignment.PolicyCheck.Severity.ERROR)
                .forEach(finding -> words.append("; line ")
                        .append(finding.place().line())
                        .append(": ")
                        .append(finding.message()));
        return Refusal.of(HttpStatus.UNPROCESSABLE_ENTITY, words.toString());
    }

    private static <T> T refusing(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalStateException conflict) {
            throw Refusal.of(HttpStatus.CONFLICT, String.valueOf(conflict.getMessage()));
        }
    }

    private static Author author() {
        return new Author("api", Caller.current().name());
    }

    private Instant now() {
        return rainmaker.ledger().now();
    }

    private PolicyDesk desk() {
        return rainmaker.drafts();
    }
}
