package dev.rainmaker.connector.salesforce;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.connector.salesforce.SalesforceSettings.Auth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form that asks for an access token. The signed variant follows RFC 7523 (Camel's own writes {@code exp} as text
 * and pads its base64url).
 */
final class LoginGrant {

    /** Salesforce accepts a signed login up to 3 minutes before it expires, and refuses one that lives longer than 5. */
    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(3);

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SalesforceSettings settings;
    private final Clock clock;
    private final @Nullable PrivateKey key;

    /** @throws IllegalArgumentException if the keystore cannot be opened or holds not exactly one private key */
    LoginGrant(SalesforceSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.key = settings.auth() == Auth.JWT ? privateKey(settings) : null;
    }

    Map<String, String> form() {
        Map<String, String> form = new LinkedHashMap<>();
        switch (settings.auth()) {
            case CLIENT_CREDENTIALS -> form.put("grant_type", "client_credentials");
            case PASSWORD -> {
                form.put("grant_type", "password");
                form.put("username", given(settings.username()));
                form.put("password", given(settings.password()));
            }
            case JWT -> {
                form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
                form.put("assertion", assertion());
            }
        }
        if (settings.auth() != Auth.JWT) {
            form.put("client_id", settings.clientId());
            form.put("client_secret", given(settings.clientSecret()));
        }
        form.put("format", "json");
        return form;
    }

    private String assertion() {
        ObjectNode claims = JSON.createObjectNode()
                .put("iss", settings.clientId())
                .put("sub", given(settings.username()))
                .put("aud", settings.jwtAudience())
                .put("exp", clock.instant().plus(ASSERTION_LIFE).getEpochSecond());
        String signed = encode("{\"alg\":\"RS256\"}") + "." + encode(claims.toString());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException wrong) {
            throw new IllegalStateException("the key in \"keystore\" cannot sign: it must be an RSA key", wrong);
        }
    }

    private static String encode(String json) {
        return BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static PrivateKey privateKey(SalesforceSettings settings) {
        Path file = Path.of(
                given(settings.keystore() == null ? null : settings.keystore().toString()));
        char[] password = given(settings.keystorePassword()).toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1 || !(store.getKey(keys.get(0), password) instanceof PrivateKey found)) {
                throw new IllegalArgumentException(
                        "key \"keystore\": " + file + " must hold exactly one private key, it holds " + keys.size());
            }
            if (!found.getAlgorithm().equals("RSA")) {
                throw new IllegalArgumentException(
                        "key \"keystore\": " + file + " must hold an RSA key, not " + found.getAlgorithm());
            }
            return found;
        } catch (IOException | GeneralSecurityException wrong) {
            throw new IllegalArgumentException(
                    "key \"keystore\": " + file + " cannot be opened: it must be a readable PKCS12 file, and"
                            + " \"keystore-password\" must fit it",
                    wrong);
        }
    }

    private static String given(@Nullable String value) {
        if (value == null) {
            throw new IllegalStateException("settings were not checked");
        }
        return value;
    }
}
