package dev.rainmaker.app.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream stands.
 *
 * @param complete whether a full read ever reached its end
 * @param records read so far, repeats included
 */
public record StreamState(
        String connection,
        String name,
        boolean complete,
        long records,
        long pages,
        @Nullable Instant committedAt) {}
