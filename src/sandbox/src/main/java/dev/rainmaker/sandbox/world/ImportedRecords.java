package dev.rainmaker.sandbox.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The records that one source gives, and how they join those of others in one export folder: records of the same source are
 * replaced, all others are kept, and rows are sorted by id. So importing twice changes nothing, and the order of imports does
 * not matter.
 */
final class ImportedRecords {
    private final String source;
    private final Map<ExportObject, Map<String, Map<String, String>>> records = new EnumMap<>(ExportObject.class);

    ImportedRecords(String source) {
        this.source = source;
    }

    String numbered(ExportObject object, long number) {
        return SalesforceId.numbered(object, source, number);
    }

    String named(ExportObject object, String key) {
        return SalesforceId.named(object, source, key);
    }

    /** Adds a record; false if its id is there already. */
    boolean add(ExportObject object, ExportRow row) {
        return records.computeIfAbsent(object, key -> new TreeMap<>()).putIfAbsent(row.value("Id"), row.values())
                == null;
    }

    boolean has(ExportObject object, String id) {
        return records.getOrDefault(object, Map.of()).containsKey(id);
    }

    int count(ExportObject object) {
        return records.getOrDefault(object, Map.of()).size();
    }

    /** Writes everything into the folder and returns how many records of other sources were there. */
    int mergeInto(Path folder) throws IOException {
        int kept = 0;
        try (ExportWriter out = new ExportWriter(folder)) {
            for (ExportObject object : ExportObject.values()) {
                kept += merge(object, folder, out);
            }
            out.commit();
        }
        return kept;
    }

    private int merge(ExportObject object, Path folder, ExportWriter out) throws IOException {
        Map<String, Map<String, String>> rows = new TreeMap<>(records.getOrDefault(object, Map.of()));
        Set<String> columns = new LinkedHashSet<>(List.of("Id"));
        rows.values().forEach(row -> columns.addAll(row.keySet()));
        int kept = 0;
        if (Files.exists(folder.resolve(object.fileName()))) {
            SourceTable existing = SourceTable.open(folder, object.fileName(), List.of("Id"));
            columns.addAll(existing.columns());
            int own = rows.size();
            existing.each(row -> {
                String id = row.required("Id");
                if (!SalesforceId.isOf(source, id) && rows.put(id, row.all()) != null) {
                    throw row.bad("Id", "stands there twice: " + id);
                }
            });
            kept = rows.size() - own;
        } else if (rows.isEmpty()) {
            return 0;
        }
        out.open(object, inOrder(object, columns));
        rows.values().forEach(row -> out.write(object, row));
        return kept;
    }

    /** The object's own columns in their usual order, then what an existing file has beyond them. */
    private static List<String> inOrder(ExportObject object, Set<String> columns) {
        List<String> ordered = new ArrayList<>(object.columns());
        ordered.retainAll(columns);
        Set<String> others = new TreeSet<>(columns);
        ordered.forEach(others::remove);
        ordered.addAll(others);
        return ordered;
    }
}
