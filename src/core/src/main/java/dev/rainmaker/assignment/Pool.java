package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which partners a rule may choose from. Always out: inactive partners, those whose owner in the CRM is inactive, those
 * that are away, and those at their capacity.
 *
 * @param territory country, and state where the partner states any; a lead without country is then unassigned as
 *     {@code territory-unknown}
 * @param product authorisation for every product of the lead; a lead that names none asks for none
 * @param industry expertise in the lead's industry; a lead without industry is then {@code industry-unknown}
 * @param language the lead's language; a lead that states none asks for none
 * @param certificates certificates that must be valid at the decision's instant
 * @param tiers tiers allowed, empty for all
 * @param ring only these partners, empty for all
 * @param excluded never these partners
 * @param condition on the partner alone
 * @param minimumScore least PLV score, null for none; an unscored partner then is out
 * @param openNow only partners inside their business hours
 * @param askDecliners whether partners that declined this lead may be asked again
 * @param capacity how much a partner may get
 */
public record Pool(
        Need territory,
        Need product,
        Need industry,
        Need language,
        Set<String> certificates,
        Set<String> tiers,
        Set<RecordId> ring,
        Set<RecordId> excluded,
        PartnerCondition condition,
        @Nullable BigDecimal minimumScore,
        boolean openNow,
        boolean askDecliners,
        Capacity capacity) {

    /** Territory and product required, language preferred, nothing else asked. */
    public static final Pool STANDARD = new Pool(
            Need.REQUIRED,
            Need.REQUIRED,
            Need.IGNORED,
            Need.PREFERRED,
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            PartnerCondition.always(),
            null,
            false,
            false,
            Capacity.AS_STATED);

    /** Every active partner with capacity. */
    public static final Pool EVERYBODY =
            STANDARD.territory(Need.IGNORED).product(Need.IGNORED).language(Need.IGNORED);

    public Pool {
        certificates = Collections.unmodifiableSet(new TreeSet<>(certificates));
        tiers = Collections.unmodifiableSet(new TreeSet<>(tiers));
        ring = Collections.unmodifiableSet(new TreeSet<>(ring));
        excluded = Collections.unmodifiableSet(new TreeSet<>(excluded));
    }

    public Pool territory(Need need) {
        return with(pool -> pool.territory = need);
    }

    public Pool product(Need need) {
        return with(pool -> pool.product = need);
    }

    public Pool industry(Need need) {
        return with(pool -> pool.industry = need);
    }

    public Pool language(Need need) {
        return with(pool -> pool.language = need);
    }

    public Pool certificates(Set<String> asked) {
        return with(pool -> pool.certificates = asked);
    }

    public Pool tiers(Set<String> allowed) {
        return with(pool -> pool.tiers = allowed);
    }

    public Pool ring(Set<RecordId> only) {
        return with(pool -> pool.ring = only);
    }

    public Pool excluding(Set<RecordId> never) {
        return with(pool -> pool.excluded = never);
    }

    public Pool where(PartnerCondition asked) {
        return with(pool -> pool.condition = asked);
    }

    public Pool minimumScore(@Nullable BigDecimal least) {
        return with(pool -> pool.minimumScore = least);
    }

    public Pool openNow(boolean only) {
        return with(pool -> pool.openNow = only);
    }

    public Pool askDecliners(boolean again) {
        return with(pool -> pool.askDecliners = again);
    }

    public Pool capacity(Capacity limits) {
        return with(pool -> pool.capacity = limits);
    }

    private Pool with(Consumer<Changed> change) {
        Changed changed = new Changed();
        change.accept(changed);
        return changed.made();
    }

    /** This pool with some of it changed. */
    private final class Changed {
        private Need territory = Pool.this.territory;
        private Need product = Pool.this.product;
        private Need industry = Pool.this.industry;
        private Need language = Pool.this.language;
        private Set<String> certificates = Pool.this.certificates;
        private Set<String> tiers = Pool.this.tiers;
        private Set<RecordId> ring = Pool.this.ring;
        private Set<RecordId> excluded = Pool.this.excluded;
        private PartnerCondition condition = Pool.this.condition;
        private @Nullable BigDecimal minimumScore = Pool.this.minimumScore;
        private boolean openNow = Pool.this.openNow;
        private boolean askDecliners = Pool.this.askDecliners;
        private Capacity capacity = Pool.this.capacity;

        private Pool made() {
            return new Pool(
                    territory,
                    product,
                    industry,
                    language,
                    certificates,
                    tiers,
                    ring,
                    excluded,
                    condition,
                    minimumScore,
                    openNow,
                    askDecliners,
                    capacity);
        }
    }
}
