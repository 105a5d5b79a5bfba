package dev.rainmaker.app.revenue;

import dev.rainmaker.app.configuration.ExchangeRates;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.RevenueLedger;
import dev.rainmaker.attribution.AttributeDeal;
import dev.rainmaker.attribution.Attribution;
import dev.rainmaker.attribution.AttributionPolicy;
import dev.rainmaker.attribution.Booking;
import dev.rainmaker.attribution.Credit;
import dev.rainmaker.attribution.LargestRemainder;
import dev.rainmaker.attribution.RevenueBook;
import dev.rainmaker.attribution.WonDeal;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.opportunity.Opportunity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The revenue book of the ledger: won deals credited to partners, month by month, in the reporting currency. */
public final class Revenue {

    private final Ledger ledger;
    private final FactLedger facts;
    private final DecisionLedger decisions;
    private final RevenueLedger book;
    private final ExchangeRates rates;
    private final AttributionPolicy policy;

    public Revenue(
            Ledger ledger, FactLedger facts, DecisionLedger decisions, ExchangeRates rates, AttributionPolicy policy) {
        this.ledger = ledger;
        this.facts = facts;
        this.decisions = decisions;
        this.book = new RevenueLedger(ledger);
        this.rates = rates;
        this.policy = policy;
    }

    /**
     * What the book says now.
     *
     * @param lines of all months, closed ones as they were booked
     * @param deals the won deals behind them, by id
     * @param withoutRate won deals in a currency that has no rate on their closing day; they are in no line
     * @param unproven deals whose source neither a registration nor a lead proves
     * @param registrations every registration
     * @param closed deals of partners that were closed, won or lost
     */
    public record Read(
            List<Booking> lines,
            Map<RecordId, Opportunity> deals,
            List<RecordId> withoutRate,
            List<RecordId> unproven,
            @Nullable YearMonth closedThrough,
            String currency,
            List<Registrations.Registered> registrations,
            List<Closed> closed) {

        /** The same book with the lines of one partner only. */
        public Read of(RecordId partner) {
            List<Booking> own = lines.stream()
                    .filter(line -> partner.equals(line.partner()))
                    .toList();
            return new Read(own, deals, List.of(), List.of(), closedThrough, currency, List.of(), List.of());
        }
    }

    /**
     * A deal of a partner that was closed.
     *
     * @param registered whether an approved registration was about it
     */
    record Closed(LocalDate on, boolean won, boolean registered) {}

    /** Reads the whole book. */
    public Read read() {
        Registrations registrations = new Registrations(ledger);
        TouchReader touches = new TouchReader(facts, decisions, registrations);
        List<Closed> ended = new ArrayList<>();
        Map<RecordId, Opportunity> deals = new HashMap<>();
        List<Booking> live = new ArrayList<>();
        List<RecordId> withoutRate = new ArrayList<>();
        List<RecordId> unproven = new ArrayList<>();
        facts.forEach(FactKind.OPPORTUNITY, Opportunity.class, deal -> {
            LocalDate closed = deal.closeDate();
            Money amount = deal.amount();
            if (deal.closed() && closed != null && deal.partner() != null) {
                boolean registered =
                        !registrations.of(deal, created(deal, closed)).isEmpty();
                ended.add(new Closed(closed, deal.won(), registered));
            }
            if (!deal.won() || closed == null || amount == null) {
                return;
            }
            deals.put(deal.id(), deal);
            Optional<Money> reported = rates.convert(amount, closed);
            if (reported.isEmpty()) {
                withoutRate.add(deal.id());
                return;
            }
            Attribution attribution = attribute(deal, reported.get(), closed, touches);
            if (attribution.sourceUnproven()) {
                unproven.add(deal.id());
            }
            live.addAll(lines(deal, attribution, closed));
        });
        YearMonth closedThrough = book.closedThrough().orElse(null);
        return new Read(
                RevenueBook.complete(book.bookings(), live, closedThrough),
                deals,
                withoutRate,
                unproven,
                closedThrough,
                rates.reportingCurrency(),
                registrations.all(),
                ended);
    }

