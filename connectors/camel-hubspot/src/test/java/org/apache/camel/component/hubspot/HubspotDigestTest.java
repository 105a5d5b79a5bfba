package org.apache.camel.component.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every call the component can make, against what HubSpot's descriptions of its API declare. */
class HubspotDigestTest {

    /** What is called although no description has it, each with its reason. */
    private static final Map<String, String> WAIVED = Map.of(
            "2026-09 forms/submissions",
                    "single submissions exist in the first generation only, which has no description",
            "v3 forms/submissions", "single submissions exist in the first generation only, which has no description");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<JsonNode> DECLARED = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        Path file = Path.of(System.getProperty("rainmaker.shared", "none"), "contracts/hubspot/digest.json");
        assumeTrue(Files.exists(file), "skipped: no contract data; give -Drainmaker.shared=FOLDER");
        JSON.readTree(file.toFile()).path("apis").forEach(api -> api.forEach(DECLARED::add));
    }

    private static List<JsonNode> declared(HubspotOperation operation, HubspotApi api) {
        String called = operation
                .path(api)
                .replace("{objectType}", "contacts")
                .replace("{toObjectType}", "companies")
                .replace("{objectId}", "9");
        return DECLARED.stream()
                .filter(each -> each.path("m").asText().equals(operation.method()))
                .filter(each -> called.matches(each.path("p").asText().replaceAll("\\{[^}]+}", "[^/]+")))
                .toList();
    }

    @Test
    void everyCallIsDeclaredAndEveryWaiverIsNeeded() {
        TreeSet<String> missing = new TreeSet<>();
        for (HubspotApi api : HubspotApi.values()) {
            for (HubspotOperation operation : HubspotOperation.values()) {
                if (declared(operation, api).isEmpty()) {
                    missing.add(api.word() + " " + operation.word());
                }
            }
        }
        assertThat(missing).containsExactlyElementsOf(new TreeSet<>(WAIVED.keySet()));
    }

    @Test
    void everyRequestHasTheMembersThatAreRequired() {
        for (HubspotApi api : HubspotApi.values()) {
            for (HubspotOperation operation : HubspotOperation.values()) {
                JsonNode body = RequestBodies.of(operation, example(operation), wishes());
                for (JsonNode declared : declared(operation, api)) {
                    if (body == null || foreign(operation, declared)) {
                        continue;
                    }
                    declared.path("required")
                            .forEach(name -> assertThat(body.has(name.asText()))
                                    .as(api.word() + " " + operation.word() + " needs " + name)
                                    .isTrue());
                    declared.path("inputs[]")
                            .forEach(name -> assertThat(
                                            body.path("inputs").path(0).has(name.asText()))
                                    .as(api.word() + " " + operation.word() + " needs in each input " + name)
                                    .isTrue());
                }
            }
        }
    }

    /** In the dated generation objects share a path: a description of another object may ask for more of its own. */
    private static boolean foreign(HubspotOperation operation, JsonNode declared) {
        return operation.shape() == HubspotOperation.Shape.BODY
                && declared.path("required").isEmpty();
    }

    private static RequestBodies.Wishes wishes() {
        return new RequestBodies.Wishes(List.of("email"), List.of(), null, 100, null);
    }

    private static Object example(HubspotOperation operation) {
        Map<String, Object> property = Map.of(
                "name",
                "x",
                "label",
                "X",
                "type",
                "string",
                "fieldType",
                "text",
                "groupName",
                "g",
                "options",
                List.of());
        return switch (operation.shape()) {
            case LIST, ONE, NONE, SEARCH -> null;
            case BODY -> property;
            case PROPERTIES, CREATE -> Map.of("email", "a@b.c");
            case READ_INPUTS -> List.of("1");
            case INPUTS, CREATE_INPUTS, UPSERT_INPUTS -> List.of(input(operation, property));
        };
    }

    private static Map<String, Object> input(HubspotOperation operation, Map<String, Object> property) {
        return switch (operation) {
            case PROPERTIES_BATCH_CREATE -> property;
            case ASSOCIATIONS_BATCH_READ, OBJECTS_BATCH_ARCHIVE -> Map.of("id", "1");
            case ASSOCIATIONS_BATCH_CREATE, ASSOCIATIONS_BATCH_ARCHIVE ->
                Map.of("from", Map.of("id", "1"), "to", Map.of("id", "2"), "types", List.of());
            case MARKETING_EVENTS_UPSERT ->
                Map.of(
                        "customProperties", List.of(),
                        "eventName", "e",
                        "eventOrganizer", "o",
                        "externalAccountId", "a",
                        "externalEventId", "i");
            default -> Map.of("id", "1", "properties", Map.of("email", "a@b.c"));
        };
    }
}
