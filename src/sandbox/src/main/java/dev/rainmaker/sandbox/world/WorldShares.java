package dev.rainmaker.sandbox.world;

/**
 * How partners and open leads of a world divide over two CRMs: a fifth of each is in HubSpot, everything else in Salesforce.
 *
 * @param partners over both, at least 1
 * @param leads over both
 */
public record WorldShares(int partners, int leads) {

    private static final int PART = 5;

    public WorldShares {
        if (partners < 1 || leads < 0) {
            throw new IllegalArgumentException(
                    "a world needs at least one partner and no negative number of leads: " + partners + ", " + leads);
        }
    }

    public int hubSpotPartners() {
        return partners / PART;
    }

    /** No partner there, no leads there either. */
    public int hubSpotLeads() {
        return hubSpotPartners() == 0 ? 0 : leads / PART;
    }

    public int salesforcePartners() {
        return partners - hubSpotPartners();
    }

    public int salesforceLeads() {
        return leads - hubSpotLeads();
    }
}
