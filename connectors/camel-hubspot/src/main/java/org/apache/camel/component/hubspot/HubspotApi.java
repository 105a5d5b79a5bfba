package org.apache.camel.component.hubspot;

/** Generation of HubSpot's API; the paths differ, the payloads hardly. */
public enum HubspotApi {
    /** Date version of September 2026. */
    V2026_09("2026-09"),
    /** The older numbered versions (v1, v3, v4). */
    V3("v3");

    private final String word;

    HubspotApi(String word) {
        this.word = word;
    }

    /** The word used in options: {@code 2026-09} or {@code v3}. */
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException naming the words that exist */
    public static HubspotApi of(String word) {
        for (HubspotApi api : values()) {
            if (api.word.equals(word)) {
                return api;
            }
        }
        throw new IllegalArgumentException("apiVersion must be 2026-09 or v3, not \"" + word + "\"");
    }
}
