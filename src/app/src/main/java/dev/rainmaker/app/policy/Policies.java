package dev.rainmaker.app.policy;

import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.YamlDocument;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.attribution.AttributionPolicy;
import dev.rainmaker.dealregistration.DealPolicy;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads policies; every problem of a file is told with its place. */
public final class Policies {

    public static final String ASSIGNMENT = "assignment";
    public static final String PLV = "plv";
    public static final String DEALS = "deal-registration";
    public static final String ATTRIBUTION = "attribution";

    private Policies() {}

    /**
     * Reads {@code assignment.yaml} of a policy folder.
     *
     * @throws ConfigurationException if the file cannot be used
     */
    public static PolicyFile<AssignmentPolicy> assignment(Path folder) {
        return assignment(YamlDocument.read(folder.resolve(ASSIGNMENT + ".yaml")));
    }

    /** Reads an assignment policy from a text, such as a version kept in the ledger; {@code name} stands in errors. */
    public static PolicyFile<AssignmentPolicy> assignment(String name, String text) {
        return assignment(YamlDocument.parse(name, text));
    }

    private static PolicyFile<AssignmentPolicy> assignment(YamlDocument document) {
        AssignmentPolicy policy = new AssignmentPolicyReader(document).read();
        return new PolicyFile<>(ASSIGNMENT, document.version(), document.text(), policy);
    }

    /**
     * Reads {@code plv.yaml} of a policy folder.
     *
     * @throws ConfigurationException if the file cannot be used
     */
    public static PolicyFile<PlvPolicy> plv(Path folder) {
        return plv(YamlDocument.read(folder.resolve(PLV + ".yaml")));
    }

    /**
     * Reads {@code deal-registration.yaml} of a policy folder; where there is none, its defaults hold and a person approves
     * everything.
     *
     * @throws ConfigurationException if the file cannot be used
     */
    public static PolicyFile<DealPolicy> deals(Path folder) {
        Path file = folder.resolve(DEALS + ".yaml");
        return Files.exists(file) ? deals(YamlDocument.read(file)) : deals(DEALS, "zone: UTC\n");
    }

    /** Reads a deal registration policy from a text, such as a version kept in the ledger; {@code name} stands in errors. */
    public static PolicyFile<DealPolicy> deals(String name, String text) {
        return deals(YamlDocument.parse(name, text));
    }

    private static PolicyFile<DealPolicy> deals(YamlDocument document) {
        return new PolicyFile<>(DEALS, document.version(), document.text(), new DealPolicyReader(document).read());
    }

    /** Reads a PLV policy from a text, such as a version kept in the ledger; {@code name} stands in errors. */
    public static PolicyFile<PlvPolicy> plv(String name, String text) {
        return plv(YamlDocument.parse(name, text));
    }

    private static PolicyFile<PlvPolicy> plv(YamlDocument document) {
        return new PolicyFile<>(PLV, document.version(), document.text(), new PlvPolicyReader(document).read());
    }

    /**
     * Reads {@code attribution.yaml} of a policy folder.
     *
     * @throws ConfigurationException if the file cannot be used
     */
    public static PolicyFile<AttributionPolicy> attribution(Path folder) {
        YamlDocument document = YamlDocument.read(folder.resolve(ATTRIBUTION + ".yaml"));
        return new PolicyFile<>(
                ATTRIBUTION, document.version(), document.text(), new AttributionPolicyReader(document).read());
    }
}
