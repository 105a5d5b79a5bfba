package dev.rainmaker.sandbox.salesforce.api;

import dev.rainmaker.sandbox.salesforce.record.Refused;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Refusals scripted for updates of single records: a locked row, a validation rule. */
final class RowFaults {

    private record Scripted(String code, String message, int times) {}

    private final Map<String, Scripted> byId = new ConcurrentHashMap<>();

    void add(String id, String code, String message, int times) {
        byId.put(id, new Scripted(code, message, times));
    }

    void clear() {
        byId.clear();
    }

    void check(String id) throws Refused {
        Scripted scripted = byId.computeIfPresent(
                id, (key, found) -> new Scripted(found.code(), found.message(), found.times() - 1));
        if (scripted != null) {
            if (scripted.times() <= 0) {
                byId.remove(id);
            }
            throw new Refused(scripted.code(), scripted.message());
        }
    }
}
