package dev.rainmaker.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.fact.RecordId;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

class DoorsTest {
    private static final String PASSWORD = "correct horse battery";

    private static ConfigurableApplicationContext application;
    private static Map<Role, String> secrets;

    private final Visitor visitor = new Visitor(application);

    @BeforeAll
    static void open() {
        application = DoorsApplication.start(false);
        ApiTokens tokens = application.getBean(ApiTokens.class);
        secrets = Map.of(
                Role.ADMIN,
                        tokens.create("a", Role.ADMIN, Optional.empty(), "test").secret(),
                Role.OPERATOR,
                        tokens.create("o", Role.OPERATOR, Optional.empty(), "test")
                                .secret(),
                Role.VIEWER,
                        tokens.create("v", Role.VIEWER, Optional.empty(), "test")
                                .secret(),
                Role.PARTNER,
                        tokens.createForPartner("p", new RecordId("crm", "001A"), Optional.empty(), "test")
                                .secret());
        ConsoleUsers users = application.getBean(ConsoleUsers.class);
        users.create("vera", Role.VIEWER, PASSWORD);
        users.create("otto", Role.OPERATOR, PASSWORD);
    }

    @AfterAll
    static void shut() {
        application.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/intake/crm/Lead,        ADMIN OPERATOR",
        "GET,  /api/plv/crm/001A,           ADMIN OPERATOR VIEWER PARTNER",
        "POST, /api/plv,                    ADMIN OPERATOR",
        "GET,  /api/assignments,            ADMIN OPERATOR VIEWER PARTNER",
        "POST, /api/assignments,            ADMIN OPERATOR",
        "GET,  /api/deal-registrations,     ADMIN OPERATOR VIEWER PARTNER",
        "POST, /api/deal-registrations,     ADMIN OPERATOR PARTNER",
        "POST, /api/deal-registrations/7/approve, ADMIN OPERATOR",
        "GET,  /api/locks,                  ADMIN OPERATOR VIEWER PARTNER",
        "GET,  /api/people,                 ADMIN OPERATOR VIEWER",
        "GET,  /api/revenue,                ADMIN OPERATOR VIEWER PARTNER",
        "POST, /api/assignments/crm/7/accept, ADMIN OPERATOR PARTNER",
        "GET,  /api/runs,                   ADMIN OPERATOR VIEWER",
        "GET,  /api/connections,            ADMIN OPERATOR VIEWER",
        "GET,  /api/policies,               ADMIN OPERATOR VIEWER",
        "PUT,  /api/policies/assignment,    ADMIN",
        "GET,  /api/tokens,                 ADMIN",
        "POST, /api/users,                  ADMIN",
        "GET,  /api/whatever-comes-later,   ADMIN OPERATOR VIEWER",
        "DELETE, /api/whatever-comes-later, ADMIN OPERATOR"
    })
    void eachApiPathOpensToItsRolesAndToNobodyElse(String method, String path, String roles) throws Exception {
        for (Role role : Role.values()) {
            int status = visitor.withToken(method, path, secrets.get(role)).statusCode();
            assertThat(status).as("%s %s as %s", method, path, role).isEqualTo(roles.contains(role.name()) ? 200 : 403);
        }
        assertThat(visitor.call(method, path).statusCode()).isEqualTo(401);
    }

    @Test
    void apiRefusalsAreProblemDetails() throws Exception {
        HttpResponse<String> missing = visitor.call("GET", "/api/runs");
        assertThat(missing.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(missing.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(missing.body()).contains("\"status\":401").contains("Authorization: Bearer");

        assertThat(visitor.withToken("GET", "/api/runs", "rmk_wrong").body()).contains("unknown, revoked or expired");
        assertThat(visitor.withToken("GET", "/api/people", secrets.get(Role.PARTNER))
                        .body())
                .contains("\"status\":403");
    }

    @Test
    void aWrongTokenIsRefusedEvenWhereNoneIsNeededAndBasicIsNoToken() throws Exception {
        assertThat(visitor.call("GET", "/api/runs", "Authorization", "Basic YTpi")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aConsoleLoginDoesNotOpenTheApi() throws Exception {
        visitor.logIn("otto", PASSWORD);

        assertThat(visitor.call("POST", "/api/intake/crm/Lead").statusCode()).isEqualTo(401);
    }

    @Test
    void theConsoleAsksForALoginAndThenKnowsThePerson() throws Exception {
        HttpResponse<String> before = visitor.call("GET", "/page");
        assertThat(before.statusCode()).isEqualTo(302);
        assertThat(before.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));

        assertThat(visitor.logIn("vera", "wrong password").headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/login?error"));
        assertThat(visitor.logIn("vera", PASSWORD).statusCode()).isEqualTo(302);
        assertThat(visitor.call("GET", "/page").body()).isEqualTo("vera viewer");
    }

    @Test
    void aViewerReadsTheConsoleAndAnOperatorActsOnIt() throws Exception {
        visitor.logIn("vera", PASSWORD);
        assertThat(visitor.submit("/page", Map.of("_csrf", visitor.csrfOf("/login")))
                        .statusCode())
                .isEqualTo(403);

        Visitor otto = new Visitor(application);
        otto.logIn("otto", PASSWORD);
        assertThat(otto.submit("/page", Map.of("_csrf", otto.csrfOf("/login"))).body())
                .isEqualTo("otto operator");
        assertThat(otto.call("GET", "/admin/users").statusCode()).isEqualTo(403);
    }

    @Test
    void aFormWithoutItsSecretIsRefused() throws Exception {
        visitor.logIn("otto", PASSWORD);

        assertThat(visitor.submit("/page", Map.of()).statusCode()).isEqualTo(403);
    }

    @Test
    void aFragmentAskedForWithoutLoginSendsThePageToTheLogin() throws Exception {
        HttpResponse<String> fragment = visitor.call("GET", "/page", "HX-Request", "true");

        assertThat(fragment.statusCode()).isEqualTo(401);
        assertThat(fragment.headers().firstValue("HX-Redirect")).contains("/login");
    }

    @Test
    void ofTheActuatorOnlyHealthIsOpen() throws Exception {
        assertThat(visitor.call("GET", "/actuator/health").statusCode()).isEqualTo(200);
        visitor.logIn("otto", PASSWORD);
        for (String closed : new String[] {"/actuator", "/actuator/env", "/actuator/heapdump", "/actuator/beans"}) {
            assertThat(visitor.call("GET", closed).statusCode()).as(closed).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/page"})
    void pagesRunNoScriptsButOurs(String path) throws Exception {
        HttpResponse<String> page = visitor.call("GET", path);

        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy).contains("script-src 'self' 'nonce-").contains("frame-ancestors 'none'");
        assertThat(policy).doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(visitor.call("GET", path).headers().firstValue("Content-Security-Policy"))
                .isNotEqualTo(Optional.of(policy));
    }
}
