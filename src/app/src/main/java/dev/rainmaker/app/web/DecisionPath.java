package dev.rainmaker.app.web;

import dev.rainmaker.assignment.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The path that a lead took through the policy, as a drawing: the rules in order with what came of each, the deciding rule's pool,
 * who was eligible, how was chosen, and where the lead went until when. What it shows is in the receipt, and nothing else.
 */
public final class DecisionPath {

    private static final int WIDTH = 780;
    private static final int SPINE = 22;
    private static final int LEFT = 48;
    private static final int RIGHT = WIDTH - 10;
    private static final int ROW = 46;
    private static final int LINE = 19;
    /** Rules alike in a row that are still drawn one by one. */
    private static final int ALIKE = 2;

    private static final int CANDIDATES = 6;
    private static final int REASONS = 6;
    private static final BigDecimal WHOLE = BigDecimal.valueOf(1_000_000_000_000L);

    private final Receipt receipt;
    private final List<String> said = new ArrayList<>();
    private final List<Runnable> drawing = new ArrayList<>();
    private Svg svg = new Svg(0, 0, "", "");
    private double y = 6;

    private DecisionPath(Receipt receipt) {
        this.receipt = receipt;
    }

    /** The drawing for a page that has the console's style sheets. */
    public static String markup(Receipt receipt) {
        return new DecisionPath(receipt).draw().markup();
    }

    /** The drawing as a file of its own, with its style. */
    public static String file(Receipt receipt) {
        return new DecisionPath(receipt).draw().file(style());
    }

