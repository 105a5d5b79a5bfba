package org.apache.camel.component.hubspot;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Options of component and endpoints: where HubSpot is, who calls, how fast and how patiently. */
@UriParams
public class HubspotConfiguration implements Cloneable {

    @UriParam(defaultValue = "https://api.hubapi.com")
    @Metadata(description = "Where HubSpot's API is. Scheme, host and port only; http is taken for this machine only.")
    private String apiUrl = "https://api.hubapi.com";

    @UriParam(defaultValue = "2026-09", enums = "2026-09,v3")
    @Metadata(description = "Generation of the API: 2026-09 (date version) or v3.")
    private String apiVersion = "2026-09";

    @UriParam(label = "security", description = "Access token of a private app. Instead of OAuth.")
    @Metadata(secret = true)
    private String accessToken;

    @UriParam(label = "security", description = "Client id of an app with OAuth.")
    private String clientId;

    @UriParam(
            label = "security",
            description = "Client secret of the app: renews tokens (OAuth) and checks the signature of webhooks.")
    @Metadata(secret = true)
    private String clientSecret;

    @UriParam(
            label = "security",
            description = "The secret that the client secret replaced: webhooks signed with it are still taken.")
    @Metadata(secret = true)
    private String previousClientSecret;

    @UriParam(label = "security", description = "Refresh token of the installed app (OAuth).")
    @Metadata(secret = true)
    private String refreshToken;

    @UriParam(
            label = "advanced",
            defaultValue = "10000",
            description = "How long to wait for a connection.",
            javaType = "java.time.Duration")
    private long connectTimeout = 10_000;

    @UriParam(
            label = "advanced",
            defaultValue = "60000",
            description = "How long a whole call may take, body included.",
            javaType = "java.time.Duration")
    private long callTimeout = 60_000;

    @UriParam(label = "advanced", defaultValue = "33554432", description = "Largest answer that is read, in bytes.")
    private int maxResponseBytes = 32 << 20;

    @UriParam(
            defaultValue = "100",
            description =
                    "How many calls this component makes in 10 seconds at most; further ones wait. 0 for no limit. HubSpot's"
                            + " own word in its rate limit headers can lower it.")
    private int callsPerTenSeconds = 100;

    @UriParam(
            defaultValue = "4",
            description =
                    "How many searches this component makes in a second at most; further ones wait. 0 for no limit.")
    private int searchesPerSecond = 4;

    @UriParam(
            defaultValue = "4",
            description =
                    "How often a call is tried again that HubSpot could not serve just now: 429 by its policyName, 423, 5xx; a"
                            + " cut answer only if the call was a read. Never for a used-up daily limit.")
    private int maxRetries = 4;

    @UriParam(
            defaultValue = "60000",
            description = "Longest pause before a retry; where HubSpot asks for a longer one the call fails at once.",
            javaType = "java.time.Duration")
    private long maxRetryWait = 60_000;

    @UriParam(
            label = "consumer,webhook",
            description =
                    "The public address that HubSpot calls, as it was entered at HubSpot, query included. Without it the"
                            + " address that the server saw is checked, which behind a proxy is another one.")
    private String webhookPublicUrl;

    /**
     * Checks options against each other.
     *
     * @throws IllegalArgumentException naming the option
     */
    void check() {
        HubspotApi.of(apiVersion);
        baseUri();
        if (accessToken != null && refreshToken != null) {
            throw new IllegalArgumentException("give accessToken (a private app) or refreshToken (OAuth), not both");
        }
        if (accessToken == null) {
            for (String[] option : List.of(
                    new String[] {"clientId", clientId},
                    new String[] {"clientSecret", clientSecret},
                    new String[] {"refreshToken", refreshToken})) {
                if (option[1] == null || option[1].isBlank()) {
                    throw new IllegalArgumentException(
                            option[0]
                                    + " is missing: give accessToken (a private app), or clientId, clientSecret and refreshToken (OAuth)");
                }
            }
        }
    }

