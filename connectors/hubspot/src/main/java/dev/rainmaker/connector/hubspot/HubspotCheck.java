package dev.rainmaker.connector.hubspot;

import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.CheckReport.Finding;
import dev.rainmaker.connector.CheckReport.Severity;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.StreamDescription;
import dev.rainmaker.connector.StreamNeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.hubspot.HubspotConstants;
import org.apache.camel.component.hubspot.HubspotException;
import org.jspecify.annotations.Nullable;

/** Tries the credentials, and compares what the mappings need with the portal's properties. */
final class HubspotCheck {

    private final String connection;
    private final HubspotSettings settings;
    private final HubspotPortal portal;
    private final HubspotSchema schema;

    HubspotCheck(String connection, HubspotSettings settings, HubspotPortal portal, HubspotSchema schema) {
        this.connection = connection;
        this.settings = settings;
        this.portal = portal;
        this.schema = schema;
    }

    List<Finding> findings(List<StreamNeed> needs) {
        List<Finding> findings = new ArrayList<>();
        try {
            portal.call(
                    HubspotPortal.Call.of("owners/list", Map.of(HubspotConstants.LIMIT, 1), null), CallPurpose.OTHER);
            findings.add(new Finding(
                    Severity.INFO,
                    "HubSpot at " + settings.apiUrl() + " takes the "
                            + (settings.accessToken() == null ? "OAuth app" : "private app")
                            + (settings.portalId().isEmpty() ? "" : " of portal " + settings.portalId()),
                    ""));
        } catch (ConnectorFault fault) {
            findings.add(error(String.valueOf(fault.getMessage()), ""));
            return findings;
        }
        needs.forEach(need -> stream(need, findings));
        if (settings.webhookSecrets().isEmpty()) {
            findings.add(new Finding(
                    Severity.INFO,
                    "webhooks are not taken: the connection has no client-secret; changes come by sync",
                    ""));
        }
        return findings;
    }

    private static Finding error(String what, String remedy) {
        return new Finding(Severity.ERROR, what, remedy);
    }

    private void stream(StreamNeed need, List<Finding> findings) {
        try {
            Optional<EngagementStream> engagement = EngagementStream.of(need.stream());
            if (engagement.isPresent()) {
                engagement(engagement.get(), need, findings);
                return;
            }
            Optional<ObjectType> type = ObjectType.ofStream(need.stream());
            if (type.isPresent()) {
                object(type.get(), need, findings);
            } else if (!need.stream().equals(HubspotSchema.OWNERS)) {
                findings.add(error(
                        "there is no stream " + need.stream() + " in HubSpot",
                        "`./rainmaker discover " + connection + "` lists what there is"));
            }
        } catch (HubspotException told) {
            findings.add(error(need.stream() + ": " + portal.faults().of(told).getMessage(), ""));
        } catch (ConnectorFault fault) {
            findings.add(error(need.stream() + ": " + fault.getMessage(), ""));
        }
    }

    /** A first page is the only way to see whether the app may read it. */
    private void engagement(EngagementStream stream, StreamNeed need, List<Finding> findings) {
        List<String> known = stream.described().fields().stream()
                .map(StreamDescription.Field::name)
                .toList();
        need.reads().stream()
                .filter(path -> !known.contains(path.split("\\.")[0]))
                .forEach(path -> findings.add(
                        error(stream.stream() + "." + path + " does not exist", "it has " + String.join(", ", known))));
        String operation = switch (stream) {
            case FORM_SUBMISSIONS -> "forms/list";
            case EVENT_ATTENDANCE -> "marketingEvents/list";
            case EMAIL_ENGAGEMENT -> "";
        };
        if (!operation.isEmpty()) {
            portal.send(HubspotPortal.Call.of(operation, Map.of(HubspotConstants.LIMIT, 1), null), CallPurpose.OTHER);
        }
        findings.add(new Finding(Severity.INFO, stream.stream() + " can be read", ""));
    }

    private void object(ObjectType type, StreamNeed need, List<Finding> findings) {
        Map<String, StreamDescription.Field> properties = schema.properties(type);
        int before = findings.size();
        for (String path : need.reads()) {
            if (!WantedFields.isJoined(type, path) && !properties.containsKey(path)) {
                findings.add(error(
                        type.stream() + "." + path + " does not exist, and the mapping reads it",
                        "create the property, map another one, or mark the rule `optional: true`"));
            }
        }
        need.writes().forEach((name, wanted) -> written(type, name, wanted, properties.get(name), findings));
        if (findings.size() == before) {
            findings.add(new Finding(
                    Severity.INFO,
                    type.stream() + ": " + need.reads().size() + " properties to read and "
                            + need.writes().size() + " to write are there",
                    ""));
        }
    }

    private void written(
            ObjectType type,
            String name,
            String wanted,
            StreamDescription.@Nullable Field found,
            List<Finding> findings) {
        String property = type.stream() + "." + name;
        String hubspotType = PropertyType.of(wanted).word();
        if (found == null) {
            findings.add(error(
                    property + " (" + hubspotType + ") does not exist, and Rainmaker writes it",
                    "`./rainmaker setup " + connection + "` creates it, or map another property"));
        } else if (!found.type().equals(hubspotType)) {
            findings.add(error(
                    property + " is of type " + found.type() + " and must be " + hubspotType,
                    "map another property; HubSpot cannot change the type of one that exists"));
        } else if (!found.writable()) {
            findings.add(error(property + " is read-only", "map another property"));
        }
    }
}
