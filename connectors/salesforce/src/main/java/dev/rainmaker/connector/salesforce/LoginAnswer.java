package dev.rainmaker.connector.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.connector.ConnectorFault;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.client.ContentResponse;

/** Reads the answer to a login, and believes it only if it leads to an allowed host. */
final class LoginAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern IDENTITY = Pattern.compile(".*/id/[0-9A-Za-z]{18}/[0-9A-Za-z]{15,18}");

    private final SalesforceFaults faults;
    private final SalesforceSettings settings;
    private final OrgHosts hosts;

    LoginAnswer(SalesforceFaults faults, SalesforceSettings settings, OrgHosts hosts) {
        this.faults = faults;
        this.settings = settings;
        this.hosts = hosts;
    }

    /**
     * The members that Camel reads, as JSON.
     *
     * @throws ConnectorFault if the login was refused or the answer cannot be used
     */
    String checked(ContentResponse response, String content) {
        int status = response.getStatus();
        if (status != 200) {
            throw refused(response, content);
        }
        JsonNode token = parse(content);
        String access = token.path("access_token").asText("");
        String instance = token.path("instance_url").asText("");
        String identity = token.path("id").asText("");
        if (access.isEmpty() || instance.isEmpty()) {
            throw faults.retryable(Duration.ZERO, "the login was answered without an access token", null);
        }
        if (!access.matches("[!-~]+")) {
            throw faults.retryable(Duration.ZERO, "the login was answered with an access token that is not text", null);
        }
        if (!IDENTITY.matcher(identity).matches()) {
            throw faults.fatal(
                    "the login was answered without the ids of org and user; is login-url really a Salesforce address?");
        }
        return JSON.createObjectNode()
                .put("access_token", access)
                .put("instance_url", instance(instance))
                .put("id", identity)
                .toString();
    }

    private String instance(String given) {
        URI address;
        try {
            address = URI.create(given);
        } catch (IllegalArgumentException wrong) {
            throw faults.fatal("the login was answered with an instance address that is none");
        }
        if (!hosts.allows(address)) {
            throw faults.fatal("the login names " + Words.host(given) + " as the org's address, which is neither "
                    + settings.loginUrl() + " nor in allowed-hosts " + settings.allowedHosts()
                    + "; nothing was sent there. If it is right, add its domain to allowed-hosts");
        }
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private JsonNode parse(String content) {
        try {
            JsonNode token = JSON.readTree(content == null ? "" : content);
            if (token != null && token.isObject()) {
                return token;
            }
        } catch (JsonProcessingException notJson) {
            // Its text may hold what was sent; the fault below says enough.
        }
        throw faults.retryable(Duration.ZERO, "the login was answered with something that is not a token", null);
    }

    private ConnectorFault refused(ContentResponse response, String content) {
        int status = response.getStatus();
        if (status >= 300 && status < 400) {
            return faults.redirected(response.getHeaders().get("Location"));
        }
        if (status == 429 || status >= 500) {
            return faults.retryable(
                    RetryAfter.of(
                            response.getHeaders().get("Retry-After"),
                            response.getHeaders().get("Date")),
                    "the login was answered with status " + status,
                    null);
        }
        JsonNode error;
        try {
            error = JSON.readTree(content == null ? "" : content);
        } catch (JsonProcessingException notJson) {
            error = JSON.createObjectNode();
        }
        String code = Words.clean(error.path("error").asText(""), 60);
        String description = Words.clean(error.path("error_description").asText(""), 200);
        return faults.fatal("Salesforce refused the login (" + (code.isEmpty() ? "status " + status : code)
                + (description.isEmpty() ? "" : ": " + description) + "): " + remedy(code, description));
    }

    private static String remedy(String code, String description) {
        return switch (code) {
            case "invalid_client_id" -> "client-id is not known to this org; copy the consumer key again";
            case "invalid_client" -> "client-secret does not fit client-id; copy the consumer secret again";
            case "invalid_grant" -> grantRemedy(description);
            case "unsupported_grant_type", "unauthorized_client" ->
                "the External Client App does not allow this way to log in; enable the flow of \"auth\" in its settings";
            case "inactive_user" -> "the integration user is inactive; activate it";
            case "inactive_org" -> "the org is locked, closed or suspended; log in with a browser to see why";
            case "invalid_app_access" ->
                "the user is not admitted to the External Client App; assign its permission set";
            case "rate_limit_exceeded" -> "too many logins; wait an hour and find out who else logs in";
            default -> "check login-url, client-id and the credentials, and the user's Login History in Setup";
        };
    }

    private static String grantRemedy(String description) {
        String text = description.toLowerCase(Locale.ROOT);
        if (text.contains("no client credentials user")) {
            return "name a Run As user under Client Credentials Flow in the External Client App's policies";
        }
        if (text.contains("hasn't approved") || text.contains("not approved")) {
            return "pre-authorise the user for the External Client App (permission set), or approve it once";
        }
        if (text.contains("audience")) {
            return "jwt-audience must be https://login.salesforce.com, https://test.salesforce.com or the My Domain address";
        }
        if (text.contains("ip restricted")) {
            return "this machine's address is outside the user's login IP ranges; admit it, or relax IP restrictions";
        }
        return "check login-url (production or sandbox?), username, password with security token, or certificate, and"
                + " the user's Login History in Setup";
    }
}
