package org.apache.camel.component.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.apache.camel.Converter;

/** What answers can be read as. */
@Converter(generateLoader = true)
public final class HubspotConverter {

    private HubspotConverter() {}

    @Converter
    public static byte[] toBytes(JsonNode json) throws IOException {
        return HubspotClient.JSON.writeValueAsBytes(json);
    }

    @Converter
    public static InputStream toStream(JsonNode json) throws IOException {
        return new ByteArrayInputStream(toBytes(json));
    }

    @Converter
    public static String toText(JsonNode json) throws IOException {
        return HubspotClient.JSON.writeValueAsString(json);
    }

    @Converter
    public static Map<?, ?> toMap(ObjectNode json) {
        return HubspotClient.JSON.convertValue(json, Map.class);
    }

    @Converter
    public static List<?> toList(ArrayNode json) {
        return HubspotClient.JSON.convertValue(json, List.class);
    }
}
