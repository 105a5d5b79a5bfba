package dev.rainmaker.sandbox.hubspot.api;

import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Refusals scripted for single rows of batches. */
final class RowFaults {

    private record Scripted(int status, String category, String message, int times) {}

    private final Map<String, Scripted> byId = new ConcurrentHashMap<>();

    void add(String id, int status, String category, String message, int times) {
        byId.put(id, new Scripted(status, category, message, times));
    }

    void clear() {
        byId.clear();
    }

    void check(String id) throws PortalRefused {
        Scripted scripted = byId.computeIfPresent(
                id, (key, found) -> new Scripted(found.status(), found.category(), found.message(), found.times() - 1));
        if (scripted != null) {
            if (scripted.times() <= 0) {
                byId.remove(id);
            }
            throw new PortalRefused(scripted.status(), scripted.category(), scripted.message());
        }
    }
}
