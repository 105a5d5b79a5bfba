package dev.rainmaker.lifetimevalue;

import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.lifetimevalue.forecast.Transactions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Histories from plain rows, without ledger: what {@code plv fit} and {@code plv score} work on.
 *
 * @param histories of partners with at least one deal up to the as-of day, sorted by id
 * @param rejected metric rows that could not be used
 * @param unused metric rows of partners without a deal, which are absent from the output
 */
public record CsvHistories(
        List<PartnerHistory> histories, List<Transactions.Rejected> rejected, List<Transactions.Rejected> unused) {

    public CsvHistories {
        histories = List.copyOf(histories);
        rejected = List.copyOf(rejected);
        unused = List.copyOf(unused);
    }

    /** Folds deals and metrics up to {@code asOf}, inclusive. */
    public static CsvHistories of(Transactions deals, Collection<MetricRow> metrics, PlvPolicy policy, LocalDate asOf) {
        Reader reader = new Reader(policy, (int) asOf.toEpochDay());
        for (int i = 0; i < deals.partners(); i++) {
            reader.fold(deals, i);
        }
        for (MetricRow row : metrics) {
            if (!row.date().isAfter(asOf)) {
                reader.fold(row);
            }
        }
        return new CsvHistories(reader.finished(), reader.rejected, reader.unused);
    }

    private static final class Reader {
        private final PlvPolicy policy;
        private final int asOfDay;
        private final Map<String, PartnerHistory> histories = new TreeMap<>();
        private final Map<String, long[]> sourced = new TreeMap<>();
        private final List<Transactions.Rejected> rejected = new ArrayList<>();
        private final List<Transactions.Rejected> unused = new ArrayList<>();

        Reader(PlvPolicy policy, int asOfDay) {
            this.policy = policy;
            this.asOfDay = asOfDay;
        }

        void fold(Transactions deals, int partner) {
            DealHistory history = DealHistory.of(deals, partner, asOfDay);
            if (history.days() > 0) {
                String id = deals.partner(partner);
                histories.put(id, PartnerHistory.empty(id).withDeals(history));
            }
        }

        void fold(MetricRow row) {
            PartnerHistory before = histories.get(row.partner());
            if (before == null) {
                unused.add(new Transactions.Rejected(row.line(), "partner has no deal up to the as-of day"));
                return;
            }
            try {
                histories.put(row.partner(), folded(before, row));
            } catch (IllegalArgumentException broken) {
                rejected.add(new Transactions.Rejected(row.line(), String.valueOf(broken.getMessage())));
            }
        }

        private PartnerHistory folded(PartnerHistory history, MetricRow row) {
            int day = (int) row.date().toEpochDay();
            return switch (row.metric()) {
                case "lead_won" -> history.withLead("", LeadOutcome.WON, count(row));
                case "lead_lost" -> history.withLead("", LeadOutcome.LOST, count(row));
                case "lead_open" -> history.withLead("", LeadOutcome.OPEN, count(row));
                case "training" -> engaged(history, Engagement.Kind.TRAINING, day, row);
                case "campaign" -> engaged(history, Engagement.Kind.CAMPAIGN, day, row);
                case "cosell" -> engaged(history, Engagement.Kind.COSELL, day, row);
                case "certification_valid" -> history.withValidCertificates(notNegative(row), day);
                case "certification_required" -> history.withRequiredCertificates(notNegative(row), day);
                case "csat" -> history.withSatisfaction(answer(row));
                case "partner_sourced" -> {
                    long[] counts = sourced.computeIfAbsent(row.partner(), any -> new long[2]);
                    int brought = count(row);
                    counts[0] += brought;
                    counts[1] += brought == 0 ? 1 : 0;
                    yield history;
                }
                default -> throw new IllegalArgumentException("unknown metric \"" + row.metric() + "\"");
            };
        }

        private PartnerHistory engaged(PartnerHistory history, Engagement.Kind kind, int day, MetricRow row) {
            return history.withEngagement(kind, day, notNegative(row), policy.engagementHalfLifeDays());
        }

        private static int count(MetricRow row) {
            double value = notNegative(row);
            if (value != StrictMath.rint(value) || value > 1e9) {
                throw new IllegalArgumentException(row.metric() + " must be a whole number, not " + value);
            }
            return (int) value;
        }

        private static double notNegative(MetricRow row) {
            if (!(row.value() >= 0) || Double.isInfinite(row.value())) {
                throw new IllegalArgumentException(row.metric() + " must not be negative: " + row.value());
            }
            return row.value();
        }

        private double answer(MetricRow row) {
            if (!(row.value() >= policy.lowestAnswer() && row.value() <= policy.highestAnswer())) {
                throw new IllegalArgumentException("csat must be on the scale " + policy.lowestAnswer() + ".."
                        + policy.highestAnswer() + ", not " + row.value());
            }
            return row.value();
        }

        /** A partner-sourced row of 0 is one that was given; without any, the deals are what there was to source. */
        List<PartnerHistory> finished() {
            sourced.forEach((partner, counts) -> histories.computeIfPresent(partner, (id, history) -> {
                long all = counts[1] > 0
                        ? counts[0] + counts[1]
                        : Math.max(counts[0], history.deals().deals());
                return history.withInitiative(new SourcedCounts(counts[0], all));
            }));
            return List.copyOf(histories.values());
        }
    }
}
