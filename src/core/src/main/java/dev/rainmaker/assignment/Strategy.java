package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
}
