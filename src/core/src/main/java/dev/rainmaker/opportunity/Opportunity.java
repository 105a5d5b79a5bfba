package dev.rainmaker.opportunity;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.fact.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A deal, open or closed.
 *
 * @param partner the partner that sells it, null for direct sales
 * @param account the customer
 * @param amount revenue; null where the source has none yet
 * @param margin what remains of it after cost, null where unknown
 * @param closeDate the day it was or should be closed
 * @param partnerSourced whether the partner brought it
 * @param offer how it is sold, such as {@code standalone} or {@code bundled}; null where the source does not say
 */
public record Opportunity(
        RecordId id,
        @Nullable String name,
        @Nullable RecordId partner,
        @Nullable RecordId account,
        @Nullable String stage,
        boolean closed,
        boolean won,
        @Nullable Money amount,
        @Nullable Money margin,
        @Nullable LocalDate closeDate,
        @Nullable String source,
        boolean partnerSourced,
        Set<String> products,
        @Nullable String offer,
        @Nullable Instant createdAt,
        Instant modifiedAt)
        implements Fact {

    public Opportunity {
        name = Text.orNull(name);
        stage = Text.orNull(stage);
        source = Text.orNull(source);
        offer = Text.orNull(offer);
        products = Collections.unmodifiableSet(new TreeSet<>(products));
        if (won && !closed) {
            throw new IllegalArgumentException("opportunity " + id + " is won but not closed");
        }
        if (won && closeDate == null) {
            throw new IllegalArgumentException("opportunity " + id + " is won but has no close date");
        }
    }

    @Override
    public FactKind kind() {
        return FactKind.OPPORTUNITY;
    }
}
