package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.ledger.Contribution;
import dev.rainmaker.app.ledger.Contribution.Part;
import dev.rainmaker.lifetimevalue.Certificate;
import dev.rainmaker.lifetimevalue.LeadOutcome;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvChange;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What moved a partner's score since an earlier day, event by event: the days pass first, then what happened, in its order. The
 * parts sum to the whole exactly; where there are very many, the smaller ones are added up into one.
 */
final class RecentChanges {

    private static final int MOST_STEPS = 40;

    private final Folding folding;
    private final List<Contribution> rows;
    private final int from;
    private final int today;
    private final String currency;
    private final List<Dated> events = new ArrayList<>();

    private record Dated(int day, PlvChange.Event event) {}

    private RecentChanges(Folding folding, List<Contribution> rows, LocalDate from, LocalDate today, String currency) {
        this.folding = folding;
        this.rows = rows;
        this.from = (int) from.toEpochDay();
        this.today = (int) today.toEpochDay();
        this.currency = currency;
    }

    /**
     * Explains a change.
     *
     * @param present the partner's statistics, for who it is
     * @param rows everything that facts add to it
     */
    static PlvChange of(
            PartnerHistory present,
            List<Contribution> rows,
            Plv.Fitted fitted,
            PlvPolicy policy,
            LocalDate from,
            LocalDate today,
            String currency) {
        RecentChanges changes = new RecentChanges(new Folding(policy), rows, from, today, currency);
        PartnerHistory then = changes.collect(changes.folding.refold(present, rows, changes.from));
        List<PlvChange.Event> events = changes.events.stream()
                .sorted(Comparator.comparingInt(Dated::day))
                .map(Dated::event)
                .toList();
        return shortened(PlvChange.since(then, from, events, today, fitted, policy));
    }

    /** Finds the events; gives the earlier statistics in which nothing expires by itself, as expiry is an event. */
    private PartnerHistory collect(PartnerHistory then) {
        Set<Integer> days = new HashSet<>();
        for (Contribution each : rows) {
            if (each.day() > from && each.day() <= today) {
                boolean newDay = each.part() == Part.DEAL && days.add(each.day());
                add(each.day(), happened(each), history -> folding.add(history, each, each.day(), newDay));
            }
            int settles = each.day() + folding.policy().leadWindowDays();
            if (each.part() == Part.LEAD && settles > from && settles <= today) {
                LeadOutcome outcome = folding.outcome(each, settles);
                add(
                        settles,
                        "lead of " + date(each.day()) + " counts as " + outcome.word() + source(each),
                        history -> folding.settle(history, each, settles));
            }
        }
        PartnerHistory lasting = then;
        for (Certificate held : then.certificates()) {
            lasting = expiring(lasting, held);
        }
        return lasting;
    }

    private PartnerHistory expiring(PartnerHistory then, Certificate held) {
        Integer until = held.untilDay();
        Certificate lasting = new Certificate(held.title(), held.fromDay(), null);
        if (until == null
                || until <= from
                || until > today
                || then.certificates().contains(lasting)) {
            return then;
        }
        add(
                until,
                "certificate " + held.title() + " expired",
                history -> history.withoutCertificate(lasting).withCertificate(held));
        return then.withoutCertificate(held).withCertificate(lasting);
    }

    private void add(int day, String what, java.util.function.UnaryOperator<PartnerHistory> fold) {
        events.add(new Dated(day, new PlvChange.Event(date(day) + ": " + what, fold)));
    }

    private String happened(Contribution each) {
        String what = switch (each.part()) {
            case DEAL -> "deal of " + money(each.amount()) + " won";
            case CORRECTION -> "correction of " + money(each.amount());
            case OPPORTUNITY ->
                each.sourced() ? "opportunity brought by the partner" : "opportunity given to the partner";
            case LEAD -> "lead received";
            case CERTIFICATE -> "certificate " + each.word() + " achieved";
            case ENGAGEMENT -> each.word() + " activity";
            case ANSWER -> String.format(Locale.ROOT, "customer's answer %.1f", each.amount());
        };
        return what + source(each);
    }

    private static String source(Contribution each) {
        return " (" + each.fact() + ")";
    }

    private String money(double amount) {
        return String.format(Locale.ROOT, "%,.0f %s", amount, currency);
    }

    private static String date(int day) {
        return LocalDate.ofEpochDay(day).toString();
    }

    private static PlvChange shortened(PlvChange change) {
        if (change.steps().size() <= MOST_STEPS + 1) {
            return change;
        }
        List<PlvChange.Step> bySize =
                new ArrayList<>(change.steps().subList(1, change.steps().size()));
        bySize.sort(Comparator.comparing((PlvChange.Step step) -> step.points().abs())
                .thenComparing(step -> Math.abs(step.value()))
                .reversed());
        Set<PlvChange.Step> small = new HashSet<>(bySize.subList(MOST_STEPS, bySize.size()));
        List<PlvChange.Step> kept = new ArrayList<>();
        BigDecimal points = BigDecimal.ZERO;
        double value = 0;
        int merged = 0;
        for (PlvChange.Step step : change.steps()) {
            if (small.contains(step)) {
                points = points.add(step.points());
                value += step.value();
                merged++;
            } else {
                kept.add(step);
            }
        }
        kept.add(new PlvChange.Step(merged + " smaller events together", points, value));
        return new PlvChange(change.partner(), change.points(), change.value(), change.terms(), kept);
    }
}
