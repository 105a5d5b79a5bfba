package dev.rainmaker.connector.hubspot;

import static dev.rainmaker.connector.SettingKey.Type.DURATION;
import static dev.rainmaker.connector.SettingKey.Type.INTEGER;
import static dev.rainmaker.connector.SettingKey.Type.TEXT;
import static dev.rainmaker.connector.SettingKey.Type.URL;

import dev.rainmaker.connector.SettingKey;
import java.util.List;

/** The keys of a HubSpot connection: the one list that validation, documentation and help come from. */
final class HubspotKeys {

    static final List<SettingKey> ALL = List.of(
            SettingKey.secret("access-token", "Access token of a private app; instead of the three keys of OAuth"),
            SettingKey.optional("client-id", TEXT, null, "Client id of an app with OAuth"),
            SettingKey.secret(
                    "client-secret",
                    "Client secret of the app: renews tokens (OAuth) and checks what webhooks are signed with"),
            SettingKey.secret(
                    "previous-client-secret",
                    "The secret that client-secret replaced: webhooks signed with it are still taken"),
            SettingKey.secret("refresh-token", "Refresh token of the installed app (OAuth)"),
            SettingKey.optional("api-url", URL, "https://api.hubapi.com", "Where HubSpot's API is"),
            SettingKey.optional(
                    "app-url", URL, "https://app.hubspot.com", "Where people work in HubSpot; for links to records"),
            SettingKey.optional(
                    "portal-id",
                    INTEGER,
                    null,
                    "Number of the portal (Hub ID); for links to records, and webhooks of other portals are left out"),
            SettingKey.optional("api-version", TEXT, "2026-09", "Generation of the API: 2026-09 or v3"),
            SettingKey.optional(
                    "webhook-url",
                    URL,
                    null,
                    "The address for webhooks exactly as it was entered at HubSpot; without it console.public-url and the path"),
            SettingKey.optional(
                    "overlap",
                    DURATION,
                    "PT2M",
                    "How far a sync reaches back for changes that HubSpot's search finds late, in the server's time"),
            SettingKey.optional(
                    "engagement-window",
                    DURATION,
                    "P30D",
                    "How long after its end the participants of a marketing event are read again"),
            SettingKey.optional("page-size", INTEGER, "100", "Records per page, 1 to 100"),
            SettingKey.optional("batch-size", INTEGER, "100", "Records per batch call, 1 to 100"),
            SettingKey.optional(
                    "calls-per-10-seconds",
                    INTEGER,
                    "100",
                    "Calls in 10 seconds at most: 100 is what Free and Starter allow, Professional and Enterprise allow 190"),
            SettingKey.optional("searches-per-second", INTEGER, "4", "Searches in a second at most"),
            SettingKey.optional("connect-timeout", DURATION, "PT10S", "How long to wait for a connection"),
            SettingKey.optional("call-timeout", DURATION, "PT1M", "How long a whole call may take"),
            SettingKey.optional(
                    "max-response-mb", INTEGER, "32", "Largest answer that is accepted, in megabytes (2^20 bytes)"));

    private HubspotKeys() {}
}
