package dev.rainmaker.sandbox.salesforce.api;

import dev.rainmaker.sandbox.http.Request;
import java.util.List;

/** Names the kinds of calls, for counting and for faults. */
final class Kind {

    private Kind() {}

    static String of(Request request) {
        List<String> path = request.segments();
        if (!path.isEmpty() && path.get(0).equals("id")) {
            return "userinfo";
        }
        if (path.size() < 2 || !path.get(0).equals("services")) {
            return "other";
        }
        if (path.get(1).equals("oauth2")) {
            return path.size() > 2 ? path.get(2) : "other";
        }
        if (path.size() < 4) {
            return path.size() == 2 ? "versions" : "resources";
        }
        boolean further = path.size() > 4;
        return switch (path.get(3)) {
            case "query" -> further ? "queryMore" : "query";
            case "queryAll" -> further ? "queryMore" : "queryAll";
            case "limits" -> "limits";
            case "sobjects" -> record(request.method(), path.subList(4, path.size()));
            case "composite" -> composite(request.method(), path.subList(4, path.size()));
            default -> "other";
        };
    }

    private static String record(String method, List<String> path) {
        if (path.size() > 1 && (path.get(1).equals("updated") || path.get(1).equals("deleted"))) {
            return "replication";
        }
        if (path.isEmpty() || path.size() == 2 && path.get(1).equals("describe")) {
            return "describe";
        }
        return switch (method) {
            case "POST" -> "create";
            case "PATCH" -> path.size() > 2 ? "upsert" : "update";
            case "DELETE" -> "delete";
            default -> "get";
        };
    }

    private static String composite(String method, List<String> path) {
        if (path.isEmpty() || !path.get(0).equals("sobjects")) {
            return path.isEmpty() ? "composite" : path.get(0);
        }
        if (path.size() == 1) {
            return switch (method) {
                case "POST" -> "collectionsCreate";
                case "PATCH" -> "collectionsUpdate";
                case "DELETE" -> "collectionsDelete";
                default -> "other";
            };
        }
        return method.equals("PATCH") ? "collectionsUpsert" : "collectionsRetrieve";
    }
}
