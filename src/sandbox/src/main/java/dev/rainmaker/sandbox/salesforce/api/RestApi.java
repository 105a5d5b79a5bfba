package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.SalesforceOrgId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** {@code /services/data…}: checks session and allowance, finds the resource, puts the usage on every answer. */
final class RestApi {

    private static final int OLDEST = 45;
    private static final int NEWEST = 65;
    private static final Set<String> READS = Set.of("GET", "HEAD");

    private final Org org;
    private final Sessions sessions;
    private final OAuth oauth;
    private final CallCounts counts;
    private final Supplier<Profile> profile;
    private final Queries queries;
    private final Records records;
    private final Collections collections;
    private final Composites composites;

    RestApi(
            Org org,
            Sessions sessions,
            OAuth oauth,
            CallCounts counts,
            Queries queries,
            RowFaults rowFaults,
            Supplier<Profile> profile) {
        this.org = org;
        this.sessions = sessions;
        this.oauth = oauth;
        this.counts = counts;
        this.profile = profile;
        this.queries = queries;
        this.records = new Records(org, rowFaults, profile);
        this.collections = new Collections(org, rowFaults);
        this.composites = new Composites(org, profile, this::resource, counts);
    }

    /** Answers everything under /services, and the identity URL of a token response. */
    Reply answer(Request request) {
        List<String> path = request.segments();
        try {
            if (request.uri().length() > profile.get().number("longest-url")) {
                throw new ApiFault(414, "URI_TOO_LONG", "URI Too Long");
            }
            if (path.size() == 3 && path.get(0).equals("id")) {
                return oauth.userInfo(user(request));
            }
            if (path.size() >= 3 && path.get(1).equals("oauth2")) {
                return oauth(request, path.get(2));
            }
            if (path.size() == 2 && path.get(1).equals("data")) {
                return versions();
            }
            if (path.size() < 3 || !path.get(1).equals("data")) {
                throw ApiFault.notFound();
            }
            return withUsage(inSession(request));
        } catch (ApiFault fault) {
            return withUsage(fault.reply());
        }
    }

    private Reply oauth(Request request, String resource) throws ApiFault {
        return switch (resource) {
            case "token" -> oauth.token(request);
            case "revoke" -> oauth.revoke(request);
            case "authorize" -> oauth.authorize(request);
            case "userinfo" -> oauth.userInfo(user(request));
            default -> throw ApiFault.notFound();
        };
    }

    private Reply withUsage(Reply reply) {
        int allowed = profile.get().number("daily-calls");
        return reply.with("Sforce-Limit-Info", "api-usage=" + counts.usage() + "/" + allowed);
    }

    private static Reply versions() {
        ArrayNode versions = ApiJson.array();
        String[] seasons = {"Winter", "Spring", "Summer"};
        for (int number = OLDEST; number <= NEWEST; number++) {
            // 50.0 is Winter '21; a release has three seasons.
            int release = number - 50 + 3 * 21;
            ObjectNode version = versions.addObject();
            version.put("label", seasons[release % 3] + " '" + release / 3);
            version.put("url", "/services/data/v" + number + ".0");
            version.put("version", number + ".0");
        }
        return Reply.json(200, versions);
    }

    private String user(Request request) throws ApiFault {
        String header = request.header("authorization").orElse("");
        String token = header.replaceFirst("(?i)^(Bearer|OAuth)\\s+", "");
        return sessions.user(token, org.clock().instant(), profile.get().duration("token-lifetime"))
                .orElseThrow(() -> new ApiFault(401, "INVALID_SESSION_ID", "Session expired or invalid"));
    }

