package dev.rainmaker.connector;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Calls to a vendor.
 *
 * @param calls made since the connection was opened, by purpose
 * @param used what the vendor says was used in its window, by everyone; -1 where unknown
 * @param limit the vendor's limit in that window; -1 where unknown
 */
public record ApiUsage(Map<CallPurpose, Long> calls, long used, long limit) {

    public ApiUsage {
        Map<CallPurpose, Long> all = new EnumMap<>(CallPurpose.class);
        for (CallPurpose purpose : CallPurpose.values()) {
            all.put(purpose, calls.getOrDefault(purpose, 0L));
        }
        calls = Collections.unmodifiableMap(all);
    }

    public long of(CallPurpose purpose) {
        return calls.getOrDefault(purpose, 0L);
    }
}
