package dev.rainmaker.sandbox.hubspot.api;

import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import dev.rainmaker.sandbox.hubspot.webhook.Subscriptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The API behind its door: token, limits, scopes, then the part that answers. */
final class PortalApi {

    private final Site site;
    private final Tokens tokens;
    private final OAuth oauth;
    private final RateLimits limits;
    private final Records records;
    private final Batches batches;
    private final Search search;
    private final Associations associations;
    private final PropertiesApi properties;
    private final Directory directory;
    private final MarketingApi marketing;
    private final EventsApi events;
    private final WebhookApi webhooks;

    PortalApi(
            Site site,
            Tokens tokens,
            OAuth oauth,
            RateLimits limits,
            RowFaults rowFaults,
            Subscriptions subscriptions) {
        this.site = site;
        this.tokens = tokens;
        this.oauth = oauth;
        this.limits = limits;
        this.records = new Records(site);
        this.batches = new Batches(site, records, rowFaults);
        this.search = new Search(site);
        this.associations = new Associations(site);
        this.properties = new PropertiesApi(site);
        this.directory = new Directory(site);
        this.marketing = new MarketingApi(site);
        this.events = new EventsApi(site);
        this.webhooks = new WebhookApi(site, subscriptions);
    }

    Reply answer(Request request) {
        Route route = Route.of(request);
        if (route.area().equals("oauth")) {
            return oauth.answer(route.path(), request);
        }
        if (route.area().equals("submit")) {
            return submitted(route, request);
        }
        String authorization = request.header("authorization").orElse("");
        Optional<Tokens.Grant> grant = authorization.startsWith("Bearer ")
                ? tokens.find(authorization.substring(7).strip())
                : Optional.empty();
        if (grant.isEmpty()) {
            return ErrorReply.unauthorized();
        }
        Duration over = grant.get().oauth() ? Duration.between(grant.get().ends(), site.now()) : Duration.ofDays(-1);
        if (!over.isNegative()) {
            return ErrorReply.expired(over.toMinutes());
        }
        Optional<Reply> tooMany = limits.take(grant.get(), route.isSearch());
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        Reply reply = inside(route, request);
        return route.isSearch() ? reply : limits.headers(reply, grant.get());
    }

    /** Forms are open to everyone. */
    private Reply submitted(Route route, Request request) {
        try {
            return marketing.submit(route.path(), request);
        } catch (PortalRefused refused) {
            return ErrorReply.of(refused);
        }
    }

    private Reply inside(Route route, Request request) {
        List<String> needed = Scopes.of(route, request.method());
        Set<String> granted =
                Set.copyOf(Arrays.asList(site.profile().get().text("scopes").split("[ ,]+")));
        if (!granted.contains("*") && !needed.isEmpty() && needed.stream().noneMatch(granted::contains)) {
            return ErrorReply.missingScopes(needed);
        }
        try {
            return area(route, request);
        } catch (PortalRefused refused) {
            return ErrorReply.of(refused);
        } catch (IllegalArgumentException e) {
            return ErrorReply.of(PortalRefused.invalid("Invalid input: " + e.getMessage()));
        }
    }

    private Reply area(Route route, Request request) throws PortalRefused {
        List<String> path = route.path();
        return switch (route.area()) {
            case "objects" -> objects(route, request);
            case "associations" -> associations(route, request);
            case "properties" ->
                path.isEmpty()
                        ? ErrorReply.notFound()
                        : properties.answer(
                                Records.kind(path.get(0)), path.subList(1, path.size()), request, route.dated());
            case "owners" -> directory.owners(path, request);
            case "pipelines" -> directory.pipelines(path, request);
            case "forms" -> marketing.forms(path, request);
            case "submissions" -> marketing.submissions(path, request);
            case "emailEvents" -> marketing.emailEvents(path, request);
            case "emails" -> Reply.json(200, ApiJson.object().put("total", 0).set("results", ApiJson.array()));
            case "marketing-events" -> events.answer(path, request);
            case "webhooks" -> webhooks.answer(path, request);
            case "account" -> path.equals(List.of("details")) ? directory.account() : ErrorReply.notFound();
            default -> ErrorReply.notFound();
        };
    }