    private Reply inSession(Request sent) throws ApiFault {
        String version = sent.segments().get(2);
        if (!version.matches("v\\d{2}\\.0")
                || Integer.parseInt(version.substring(1, 3)) < OLDEST
                || Integer.parseInt(version.substring(1, 3)) > NEWEST) {
            throw ApiFault.notFound();
        }
        String userId = user(sent);
        if (counts.use() > profile.get().number("daily-calls")) {
            throw new ApiFault(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
        }
        Request request = overridden(sent);
        boolean writesLeads = !READS.contains(request.method()) && touchesLeads(request);
        boolean autoAssign = autoAssign(request, profile.get());
        if (writesLeads
                && !Kind.of(request).equals("collectionsRetrieve")
                && !Kind.of(request).equals("delete")) {
            counts.leadWrite(request.header("Sforce-Auto-Assign").orElse("").equalsIgnoreCase("FALSE"));
        }
        List<String> path = request.segments().subList(3, request.segments().size());
        return resource(new Call(request, userId, version, path, autoAssign));
    }

    /** Absent means TRUE; a rule's id lets it run too. Only an org with an active rule has anything to run. */
    static boolean autoAssign(Request request, Profile profile) {
        String header = request.header("Sforce-Auto-Assign").orElse("TRUE");
        return profile.on("active-lead-assignment-rule") && !header.equalsIgnoreCase("FALSE");
    }

    private static boolean touchesLeads(Request request) {
        String path = request.toString().toLowerCase(Locale.ROOT);
        boolean bodyNames = path.contains("/composite")
                && new String(request.body(), java.nio.charset.StandardCharsets.UTF_8)
                        .replace(" ", "")
                        .contains("\"type\":\"Lead\"");
        return path.matches(".*/sobjects/lead(/.*)?") || bodyNames;
    }

    private static Request overridden(Request request) {
        String method = request.parameter("_HttpMethod");
        return method == null || !request.method().equals("POST")
                ? request
                : new Request(
                        method, request.uri(), request.segments(), request.query(), request.headers(), request.body());
    }

    /** Finds the resource of a call, from the wire or from inside a composite. */
    Reply resource(Call call) throws ApiFault {
        List<String> path = call.path();
        if (path.isEmpty()) {
            return resources(call);
        }
        return switch (path.get(0)) {
            case "query" ->
                path.size() > 1 ? queries.more(call, path.get(path.size() - 1)) : queries.query(call, false);
            case "queryAll" ->
                path.size() > 1 ? queries.more(call, path.get(path.size() - 1)) : queries.query(call, true);
            case "limits" -> limits();
            case "sobjects" -> sobjects(call, path.subList(1, path.size()));
            case "composite" -> composite(call, path.subList(1, path.size()));
            default -> throw ApiFault.notFound();
        };
    }

    private static Reply resources(Call call) {
        ObjectNode body = ApiJson.object();
        for (String resource : List.of("sobjects", "query", "queryAll", "limits", "composite")) {
            body.put(resource, call.base() + "/" + resource);
        }
        body.put("identity", "/id/" + SalesforceOrgId.ORGANIZATION + "/" + call.userId());
        return Reply.json(200, body);
    }

    private Reply limits() {
        ObjectNode body = ApiJson.object();
        int allowed = profile.get().number("daily-calls");
        put(body, "DailyApiRequests", allowed, Math.max(0, allowed - counts.usage()));
        put(body, "DailyBulkV2QueryJobs", 10_000, 10_000);
        put(body, "DailyDeliveredPlatformEvents", 25_000, 25_000);
        put(body, "DataStorageMB", 1024, 1000);
        return Reply.json(200, body);
    }

    private static void put(ObjectNode body, String name, int max, int remaining) {
        ObjectNode limit = body.putObject(name);
        limit.put("Max", max);
        limit.put("Remaining", remaining);
    }

    private ObjectType object(String name) throws ApiFault {
        return org.schema().object(name).orElseThrow(ApiFault::notFound);
    }

    private Reply sobjects(Call call, List<String> path) throws ApiFault {
        if (path.isEmpty()) {
            return Describe.global(org, call.sobjects());
        }
        ObjectType type = object(path.get(0));
        if (path.size() == 1) {
            return switch (call.method()) {
                case "GET", "HEAD" -> records.basics(call, type);
                case "POST" -> records.create(call, type);
                default -> throw ApiFault.notAllowed(call.method(), "GET, HEAD, POST");
            };
        }
        if (path.size() == 2) {
            return switch (path.get(1)) {
                case "describe" -> Describe.full(type, call.sobjects());
                case "updated" -> Replication.updated(org, call, type);
                case "deleted" -> Replication.deleted(org, call, type);
                default ->
                    call.method().equals("POST") && path.get(1).equalsIgnoreCase("Id")
                            ? records.create(call, type)
                            : records.byId(call, type, path.get(1));
            };
        }
        return records.byExternalId(call, type, path.get(1), String.join("/", path.subList(2, path.size())));
    }

    private Reply composite(Call call, List<String> path) throws ApiFault {
        if (path.isEmpty()) {
            return composites.composite(call);
        }
        if (path.get(0).equals("batch")) {
            return composites.batch(call);
        }
        if (!path.get(0).equals("sobjects")) {
            throw ApiFault.notFound();
        }
        if (path.size() == 1) {
            return switch (call.method()) {
                case "POST" -> collections.create(call);
                case "PATCH" -> collections.update(call);
                case "DELETE" -> collections.delete(call);
                default -> throw ApiFault.notAllowed(call.method(), "DELETE, PATCH, POST");
            };
        }
        ObjectType type = object(path.get(1));
        return switch (call.method()) {
            case "GET", "POST" -> collections.retrieve(call, type);
            case "PATCH" -> collections.upsert(call, type, path.size() > 2 ? path.get(2) : "Id");
            default -> throw ApiFault.notAllowed(call.method(), "GET, PATCH, POST");
        };
    }
}
