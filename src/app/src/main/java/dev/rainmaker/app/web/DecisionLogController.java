package dev.rainmaker.app.web;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.rainmaker.app.ledger.DecisionLedger.After;
import dev.rainmaker.app.ledger.DecisionSearch;
import dev.rainmaker.app.ledger.DecisionSearch.Entry;
import dev.rainmaker.app.ledger.DecisionSearch.Sought;
import dev.rainmaker.app.revenue.Report;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.assignment.Rule;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The log of all decisions: searched by lead, company, partner, rule or reason, and time; as a page and as a table to take away. */
@Controller
class DecisionLogController {

    private static final int PAGE = 50;
    private static final int CHUNK = 2_000;
    /** Rows of an export at most; a narrower search takes the rest. */
    private static final int MOST = 200_000;

    private static final int PARTNERS = 50;

    private final Rainmaker rainmaker;
    private final DecisionSearch log;

    DecisionLogController(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
        this.log = new DecisionSearch(rainmaker.ledger());
    }

    /**
     * The search as the address says it; empty: any.
     *
     * @param lead its id in the CRM, or connection/id
     * @param company part of its name
     * @param partner its id, connection/id, or part of its name
     * @param from first day (UTC) or instant
     * @param until last day (UTC), that day included, or an instant
     */
    record Search(
            @Nullable String lead,
            @Nullable String company,
            @Nullable String partner,
            @Nullable String outcome,
            @Nullable String reason,
            @Nullable String from,
            @Nullable String until) {

        @Nullable
        Instant end() {
            Instant given = AbsencesApi.instant(until);
            return given == null || String.valueOf(until).length() != 10 ? given : given.plus(Duration.ofDays(1));
        }
    }

    @GetMapping("/decisions")
    String page(@ModelAttribute Search search, @RequestParam(required = false) @Nullable String after, Model model) {
        List<Entry> rows = log.page(sought(search), ListsController.after(after), PAGE);
        model.addAttribute("rows", rows);
        model.addAttribute("search", search);
        model.addAttribute("names", rainmaker.facts().partnerNames());
        TreeSet<String> rules = new TreeSet<>();
        rainmaker.drafts().rules().stream().map(Rule::name).forEach(rules::add);
        Arrays.stream(dev.rainmaker.assignment.Exclusion.values())
                .map(dev.rainmaker.assignment.Exclusion::unassignedCode)
                .forEach(rules::add);
        model.addAttribute("rules", rules);
        Entry last = rows.size() == PAGE ? rows.get(PAGE - 1) : null;
        model.addAttribute("next", last == null ? null : last.decidedAt() + "," + last.id());
        return "decisions";
    }

    @GetMapping("/decisions.csv")
    void csv(@ModelAttribute Search search, HttpServletResponse answer) throws IOException {
        Sought sought = sought(search);
        answer.setContentType("text/csv;charset=UTF-8");
        answer.setHeader("Content-Disposition", "attachment; filename=\"decisions.csv\"");
        Map<RecordId, String> names = rainmaker.facts().partnerNames();
        try (CsvWriter csv = CsvWriter.builder().build(answer.getWriter())) {
            csv.writeRecord(
                    "decision",
                    "decided_at",
                    "lead",
                    "company",
                    "current",
                    "outcome",
                    "partner",
                    "partner_name",
                    "rule_or_reason",
                    "summary",
                    "propensity",
                    "policy_version");
            After after = null;
            for (int written = 0; written < MOST; written += CHUNK) {
                List<Entry> rows = log.page(sought, after, CHUNK);
                rows.forEach(row -> csv.writeRecord(cells(row, names)));
                if (rows.size() < CHUNK) {
                    return;
                }
                Entry last = rows.get(rows.size() - 1);
                after = new After(last.decidedAt(), last.id());
            }
        }
    }

    private static List<String> cells(Entry row, Map<RecordId, String> names) {
        RecordId partner = row.partner();
        return Stream.<@Nullable Object>of(
                        row.id(),
                        row.decidedAt(),
                        row.lead().toString(),
                        row.company(),
                        row.current(),
                        row.outcome(),
                        partner == null ? null : partner.toString(),
                        partner == null ? null : names.get(partner),
                        row.reason(),
                        row.summary(),
                        row.propensity() == null ? null : row.propensity().toPlainString(),
                        row.policyVersion())
                .map(Report::cell)
                .toList();
    }

    private Sought sought(Search search) {
        return new Sought(
                leads(text(search.lead())),
                text(search.company()),
                partners(text(search.partner())),
                text(search.outcome()),
                text(search.reason()),
                AbsencesApi.instant(text(search.from())),
                search.end());
    }

    private @Nullable List<RecordId> leads(@Nullable String lead) {
        if (lead == null) {
            return null;
        }
        return lead.indexOf('/') > 0
                ? List.of(RecordId.parse(lead))
                : rainmaker.facts().connections(FactKind.LEAD).stream()
                        .map(connection -> new RecordId(connection, lead))
                        .toList();
    }

    private @Nullable List<RecordId> partners(@Nullable String partner) {
        if (partner == null) {
            return null;
        }
        return partner.indexOf('/') > 0
                ? List.of(RecordId.parse(partner))
                : rainmaker.facts().search(FactKind.PARTNER, partner, Partner.class, PARTNERS).stream()
                        .map(Partner::id)
                        .toList();
    }

    private static @Nullable String text(@Nullable String given) {
        return given == null || given.isBlank() ? null : given.strip();
    }
}