    private static String style() {
        try (InputStream css = DecisionPath.class.getResourceAsStream("/static/assets/drawing.css")) {
            return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Svg draw() {
        lead();
        rules();
        outcome();
        svg = new Svg(WIDTH, y + 6, "path", String.join(". ", said));
        drawing.forEach(Runnable::run);
        return svg;
    }

    private void lead() {
        Receipt.LeadUsed lead = receipt.lead();
        String facts = Stream.of(
                        lead.country(),
                        lead.state(),
                        lead.products().isEmpty() ? null : String.join(" + ", lead.products()),
                        lead.industry(),
                        lead.leadClass(),
                        lead.value())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        String more = (lead.customer() == null ? "" : "; customer " + lead.customer())
                + (lead.claims().isEmpty() ? "" : "; " + lead.claims().size() + " held by partners")
                + (lead.attempt() == 0 ? "" : "; attempt " + (lead.attempt() + 1));
        said.add("Lead " + lead.id());
        box("begin", "•", "Lead " + lead.id(), facts + more, "");
    }

    private void rules() {
        List<Receipt.RuleOutcome> rules = receipt.rules();
        for (int i = 0; i < rules.size(); ) {
            String result = rules.get(i).result();
            int end = i;
            while (end < rules.size() && rules.get(end).result().equals(result)) {
                end++;
            }
            boolean skipped = result.equals("not-matched") || result.equals("not-reached");
            if (skipped && (end - i > ALIKE || result.equals("not-reached"))) {
                alike(rules.subList(i, end), i, result);
                i = end;
            } else {
                rule(rules.get(i), i);
                i++;
            }
        }
    }

    private void alike(List<Receipt.RuleOutcome> rules, int from, String result) {
        String numbers =
                rules.size() == 1 ? "Rule " + (from + 1) : "Rules " + (from + 1) + " to " + (from + rules.size());
        String what = numbers
                + (result.equals("not-reached")
                        ? rules.size() == 1 ? ": not reached" : ": not reached, as an earlier one decided"
                        : ": do not apply");
        String names = rules.stream().map(Receipt.RuleOutcome::rule).collect(Collectors.joining(", "));
        said.add(what);
        box("skipped", "–", what, names, names);
    }

    private void rule(Receipt.RuleOutcome rule, int at) {
        String title = (at + 1) + ". " + rule.rule();
        switch (rule.result()) {
            case "not-matched" -> {
                said.add("Rule " + title + " does not apply");
                box("skipped", "–", title + ": does not apply", when(rule), rule.when());
            }
            case "decided" -> {
                said.add("Rule " + title + " decided among " + rule.eligible() + " eligible");
                box("decided", "✓", title + ": decides", when(rule), rule.when());
                funnel(rule);
            }
            default -> {
                said.add("Rule " + title + " found nobody, " + rule.result());
                String out = rule.excluded().stream()
                        .map(set -> set.count() + " " + words(set.reason().code()))
                        .collect(Collectors.joining(", "));
                box(
                        "nobody",
                        "!",
                        title + ": applies, finds nobody (" + words(rule.result()) + ")",
                        out.isEmpty() ? when(rule) : "out: " + out,
                        rule.when());
            }
        }
    }

    private static String when(Receipt.RuleOutcome rule) {
        return rule.when().equals("true") ? "for every lead" : "when " + rule.when();
    }

    /** Pool, who was eligible, how was chosen, who was; with who was out and the chances of the best. */
    private void funnel(Receipt.RuleOutcome rule) {
        Receipt.Selection selection = receipt.selection();
        if (selection == null) {
            return;
        }
        int out = rule.excluded().stream().mapToInt(Receipt.ExcludedSet::count).sum();
        boolean offered = receipt.outcome().kind().equals("offered");
        List<String[]> steps = List.of(
                new String[] {"Pool", (rule.eligible() + out) + " partners"},
                new String[] {"Eligible", rule.eligible() + (rule.eligible() == 1 ? " partner" : " partners")},
                new String[] {
                    "Strategy", selection.strategy(), drawn(selection.drawn()),
                },
                new String[] {
                    offered ? "Offered to" : "Chosen",
                    offered
                            ? receipt.outcome().partners().size() + " partners"
                            : selection.best().get(0).name(),
                    offered
                            ? "the first valid claim gets it"
                            : chance(selection.best().get(0).propensity())
                });
        double top = y;
        double gap = 22;
        double width = (RIGHT - LEFT - 3 * gap) / 4;
        spine(top - 8, top + 66);
        for (int i = 0; i < steps.size(); i++) {
            double x = LEFT + i * (width + gap);
            String[] step = steps.get(i);
            String style = i == 3 ? "step last" : "step";
            int wide = fits(width - 16);
            drawing.add(() -> svg.rect(x, top, width, 58, style, String.join(", ", step))
                    .text(x + 8, top + 16, "start", "soft", step[0])
                    .text(x + 8, top + 33, "start", "strong", cut(step[1], wide - 2))
                    .text(x + 8, top + 49, "start", "soft", step.length > 2 ? cut(step[2], wide) : ""));
            if (i > 0) {
                drawing.add(() -> svg.line(x - gap + 3, top + 29, x - 5, top + 29, "link")
                        .line(x - 10, top + 24, x - 5, top + 29, "link")
                        .line(x - 10, top + 34, x - 5, top + 29, "link"));
            }
        }
        y = top + 72;
        double left = reasons(rule, y);
        double right = candidates(selection, y);
        spine(y - 8, StrictMath.max(left, right) + 28);
        y = StrictMath.max(left, right) + 8;
        if (!rule.droppedWishes().isEmpty()) {
            String wishes = "Preferences that nobody met: " + String.join(", ", rule.droppedWishes());
            double at = y + 6;
            drawing.add(() -> svg.text(LEFT, at, "start", "soft", cut(wishes, fits(RIGHT - LEFT))));
            spine(y - 8, y + 14);
            y += 18;
        }
    }

    private double reasons(Receipt.RuleOutcome rule, double top) {
        if (rule.excluded().isEmpty()) {
            return top;
        }
        double at = top + 10;
        heading(LEFT, at, "Out, by the first reason");
        int most = rule.excluded().stream()
                .mapToInt(Receipt.ExcludedSet::count)
                .max()
                .orElse(1);
        List<Receipt.ExcludedSet> largest = rule.excluded().stream()
                .sorted(java.util.Comparator.comparingInt(Receipt.ExcludedSet::count)
                        .reversed())
                .toList();
        for (Receipt.ExcludedSet set : largest.subList(0, Math.min(REASONS, largest.size()))) {
            at += LINE;
            bar(
                    LEFT,
                    at,
                    70,
                    (double) set.count() / most,
                    "out",
                    String.valueOf(set.count()),
                    set.reason().text());
        }
        if (largest.size() > REASONS) {
            at += LINE;
            double last = at;
            drawing.add(
                    () -> svg.text(LEFT, last, "start", "soft", "and " + (largest.size() - REASONS) + " more reasons"));
        }
        return at + 6;
    }

    private double candidates(Receipt.Selection selection, double top) {
        double x = (LEFT + RIGHT) / 2.0 + 10;
        double at = top + 10;
        boolean chances = selection.best().get(0).propensity() != null;
        heading(x, at, chances ? "Chances of the best" : "Best, by score");
        double most =
                selection.best().stream().mapToDouble(DecisionPath::size).max().orElse(1);
        for (Receipt.CandidateLine line : selection
                .best()
                .subList(0, Math.min(CANDIDATES, selection.best().size()))) {
            at += LINE;
            String figure = line.propensity() != null
                    ? percent(line.propensity())
                    : line.score() == null ? "–" : line.score().toPlainString();
            bar(x, at, 70, most <= 0 ? 0 : size(line) / most, line.chosen() ? "chosen" : "in", figure, line.name());
        }
        int unseen =
                selection.eligible() - Math.min(CANDIDATES, selection.best().size());
        if (unseen > 0) {
            at += LINE;
            double last = at;
            drawing.add(() -> svg.text(x, last, "start", "soft", "and " + unseen + " more"));
        }
        return at + 6;
    }

    private static double size(Receipt.CandidateLine line) {
        BigDecimal size = line.propensity() != null ? line.propensity() : line.score();
        return size == null ? 0 : size.doubleValue();
    }

    private void outcome() {
        Receipt.Outcome outcome = receipt.outcome();
        String title;
        String style;
        switch (outcome.kind()) {
            case "assigned" -> {
                Receipt.Selection selection = receipt.selection();
                title = "Assigned to "
                        + (selection == null
                                ? outcome.partners().get(0) + ", the fallback of rule \"" + outcome.rule() + "\""
                                : selection.best().get(0).name());
                style = "good";
            }
            case "offered" -> {
                title = "Offered to " + outcome.partners().size() + " partners";
                style = "open";
            }
            default -> {
                title = "Unassigned: " + words(String.valueOf(outcome.reason()));
                style = "bad";
            }
        }
        String when = outcome.until() == null
                ? outcome.kind().equals("unassigned")
                        ? "a person must look, or facts, time or policy change"
                        : "no deadline"
                : (outcome.kind().equals("offered") ? "to be claimed by " : "to be accepted by ")
                        + Receipt.minute(outcome.until())
                        + (outcome.remindAt() == null ? "" : ", reminder " + Receipt.minute(outcome.remindAt()));
        said.add(title);
        said.add(when);
        box(style, outcome.kind().equals("unassigned") ? "!" : "→", title, when, "");
    }

    private void box(String style, String sign, String title, String detail, String more) {
        double top = y;
        boolean last = style.equals("good") || style.equals("open") || style.equals("bad");
        if (!last) {
            spine(top + 20, top + ROW + 16);
        }
        drawing.add(() -> svg.rect(LEFT, top, RIGHT - LEFT, ROW - 6, "box " + style, more)
                .dot(SPINE, top + 20, 11, "node " + style, "")
                .text(SPINE, top + 24.5, "middle", "sign " + style, sign)
                .text(LEFT + 10, top + 17, "start", "strong " + style, cut(title, fits(RIGHT - LEFT - 20)))
                .text(LEFT + 10, top + 33, "start", "soft", cut(detail, fits(RIGHT - LEFT - 20))));
        y += ROW;
    }

    private void spine(double from, double to) {
        drawing.add(0, () -> svg.line(SPINE, from, SPINE, to, "spine"));
    }

    private void heading(double x, double at, String text) {
        drawing.add(() -> svg.text(x, at, "start", "soft", text));
    }

    private void bar(double x, double at, double most, double share, String style, String figure, String text) {
        drawing.add(
                () -> svg.rect(x, at - 10, StrictMath.max(2, most * share), 12, "bar " + style, text + ", " + figure)
                        .text(x + most + 52, at, "end", "figure", figure)
                        .text(x + most + 60, at, "start", style.equals("chosen") ? "strong" : "plain", cut(text, 32)));
    }

    private static String drawn(@Nullable Long point) {
        return point == null
                ? "nothing drawn"
                : "drawn "
                        + BigDecimal.valueOf(point)
                                .divide(WHOLE, 4, RoundingMode.FLOOR)
                                .toPlainString() + " of 1";
    }

    private static String chance(@Nullable BigDecimal propensity) {
        return propensity == null ? "" : "chance " + percent(propensity);
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
    }

    private static String words(String code) {
        return code.replace('-', ' ');
    }

    /** Letters that fit into a width; letters differ, so the guess is cautious. */
    private static int fits(double width) {
        return (int) (width / 6.9);
    }

    private static String cut(String text, int letters) {
        double room = letters;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            room -= text.codePointAt(i) >= 0x1100 ? 2 : 1; // Asian letters and pictures are twice as wide
            if (room < 0) {
                return text.substring(0, text.offsetByCodePoints(i, text.codePointCount(0, i) > 1 ? -1 : 0)) + "…";
            }
        }
        return text;
    }
}
