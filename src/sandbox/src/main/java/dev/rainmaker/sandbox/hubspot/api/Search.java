package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.portal.CrmRecord;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import dev.rainmaker.sandbox.hubspot.portal.PropertyDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Search over what the index has seen so far. */
final class Search {

    private static final int LONGEST_QUERY = 3_000;

    private final Site site;
    private final Portal portal;

    Search(Site site) {
        this.site = site;
        this.portal = site.portal();
    }

    Reply answer(ObjectKind kind, Request request) throws PortalRefused {
        JsonNode body = Body.json(request);
        int limit = limit(body);
        int after = after(body);
        if (after + limit > site.number("search-depth")) {
            throw PortalRefused.invalid("The requested page is beyond the " + site.number("search-depth")
                    + " results that a search can give");
        }
        Predicate<CrmRecord> wanted = groups(kind, body).and(query(kind, body));
        List<CrmRecord> found = new ArrayList<>();
        for (CrmRecord record : portal.indexed(kind)) {
            if (wanted.test(record)) {
                found.add(record);
            }
        }
        Comparator<CrmRecord> order = order(kind, body);
        if (order != null) {
            found.sort(order);
        }
        RecordJson form = new RecordJson(portal, Body.texts(body.path("properties")), List.of(), List.of());
        ObjectNode answer = ApiJson.object();
        answer.put("total", found.size());
        ArrayNode results = answer.putArray("results");
        found.stream().skip(after).limit(limit).forEach(record -> results.add(form.of(record)));
        if (after + limit < found.size()) {
            answer.putObject("paging").putObject("next").put("after", String.valueOf(after + limit));
        }
        return Reply.json(200, answer);
    }

    private int limit(JsonNode body) throws PortalRefused {
        int most = site.number("search-page");
        int limit = body.path("limit").asInt(10);
        if (limit < 0 || limit > most) {
            throw PortalRefused.invalid("limit must be at most " + most + ", but is " + limit);
        }
        return limit == 0 ? 10 : limit;
    }

    private static int after(JsonNode body) throws PortalRefused {
        String after = body.path("after").asText("");
        if (after.isEmpty() || after.equals("null")) {
            return 0;
        }
        if (!after.matches("\\d{1,9}")) {
            throw PortalRefused.invalid("after is not one that a page gave: " + after);
        }
        return Integer.parseInt(after);
    }

    private Predicate<CrmRecord> groups(ObjectKind kind, JsonNode body) throws PortalRefused {
        JsonNode groups = body.path("filterGroups");
        if (groups.size() > site.number("search-groups")) {
            throw PortalRefused.invalid("too many filterGroups: " + groups.size());
        }
        int all = 0;
        Predicate<CrmRecord> any = record -> groups.isEmpty();
        for (JsonNode group : groups) {
            JsonNode filters = Body.required(group, "filters");
            all += filters.size();
            if (filters.size() > site.number("search-filters-per-group") || all > site.number("search-filters")) {
                throw PortalRefused.invalid("too many filters");
            }
            Predicate<CrmRecord> every = record -> true;
            for (JsonNode filter : filters) {
                every = every.and(SearchFilter.of(portal, kind, filter));
            }
            any = any.or(every);
        }
        return any;
    }

    /** Words anywhere in the text of the properties that people search by. */
    private static Predicate<CrmRecord> query(ObjectKind kind, JsonNode body) throws PortalRefused {
        String query = body.path("query").asText("").toLowerCase(Locale.ROOT).strip();
        if (query.length() > LONGEST_QUERY) {
            throw PortalRefused.invalid("query is longer than " + LONGEST_QUERY + " characters");
        }
        List<String> searched = new ArrayList<>(kind.usualProperties());
        searched.addAll(List.of("phone", "company", "website", "hs_email_subject"));
        return record -> query.isEmpty()
                || searched.stream()
                        .anyMatch(name ->
                                record.text(name).toLowerCase(Locale.ROOT).contains(query));
    }

    private @org.jspecify.annotations.Nullable Comparator<CrmRecord> order(ObjectKind kind, JsonNode body)
            throws PortalRefused {
        JsonNode sorts = body.path("sorts");
        if (sorts.size() > 1) {
            throw PortalRefused.invalid("Only one sort is allowed");
        }
        if (sorts.isEmpty()) {
            return null;
        }
        JsonNode sort = sorts.get(0);
        String text = sort.isTextual() ? sort.asText() : Body.text(sort, "propertyName");
        boolean falling =
                text.startsWith("-") || sort.path("direction").asText("").equals("DESCENDING");
        String name = text.replaceFirst("^-", "");
        PropertyDefinition property = SearchFilter.property(portal, kind, name);
        Comparator<CrmRecord> order = Comparator.comparing(
                record -> record.text(name),
                Comparator.comparing(String::isEmpty).thenComparing(SearchFilter.comparing(property)));
        return falling ? order.reversed() : order;
    }
}
