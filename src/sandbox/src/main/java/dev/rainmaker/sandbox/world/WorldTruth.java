package dev.rainmaker.sandbox.world;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The truth behind a generated world: how likely each partner is to win each lead, and what that is worth. An assignment can
 * so be judged against the best possible one and against round robin, without waiting for outcomes.
 *
 * <p>The model is {@code P(win) = logistic(BASE + lead quality + partner's skill + fit)}. Fit takes away what the partner
 * lacks (authorisation, territory, life) and adds for an industry it knows. It is simulated: it says nothing about real
 * partners.
 */
public final class WorldTruth {
    /** File beside the CSVs; not a CRM object, so who loads the folder leaves it alone. */
    public static final String FILE_NAME = "truth.json";

    static final double BASE = -1.3;
    private static final double KNOWN_INDUSTRY = 0.5;
    private static final double NOT_AUTHORISED = -1.5;
    private static final double OTHER_COUNTRY = -2;
    private static final double OTHER_STATE = -0.5;
    private static final double SILENT = -2.5;

    private final long seed;
    private final LocalDate asOf;
    private final Map<String, PartnerTruth> partners;

    WorldTruth(long seed, LocalDate asOf, List<PartnerTruth> partners) {
        this.seed = seed;
        this.asOf = asOf;
        Map<String, PartnerTruth> byId = new LinkedHashMap<>();
        partners.forEach(partner -> byId.put(partner.id(), partner));
        this.partners = Collections.unmodifiableMap(byId);
    }

    /**
     * Reads the truth of the world in this folder.
     *
     * @throws IOException if the folder holds no {@value #FILE_NAME} (it is then no generated world) or a broken one
     */
    public static WorldTruth read(Path folder) throws IOException {
        return TruthFile.read(folder.resolve(FILE_NAME));
    }

    public long seed() {
        return seed;
    }

    public LocalDate asOf() {
        return asOf;
    }

    /** All partners, in the order of Account.csv. */
    public Collection<PartnerTruth> partners() {
        return partners.values();
    }

    /**
     * The partner with this id.
     *
     * @throws IllegalArgumentException if the world has none
     */
    public PartnerTruth partner(String id) {
        PartnerTruth partner = partners.get(id);
        if (partner == null) {
            throw new IllegalArgumentException("the generated world has no partner " + id);
        }
        return partner;
    }

    /**
     * The true probability that this partner wins this lead when it gets it on the as-of day.
     *
     * @param lead columns of Lead by API name
     */
    public double winProbability(Map<String, String> lead, String partnerId) {
        return winProbability(lead, partner(partnerId), asOf);
    }

    static double winProbability(Map<String, String> lead, PartnerTruth partner, LocalDate day) {
        double logit = BASE + LeadQuality.logit(lead) + partner.skill() + fit(lead, partner);
        if (!partner.sellsOn(day)) {
            logit += SILENT;
        }
        return logistic(logit);
    }

    private static double fit(Map<String, String> lead, PartnerTruth partner) {
        double fit = 0;
        if (partner.industry().equals(lead.get("Industry"))) {
            fit += KNOWN_INDUSTRY;
        }
        String product = lead.getOrDefault("ProductInterest__c", "");
        if (!product.isEmpty() && !partner.products().contains(product)) {
            fit += NOT_AUTHORISED;
        }
        if (!partner.country().equals(lead.get("Country"))) {
            fit += OTHER_COUNTRY;
        } else if (partner.state() != null && !partner.state().equals(lead.get("State"))) {
            fit += OTHER_STATE;
        }
        return fit;
    }

    static double logistic(double logit) {
        return 1 / (1 + StrictMath.exp(-logit));
    }

    /**
     * The true expected margin in US dollars of giving this lead to this partner on the as-of day.
     *
     * @param lead columns of Lead by API name
     */
    public double expectedMargin(Map<String, String> lead, String partnerId) {
        PartnerTruth partner = partner(partnerId);
        return winProbability(lead, partnerId) * meanAmount(lead, partner) * partner.marginRate();
    }

    /** The mean amount of the deal, if won. */
    static double meanAmount(Map<String, String> lead, PartnerTruth partner) {
        return partner.dealSize()
                * Catalogue.price(lead.getOrDefault("ProductInterest__c", ""))
                * StrictMath.pow(LeadQuality.sizeFactor(lead), 0.25);
    }

    /** The partner with the largest true expected margin among those allowed; ties go to the smaller id. */
    public Optional<PartnerTruth> best(Map<String, String> lead, Collection<String> allowedPartnerIds) {
        String best = null;
        double most = 0;
        for (String id : allowedPartnerIds) {
            double margin = expectedMargin(lead, id);
            if (best == null || margin > most || (margin == most && id.compareTo(best) < 0)) {
                best = id;
                most = margin;
            }
        }
        return Optional.ofNullable(best).map(this::partner);
    }
}
