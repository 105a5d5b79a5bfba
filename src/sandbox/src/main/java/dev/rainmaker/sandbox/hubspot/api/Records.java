package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.portal.AssociationType;
import dev.rainmaker.sandbox.hubspot.portal.Change;
import dev.rainmaker.sandbox.hubspot.portal.CrmRecord;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import dev.rainmaker.sandbox.hubspot.portal.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Single records and lists of them. */
final class Records {

    private final Site site;
    private final Portal portal;

    Records(Site site) {
        this.site = site;
        this.portal = site.portal();
    }

    private Source source() {
        return Source.integration(String.valueOf(site.identity().appId()));
    }

    RecordJson form(Request request) throws PortalRefused {
        List<ObjectKind> associations = new ArrayList<>();
        for (String name : Body.list(request, "associations")) {
            associations.add(kind(name));
        }
        return new RecordJson(
                portal, Body.list(request, "properties"), Body.list(request, "propertiesWithHistory"), associations);
    }

    static ObjectKind kind(String name) throws PortalRefused {
        return ObjectKind.named(name)
                .orElseThrow(() -> PortalRefused.invalid("Unable to infer object type from: " + name));
    }

    /** A page by id; {@code after} is the id to go on with, but no client may rely on that. */
    Reply list(ObjectKind kind, Request request) throws PortalRefused {
        RecordJson form = form(request);
        int most = site.number(form.histories().isEmpty() ? "list-page" : "list-page-with-history");
        int limit = Body.number(request, "limit", Math.min(10, most), most);
        boolean archived = "true".equals(request.parameter("archived"));
        String after = request.parameter("after");
        if (after != null && !after.matches("\\d{1,18}")) {
            throw PortalRefused.invalid("The after parameter " + after + " is not one that a page gave");
        }
        List<CrmRecord> page = portal.all(kind).tailMap(after == null ? 0 : Long.parseLong(after)).values().stream()
                .filter(record -> record.archived() == archived)
                .limit(limit + 1L)
                .toList();
        ObjectNode body = ApiJson.object();
        ArrayNode results = body.putArray("results");
        page.stream().limit(limit).forEach(record -> results.add(form.of(record)));
        if (page.size() > limit) {
            next(body, String.valueOf(page.get(limit).id()), request);
        }
        return Reply.json(200, body);
    }

    static void next(ObjectNode body, String after, Request request) {
        String path = request.uri().replaceAll("([?&])after=[^&]*&?", "$1").replaceAll("[?&]$", "");
        body.putObject("paging")
                .putObject("next")
                .put("after", after)
                .put(
                        "link",
                        "http://" + request.header("host").orElse("") + path + (path.contains("?") ? "&" : "?")
                                + "after=" + after);
    }

    Reply one(ObjectKind kind, String id, Request request) throws PortalRefused {
        RecordJson form = form(request);
        boolean archived = "true".equals(request.parameter("archived"));
        CrmRecord record = find(kind, id, request.parameter("idProperty"))
                .filter(found -> found.archived() == archived)
                .orElseThrow(Records::missing);
        return Reply.json(200, form.of(record));
    }

    static PortalRefused missing() {
        return new PortalRefused(404, "OBJECT_NOT_FOUND", "resource not found");
    }

    Optional<CrmRecord> find(ObjectKind kind, String id, @Nullable String idProperty) throws PortalRefused {
        if (idProperty != null && !idProperty.equals("hs_object_id")) {
            requireUnique(portal, kind, idProperty);
            return portal.find(kind, idProperty, id);
        }
        return id.matches("\\d{1,18}") ? portal.find(kind, Long.parseLong(id)) : Optional.empty();
    }

    static void requireUnique(Portal portal, ObjectKind kind, String property) throws PortalRefused {
        boolean unique = portal.properties()
                .find(kind, property)
                .map(definition -> definition.unique())
                .orElse(false);
        if (!unique) {
            throw PortalRefused.invalid("idProperty " + property + " is no unique property of " + kind.plural());
        }
    }

    Reply create(ObjectKind kind, Request request) throws PortalRefused {
        JsonNode body = Body.json(request);
        CrmRecord made = portal.write(source(), change -> create(change, kind, body));
        return Reply.json(201, written(made));
    }

    /** A new record with the links that its body asks for. */
    CrmRecord create(Change change, ObjectKind kind, JsonNode body) throws PortalRefused {
        JsonNode links = body.path("associations");
        if (kind == ObjectKind.LEAD && links.isEmpty()) {
            throw new PortalRefused(
                    400,
                    "VALIDATION_ERROR",
                    "CrmObjectWrite.MISSING_REQUIRED_ASSOCIATION",
                    "A lead needs an association to a contact or a company",
                    java.util.Map.of());
        }
        CrmRecord made = change.create(kind, Body.properties(body));
        for (JsonNode link : links) {
            String to = Body.text(Body.required(link, "to"), "id");
            for (AssociationType type : types(kind, Body.required(link, "types"))) {
                change.associate(made.id(), Long.parseLong(to), type);
            }
        }
        return change.find(kind, made.id()).orElse(made);
    }

    private List<AssociationType> types(ObjectKind from, JsonNode specs) throws PortalRefused {
        List<AssociationType> types = new ArrayList<>();
        for (JsonNode spec : specs) {
            int id = Body.required(spec, "associationTypeId").asInt();
            String category = Body.text(spec, "associationCategory");
            AssociationType found = null;
            for (ObjectKind to : ObjectKind.values()) {
                for (AssociationType type : portal.types().between(from, to)) {
                    found = type.typeId() == id && type.category().equals(category) ? type : found;
                }
            }
            if (found == null) {
                throw PortalRefused.invalid(
                        "No association type " + category + " " + id + " goes out from " + from.plural());
            }
            types.add(found);
        }
        return types;
    }

    Reply update(ObjectKind kind, String id, Request request) throws PortalRefused {
        JsonNode body = Body.json(request);
        CrmRecord found = find(kind, id, request.parameter("idProperty"))
                .filter(record -> !record.archived())
                .orElseThrow(Records::missing);
        CrmRecord after = portal.write(source(), change -> change.update(kind, found.id(), Body.properties(body)));
        return Reply.json(200, written(after));
    }

    /** What a write answers: every property that has a value. */
    ObjectNode written(CrmRecord record) {
        return new RecordJson(portal, List.copyOf(record.history().keySet()), List.of(), List.of()).of(record);
    }

    Reply archive(ObjectKind kind, String id) {
        if (id.matches("\\d{1,18}")) {
            portal.write(source(), change -> {
                change.archive(kind, Long.parseLong(id));
                return id;
            });
        }
        return Reply.empty(204);
    }

    Reply merge(ObjectKind kind, Request request) throws PortalRefused {
        JsonNode body = Body.json(request);
        long primary = Body.required(body, "primaryObjectId").asLong();
        long other = Body.required(body, "objectIdToMerge").asLong();
        if (primary == other) {
            throw PortalRefused.invalid("A record cannot be merged with itself");
        }
        CrmRecord merged = portal.write(source(), change -> change.merge(kind, primary, other));
        return Reply.json(200, written(merged));
    }
}
