package dev.rainmaker.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DemoDoorsTest {
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void open() {
        application = DoorsApplication.start(true);
    }

    @AfterAll
    static void shut() {
        application.close();
    }

    @Test
    void theConsoleIsOpenButItsFormsStillNeedTheirSecretAndTheApiItsToken() throws Exception {
        Visitor visitor = new Visitor(application);

        assertThat(visitor.call("GET", "/page").body()).isEqualTo("demo admin");
        assertThat(visitor.submit("/page", Map.of()).statusCode()).isEqualTo(403);
        assertThat(visitor.call("POST", "/api/intake/crm/Lead").statusCode()).isEqualTo(401);
        assertThat(visitor.call("GET", "/actuator/env").statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost, , 200",
        "::1, localhost, , 200",
        "127.0.0.1, 127.0.0.1, , 200",
        "192.168.1.7, localhost, , 403",
        "127.0.0.1, rebound.example, , 403",
        "127.0.0.1, localhost, X-Forwarded-For, 403",
        "127.0.0.1, localhost, Forwarded, 403"
    })
    void itIsOpenToTheMachineItselfOnly(String address, String host, String header, int status) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/page");
        request.setRemoteAddr(address);
        request.setServerName(host);
        if (header != null) {
            request.addHeader(header, "for=203.0.113.9");
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        FilterChain page = (passed, answer) -> {};

        new DemoFilter().doFilter(request, response, page);

        assertThat(response.getStatus()).isEqualTo(status);
    }
}
