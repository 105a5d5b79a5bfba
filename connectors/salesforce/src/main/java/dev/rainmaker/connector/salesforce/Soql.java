package dev.rainmaker.connector.salesforce;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes queries. Names are let through only if they are names, and every literal is an instant or a checked id: there
 * is nothing to escape.
 */
final class Soql {

    private static final Pattern OBJECT = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,79}");
    private static final Pattern FIELD = Pattern.compile(OBJECT + "(\\." + OBJECT + "){0,5}");

    private Soql() {}

    static boolean isObject(String name) {
        return OBJECT.matcher(name).matches();
    }

    static boolean isField(String path) {
        return FIELD.matcher(path).matches();
    }

    /** The fields asked for and those we always need, each once, whatever its case. */
    static String select(String stream, Set<String> fields, boolean withDeleted) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("id", "Id");
        all.put("systemmodstamp", "SystemModstamp");
        if (withDeleted) {
            all.put("isdeleted", "IsDeleted");
        }
        new TreeSet<>(fields).forEach(field -> all.putIfAbsent(field.toLowerCase(Locale.ROOT), field));
        return "SELECT " + String.join(", ", all.values()) + " FROM " + stream;
    }

    /** Rows after a position, in the order of their last change. */
    static String after(Position position) {
        if (position.stamp().equals(Instant.EPOCH)) {
            return "";
        }
        String stamp = SalesforceStamp.literal(position.stamp());
        // The first condition lets the server use its index on the stamp; the second settles ties.
        return " WHERE SystemModstamp >= " + stamp
                + (position.id().isEmpty()
                        ? ""
                        : " AND (SystemModstamp > " + stamp + " OR Id > '" + position.id() + "')");
    }

    static String ordered() {
        return " ORDER BY SystemModstamp, Id";
    }

    /** @param ids canonical ids */
    static String withIds(List<String> ids) {
        return ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(",", " WHERE Id IN (", ")"));
    }

    /** As part of an address. */
    static String encoded(String soql) {
        return URLEncoder.encode(soql, StandardCharsets.UTF_8);
    }
}
