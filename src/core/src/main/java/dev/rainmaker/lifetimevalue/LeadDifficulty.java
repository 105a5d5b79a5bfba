package dev.rainmaker.lifetimevalue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A partner's conversion as counted and with the difficulty of its leads taken out, side by side: whoever is given easy leads wins many.
 *
 * @param won leads won
 * @param worked leads won or lost; open ones say nothing yet
 * @param expectedWins of an average partner of these leads
 * @param skill wins against expected wins, shrunk; 1 is average
 * @param rawRate won / worked
 * @param adjustedRate skill times the common rate, at most 1
 * @param rawRank from 1, best first, by raw rate
 * @param adjustedRank from 1, best first, by adjusted rate
 */
public record LeadDifficulty(
        String partner,
        long won,
        long worked,
        double expectedWins,
        double skill,
        double rawRate,
        double adjustedRate,
        int rawRank,
        int adjustedRank) {

    /** Partners with worked leads, by adjusted rank; where the model has one lead class, adjusted is the shrunk raw rate. */
    public static List<LeadDifficulty> of(Iterable<PartnerHistory> partners, PlvModel model) {
        List<LeadDifficulty> unranked = new ArrayList<>();
        for (PartnerHistory partner : partners) {
            LeadCounts leads = partner.allLeads();
            if (leads.worked() > 0) {
                Conversion conversion = Conversion.of(partner, model);
                unranked.add(new LeadDifficulty(
                        partner.partner(),
                        leads.won(),
                        leads.worked(),
                        conversion.expectedWins(),
                        conversion.skill(),
                        (double) leads.won() / leads.worked(),
                        conversion.rate(),
                        0,
                        0));
            }
        }
        Map<String, Integer> raw = ranks(unranked, LeadDifficulty::rawRate);
        Map<String, Integer> adjusted = ranks(unranked, LeadDifficulty::adjustedRate);
        return unranked.stream()
                .map(each -> each.ranked(raw.getOrDefault(each.partner, 0), adjusted.getOrDefault(each.partner, 0)))
                .sorted(Comparator.comparingInt(LeadDifficulty::adjustedRank).thenComparing(LeadDifficulty::partner))
                .toList();
    }

    private LeadDifficulty ranked(int raw, int adjusted) {
        return new LeadDifficulty(partner, won, worked, expectedWins, skill, rawRate, adjustedRate, raw, adjusted);
    }

    /** Rates that agree to a tenth of a percent share the better rank: a skill shrunk to the average must not rank by its last digits. */
    private static Map<String, Integer> ranks(List<LeadDifficulty> of, ToDoubleFunction<LeadDifficulty> rate) {
        List<LeadDifficulty> sorted = of.stream()
                .sorted(Comparator.comparingLong((LeadDifficulty each) -> thousandths(each, rate))
                        .reversed())
                .toList();
        Map<String, Integer> ranks = new HashMap<>();
        int rank = 0;
        long before = -1;
        for (int i = 0; i < sorted.size(); i++) {
            long own = thousandths(sorted.get(i), rate);
            rank = own == before ? rank : i + 1;
            before = own;
            ranks.put(sorted.get(i).partner, rank);
        }
        return ranks;
    }

    private static long thousandths(LeadDifficulty each, ToDoubleFunction<LeadDifficulty> rate) {
        return StrictMath.round(1_000 * rate.applyAsDouble(each));
    }
}
