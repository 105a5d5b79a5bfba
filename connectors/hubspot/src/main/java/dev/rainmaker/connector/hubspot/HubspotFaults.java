package dev.rainmaker.connector.hubspot;

import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.ConnectorFault.Fatal;
import dev.rainmaker.connector.ConnectorFault.Retryable;
import java.time.Duration;
import org.apache.camel.component.hubspot.HubspotException;

/** The component's failures by what helps, with what to do. */
final class HubspotFaults {

    private final String connection;

    HubspotFaults(String connection) {
        this.connection = connection;
    }

    ConnectorFault of(HubspotException told) {
        String said = connection + ": " + Words.clean(String.valueOf(told.getMessage()));
        return switch (told.getKind()) {
            case BUSY -> new Retryable(told.getRetryAfter(), said, told);
            case UNKNOWN_OUTCOME -> new Retryable(told.getRetryAfter(), said, told);
            case DAILY_LIMIT ->
                Retryable.budgetSpent(
                        atLeast(told.getRetryAfter(), Duration.ofMinutes(5)),
                        said
                                + ". The portal's calls of today are used up, by all its apps together; they begin anew at midnight in the"
                                + " portal's time zone",
                        told);
            case AUTHENTICATION ->
                new Fatal(
                        said
                                + ". Give the connection a valid access-token (private app), or install the app again and give its new"
                                + " refresh-token",
                        told);
            case PERMISSION ->
                new Fatal(
                        said
                                + ". Give the app the scope (docs/connect-hubspot.md lists them), and the connection the token that"
                                + " HubSpot then shows",
                        told);
            case NOT_FOUND ->
                new Fatal(said + ". The portal has no such object or property, or the app does not see it", told);
            case CONFLICT, REFUSED -> new Fatal(said, told);
        };
    }

    private static Duration atLeast(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    Fatal fatal(String what) {
        return new Fatal(connection + ": " + what);
    }
}
