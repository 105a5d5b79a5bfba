package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a rule chooses among the partners its pool lets through. */
public sealed interface Strategy {

    /** The word used in policies and receipts, such as {@code plv-weighted}. */
    String word();

    /** The partner the end customer asked for, by id or by name; nobody else. */
    record RequestedPartner() implements Strategy {
        @Override
        public String word() {
            return "requested-partner";
        }
    }

    /**
     * The eligible partner with the strongest claim on the customer.
     *
     * @param by kinds of claims that count, strongest first
     */
    record NamedAccount(List<NamedClaim.Kind> by) implements Strategy {
        /** Every kind, in the order in which they are declared. */
        public static final NamedAccount ANY_CLAIM = new NamedAccount(List.of(NamedClaim.Kind.values()));

        public NamedAccount {
            by = List.copyOf(by);
        }

        @Override
        public String word() {
            return "named-account";
        }
    }

    /**
     * By chance, in proportion to max(score, floor)^exponent: bounded below so that nobody is shut out, and above
     * because a score ends at 100. Unscored partners count as {@code floor}.
     *
     * @param floor least score that counts, over 0 up to 100
     * @param exponent 0 makes all alike, 1 is proportional, at most 8
     */
    record PlvWeighted(BigDecimal floor, BigDecimal exponent) implements Strategy {
        /** Proportional to the score, nobody below 5 points. */
        public static final PlvWeighted PROPORTIONAL = new PlvWeighted(new BigDecimal(5), BigDecimal.ONE);

        public PlvWeighted {
            if (floor.signum() <= 0 || floor.compareTo(new BigDecimal(100)) > 0) {
                throw new IllegalArgumentException("the floor lies over 0 up to 100, not " + floor.toPlainString());
            }
            if (exponent.signum() < 0 || exponent.compareTo(new BigDecimal(8)) > 0) {
                throw new IllegalArgumentException("the exponent lies in 0..8, not " + exponent.toPlainString());
            }
        }

        @Override
        public String word() {
            return "plv-weighted";
        }
    }

    /** The highest PLV score; ties go by fewer open leads, then by the seed. */
    record TopPlv() implements Strategy {
        @Override
        public String word() {
            return "top-plv";
        }
    }

    /**
     * In turn: the partner whose last lead of this rotation lies furthest back. Among partners that stay eligible the
     * numbers of leads differ by at most one; who comes back from leave gets its turn, not a flood.
     *
     * @param rotation name under which the ledger keeps the state; rules may share one
     */
    record RoundRobin(String rotation) implements Strategy {
        @Override
        public String word() {
            return "round-robin";
        }
    }

    /**
     * In turn by weight (quota method of Balinski and Young): among partners that stay eligible nobody is more than one
     * lead away from its share. Credit grows only while eligible.
     *
     * @param rotation name under which the ledger keeps the state
     * @param weights weight per partner, 1..1000; partners not named have 1
     */
    record WeightedRoundRobin(String rotation, Map<RecordId, Integer> weights) implements Strategy {
        public WeightedRoundRobin {
            weights = Collections.unmodifiableMap(new TreeMap<>(weights));
            weights.forEach((partner, weight) -> {
                if (weight < 1 || weight > 1000) {
                    throw new IllegalArgumentException("the weight of " + partner + " lies in 1..1000, not " + weight);
                }
            });
        }

        int weight(RecordId partner) {
            return weights.getOrDefault(partner, 1);
        }

        @Override
        public String word() {
            return "weighted-round-robin";
        }
    }

    /**
     * The highest expected value U = P(win | class of the lead, partner) x value of the lead x margin rate x
     * (max(score, floor) / 100)^scoreExponent, with bounded exploration. A lead without value counts as 1.
     *
     * @param scoreExponent 0 switches the score off, at most 8
     */
    record ExpectedValue(Exploration exploration, BigDecimal scoreExponent) implements Strategy {
        /** Greedy in nine decisions of ten, the score switched off. */
        public static final ExpectedValue EXPLORING = new ExpectedValue(Exploration.TENTH, BigDecimal.ZERO);

        /** Always the best known partner, the score switched off. */
        public static final ExpectedValue GREEDY = new ExpectedValue(Exploration.NONE, BigDecimal.ZERO);

        public ExpectedValue {
            if (scoreExponent.signum() < 0 || scoreExponent.compareTo(new BigDecimal(8)) > 0) {
                throw new IllegalArgumentException(
                        "the exponent of the score lies in 0..8, not " + scoreExponent.toPlainString());
            }
        }

        @Override
        public String word() {
            return "expected-value";
        }
    }

    /**
     * The partner with the narrowest territory around the lead: one that names its state before one that covers the whole
     * country, fewer countries before more. Ties go by PLV score, open leads, seed.
     */
    record Territory() implements Strategy {
        @Override
        public String word() {
            return "territory";
        }
    }

    /**
     * The best tier; within it the highest PLV score, then fewer open leads, then the seed.
     *
     * @param order tiers, best first; other tiers come after them
     */
    record Tier(List<String> order) implements Strategy {
        public Tier {
            order = List.copyOf(order);
        }

        @Override
        public String word() {
            return "tier";
        }
    }

    /**
     * Offers the lead to the eligible partners; the first valid claim gets it ({@link ClaimLead}). Variants by product,
     * certificate or promotion are pools.
     *
     * @param atMost offered to so many with the highest PLV score, 0 for all
     * @param blind whether the offer hides the customer until it is claimed
     * @param claimLimit most claims of one partner in {@code claimWindow}, 0 for no limit
     * @param followUp time after the claim within which the partner must follow up or lose the lead; null for none
     */
    record SharkTank(
            int atMost,
            boolean blind,
            int claimLimit,
            Window claimWindow,
            @Nullable Duration followUp) implements Strategy {
        /** Offered to all by name, no limits. */
        public static final SharkTank OPEN = new SharkTank(0, false, 0, Window.DAY, null);

        public SharkTank {
            if (atMost < 0 || claimLimit < 0) {
                throw new IllegalArgumentException(
                        "numbers of partners and claims must not be negative: " + atMost + ", " + claimLimit);
            }
        }

        @Override
        public String word() {
            return "shark-tank";
        }
    }

    /**
     * A fairness floor: with probability {@code share} the lead goes to one of the eligible partners that got fewer than
     * {@code least} leads in this window, each alike; else as the inner strategy says. Where nobody is below, the inner
     * strategy decides alone.
     *
     * @param inner PLV-weighted, top PLV or expected value
     * @param share over 0 up to 1
     */
    record WithFloor(Strategy inner, Window window, int least, BigDecimal share) implements Strategy {
        public WithFloor {
            if (!(inner instanceof PlvWeighted || inner instanceof TopPlv || inner instanceof ExpectedValue)) {
                throw new IllegalArgumentException(
                        "a fairness floor goes with plv-weighted, top-plv or expected-value, not " + inner.word());
            }
            if (least < 1) {
                throw new IllegalArgumentException("a fairness floor is at least one lead, not " + least);
            }
            if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) > 0) {
                throw new IllegalArgumentException(
                        "the share kept for the floor lies over 0 up to 1, not " + share.toPlainString());
            }
        }

        @Override
        public String word() {
            return inner.word() + "-with-floor";
        }
    }
}