    private Reply objects(Route route, Request request) throws PortalRefused {
        List<String> path = route.path();
        if (path.isEmpty()) {
            return ErrorReply.notFound();
        }
        ObjectKind kind = Records.kind(path.get(0));
        String what = request.method() + " " + path.size();
        if (path.size() >= 4 && path.get(2).equals("associations")) {
            return links(route, kind, request);
        }
        if (route.generation().equals("v4")) {
            return ErrorReply.notFound();
        }
        return switch (what) {
            case "GET 1" -> records.list(kind, request);
            case "POST 1" -> records.create(kind, request);
            case "GET 2" -> records.one(kind, path.get(1), request);
            case "PATCH 2" -> records.update(kind, path.get(1), request);
            case "DELETE 2" -> records.archive(kind, path.get(1));
            case "POST 2" ->
                path.get(1).equals("search")
                        ? search.answer(kind, request)
                        : path.get(1).equals("merge") && kind != ObjectKind.LEAD
                                ? records.merge(kind, request)
                                : ErrorReply.notFound();
            case "POST 3" ->
                path.get(1).equals("batch")
                        ? multiStatus(route, batches.answer(kind, path.get(2), request))
                        : ErrorReply.notFound();
            default -> path.size() < 3 ? ErrorReply.notAllowed() : ErrorReply.notFound();
        };
    }

    /** The dated descriptions declare no 207: a switch says whether it comes all the same. */
    private Reply multiStatus(Route route, Reply reply) {
        boolean plain =
                reply.status() == 207 && route.dated() && !site.profile().get().on("dated-multi-status");
        return plain ? new Reply(200, reply.contentType(), reply.body(), reply.headers()) : reply;
    }

    /** {@code …/objects/{kind}/{id}/associations/…}: not in v3 of these objects; listing is in v4 only. */
    private Reply links(Route route, ObjectKind from, Request request) throws PortalRefused {
        List<String> path = route.path();
        if (route.generation().equals("v3")) {
            return ErrorReply.notFound();
        }
        String id = path.get(1);
        if (path.size() == 4) {
            return request.method().equals("GET") && !route.dated()
                    ? associations.list(from, id, Records.kind(path.get(3)), request)
                    : ErrorReply.notAllowed();
        }
        if (path.get(3).equals("default")
                && path.size() == 6
                && request.method().equals("PUT")) {
            return associations.put(from, id, Records.kind(path.get(4)), path.get(5), request, true);
        }
        if (path.size() != 5) {
            return ErrorReply.notFound();
        }
        ObjectKind to = Records.kind(path.get(3));
        return switch (request.method()) {
            case "PUT" -> associations.put(from, id, to, path.get(4), request, false);
            case "DELETE" -> associations.delete(from, id, to, path.get(4));
            default -> ErrorReply.notAllowed();
        };
    }

    private Reply associations(Route route, Request request) throws PortalRefused {
        List<String> path = route.path();
        if (path.size() < 3) {
            return ErrorReply.notFound();
        }
        ObjectKind from = Records.kind(path.get(0));
        ObjectKind to = Records.kind(path.get(1));
        if (path.get(2).equals("labels") && path.size() == 3) {
            return associations.labels(from, to, request);
        }
        if (!path.get(2).equals("batch") || path.size() < 4 || !request.method().equals("POST")) {
            return ErrorReply.notFound();
        }
        String operation = String.join("/", path.subList(3, path.size()));
        return route.generation().equals("v3")
                ? associations.legacy(from, to, operation, request)
                : associations.batch(from, to, operation, request, route.dated());
    }
}
