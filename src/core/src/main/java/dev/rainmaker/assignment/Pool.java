package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
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
        return new Pool(
                need,
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

    public Pool product(Need need) {
        return new Pool(
                territory,
                need,
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

    public Pool industry(Need need) {
        return new Pool(
                territory,
                product,
                need,
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

    public Pool language(Need need) {
        return new Pool(
                territory,
                product,
                industry,
                need,
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

    public Pool certificates(Set<String> asked) {
        return new Pool(
                territory,
                product,
                industry,
                language,
                asked,
                tiers,
                ring,
                excluded,
                condition,
                minimumScore,
                openNow,
                askDecliners,
                capacity);
    }

    public Pool tiers(Set<String> allowed) {
        return new Pool(
                territory,
                product,
                industry,
                language,
                certificates,
                allowed,
                ring,
                excluded,
                condition,
                minimumScore,
                openNow,
                askDecliners,
                capacity);
    }

    public Pool ring(Set<RecordId> only) {
        return new Pool(
                territory,
                product,
                industry,
                language,
                certificates,
                tiers,
                only,
                excluded,
                condition,
                minimumScore,
                openNow,
                askDecliners,
                capacity);
    }

    public Pool excluding(Set<RecordId> never) {
        return new Pool(
                territory,
                product,
                industry,
                language,
                certificates,
                tiers,
                ring,
                never,
                condition,
                minimumScore,
                openNow,
                askDecliners,
                capacity);
    }

    public Pool where(PartnerCondition asked) {
        return new Pool(
                territory,
                product,
                industry,
                language,
                certificates,
                tiers,
                ring,
                excluded,
                asked,
                minimumScore,
                openNow,
                askDecliners,
                capacity);
    }

    public Pool minimumScore(@Nullable BigDecimal least) {
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
                least,
                openNow,
                askDecliners,
                capacity);
    }

    public Pool openNow(boolean only) {
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
                only,
                askDecliners,
                capacity);
    }

    public Pool askDecliners(boolean again) {
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
                again,
                capacity);
    }

    public Pool capacity(Capacity limits) {
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
                limits);
    }
}
