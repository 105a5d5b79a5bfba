package dev.rainmaker.fact;

import java.time.Instant;

/** Something Rainmaker knows from a connected system, as that system stated it at {@link #modifiedAt()}. */
public interface Fact {

    RecordId id();

    FactKind kind();

    /** The source's own stamp of the last change (server time of the source, never of this host). */
    Instant modifiedAt();
}
