package dev.rainmaker.app.draft;

import dev.rainmaker.app.ledger.PolicyLedger;
import dev.rainmaker.app.ledger.PolicyLedger.PolicyVersion;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.assignment.AssignmentPolicy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The assignment policy that is published in the ledger now; asked anew each time, so that all instances follow it. */
public final class PublishedPolicy {

    private final PolicyLedger versions;
    private final Supplier<AssignmentPolicy> file;
    private @Nullable AssignmentPolicy held;

    /** @param file what decides as long as the ledger has no published version */
    public PublishedPolicy(PolicyLedger versions, Supplier<AssignmentPolicy> file) {
        this.versions = versions;
        this.file = file;
    }

    public synchronized AssignmentPolicy policy() {
        String version = versions.publishedVersion(Policies.ASSIGNMENT).orElse(null);
        AssignmentPolicy last = held;
        if (last != null && last.version().equals(version)) {
            return last;
        }
        AssignmentPolicy now = version == null
                ? file.get()
                : versions.find(Policies.ASSIGNMENT, version)
                        .map(PublishedPolicy::parsed)
                        .orElseGet(file);
        held = now;
        return now;
    }

    static AssignmentPolicy parsed(PolicyVersion version) {
        return Policies.assignment(Policies.ASSIGNMENT + ".yaml", version.body())
                .policy();
    }
}
