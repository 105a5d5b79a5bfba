package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import java.util.Map;
import java.util.TreeMap;

/** What clients have called since the start, and whether every Lead write named its assignment rule header. */
final class CallCounts {

    private final Map<String, Integer> byKind = new TreeMap<>();
    private int usage;
    private int leadWrites;
    private int leadWritesWithoutFalse;

    synchronized int add(String kind) {
        return byKind.merge(kind, 1, Integer::sum);
    }

    /** Counts one call against the daily allowance. */
    synchronized int use() {
        return ++usage;
    }

    synchronized int usage() {
        return usage;
    }

    synchronized void usage(int calls) {
        usage = calls;
    }

    synchronized void leadWrite(boolean headerFalse) {
        leadWrites++;
        leadWritesWithoutFalse += headerFalse ? 0 : 1;
    }

    synchronized void reset() {
        byKind.clear();
        leadWrites = 0;
        leadWritesWithoutFalse = 0;
    }

    synchronized ObjectNode json() {
        ObjectNode body = ApiJson.object();
        ObjectNode calls = body.putObject("calls");
        byKind.forEach(calls::put);
        body.put("apiUsage", usage);
        body.put("leadWriteCalls", leadWrites);
        body.put("leadWriteCallsWithoutAutoAssignFalse", leadWritesWithoutFalse);
        return body;
    }
}
