package dev.rainmaker.app.postgres;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL cannot be started, taken over or stopped. The message is one sentence for a person: what, where, what to do. */
public final class PostgresFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PostgresFault(String message) {
        super(message);
    }

    PostgresFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