    /** @throws IllegalArgumentException if it is more than scheme, host and port, or not safe */
    URI baseUri() {
        URI uri = URI.create(apiUrl);
        String path = uri.getPath();
        boolean bare = uri.getHost() != null
                && uri.getUserInfo() == null
                && uri.getQuery() == null
                && uri.getFragment() == null
                && (path == null || path.isEmpty() || path.equals("/"));
        if (!bare || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    "apiUrl must be scheme, host and port only, such as https://api.hubapi.com");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean near = List.of("localhost", "127.0.0.1", "[::1]").contains(host)
                || !(host.contains(".") || host.contains(":"));
        if ("http".equals(uri.getScheme()) && !near) {
            throw new IllegalArgumentException("apiUrl must begin with https: tokens would travel in the clear");
        }
        return URI.create(uri.getScheme() + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
    }

    /** Whether calls under these options and the others can share a token and a pace. */
    boolean sameAs(HubspotConfiguration other) {
        return List.of(
                                apiUrl,
                                apiVersion,
                                connectTimeout,
                                callTimeout,
                                maxResponseBytes,
                                callsPerTenSeconds,
                                searchesPerSecond,
                                maxRetries,
                                maxRetryWait)
                        .equals(List.of(
                                other.apiUrl,
                                other.apiVersion,
                                other.connectTimeout,
                                other.callTimeout,
                                other.maxResponseBytes,
                                other.callsPerTenSeconds,
                                other.searchesPerSecond,
                                other.maxRetries,
                                other.maxRetryWait))
                && Objects.equals(accessToken, other.accessToken)
                && Objects.equals(clientId, other.clientId)
                && Objects.equals(clientSecret, other.clientSecret)
                && Objects.equals(refreshToken, other.refreshToken);
    }

    /** A copy for an endpoint. */
    public HubspotConfiguration copy() {
        try {
            return (HubspotConfiguration) clone();
        } catch (CloneNotSupportedException impossible) {
            throw new RuntimeCamelException(impossible);
        }
    }

    public String getApiUrl() {
        return apiUrl;
    }

    public void setApiUrl(String apiUrl) {
        this.apiUrl = apiUrl;
    }

    public String getApiVersion() {
        return apiVersion;
    }

    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    public String getAccessToken() {
        return accessToken;
    }

    public void setAccessToken(String accessToken) {
        this.accessToken = accessToken;
    }

    public String getClientId() {
        return clientId;
    }

    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getClientSecret() {
        return clientSecret;
    }

    public void setClientSecret(String clientSecret) {
        this.clientSecret = clientSecret;
    }

    public String getPreviousClientSecret() {
        return previousClientSecret;
    }

    public void setPreviousClientSecret(String previousClientSecret) {
        this.previousClientSecret = previousClientSecret;
    }

    public String getRefreshToken() {
        return refreshToken;
    }

    public void setRefreshToken(String refreshToken) {
        this.refreshToken = refreshToken;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getCallTimeout() {
        return callTimeout;
    }

    public void setCallTimeout(long callTimeout) {
        this.callTimeout = callTimeout;
    }

    public int getMaxResponseBytes() {
        return maxResponseBytes;
    }

    public void setMaxResponseBytes(int maxResponseBytes) {
        this.maxResponseBytes = maxResponseBytes;
    }

    public int getCallsPerTenSeconds() {
        return callsPerTenSeconds;
    }

    public void setCallsPerTenSeconds(int callsPerTenSeconds) {
        this.callsPerTenSeconds = callsPerTenSeconds;
    }

    public int getSearchesPerSecond() {
        return searchesPerSecond;
    }

    public void setSearchesPerSecond(int searchesPerSecond) {
        this.searchesPerSecond = searchesPerSecond;
    }

    public int getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    public long getMaxRetryWait() {
        return maxRetryWait;
    }

    public void setMaxRetryWait(long maxRetryWait) {
        this.maxRetryWait = maxRetryWait;
    }

    public String getWebhookPublicUrl() {
        return webhookPublicUrl;
    }

    public void setWebhookPublicUrl(String webhookPublicUrl) {
        this.webhookPublicUrl = webhookPublicUrl;
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "HubspotConfiguration[" + apiUrl + ", " + apiVersion + ", "
                + (accessToken == null ? "OAuth" : "private app") + "]";
    }
}
