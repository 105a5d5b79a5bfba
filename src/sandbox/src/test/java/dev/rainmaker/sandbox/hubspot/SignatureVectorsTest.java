package dev.rainmaker.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.SharedFacts;
import dev.rainmaker.sandbox.hubspot.webhook.Signature;
import org.junit.jupiter.api.Test;

/** The signatures of events against published and computed vectors. */
class SignatureVectorsTest {

    @Test
    void everyVectorIsAsSigned() throws Exception {
        JsonNode file = SharedFacts.contract("hubspot/signature-vectors.json");
        String secret = file.path("clientSecret").asText();
        int checked = 0;
        for (JsonNode vector : file.path("vectors")) {
            String made = sign(secret, vector);
            boolean same = made.equals(vector.path("signature").asText());
            assertThat(same)
                    .as(vector.path("id").asText())
                    .isEqualTo(vector.path("valid").asBoolean());
            checked++;
        }
        assertThat(checked).isEqualTo(16);
    }

    private static String sign(String secret, JsonNode vector) {
        String method = vector.path("method").asText();
        String uri = vector.path("signedUri").asText(vector.path("uri").asText());
        String body = vector.path("body").asText();
        return switch (vector.path("version").asText()) {
            case "v1" -> Signature.v1(secret, body);
            case "v2" -> Signature.v2(secret, method, uri, body);
            default ->
                Signature.v3(secret, method, uri, body, vector.path("timestamp").asText());
        };
    }
}
