package dev.rainmaker.sandbox.hubspot.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import java.util.Map;
import java.util.TreeMap;

/** What clients have called since the start, by kind, and how many were refused for coming too fast. */
final class CallLog {

    private final Map<String, Integer> byKind = new TreeMap<>();
    private int tooMany;
    private int errors;
    private int all;
    private int dated;

    synchronized void add(String kind, boolean ofDatedPath, int status) {
        byKind.merge(kind, 1, Integer::sum);
        all++;
        dated += ofDatedPath ? 1 : 0;
        tooMany += status == 429 ? 1 : 0;
        errors += status >= 400 ? 1 : 0;
    }

    synchronized void reset() {
        byKind.clear();
        tooMany = 0;
        errors = 0;
        all = 0;
        dated = 0;
    }

    synchronized ObjectNode json() {
        ObjectNode body = ApiJson.object();
        ObjectNode calls = body.putObject("calls");
        byKind.forEach(calls::put);
        return body.put("all", all).put("dated", dated).put("errors", errors).put("tooMany", tooMany);
    }
}
