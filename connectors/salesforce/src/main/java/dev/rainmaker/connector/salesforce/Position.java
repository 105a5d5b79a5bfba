package dev.rainmaker.connector.salesforce;

import java.time.Instant;

/**
 * A place in a stream ordered by (SystemModstamp, Id). Ids are compared by the server only, whose order is its own.
 *
 * @param id the last record before this place; empty: before all records of that stamp
 */
record Position(Instant stamp, String id) {

    static final Position START = new Position(Instant.EPOCH, "");
}
