package dev.rainmaker.connector;

/** Why a call is made; calls are counted by it. */
public enum CallPurpose {
    /** Sync: pages of a stream, records fetched after an event. */
    READ,
    /** The read just before a write. */
    PRE_READ,
    WRITE,
    /** Reading back what was written. */
    CONFIRM,
    /** Login, describe, limits. */
    OTHER
}
