package dev.rainmaker.connector.salesforce;

import dev.rainmaker.connector.ApiUsage;
import dev.rainmaker.connector.CheckReport.Finding;
import dev.rainmaker.connector.CheckReport.Severity;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.StreamNeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares what the mappings need with what the org has: everything that is wrong, in one message. */
final class SalesforceCheck {

    private final SalesforceSettings settings;
    private final SalesforceClient client;
    private final SalesforceSchema schema;

    SalesforceCheck(SalesforceSettings settings, SalesforceClient client, SalesforceSchema schema) {
        this.settings = settings;
        this.client = client;
        this.schema = schema;
    }

    List<Finding> findings(List<StreamNeed> needs) {
        List<Finding> findings = new ArrayList<>();
        try {
            String org = client.orgId();
            schema.forget();
            List<String> missing = new ArrayList<>();
            List<String> readOnly = new ArrayList<>();
            List<String> otherType = new ArrayList<>();
            for (StreamNeed need : needs) {
                compare(need, missing, readOnly, otherType);
            }
            ApiUsage usage = client.usage();
            findings.add(new Finding(
                    Severity.INFO,
                    "logged in to org " + org + " at " + settings.loginUrl() + ", API " + settings.apiVersion()
                            + (usage.limit() < 0 ? "" : ", " + usage.used() + " of " + usage.limit() + " calls used"),
                    ""));
            nearLimit(usage).ifPresent(findings::add);
            finding(missing, readOnly, otherType).ifPresent(findings::add);
        } catch (ConnectorFault fault) {
            findings.add(new Finding(Severity.ERROR, String.valueOf(fault.getMessage()), ""));
        }
        return findings;
    }

    private static Optional<Finding> nearLimit(ApiUsage usage) {
        return usage.limit() > 0 && usage.used() * 5 >= usage.limit() * 4
                ? Optional.of(new Finding(
                        Severity.WARNING,
                        usage.used() + " of the org's " + usage.limit() + " API calls of the last 24 hours are used",
                        "find out who calls so often (Setup, System Overview), or buy more calls"))
                : Optional.empty();
    }

    private static Optional<Finding> finding(List<String> missing, List<String> readOnly, List<String> otherType) {
        List<String> parts = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        if (!missing.isEmpty()) {
            parts.add("missing or not visible to the integration user: " + String.join("; ", missing));
            remedies.add("create the fields, and grant them in the integration user's permission set, or map others");
        }
        if (!readOnly.isEmpty()) {
            parts.add("not writable: " + String.join("; ", readOnly));
            remedies.add("grant edit access to them");
        }
        if (!otherType.isEmpty()) {
            parts.add("of another type: " + String.join("; ", otherType));
            remedies.add("recreate them with the wanted type, or map others");
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(Severity.ERROR, String.join(". ", parts), String.join("; ", remedies)));
    }

    private void compare(StreamNeed need, List<String> missing, List<String> readOnly, List<String> otherType) {
        Optional<ObjectSchema> found = schema.find(need.stream());
        List<String> absent = new ArrayList<>();
        List<String> locked = new ArrayList<>();
        List<String> different = new ArrayList<>();
        need.writes().forEach((name, type) -> {
            ObjectSchema.Field field = found.map(object -> object.find(name)).orElse(null);
            if (field == null) {
                absent.add(name + (type.isBlank() ? "" : " " + type));
            } else if (!FieldType.fits(field, type)) {
                different.add(name + " is " + ObjectSchema.inWords(field) + ", wanted " + type);
            } else if (!field.updateable()) {
                locked.add(name);
            }
        });
        Set<String> reads = new TreeSet<>(need.reads());
        reads.removeAll(need.writes().keySet());
        if (found.isPresent()) {
            reads.stream().filter(path -> !has(found.get(), path)).forEach(absent::add);
        }
        String object = found.isPresent() ? need.stream() + ": " : need.stream() + " (the object itself)";
        if (found.isEmpty() || !absent.isEmpty()) {
            missing.add(
                    object + (found.isPresent() ? "" : absent.isEmpty() ? "" : " with ") + String.join(", ", absent));
        }
        if (!locked.isEmpty()) {
            readOnly.add(object + String.join(", ", locked));
        }
        if (!different.isEmpty()) {
            otherType.add(object + String.join(", ", different));
        }
    }

    private boolean has(ObjectSchema object, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return object.find(path) != null;
        }
        ObjectSchema.Field lookup = object.findRelationship(path.substring(0, dot));
        if (lookup == null) {
            return false;
        }
        String rest = path.substring(dot + 1);
        // A lookup may lead to several objects; what cannot be described is not called missing.
        List<Optional<ObjectSchema>> targets =
                lookup.targets().stream().map(schema::find).toList();
        return targets.isEmpty()
                || targets.stream().anyMatch(Optional::isEmpty)
                || targets.stream().flatMap(Optional::stream).anyMatch(target -> has(target, rest));
    }
}
