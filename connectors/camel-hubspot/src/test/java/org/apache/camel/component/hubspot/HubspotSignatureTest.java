package org.apache.camel.component.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HubspotSignatureTest {

    private static final String SECRET = "0123-secret";
    private static final String URI = "https://rainmaker.example/api/intake/hub/webhook?source=hubspot";
    private static final byte[] BODY = "[{\"objectId\":1}]".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");

    @TestFactory
    Stream<DynamicTest> everyPublishedVectorIsJudgedAsItSays() throws IOException {
        Path file = Path.of(System.getProperty("rainmaker.shared", "none"), "contracts/hubspot/signature-vectors.json");
        assumeTrue(Files.exists(file), "skipped: no contract data; give -Drainmaker.shared=FOLDER");
        JsonNode all = new ObjectMapper().readTree(file.toFile());
        String secret = all.path("clientSecret").asText();
        Instant clock = Instant.ofEpochMilli(all.path("clockForV3Tests").asLong());
        return StreamSupport.stream(all.path("vectors").spliterator(), false)
                .map(vector -> DynamicTest.dynamicTest(
                        vector.path("id").asText(),
                        () -> assertThat(isGood(vector, secret, clock))
                                .isEqualTo(vector.path("valid").asBoolean())));
    }

    private static boolean isGood(JsonNode vector, String secret, Instant clock) {
        byte[] body = vector.path("body").asText().getBytes(StandardCharsets.UTF_8);
        String method = vector.path("method").asText();
        String uri = vector.path("uri").asText();
        String signature = vector.path("signature").asText();
        return switch (vector.path("version").asText()) {
            case "v1" -> HubspotSignature.v1(secret, body).equals(signature);
            case "v2" -> HubspotSignature.v2(secret, method, uri, body).equals(signature);
            default ->
                HubspotSignature.refusal(
                                List.of(secret),
                                method,
                                uri,
                                body,
                                signature,
                                vector.path("timestamp").asText(),
                                clock)
                        .isEmpty();
        };
    }

    private static Optional<String> refusal(Instant signedAt, List<String> secrets) {
        String timestamp = String.valueOf(signedAt.toEpochMilli());
        return HubspotSignature.refusal(
                secrets, "POST", URI, BODY, HubspotSignature.v3(SECRET, "POST", URI, BODY, timestamp), timestamp, NOW);
    }

    @Test
    void fiveMinutesOldIsTakenAndAMillisecondMoreIsNot() {
        assertThat(refusal(NOW.minusMillis(300_000), List.of(SECRET))).isEmpty();
        assertThat(refusal(NOW.minusMillis(300_001), List.of(SECRET))).isPresent();
    }

    @Test
    void fiveMinutesAheadIsTakenAndAMillisecondMoreIsNot() {
        assertThat(refusal(NOW.plusMillis(300_000), List.of(SECRET))).isEmpty();
        assertThat(refusal(NOW.plusMillis(300_001), List.of(SECRET))).isPresent();
    }

    @Test
    void whileTheSecretChangesBothAreTaken() {
        assertThat(refusal(NOW, List.of("new-secret", SECRET))).isEmpty();
        assertThat(refusal(NOW, List.of("new-secret"))).isPresent();
    }

    @Test
    void aRequestWithoutSignatureOrTimeIsRefused() {
        assertThat(HubspotSignature.refusal(List.of(SECRET), "POST", URI, BODY, null, "1", NOW))
                .isPresent();
        assertThat(HubspotSignature.refusal(List.of(SECRET), "POST", URI, BODY, "x", null, NOW))
                .isPresent();
        assertThat(HubspotSignature.refusal(List.of(SECRET), "POST", URI, BODY, "x", "-5", NOW))
                .isPresent();
        assertThat(HubspotSignature.refusal(List.of(SECRET), "POST", URI, BODY, "x", "soon", NOW))
                .isPresent();
    }

    @Test
    void theReasonTellsNeitherSecretNorSignature() {
        assertThat(refusal(NOW, List.of("other")).orElseThrow())
                .doesNotContain("other")
                .doesNotContain(SECRET);
    }
}
