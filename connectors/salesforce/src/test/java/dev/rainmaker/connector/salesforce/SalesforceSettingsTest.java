package dev.rainmaker.connector.salesforce;

import static dev.rainmaker.connector.salesforce.StubOrg.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.connector.ConnectorFactory;
import dev.rainmaker.connector.SettingKey;
import dev.rainmaker.connector.salesforce.SalesforceSettings.Auth;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceSettingsTest {

    private static final String ORG = "https://example.my.salesforce.com";

    @Test
    void hasDefaultsForAllButAddressAndCredentials() {
        SalesforceSettings settings = SalesforceSettings.from(settings(ORG));

        assertThat(settings)
                .isEqualTo(new SalesforceSettings(
                        URI.create(ORG),
                        Auth.CLIENT_CREDENTIALS,
                        "canary-client-id",
                        StubOrg.SECRET,
                        null,
                        null,
                        null,
                        null,
                        ORG,
                        "65.0",
                        Duration.ofMinutes(2),
                        2000,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(3),
                        20,
                        64 << 20,
                        Long.MAX_VALUE,
                        List.of("salesforce.com", "salesforce.mil")));
    }

    @Test
    void takesEveryKey() {
        SalesforceSettings jwt = SalesforceSettings.from(settings(
                "https://Example.my.salesforce.com:8443/",
                "auth",
                "jwt",
                "client-secret",
                "",
                "username",
                "ann@example.com",
                "keystore",
                "keys.p12",
                "keystore-password",
                "k",
                "jwt-audience",
                "https://test.salesforce.com",
                "api-version",
                "67.0",
                "overlap",
                "PT5M",
                "page-size",
                "500",
                "connect-timeout",
                "PT1S",
                "idle-timeout",
                "PT2S",
                "call-timeout",
                "PT3S",
                "max-connections",
                "5",
                "max-response-mb",
                "8",
                "max-calls-per-day",
                "1000",
                "allowed-hosts",
                "Example.com , localhost:8080"));
        SalesforceSettings password = SalesforceSettings.from(
                settings(ORG, "auth", "password", "username", "ann@example.com", "password", "p"));

        assertThat(jwt)
                .isEqualTo(new SalesforceSettings(
                        URI.create("https://example.my.salesforce.com:8443"),
                        Auth.JWT,
                        "canary-client-id",
                        null,
                        "ann@example.com",
                        null,
                        Path.of("keys.p12"),
                        "k",
                        "https://test.salesforce.com",
                        "67.0",
                        Duration.ofMinutes(5),
                        500,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        5,
                        8 << 20,
                        1000,
                        List.of("example.com", "localhost:8080")));
        assertThat(password.auth()).isEqualTo(Auth.PASSWORD);
        assertThat(password.username()).isEqualTo("ann@example.com");
        assertThat(password.password()).isEqualTo("p");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth|basic|must be client-credentials, jwt or password",
                "auth|password|key \"username\" is missing",
                "auth|jwt|key \"username\" is missing",
                "client-secret|''|key \"client-secret\" is missing",
                "username|ann|key \"username\" does not go with auth: client-credentials",
                "password|p|key \"password\" does not go with auth: client-credentials",
                "keystore|k.p12|key \"keystore\" does not go with auth: client-credentials",
                "keystore-password|p|key \"keystore-password\" does not go with auth: client-credentials",
                "jwt-audience|https://a.b|key \"jwt-audience\" does not go with auth: client-credentials",
                "login-url|http://example.my.salesforce.com|must begin with https",
                "login-url|http://10.0.0.1|must begin with https",
                "login-url|https://example.com/services|scheme and host only",
                "login-url|https://ann:pw@example.com|scheme and host only",
                "login-url|https://example.com?x=y|scheme and host only",
                "api-version|65|key \"api-version\" must be like 65.0",
                "api-version|v65.0|key \"api-version\" must be like 65.0",
                "overlap|-PT1S|key \"overlap\" must be at least PT0S",
                "overlap|P2D|at most P1D",
                "page-size|0|key \"page-size\" must be 1 to 2000",
                "page-size|2001|key \"page-size\" must be 1 to 2000",
                "connect-timeout|PT0S|must be more than PT0S",
                "connect-timeout|PT10M|must not be longer than \"call-timeout\"",
                "idle-timeout|PT10M|must not be longer than \"call-timeout\"",
                "call-timeout|PT0S|must be more than PT0S",
                "max-connections|0|key \"max-connections\" must be 1 to 1000",
                "max-response-mb|1025|key \"max-response-mb\" must be 1 to 1024",
                "max-calls-per-day|0|key \"max-calls-per-day\" must be 1 to",
                "allowed-hosts|*.salesforce.com|must be domains such as salesforce.com",
                "allowed-hosts|https://salesforce.com|must be domains such as salesforce.com",
            })
    void refusesWhatIsWrongOrContradicts(String key, String value, String reason) {
        assertThatThrownBy(() -> SalesforceSettings.from(settings(ORG, key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesASecretWithASignedLogin() {
        assertThatThrownBy(() -> SalesforceSettings.from(
                        settings(ORG, "auth", "jwt", "username", "u", "keystore", "k.p12", "keystore-password", "p")))
                .hasMessageContaining("key \"client-secret\" does not go with auth: jwt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:8080", "http://127.0.0.1:8080", "http://sandbox:8080", "http://[::1]:8080"})
    void plainHttpIsForThisMachineAndItsContainerNeighbours(String url) {
        assertThat(SalesforceSettings.from(settings(url)).loginUrl()).isEqualTo(URI.create(url));
    }

    @Test
    void showsNoSecret() {
        SalesforceSettings settings = SalesforceSettings.from(
                settings(ORG, "auth", "password", "username", "ann@example.com", "password", "canary-password"));

        assertThat(settings.toString()).doesNotContain("canary", "ann@").contains("password", ORG);
    }

    @Test
    void theServiceLoaderFindsTheFactoryAndEveryKeyIsDescribed() {
        ConnectorFactory factory = ServiceLoader.load(ConnectorFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.type().equals("salesforce"))
                .findFirst()
                .orElseThrow();

        assertThat(factory.settings())
                .extracting(SettingKey::name)
                .doesNotHaveDuplicates()
                .hasSize(19);
        assertThat(factory.settings())
                .filteredOn(SettingKey::secret)
                .extracting(SettingKey::name)
                .containsExactly("client-secret", "password", "keystore-password");
        assertThat(factory.settings())
                .allSatisfy(key -> assertThat(key.description()).isNotBlank());
    }
}
