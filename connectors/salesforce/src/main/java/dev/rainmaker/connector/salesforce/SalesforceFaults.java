package dev.rainmaker.connector.salesforce;

import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.ConnectorFault.Fatal;
import dev.rainmaker.connector.ConnectorFault.Retryable;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what went wrong into a fault that says what happened, where, and what to do. The error code decides, not the
 * status and not the text, except where Salesforce gives two things one code.
 */
final class SalesforceFaults {

    /** Salesforce counts calls over a rolling day and names no time; after this long some of them have left the window. */
    static final Duration BUDGET_PAUSE = Duration.ofMinutes(15);

    private static final Duration CONCURRENCY_PAUSE = Duration.ofSeconds(30);

    /** Codes after which the same call may work, for a call as a whole and for one record. */
    static final Set<String> PASSING = Set.of(
            "UNABLE_TO_LOCK_ROW",
            "SERVER_UNAVAILABLE",
            "SERVICE_UNAVAILABLE",
            "REQUEST_RUNNING_TOO_LONG",
            "REQUEST_TIMEOUT_OR_CONFLICT",
            "QUERY_TIMEOUT",
            "INTERNAL_SERVER_ERROR",
            "UNKNOWN_EXCEPTION",
            "FUNCTIONALITY_TEMPORARILY_UNAVAILABLE",
            "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE",
            "ORG_IN_MAINTENANCE",
            "MATCH_SERVICE_UNAVAILABLE_ERROR",
            "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "INVALID_QUERY_LOCATOR",
            "REQUEST_LIMIT_EXCEEDED");

    private static final Pattern NO_COLUMN =
            Pattern.compile("No such column '([^']+)' on (?:entity|sobject of type) '?(\\w+)");

    private final String connection;
    private final SalesforceSettings settings;

    SalesforceFaults(String connection, SalesforceSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    Fatal fatal(String what) {
        return new Fatal(connection + ": " + what);
    }

    Retryable retryable(Duration after, String what, @Nullable Throwable cause) {
        return new Retryable(after, connection + ": " + what, cause);
    }

    Retryable budgetSpent(Duration after, String what) {
        return Retryable.budgetSpent(after, connection + ": " + what, null);
    }

    Fatal redirected(@Nullable String location) {
        return fatal("Salesforce redirects to " + Words.host(location)
                + ", and redirects are not followed because they would carry the session elsewhere;"
                + " set login-url to the org's My Domain address");
    }

    /** The fault in an answer that is not a success. */
    ConnectorFault of(Answer answer, String doing) {
        String code = answer.code();
        String where = "Salesforce answered " + doing + " with " + answer.status() + (code.isEmpty() ? "" : " " + code)
                + described(answer);
        if (answer.redirects() && answer.status() != 300) {
            return redirected(answer.location());
        }
        if (code.equals("REQUEST_LIMIT_EXCEEDED")) {
            return limit(answer, where);
        }
        if (PASSING.contains(code) || Set.of(408, 425, 429).contains(answer.status()) || answer.status() >= 500) {
            return retryable(answer.delay(), where + "; it will be tried again", null);
        }
        return fatal(where + ": " + remedy(code, answer));
    }

    private ConnectorFault limit(Answer answer, String where) {
        if (answer.message().toLowerCase(Locale.ROOT).contains("concurrent")) {
            return retryable(CONCURRENCY_PAUSE, where + "; too many long calls at once, lower max-connections", null);
        }
        return budgetSpent(
                BUDGET_PAUSE,
                where + ": the org's API calls of the last 24 hours are used up; calls pause and go on by themselves");
    }

    /** The vendor's own words, but for the echo of a whole query: the remedy names the field. */
    private static String described(Answer answer) {
        String message = answer.message();
        return message.isEmpty() || NO_COLUMN.matcher(message).find() ? "" : " (" + message + ")";
    }

    private String remedy(String code, Answer answer) {
        return switch (code) {
            case "INVALID_FIELD" -> noField(answer.message());
            case "INVALID_TYPE", "NOT_FOUND" ->
                "the object does not exist or the integration user may not see it, or api-version "
                        + settings.apiVersion() + " is not served; create it, grant it, or change the mapping";
            case Answer.TOO_LARGE -> "raise max-response-mb, or map fewer fields";
            case "MALFORMED_QUERY", "MALFORMED_ID" -> "this is a fault of Rainmaker; please report it";
            case "API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED" ->
                "give the integration user the permission API Enabled, in an edition that has it";
            case "UNSUPPORTED_API_VERSION" -> "set api-version to one that the org serves";
            case "INVALID_OPERATION_WITH_EXPIRED_PASSWORD" -> "the user's password expired; set a new one";
            default -> byStatus(answer.status());
        };
    }

    private String byStatus(int status) {
        return switch (status) {
            case 401 ->
                "the session was refused right after a new login; check the user's API access and Login History";
            case 403 -> "the integration user lacks a permission; grant it in its permission set";
            case 404 -> "the address is not known there; check login-url and api-version " + settings.apiVersion();
            case 414, 431 -> "the query is too long; map fewer fields of this object";
            default -> "nothing was changed by it; see the code in Salesforce's documentation";
        };
    }

    private static String noField(String message) {
        Matcher column = NO_COLUMN.matcher(message);
        String which = column.find() ? column.group(2) + " has no field " + column.group(1) : "a field is missing";
        return which + ", or the integration user may not see it; create it, grant it in the permission set, or change"
                + " the mapping";
    }

    /** The fault in a call that got no whole answer. Whether a write was carried out is then unknown. */
    ConnectorFault broken(Throwable failure, String doing) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectorFault known) {
                return known;
            }
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return unreachable("its host name is unknown", cause);
            }
            if (cause instanceof ConnectException || cause instanceof SocketTimeoutException) {
                return unreachable("no connection came about", cause);
            }
            if (cause instanceof TimeoutException || cause instanceof InterruptedIOException) {
                return retryable(
                        Duration.ZERO,
                        "Salesforce did not finish answering " + doing + " in time (idle-timeout "
                                + settings.idleTimeout() + ", call-timeout " + settings.callTimeout()
                                + "); it will be tried again",
                        cause);
            }
            if (cause instanceof CertificateException) {
                return fatal("the certificate of " + settings.loginUrl() + " is not trusted ("
                        + Words.clean(String.valueOf(cause.getMessage()), 200)
                        + "); check the address, or import the certificate authority into Java's trust store");
            }
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                return retryable(Duration.ZERO, doing + " was interrupted", cause);
            }
            if (cause instanceof IllegalArgumentException refused
                    && String.valueOf(refused.getMessage()).startsWith("refused to call")) {
                return fatal(refused.getMessage() + " while " + doing + ": it is neither " + settings.loginUrl()
                        + " nor in allowed-hosts " + settings.allowedHosts());
            }
        }
        String how = failure instanceof SSLException ? "could not be secured" : "broke off";
        return retryable(
                Duration.ZERO,
                "the connection to Salesforce " + how + " during " + doing + "; it will be tried again",
                failure);
    }

    private Retryable unreachable(String why, Throwable cause) {
        return retryable(
                Duration.ZERO,
                "Salesforce cannot be reached at " + settings.loginUrl() + ": " + why
                        + "; check login-url and the network",
                cause);
    }
}
