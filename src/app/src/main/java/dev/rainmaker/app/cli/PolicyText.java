package dev.rainmaker.app.cli;

import dev.rainmaker.app.ledger.PolicyLedger.PolicyVersion;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.app.yaml.YamlDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A policy's text and what it is called: a file, a version of the ledger, {@code published}, or the policy folder's file. */
record PolicyText(String name, String text) {

    static PolicyText of(Rainmaker rainmaker, @Nullable String given) {
        Path configured = rainmaker.configuration().policies().resolve(Policies.ASSIGNMENT + ".yaml");
        if (given == null) {
            return file(configured);
        }
        if (given.equals("published")) {
            return of(rainmaker.drafts().publishedVersion());
        }
        Path file = Path.of(given);
        if (Files.exists(file) || !given.matches("[0-9a-f]{4,64}")) {
            return file(file);
        }
        return of(rainmaker.drafts().version(given));
    }

    private static PolicyText of(PolicyVersion version) {
        return new PolicyText(version.version().substring(0, 12), version.body());
    }

    private static PolicyText file(Path file) {
        YamlDocument document = YamlDocument.read(file);
        return new PolicyText(document.name(), document.text());
    }
}
