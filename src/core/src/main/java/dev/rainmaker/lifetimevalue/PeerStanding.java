package dev.rainmaker.lifetimevalue;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a partner stands among its peers in one metric, without naming any.
 *
 * @param own the partner's metric
 * @param quarter a quarter of the peers are below this
 * @param median half of them
 * @param threeQuarters three quarters of them
 * @param shareBelow share of peers below the partner, half of the equal ones included
 */
public record PeerStanding(
        PlvTerm term, double own, double quarter, double median, double threeQuarters, double shareBelow) {

    /** One standing per term that the tenant has. */
    public static List<PeerStanding> of(PlvResult result, ReferenceDistribution reference) {
        List<PeerStanding> standings = new ArrayList<>();
        for (ScoreTerm term : result.terms()) {
            TermReference distribution = reference.of(term.term());
            if (distribution.observed() > 0) {
                standings.add(new PeerStanding(
                        term.term(),
                        term.metric(),
                        distribution.valueAt(0.25),
                        distribution.valueAt(0.5),
                        distribution.valueAt(0.75),
                        distribution.percentile(term.metric())));
            }
        }
        return standings;
    }
}
