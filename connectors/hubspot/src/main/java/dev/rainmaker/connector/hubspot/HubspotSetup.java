package dev.rainmaker.connector.hubspot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.SetupPlan;
import dev.rainmaker.connector.StreamNeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.component.hubspot.HubspotConstants;
import org.apache.camel.component.hubspot.HubspotException;
import org.apache.camel.component.hubspot.HubspotException.Kind;

/** Creates the properties that Rainmaker writes, in a group of their own; what exists is never changed. */
final class HubspotSetup {

    private static final String GROUP = "rainmaker";

    private final HubspotPortal portal;
    private final HubspotSchema schema;

    HubspotSetup(HubspotPortal portal, HubspotSchema schema) {
        this.portal = portal;
        this.schema = schema;
    }

    /** A property to create. */
    private record Missing(ObjectType type, String name, PropertyType of, String written) {
        SetupPlan.Step step() {
            String holds = written.toLowerCase(Locale.ROOT).startsWith("lookup") ? ", holds a record's id" : "";
            return new SetupPlan.Step(
                    type.stream() + "." + name,
                    "create property " + name + " of " + type.stream() + " (" + of.word() + holds
                            + ") in the group Rainmaker");
        }
    }

    SetupPlan plan(List<StreamNeed> needs) {
        return new SetupPlan(missing(needs).stream().map(Missing::step).toList());
    }

    List<SetupPlan.Done> apply(List<StreamNeed> needs) {
        List<SetupPlan.Done> done = new ArrayList<>();
        Map<ObjectType, String> groups = new TreeMap<>();
        for (Missing property : missing(needs)) {
            String problem = groups.computeIfAbsent(property.type(), this::group);
            done.add(new SetupPlan.Done(property.step(), problem.isEmpty() ? create(property) : problem));
        }
        return done;
    }

    private List<Missing> missing(List<StreamNeed> needs) {
        List<Missing> missing = new ArrayList<>();
        for (StreamNeed need : needs) {
            ObjectType type = ObjectType.ofStream(need.stream()).orElse(null);
            if (type == null || need.writes().isEmpty()) {
                continue;
            }
            try {
                Set<String> there = schema.properties(type).keySet();
                need.writes().forEach((name, written) -> {
                    if (!there.contains(name)) {
                        missing.add(new Missing(type, name, PropertyType.of(written), written));
                    }
                });
            } catch (HubspotException told) {
                throw portal.faults().of(told);
            }
        }
        return missing;
    }

    /** Makes the group; empty where it is there, else why not. */
    private String group(ObjectType type) {
        ObjectNode group = Json.MAPPER.createObjectNode().put("name", GROUP).put("label", "Rainmaker");
        return made("properties/createGroup", type, group);
    }

    private String create(Missing property) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("name", property.name())
                .put("label", label(property.name()))
                .put("type", property.of().word())
                .put("fieldType", property.of().fieldType())
                .put("groupName", GROUP)
                .put("description", "Written by Rainmaker")
                .put("formField", false);
        if (property.of() == PropertyType.BOOL) {
            var options = body.putArray("options");
            options.addObject()
                    .put("label", "Yes")
                    .put("value", "true")
                    .put("displayOrder", 0)
                    .put("hidden", false);
            options.addObject()
                    .put("label", "No")
                    .put("value", "false")
                    .put("displayOrder", 1)
                    .put("hidden", false);
        }
        return made("properties/create", property.type(), body);
    }

    private String made(String operation, ObjectType type, ObjectNode body) {
        try {
            portal.send(
                    HubspotPortal.Call.of(operation, Map.of(HubspotConstants.OBJECT_TYPE, type.stream()), body),
                    CallPurpose.OTHER);
            return "";
        } catch (HubspotException told) {
            return told.getKind() == Kind.CONFLICT
                    ? ""
                    : String.valueOf(portal.faults().of(told).getMessage());
        }
    }

    /** {@code rainmaker_plv_score} becomes "Rainmaker PLV score". */
    private static String label(String name) {
        String words = name.replace('_', ' ').replace(" plv", " PLV").strip();
        return words.isEmpty() ? name : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
