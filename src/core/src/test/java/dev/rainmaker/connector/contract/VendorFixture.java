package dev.rainmaker.connector.contract;

import dev.rainmaker.connector.ConnectorFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between vendors, for the contract: how a connection is configured, and a stand-in of the vendor that
 * answers from a {@link VendorTable}.
 */
public interface VendorFixture {

    /** What a request is for. Faults are put in the place of READ and WRITE answers. */
    enum Step {
        LOGIN,
        /** Asks for records of the stream. */
        READ,
        WRITE,
        /** Describes what the vendor has. */
        DESCRIBE,
        OTHER
    }

    ConnectorFactory factory();

    /**
     * Settings of a connection to the stand-in, with pages of two records where the connector lets one choose, an overlap of
     * one second where it has one, and no wait longer than {@code patience}.
     */
    Map<String, String> settings(String url, Duration patience);

    /** Values that may appear in no message and no {@code toString}. */
    Set<String> secrets();

    String stream();

    /** A text field of the stream. It is written too, where the vendor takes writes. */
    String field();

    /** The id of the n-th record, in the vendor's canonical form; rising with n. */
    String id(int n);

    Step step(Asked asked);

    /** How the vendor answers when all is well. */
    Reply answer(Asked asked, VendorTable table, String url);

    /** How the vendor says an error of this status; a bare one, as a proxy would send it, where it has no form of its own. */
    default Reply error(int status) {
        return Reply.of(status, "<html>canary-page</html>").with("Content-Type", "text/html");
    }

    /** How a read is answered once the vendor no longer has the field; null where it is then left out in silence. */
    default @Nullable Reply fieldGone() {
        return null;
    }

    /** How the vendor says in its own words that the credentials are refused, where it does not say 401; else null. */
    default @Nullable Reply refused() {
        return null;
    }
}
