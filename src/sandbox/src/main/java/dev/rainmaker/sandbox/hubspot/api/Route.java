package dev.rainmaker.sandbox.hubspot.api;

import dev.rainmaker.sandbox.http.Request;
import java.util.List;

/**
 * Where a path leads, whichever generation of the API it is written in.
 *
 * @param area what is asked for, such as objects or properties
 * @param generation v1, v3, v4 or a date
 * @param path what follows
 */
record Route(String area, String generation, List<String> path) {

    private static final String DATE = "2026-(03|09)(-beta)?";
    private static final Route NONE = new Route("", "", List.of());

    Route {
        path = List.copyOf(path);
    }

    boolean dated() {
        return generation.startsWith("2");
    }

    static Route of(Request request) {
        List<String> s = request.segments();
        String first = at(s, 0);
        return switch (first) {
            case "crm" -> crm(s);
            case "oauth" -> new Route("oauth", at(s, 1), rest(s, 1));
            case "marketing" -> marketing(s);
            case "webhooks" -> at(s, 1).equals("v3") ? new Route("webhooks", "v3", rest(s, 2)) : NONE;
            case "app-webhooks" -> at(s, 1).matches(DATE) ? new Route("webhooks", at(s, 1), rest(s, 2)) : NONE;
            case "account-info" -> new Route("account", at(s, 1), rest(s, 2));
            case "form-integrations" -> new Route("submissions", at(s, 1), rest(s, 2));
            case "submissions" -> new Route("submit", at(s, 1), rest(s, 2));
            case "email" -> new Route("emailEvents", "v1", rest(s, 1));
            default -> NONE;
        };
    }

    private static Route crm(List<String> s) {
        String second = at(s, 1);
        String third = at(s, 2);
        if (third.matches(DATE) || second.equals("associations") && third.equals("v4")) {
            return new Route(second, third, rest(s, 3));
        }
        if (second.equals("v3") || second.equals("v4") && third.matches("objects|associations")) {
            return new Route(third, second, rest(s, 3));
        }
        return NONE;
    }

    /** The two generations put their version before or behind the name. */
    private static Route marketing(List<String> s) {
        String second = at(s, 1);
        String third = at(s, 2);
        if (third.matches(DATE) || second.equals("marketing-events") && third.equals("v3")) {
            return new Route(second, third, rest(s, 3));
        }
        return second.equals("v3") ? new Route(third, "v3", rest(s, 3)) : NONE;
    }

    private static String at(List<String> segments, int index) {
        return index < segments.size() ? segments.get(index) : "";
    }

    private static List<String> rest(List<String> segments, int from) {
        return from >= segments.size() ? List.of() : segments.subList(from, segments.size());
    }

    boolean isSearch() {
        return area.equals("objects") && path.size() == 2 && path.get(1).equals("search");
    }

    /** The kind of call, for counting and for faults. */
    String kind(String method) {
        if (!area.equals("objects")) {
            return area.equals("oauth") ? "token" : area.isEmpty() ? "other" : area;
        }
        String second = at(path, 1);
        return switch (second) {
            case "" -> method.equals("GET") ? "list" : "create";
            case "search", "merge" -> second;
            case "batch" -> "batch" + capital(at(path, 2));
            default ->
                path.size() > 2
                        ? "associations"
                        : switch (method) {
                            case "PATCH" -> "update";
                            case "DELETE" -> "archive";
                            default -> "get";
                        };
        };
    }

    private static String capital(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
