package dev.rainmaker.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call that failed as a whole, named by what helps. Messages say what happened, where, and what to do; no secrets. */
public abstract sealed class ConnectorFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ConnectorFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The same call may work after {@link #after()}. */
    public static final class Retryable extends ConnectorFault {
        private static final long serialVersionUID = 1L;
        private final Duration after;
        private final boolean budget;

        public Retryable(Duration after, String message, @Nullable Throwable cause) {
            this(after, message, cause, false);
        }

        private Retryable(Duration after, String message, @Nullable Throwable cause, boolean budget) {
            super(message, cause);
            this.after = after;
            this.budget = budget;
        }

        /** The vendor's call budget is used up: all calls of this connection must pause. */
        public static Retryable budgetSpent(Duration after, String message, @Nullable Throwable cause) {
            return new Retryable(after, message, cause, true);
        }

        /** How long to wait at least: what the vendor asked for, or zero where it did not say. */
        public Duration after() {
            return after;
        }

        /** Whether the vendor's call budget is the reason. */
        public boolean isBudget() {
            return budget;
        }
    }

    /** It will not work until a person changes something. */
    public static final class Fatal extends ConnectorFault {
        private static final long serialVersionUID = 1L;

        public Fatal(String message) {
            super(message, null);
        }

        public Fatal(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
