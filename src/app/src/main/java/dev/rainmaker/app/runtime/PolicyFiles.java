package dev.rainmaker.app.runtime;

import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.app.policy.PolicyFile;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.dealregistration.DealPolicy;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import java.nio.file.Path;
import java.util.List;

/** The policies of the configured folder, as read when Rainmaker was opened. */
public record PolicyFiles(
        PolicyFile<AssignmentPolicy> assignmentFile, PolicyFile<PlvPolicy> plvFile, PolicyFile<DealPolicy> dealFile) {

    /**
     * Reads them.
     *
     * @throws dev.rainmaker.app.yaml.ConfigurationException if one cannot be used
     */
    public static PolicyFiles load(Path folder) {
        return new PolicyFiles(Policies.assignment(folder), Policies.plv(folder), Policies.deals(folder));
    }

    public AssignmentPolicy assignment() {
        return assignmentFile.policy();
    }

    public PlvPolicy plv() {
        return plvFile.policy();
    }

    public DealPolicy deals() {
        return dealFile.policy();
    }

    List<PolicyFile<?>> all() {
        return List.of(assignmentFile, plvFile, dealFile);
    }
}