    private static Instant created(Opportunity deal, LocalDate closed) {
        Instant stated = deal.createdAt();
        return stated == null ? closed.atStartOfDay(ZoneOffset.UTC).toInstant() : stated;
    }

    private Attribution attribute(Opportunity deal, Money amount, LocalDate closed, TouchReader touches) {
        Instant created =
                deal.createdAt() == null ? closed.atStartOfDay(ZoneOffset.UTC).toInstant() : deal.createdAt();
        return AttributeDeal.attribute(
                new WonDeal(deal.id(), amount, deal.createdAt(), closed, touches.of(deal, created)), policy.rules());
    }

    private List<Booking> lines(Opportunity deal, Attribution attribution, LocalDate closed) {
        Money margin = deal.margin() == null
                ? null
                : rates.convert(deal.margin(), closed)
                        .map(LargestRemainder::rounded)
                        .orElse(null);
        List<Credit> credits = attribution.credits();
        Money nothing = new Money(BigDecimal.ZERO, attribution.amount().currency());
        if (credits.isEmpty()) {
            return List.of(line(deal, attribution, null, nothing, margin == null ? null : nothing, true, closed));
        }
        List<Money> margins = margin == null ? null : margins(margin, credits);
        List<Booking> lines = new ArrayList<>();
        for (int i = 0; i < credits.size(); i++) {
            Credit credit = credits.get(i);
            lines.add(line(
                    deal,
                    attribution,
                    credit,
                    credit.share(),
                    margins == null ? null : margins.get(i),
                    i == 0,
                    closed));
        }
        return lines;
    }

    /** The margin goes the way of the shares; where nobody has one, nobody moved it. */
    private static List<Money> margins(Money margin, List<Credit> credits) {
        double[] weights = credits.stream()
                .mapToDouble(credit -> credit.share().amount().abs().doubleValue())
                .toArray();
        if (java.util.Arrays.stream(weights).allMatch(weight -> weight == 0)) {
            return java.util.Collections.nCopies(credits.size(), new Money(BigDecimal.ZERO, margin.currency()));
        }
        return LargestRemainder.split(margin, weights);
    }

    private Booking line(
            Opportunity deal,
            Attribution attribution,
            @Nullable Credit credit,
            Money share,
            @Nullable Money margin,
            boolean first,
            LocalDate closed) {
        Money amount = attribution.amount();
        Money stated = deal.amount();
        String rate = stated == null || stated.currency().equals(amount.currency())
                ? "none needed"
                : stated.currency() + " at the rate of " + closed;
        return new Booking(
                YearMonth.from(closed),
                false,
                deal.id(),
                credit == null ? null : credit.partner(),
                attribution.kind(),
                credit == null ? null : credit.part(),
                credit != null && credit.primary(),
                share,
                margin,
                first ? amount : new Money(BigDecimal.ZERO, amount.currency()),
                attribution.rule(),
                rate,
                credit == null ? List.of() : credit.evidence());
    }

    /**
     * Closes a month, and with it all before it that are open: what it says is final, later changes are booked as
     * adjustments in the first open month.
     *
     * @param who who closes it
     * @return how many lines were booked
     * @throws IllegalArgumentException if the month is not over yet or closed already
     */
    public int close(YearMonth month, String who) {
        YearMonth current = YearMonth.from(ledger.now().atZone(ZoneOffset.UTC));
        if (!month.isBefore(current)) {
            throw new IllegalArgumentException(
                    month + " is not over yet; the last month that can be closed is " + current.minusMonths(1) + ".");
        }
        return book.close(month, () -> linesThrough(month), who);
    }

    private List<Booking> linesThrough(YearMonth month) {
        Read now = read();
        YearMonth before = now.closedThrough();
        return now.lines().stream()
                .filter(line -> !line.period().isAfter(month)
                        && (before == null || line.period().isAfter(before)))
                .toList();
    }

    public AttributionPolicy policy() {
        return policy;
    }
}
