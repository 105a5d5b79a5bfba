package org.apache.camel.component.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The descriptor that Camel's plugin wrote, and the page for people, say the same. */
class HubspotDocumentationTest {

    @Test
    void everyOptionHeaderAndOperationIsOnThePage() throws Exception {
        String page = Files.readString(Path.of(System.getProperty("rainmaker.home", "../.."))
                .resolve("connectors/camel-hubspot/src/main/docs/hubspot-component.adoc"));
        TreeSet<String> missing = new TreeSet<>();
        try (InputStream descriptor =
                getClass().getResourceAsStream("/META-INF/org/apache/camel/component/hubspot/hubspot.json")) {
            JsonNode said = new ObjectMapper().readTree(descriptor);
            for (String part : new String[] {"componentProperties", "properties", "headers"}) {
                said.path(part).fieldNames().forEachRemaining(name -> {
                    if (!page.contains("`" + name + "`")) {
                        missing.add(name);
                    }
                });
            }
        }
        for (HubspotOperation operation : HubspotOperation.values()) {
            String[] words = operation.word().split("/");
            if (!page.contains("`" + words[0] + "`") || !page.contains("`" + words[1] + "`")) {
                missing.add(operation.word());
            }
        }
        assertThat(missing).isEmpty();
    }
}
