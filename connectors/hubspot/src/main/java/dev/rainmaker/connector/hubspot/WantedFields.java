package dev.rainmaker.connector.hubspot;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The paths a mapping wants of an object, by where they come from: its own properties, and those of what it leads to.
 *
 * @param properties to ask for, those that lead to related records included
 * @param related wanted properties of related records, by the word of the path ({@code company.domain})
 * @param owner whether anything of the owner is wanted ({@code owner.active})
 * @param associations wanted labels by the other object's stream ({@code associations.companies.Partner})
 */
record WantedFields(
        Set<String> properties,
        Map<String, Set<String>> related,
        boolean owner,
        Map<String, Set<String>> associations) {

    static final String OWNER = "owner";
    static final String OWNER_ID = "hubspot_owner_id";
    static final String ASSOCIATIONS = "associations";

    /** What a record that is gone was merged into; HubSpot says it of the one that remains. */
    static final String MERGED_INTO = "merged.into";

    static final String MERGED_IDS = "hs_merged_object_ids";

    static WantedFields of(ObjectType type, Set<String> paths) {
        Set<String> properties = new TreeSet<>();
        Map<String, Set<String>> related = new TreeMap<>();
        Map<String, Set<String>> associations = new TreeMap<>();
        boolean owner = false;
        for (String path : paths) {
            String[] parts = path.split("\\.", 3);
            String lookup = type.lookup(parts[0]);
            if (path.equals(MERGED_INTO)) {
                properties.add(MERGED_IDS);
            } else if (parts.length == 1) {
                properties.add(path);
            } else if (parts[0].equals(OWNER)) {
                owner = true;
                properties.add(OWNER_ID);
            } else if (parts[0].equals(ASSOCIATIONS)) {
                Set<String> labels = associations.computeIfAbsent(parts[1], any -> new TreeSet<>());
                if (parts.length == 3) {
                    labels.add(parts[2]);
                }
            } else if (lookup != null) {
                properties.add(lookup);
                related.computeIfAbsent(parts[0], any -> new TreeSet<>()).add(parts[1]);
            }
        }
        return new WantedFields(properties, related, owner, associations);
    }

    /** Whether a path is one that this connector makes of more than the object's own properties. */
    static boolean isJoined(ObjectType type, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return false;
        }
        String word = path.substring(0, dot);
        return path.equals(MERGED_INTO) || word.equals(OWNER) || word.equals(ASSOCIATIONS) || type.lookup(word) != null;
    }
}
