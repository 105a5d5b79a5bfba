package dev.rainmaker.sandbox.judge;

import dev.rainmaker.sandbox.hubspot.HubSpotSandbox;
import dev.rainmaker.sandbox.hubspot.HubSpotSettings;
import dev.rainmaker.sandbox.moodle.Academy;
import dev.rainmaker.sandbox.moodle.MoodleSandbox;
import dev.rainmaker.sandbox.moodle.MoodleSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients nobody here wrote judge the sandboxes: npm's @hubspot/api-client and moodle-client. */
class ClientsOfOthersTest {

    @TempDir
    private Path state;

    @Test
    void hubSpotsOwnClientFindsAPortal() throws Exception {
        try (HubSpotSandbox portal =
                HubSpotSandbox.start(HubSpotSettings.in(state).withHooks())) {
            Judge.run(
                    "hubspot.js",
                    Map.of(
                            "URL", portal.url(),
                            "TOKEN", portal.identity().accessToken(),
                            "APP_ID", String.valueOf(portal.identity().appId()),
                            "CLIENT_ID", portal.identity().clientId(),
                            "CLIENT_SECRET", portal.identity().clientSecret(),
                            "REFRESH", portal.identity().refreshToken()));
        }
    }

    @Test
    void moodlesClientFindsASite() throws Exception {
        MoodleSettings settings = MoodleSettings.in(state).withHooks().filled(ClientsOfOthersTest::course);
        try (MoodleSandbox site = MoodleSandbox.start(settings)) {
            Judge.run(
                    "moodle.js",
                    Map.of(
                            "URL", site.url(),
                            "TOKEN", site.token(),
                            "USERNAME", site.username(),
                            "PASSWORD", site.password()));
        }
    }

    private static void course(Academy academy) {
        long course = academy.addCourse(
                "CERT-101",
                "Certification",
                "CERT-101",
                List.of(new Academy.Activity("Read", true), new Academy.Activity("Watch", false)),
                true,
                academy.now());
        academy.addBadge("Certified", course, 31_536_000L, academy.now());
    }
}
