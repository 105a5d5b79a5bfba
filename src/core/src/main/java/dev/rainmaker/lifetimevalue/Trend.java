package dev.rainmaker.lifetimevalue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a partner is heading, with the evidence.
 *
 * @param evidence in words, strongest first
 */
public record Trend(Direction direction, List<String> evidence) {

    /** Ordered from good to bad. */
    public enum Direction {
        IMPROVING,
        STABLE,
        FALLING,
        AT_RISK;

        /** The word shown and written back, such as {@code at risk}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private static final double RISKY = 0.5;
    private static final double RISKY_FALL = 0.2;
    private static final double FADED = 0.5;

    public Trend {
        evidence = List.copyOf(evidence);
    }

    /**
     * Compares two days of one partner.
     *
     * @param before of the same versions, usually a month or a quarter earlier
     * @throws IllegalArgumentException for results of different versions
     */
    public static Trend of(PlvResult before, PlvResult now, PlvPolicy policy) {
        before.requireComparable(now);
        List<String> evidence = new ArrayList<>();
        double alive = now.probabilityAlive();
        double wasAlive = before.probabilityAlive();
        double engaged = StrictMath.expm1(now.term(PlvTerm.ENGAGEMENT).metric());
        double wasEngaged = StrictMath.expm1(before.term(PlvTerm.ENGAGEMENT).metric());
        boolean silent = alive < RISKY && wasAlive - alive > RISKY_FALL / 4;
        boolean falling = wasAlive - alive > RISKY_FALL;
        boolean faded = wasEngaged >= 1 && engaged < FADED * wasEngaged;
        if (silent || falling) {
            evidence.add(String.format(
                    Locale.ROOT,
                    "the chance that it sells again fell from %.0f%% to %.0f%%",
                    100 * wasAlive,
                    100 * alive));
        }
        if (faded) {
            evidence.add(
                    String.format(Locale.ROOT, "engagement fell from %.1f to %.1f recent events", wasEngaged, engaged));
        }
        double points = now.score().subtract(before.score()).doubleValue();
        double money = now.value().expected() - before.value().expected();
        double share = money / Math.max(1e-9, Math.abs(before.value().expected()));
        evidence.add(String.format(
                Locale.ROOT, "score %+.2f, value %+.0f%%", points, 100 * Math.max(-9.99, Math.min(9.99, share))));
        if (silent || (falling && faded)) {
            return new Trend(Direction.AT_RISK, evidence);
        }
        boolean up = points > policy.scoreEpsilon() && share > -policy.valueEpsilon();
        boolean down = falling || points < -policy.scoreEpsilon() || (faded && points <= 0);
        return new Trend(down ? Direction.FALLING : up ? Direction.IMPROVING : Direction.STABLE, evidence);
    }
}
