package dev.rainmaker.app.web;

import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.revenue.CreditedBy;
import dev.rainmaker.app.revenue.Report;
import dev.rainmaker.app.revenue.Revenue;
import dev.rainmaker.app.revenue.RevenueReports;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.RecordId;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Revenue by partner: the page, its CSV, and the same for programs. A caller of role partner sees its own credits only. */
@Controller
class RevenueController {

    private final Rainmaker rainmaker;

    RevenueController(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
    }

    /**
     * What to report.
     *
     * @param from first month
     * @param to last month
     */
    record Asked(String view, CreditedBy by, YearMonth from, YearMonth to) {}

    @GetMapping("/revenue")
    String page(
            @RequestParam(defaultValue = "credits") String view,
            @RequestParam(defaultValue = "partner") String by,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            Model model) {
        Asked asked = asked(view, by, from, to);
        Report report = report(asked);
        model.addAttribute("asked", asked);
        model.addAttribute("report", report);
        model.addAttribute("chart", chart(asked, report));
        model.addAttribute("views", RevenueReports.VIEWS);
        model.addAttribute(
                "bys", Arrays.stream(CreditedBy.values()).map(CreditedBy::word).toList());
        model.addAttribute("bar", report.columns().indexOf("partner_led"));
        model.addAttribute("most", most(report));
        return "revenue";
    }

    @GetMapping("/revenue.csv")
    ResponseEntity<byte[]> csv(
            @RequestParam(defaultValue = "credits") String view,
            @RequestParam(defaultValue = "partner") String by,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to)
            throws IOException {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"revenue-"
                                + asked(view, by, from, to).view() + ".csv\"")
                .body(report(asked(view, by, from, to)).csv().getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/revenue/deals/{connection}/{id}")
    String deal(@PathVariable String connection, @PathVariable String id, Model model) {
        Revenue revenue = rainmaker.revenue();
        Revenue.Read book = revenue.read();
        RecordId deal = new RecordId(connection, id);
        if (!book.deals().containsKey(deal)) {
            throw Refusal.notFound("no won deal has this id");
        }
        YearMonth now = now();
        model.addAttribute("deal", book.deals().get(deal));
        model.addAttribute(
                "report", new RevenueReports(book, revenue.policy(), rainmaker.facts(), now, now).deal(deal));
        return "revenue-deal";
    }

    /** Makes a month and all before it final. */
    @PostMapping("/admin/revenue/close")
    String close(@RequestParam String month, RedirectAttributes answer) {
        int lines;
        try {
            lines = rainmaker
                    .revenue()
                    .close(month(month, now()), Caller.current().name());
        } catch (IllegalArgumentException refused) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, String.valueOf(refused.getMessage()));
        }
        answer.addFlashAttribute("said", month + " is closed with " + lines + " lines.");
        return "redirect:/revenue?by=period";
    }

    /** A report as objects, with what a reader has to know of it. */
    record Answer(String view, List<Map<String, @Nullable Object>> rows, List<String> notes) {}

    @GetMapping("/api/revenue")
    @ResponseBody
    Answer api(
            @RequestParam(defaultValue = "credits") String view,
            @RequestParam(defaultValue = "partner") String by,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        Report report = report(asked(view, by, from, to));
        return new Answer(report.name(), report.objects(), report.notes());
    }

    private Report report(Asked asked) {
        Revenue revenue = rainmaker.revenue();
        RecordId own = Caller.current().partner().orElse(null);
        if (own != null && !asked.view().equals("credits")) {
            throw Refusal.of(HttpStatus.FORBIDDEN, "a partner sees its own credits; other views are the vendor's");
        }
        Revenue.Read book = own == null ? revenue.read() : revenue.read().of(own);
        return new RevenueReports(book, revenue.policy(), rainmaker.facts(), asked.from(), asked.to())
                .view(asked.view(), asked.by());
    }

    /** What a view shows as a drawing above its table; null where there is nothing to draw. */
    private @Nullable String chart(Asked asked, Report report) {
        return switch (asked.view()) {
            case "credits" ->
                RevenueCharts.periods(
                                asked.by() == CreditedBy.PERIOD
                                        ? report
                                        : report(new Asked("credits", CreditedBy.PERIOD, asked.from(), asked.to())))
                        .orElse(null);
            case "plan" -> RevenueCharts.plan(report).orElse(null);
            default -> null;
        };
    }

    private Asked asked(String view, String by, @Nullable String from, @Nullable String to) {
        YearMonth last = month(to, now());
        YearMonth first = month(from, last.withMonth(1));
        try {
            if (!RevenueReports.VIEWS.contains(view)) {
                throw new IllegalArgumentException("there is no view of this name; there are " + RevenueReports.VIEWS);
            }
            if (first.isAfter(last)) {
                throw new IllegalArgumentException("the first month is after the last");
            }
            return new Asked(view, CreditedBy.of(by), first, last);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
        }
    }

    private static YearMonth month(@Nullable String text, YearMonth otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException wrong) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "A month is written as 2026-01.");
        }
    }

    private YearMonth now() {
        return YearMonth.from(rainmaker.ledger().now().atZone(ZoneOffset.UTC));
    }

    private static BigDecimal most(Report report) {
        int at = report.columns().indexOf("partner_led");
        return at < 0
                ? BigDecimal.ZERO
                : report.rows().stream()
                        .map(row -> row.get(at) instanceof BigDecimal number ? number : BigDecimal.ZERO)
                        .reduce(BigDecimal.ONE, BigDecimal::max);
    }
}
