package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.ledger.Contribution.Part;
import dev.rainmaker.app.ledger.ContributionLedger.Freshest;
import dev.rainmaker.app.ledger.StreamState;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.PlvTerm;
import dev.rainmaker.lifetimevalue.TermPolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where a metric of a partner comes from and how fresh it is.
 *
 * @param unit of the metric
 * @param direction which way is better
 * @param sources streams that bring its facts, such as {@code crm/Opportunity}; empty where no connected system does
 * @param lastFact day of the partner's latest fact behind it, null where it has none
 * @param readAt when one of these streams was last read, null where never
 */
public record Freshness(
        PlvTerm term,
        String unit,
        String direction,
        List<String> sources,
        @Nullable LocalDate lastFact,
        @Nullable Instant readAt) {

    public Freshness {
        sources = List.copyOf(sources);
    }

    static List<Freshness> of(
            List<Freshest> facts,
            List<StreamState> streams,
            BiFunction<FactKind, StreamState, Boolean> brings,
            PlvPolicy policy,
            String currency) {
        List<Freshness> all = new ArrayList<>();
        for (PlvTerm term : PlvTerm.values()) {
            Set<Part> parts = parts(term);
            List<StreamState> sources = streams.stream()
                    .filter(stream -> kinds(term).stream().anyMatch(kind -> brings.apply(kind, stream)))
                    .toList();
            TermPolicy stated = policy.terms().get(term);
            all.add(new Freshness(
                    term,
                    unit(term, policy, currency),
                    stated == null ? "not counted" : stated.higherIsBetter() ? "higher is better" : "lower is better",
                    sources.stream()
                            .map(stream -> stream.connection() + "/" + stream.name())
                            .toList(),
                    facts.stream()
                            .filter(fact -> parts.contains(fact.part()))
                            .map(fact -> LocalDate.ofEpochDay(fact.day()))
                            .max(Comparator.naturalOrder())
                            .orElse(null),
                    sources.stream()
                            .map(StreamState::committedAt)
                            .filter(java.util.Objects::nonNull)
                            .max(Comparator.naturalOrder())
                            .orElse(null)));
        }
        return all;
    }

    private static Set<Part> parts(PlvTerm term) {
        return switch (term) {
            case VALUE, FREQUENCY, SIZE, MARGIN -> EnumSet.of(Part.DEAL, Part.CORRECTION);
            case CONVERSION -> EnumSet.of(Part.LEAD);
            case ENGAGEMENT -> EnumSet.of(Part.ENGAGEMENT);
            case CERTIFICATION -> EnumSet.of(Part.CERTIFICATE);
            case SATISFACTION -> EnumSet.of(Part.ANSWER);
            case INITIATIVE -> EnumSet.of(Part.OPPORTUNITY);
        };
    }

    private static Set<FactKind> kinds(PlvTerm term) {
        return switch (term) {
            case VALUE, FREQUENCY, SIZE, MARGIN -> EnumSet.of(FactKind.OPPORTUNITY);
            case CONVERSION -> EnumSet.of(FactKind.LEAD);
            case ENGAGEMENT -> EnumSet.of(FactKind.ENGAGEMENT, FactKind.TRAINING);
            case CERTIFICATION -> EnumSet.of(FactKind.TRAINING);
            case SATISFACTION -> EnumSet.of(FactKind.SATISFACTION);
            case INITIATIVE -> EnumSet.of(FactKind.OPPORTUNITY, FactKind.LEAD);
        };
    }

    private static String unit(PlvTerm term, PlvPolicy policy, String currency) {
        return switch (term) {
            case VALUE -> currency + " in " + policy.horizonDays() + " days";
            case FREQUENCY -> "deal days in " + policy.horizonDays() + " days";
            case SIZE -> currency + " per deal day";
            case CONVERSION -> "share of worked leads won";
            case MARGIN -> "share of revenue";
            case ENGAGEMENT -> "ln(1 + recent activities)";
            case CERTIFICATION -> "share of required certificates valid";
            case SATISFACTION ->
                String.format(Locale.ROOT, "answer on %.0f to %.0f", policy.lowestAnswer(), policy.highestAnswer());
            case INITIATIVE -> "share of business it brought itself";
        };
    }
}
