package dev.rainmaker.app.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A connection to one of the sandbox's systems.
 *
 * @param name of the connection
 * @param type of its connector, which is also what the sandbox calls the system
 * @param settings of the connection, each with the member of the sandbox's first line that fills it
 */
record DemoConnection(String name, String type, Map<String, String> settings) {

    /** Where the leads of the first CRM are, as before there was a second one. */
    static final DemoConnection CRM = new DemoConnection(
            Demo.CONNECTION,
            "salesforce",
            Map.of("login-url", "url", "client-id", "clientId", "client-secret", "clientSecret"));

    static final DemoConnection ACADEMY =
            new DemoConnection("academy", "moodle", Map.of("url", "url", "token", "token"));

    /** All systems of a generated world. */
    static final List<DemoConnection> ALL = List.of(
            CRM,
            new DemoConnection(
                    "portal",
                    "hubspot",
                    Map.of("api-url", "url", "app-url", "url", "access-token", "accessToken", "portal-id", "portalId")),
            ACADEMY);

    DemoConnection {
        settings = Map.copyOf(settings);
    }

    Map<String, String> filled(SandboxProcess sandbox) {
        Map<String, String> filled = new TreeMap<>();
        settings.forEach((key, member) -> filled.put(key, sandbox.said(type, member)));
        return filled;
    }
}
