package dev.rainmaker.connector;

import java.util.List;

/**
 * A page of a stream.
 *
 * @param next where to go on; after the last page: where the next run starts
 * @param last whether the stream ended with this page
 * @param expected how many records this read still had before this page, for progress; -1 where the vendor does not say
 */
public record Page(List<SourceRecord> records, Cursor next, boolean last, long expected) {

    public Page {
        records = List.copyOf(records);
    }
}
