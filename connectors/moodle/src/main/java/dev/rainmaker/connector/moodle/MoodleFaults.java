package dev.rainmaker.connector.moodle;

import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.ConnectorFault.Fatal;
import dev.rainmaker.connector.ConnectorFault.Retryable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what went wrong into a fault that says what happened, where, and what to do. Moodle says nearly everything with
 * status 200: its {@code errorcode} decides. A status of its own comes from the web server or a proxy before it.
 */
final class MoodleFaults {

    /** The site cannot answer now; the same call may work later. */
    private static final Set<String> PASSING = Set.of(
            "sitemaintenance",
            "upgraderunning",
            "dbconnectionfailed",
            "dmlreadexception",
            "dmlwriteexception",
            "dmltransactionexception",
            "cannotcreatetempdir",
            "locktimeout",
            "sessionwaiterr");

    /** The function's own right is lacking. */
    private static final Set<String> NO_RIGHT = Set.of(
            "nopermissions",
            "nopermission",
            "cannotviewreport",
            "accessdenied",
            "notingroup",
            "cannotviewprofile",
            "requireloginerror",
            "errorcoursecontextnotvalid",
            "coursehidden",
            "notavailable");

    private final String connection;
    private final MoodleSettings settings;

    MoodleFaults(String connection, MoodleSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    Fatal fatal(String what) {
        return new Fatal(connection + ": " + what);
    }

    Retryable retryable(Duration after, String what, @Nullable Throwable cause) {
        return new Retryable(after, connection + ": " + what, cause);
    }

    Retryable damaged(MoodleFunction function, int bytes, String how) {
        return retryable(
                Duration.ZERO,
                function.word() + " was answered with a body that is cut short or damaged (" + how + ", " + bytes
                        + " bytes); nothing of it was taken, it will be tried again",
                null);
    }

    /** The fault in an error that Moodle itself states. */
    ConnectorFault of(MoodleError error, MoodleFunction function) {
        String said = "Moodle answered " + function.word() + " with " + error.code();
        if (PASSING.contains(error.code())) {
            return retryable(Duration.ZERO, said + "; it will be tried again", null);
        }
        if (NO_RIGHT.contains(error.code())) {
            return fatal(said + ": the integration user's role needs " + function.capability());
        }
        return switch (error.code()) {
            case "invalidtoken" ->
                fatal(said + ": the token is unknown, expired, or bound to another address; create a new one in"
                        + " Manage tokens and set \"token\"");
            case "accessexception" ->
                fatal(said + ": the token's service does not include this function, or its user is not among the"
                        + " service's authorised users, or lacks webservice/rest:use; add " + function.word()
                        + " to the service");
            case "invalidrecord" ->
                fatal(said + ": this Moodle knows no function or record of that kind; update Moodle to 4.1 or newer,"
                        + " or add " + function.word() + " to the service");
            case "enablewsdescription", "servicenotavailable", "webservicesnotenabled" ->
                fatal(said + ": switch web services on in Site administration, Advanced features");
            case "wsaccessuserdeleted",
                    "wsaccessusersuspended",
                    "wsaccessuserunconfirmed",
                    "wsaccessuserexpired",
                    "wsaccessusernologin",
                    "forcepasswordchangenotice",
                    "passwordisexpired",
                    "usernotfullysetup",
                    "sitepolicynotagreed" ->
                fatal(said + ": log in once as the integration user and put its account in order");
            case "invalidparameter" ->
                fatal(said + ": this is a fault of Rainmaker, or this Moodle is older than 4.1; please report it");
            default -> retryable(Duration.ZERO, said + ", which is not known here; it will be tried again", null);
        };
    }

    /** The fault in a status that is not a success. */
    ConnectorFault ofStatus(int status, Duration after, MoodleFunction function) {
        String said = settings.site() + " answered " + function.word() + " with status " + status;
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            return retryable(after, said + "; it will be tried again", null);
        }
        if (status >= 300 && status < 400) {
            return fatal(said + ", a redirect; redirects are not followed because they would carry the token elsewhere:"
                    + " set \"url\" to exactly the address in the site's config.php");
        }
        return fatal(said + ": "
                + switch (status) {
                    case 403 ->
                        "enable the REST protocol in Site administration, Server, Web services, Manage protocols; or"
                                + " a firewall refuses this machine";
                    case 404 -> "there is no Moodle at this address; correct \"url\"";
                    case 401, 407 ->
                        "the web server before Moodle asks for a login of its own; exempt"
                                + " /webservice/rest/server.php from it";
                    default -> "that is no answer of Moodle; look at the web server before it";
                });
    }

    Fatal tooLarge(MoodleFunction function) {
        return fatal(function.word() + " brought more than " + (settings.maxResponseBytes() >> 20)
                + " MB; raise \"max-response-mb\" or lower \"page-size\"");
    }

    /** The fault in a call that got no whole answer. */
    ConnectorFault broken(Throwable failure, MoodleFunction function) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectorFault known) {
                return known;
            }
            if (cause instanceof LimitedBody.TooLarge) {
                return tooLarge(function);
            }
            if (cause instanceof CertificateException) {
                return fatal("the certificate of " + settings.site() + " is not trusted; check the address, or import"
                        + " the certificate authority into Java's trust store");
            }
            if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
                return retryable(
                        Duration.ZERO,
                        "Moodle did not finish answering " + function.word() + " within call-timeout "
                                + settings.callTimeout() + "; it will be tried again",
                        null);
            }
            if (cause instanceof ConnectException || cause instanceof UnresolvedAddressException) {
                return retryable(
                        Duration.ZERO,
                        "Moodle cannot be reached at " + settings.site() + "; check \"url\" and the network",
                        null);
            }
        }
        String how = failure instanceof IOException ? "broke off" : "failed";
        return retryable(
                Duration.ZERO,
                "the connection to " + settings.site() + " " + how + " during " + function.word()
                        + "; it will be tried again",
                null);
    }
}
