package dev.rainmaker.connector.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.StreamDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.component.hubspot.HubspotConstants;
import org.apache.camel.component.hubspot.HubspotException;
import org.apache.camel.component.hubspot.HubspotException.Kind;

/** What the portal has: objects with their properties. */
final class HubspotSchema {

    static final String OWNERS = "owners";

    private final HubspotPortal portal;

    HubspotSchema(HubspotPortal portal) {
        this.portal = portal;
    }

    /** Properties of an object by name; throws what HubSpot says where the object is not there or not to be seen. */
    Map<String, StreamDescription.Field> properties(ObjectType type) {
        JsonNode answer = portal.send(
                        HubspotPortal.Call.of(
                                "properties/list", Map.of(HubspotConstants.OBJECT_TYPE, type.stream()), null),
                        CallPurpose.OTHER)
                .json();
        if (!answer.path("results").isArray()) {
            throw portal.faults().fatal("the answer to properties/list has no results; it is not HubSpot's");
        }
        Map<String, StreamDescription.Field> found = new TreeMap<>();
        for (JsonNode property : answer.path("results")) {
            boolean readOnly =
                    property.path("modificationMetadata").path("readOnlyValue").asBoolean()
                            || property.path("calculated").asBoolean();
            String name = property.path("name").asText();
            found.put(
                    name,
                    new StreamDescription.Field(
                            name,
                            property.path("label").asText(name),
                            property.path("type").asText(),
                            !readOnly,
                            !property.path("hubspotDefined").asBoolean()));
        }
        return found;
    }

    /** Empty where the portal has no such object or the app may not see it. */
    Optional<StreamDescription> describe(String stream) {
        Optional<EngagementStream> engagement = EngagementStream.of(stream);
        if (engagement.isPresent()) {
            return engagement.map(EngagementStream::described);
        }
        if (stream.equals(OWNERS)) {
            return Optional.of(owners());
        }
        Optional<ObjectType> type = ObjectType.ofStream(stream);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StreamDescription(
                    stream,
                    type.get().label(),
                    List.copyOf(properties(type.get()).values())));
        } catch (HubspotException told) {
            if (told.getKind() == Kind.NOT_FOUND || told.getKind() == Kind.PERMISSION) {
                return Optional.empty();
            }
            throw portal.faults().of(told);
        }
    }

    List<StreamDescription> discover() {
        List<StreamDescription> streams = new ArrayList<>();
        for (ObjectType type : ObjectType.values()) {
            describe(type.stream()).ifPresent(streams::add);
        }
        streams.add(owners());
        for (EngagementStream stream : EngagementStream.values()) {
            streams.add(stream.described());
        }
        return streams;
    }

    private static StreamDescription owners() {
        return new StreamDescription(
                OWNERS,
                "Owners",
                List.of("email", "firstName", "lastName", "userId", "active").stream()
                        .map(name -> new StreamDescription.Field(
                                name, name, name.equals("active") ? "bool" : "string", false, false))
                        .toList());
    }
}
