package dev.rainmaker.connector.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrgHostsTest {

    private final OrgHosts production =
            new OrgHosts(URI.create("https://login.example.com"), List.of("salesforce.com", "internal.example:8443"));
    private final OrgHosts near =
            new OrgHosts(URI.create("http://localhost:8080"), List.of("salesforce.com", "sandbox:9090"));

    @ParameterizedTest
    @CsvSource({
        "https://login.example.com/services,true",
        "https://LOGIN.example.com:443/x,true",
        "https://login.example.com:444/x,false",
        "http://login.example.com/x,false",
        "https://acme.my.salesforce.com/x,true",
        "https://salesforce.com/x,true",
        "https://evilsalesforce.com/x,false",
        "https://salesforce.com.evil.example/x,false",
        "https://acme.my.salesforce.com@evil.example/x,false",
        "https://acme.my.salesforce.com:8443/x,false",
        "http://acme.my.salesforce.com/x,false",
        "https://a.internal.example:8443/x,true",
        "https://a.internal.example/x,false",
        "https://169.254.169.254/x,false",
        "https://[::ffff:169.254.169.254]/x,false",
        "file:///etc/passwd,false",
        "/services/data,false"
    })
    void onlyTheLoginHostAndTheAllowedDomains(String address, boolean allowed) {
        assertThat(production.allows(URI.create(address))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080/x,true",
        "http://127.0.0.1:8080/x,true",
        "http://localhost:8081/x,false",
        "https://localhost:8080/x,false",
        "http://sandbox:9090/x,true",
        "http://sandbox:80/x,false",
        "http://acme.my.salesforce.com/x,false",
        "https://acme.my.salesforce.com/x,false"
    })
    void plainHttpLeadsOnlyToPlainHttpNearby(String address, boolean allowed) {
        assertThat(near.allows(URI.create(address))).isEqualTo(allowed);
    }
}
