package dev.rainmaker.sandbox.salesforce.record;

/**
 * Who writes, and how.
 *
 * @param userId 18-character id of a User
 * @param autoAssign whether the org's active lead assignment rule runs on this write
 */
public record Actor(String userId, Channel channel, boolean autoAssign) {

    /** Where a write comes from. */
    public enum Channel {
        /** A REST client. */
        API,
        /** A person on a record page. */
        PAGE,
        /** An export folder or the generated world: system fields and ids are taken as given. */
        LOAD
    }

    boolean loads() {
        return channel == Channel.LOAD;
    }
}
