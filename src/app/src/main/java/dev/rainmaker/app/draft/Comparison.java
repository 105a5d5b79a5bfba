package dev.rainmaker.app.draft;

import dev.rainmaker.assignment.SimulatePolicy.PastLead;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A draft beside the published policy on the same leads, partners, numbers and draws: what differs, differs because of the
 * rules.
 *
 * @param since leads from here on
 * @param leads how many were tried
 * @param truncated whether older ones were left out
 * @param changed leads that would go elsewhere than under the published policy
 * @param lines all leads in the order of time
 */
public record Comparison(
        Instant since,
        int leads,
        boolean truncated,
        int changed,
        Totals draft,
        Totals published,
        List<PartnerLoad> load,
        List<Line> lines) {

    public Comparison {
        load = List.copyOf(load);
        lines = List.copyOf(lines);
    }

    /** @param gini inequality of the load: 0 all alike, towards 1 one has all */
    public record Totals(int assigned, int offered, SortedMap<String, Integer> unassigned, double gini) {}

    /**
     * Leads of one partner.
     *
     * @param actual as it really was
     */
    public record PartnerLoad(RecordId partner, String name, int draft, int published, int actual) {}

    /** Where a lead goes: to a partner, or nowhere ({@code why} is then the reason). */
    public record Outcome(
            String kind,
            @Nullable RecordId partner,
            @Nullable String rule,
            String why) {}

    /** One lead. */
    public record Line(
            RecordId lead,
            @Nullable String company,
            Instant at,
            Outcome draft,
            Outcome published,
            @Nullable RecordId actual,
            boolean changed) {

        static Line of(PastLead past, Outcome draft, Outcome published) {
            boolean same = draft.kind().equals(published.kind())
                    && java.util.Objects.equals(draft.partner(), published.partner())
                    && (draft.partner() != null || draft.why().equals(published.why()));
            return new Line(
                    past.lead().lead().id(),
                    past.lead().lead().company(),
                    past.at(),
                    draft,
                    published,
                    past.actual(),
                    !same);
        }
    }

    /** The lines that differ. */
    public List<Line> changes() {
        return lines.stream().filter(Line::changed).toList();
    }
}
