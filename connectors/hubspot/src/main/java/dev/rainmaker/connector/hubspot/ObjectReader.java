package dev.rainmaker.connector.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.hubspot.ReadCursor.Phase;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.component.hubspot.HubspotChanges;
import org.apache.camel.component.hubspot.HubspotConstants;
import org.jspecify.annotations.Nullable;

/** Reads CRM objects: everything by list, changes by search, single ones by batch read. */
final class ObjectReader {

    private final HubspotPortal portal;
    private final HubspotSettings settings;
    private final RelatedRecords related;
    private final Clock clock;

    ObjectReader(HubspotPortal portal, HubspotSettings settings, RelatedRecords related, Clock clock) {
        this.portal = portal;
        this.settings = settings;
        this.related = related;
        this.clock = clock;
    }

    Page read(ObjectType type, Set<String> paths, ReadCursor at) {
        WantedFields wanted = WantedFields.of(type, paths);
        return switch (at.phase()) {
            case ALL -> list(type, wanted, at);
            case ARCHIVED -> archived(type, at, List.of());
            case CHANGES -> changes(type, wanted, at);
        };
    }

    private Page list(ObjectType type, WantedFields wanted, ReadCursor at) {
        HubspotPortal.Answer answer = list(type, wanted, at.after(), false);
        ReadCursor begun = at.begun(serverTime(answer));
        List<SourceRecord> records = records(type, wanted, answer, CallPurpose.READ);
        String next = RelatedRecords.next(answer.json());
        return next == null
                ? archived(type, begun.at(Phase.ARCHIVED, "", ""), records)
                : new Page(records, begun.at(Phase.ALL, "", next).written(), false, -1);
    }

    /** What was archived is gone for Rainmaker. A small portal has it on the last page of the others. */
    private Page archived(ObjectType type, ReadCursor at, List<SourceRecord> before) {
        HubspotPortal.Answer answer =
                list(type, new WantedFields(Set.of(), Map.of(), false, Map.of()), at.after(), true);
        ReadCursor begun = at.begun(serverTime(answer));
        List<SourceRecord> records = new ArrayList<>(before);
        records.addAll(records(type, WantedFields.of(type, Set.of()), answer, CallPurpose.READ));
        String next = RelatedRecords.next(answer.json());
        return next == null
                ? new Page(records, begun.finished(settings.overlap()).written(), true, -1)
                : new Page(records, begun.at(Phase.ARCHIVED, "", next).written(), false, -1);
    }

    private HubspotPortal.Answer list(ObjectType type, WantedFields wanted, String after, boolean archived) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(HubspotConstants.OBJECT_TYPE, type.stream());
        headers.put(HubspotConstants.LIMIT, settings.pageSize());
        headers.put(HubspotConstants.PROPERTIES, String.join(",", wanted.properties()));
        if (!after.isEmpty()) {
            headers.put(HubspotConstants.AFTER, after);
        }
        if (archived) {
            headers.put(HubspotConstants.ARCHIVED, true);
        }
        return page(HubspotPortal.Call.of("objects/list", headers, null));
    }

    private Page changes(ObjectType type, WantedFields wanted, ReadCursor at) {
        HubspotPortal.Answer answer = page(HubspotPortal.Call.of(
                "objects/search",
                Map.of(HubspotConstants.OBJECT_TYPE, type.stream()),
                HubspotChanges.search(
                        HubspotChanges.modifiedProperty(type.stream()),
                        at.since(),
                        at.after().isEmpty() ? null : at.after(),
                        List.copyOf(wanted.properties()),
                        settings.pageSize() * 2)));
        ReadCursor begun = at.begun(serverTime(answer));
        List<SourceRecord> records = records(type, wanted, answer, CallPurpose.READ);
        String last = HubspotChanges.lastId(answer.json());
        long total = answer.json().path("total").asLong(-1);
        if (last == null || !HubspotChanges.hasMore(answer.json())) {
            return new Page(records, begun.finished(settings.overlap()).written(), true, total);
        }
        if (!last.matches("\\d{1,19}") || !at.after().isEmpty() && Long.parseLong(last) <= Long.parseLong(at.after())) {
            throw portal.faults()
                    .fatal("a search of " + type.stream() + " did not come in the order of ids that was asked for");
        }
        return new Page(records, begun.at(Phase.CHANGES, "", last).written(), false, total);
    }

    private HubspotPortal.Answer page(HubspotPortal.Call call) {
        HubspotPortal.Answer answer = portal.call(call, CallPurpose.READ);
        requireResults(answer, call.operation());
        return answer;
    }

    private void requireResults(HubspotPortal.Answer answer, String operation) {
        if (!answer.json().path("results").isArray()) {
            throw portal.faults().fatal("the answer to " + operation + " has no results; it is not HubSpot's");
        }
    }

    /** Without a Date header our own clock has to do; the overlap allows for its error. */
    private Instant serverTime(HubspotPortal.Answer answer) {
        Instant told = answer.serverTime();
        return told == null ? clock.instant() : told;
    }

    List<SourceRecord> fetch(ObjectType type, List<String> ids, Set<String> paths, CallPurpose purpose) {
        WantedFields wanted = WantedFields.of(type, paths);
        Set<String> properties = new TreeSet<>(wanted.properties());
        properties.add(WantedFields.MERGED_IDS);
        HubspotPortal.Answer answer = portal.call(RelatedRecords.batchRead(type, ids, properties), purpose);
        requireResults(answer, "objects/batchRead");
        List<SourceRecord> found = new ArrayList<>(records(type, wanted, answer, purpose));
        Set<String> missing = new TreeSet<>(ids);
        found.forEach(record -> missing.remove(record.id()));
        if (!missing.isEmpty() && purpose == CallPurpose.READ) {
            found.addAll(archivedOf(type, List.copyOf(missing)));
        }
        return found;
    }

    /** What was merged into the records is gone. */
    private static List<SourceRecord> merged(ObjectType type, List<SourceRecord> remaining) {
        List<SourceRecord> gone = new ArrayList<>();
        for (SourceRecord record : remaining) {
            Object ids = record.at(WantedFields.MERGED_IDS);
            for (String id : ids == null ? new String[0] : ids.toString().split("[;,]")) {
                if (!id.isBlank() && !id.strip().equals(record.id())) {
                    gone.add(new SourceRecord(
                            type.stream(),
                            id.strip(),
                            record.modifiedAt(),
                            true,
                            Map.of("merged", Map.of("into", record.id())),
                            record.raw()));
                }
            }
        }
        return gone;
    }

    private List<SourceRecord> archivedOf(ObjectType type, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        HubspotPortal.Call call = new HubspotPortal.Call(
                "objects/batchRead",
                "",
                Map.of(HubspotConstants.OBJECT_TYPE, type.stream(), HubspotConstants.ARCHIVED, true),
                ids);
        HubspotPortal.Answer answer = portal.call(call, CallPurpose.READ);
        return records(type, WantedFields.of(type, Set.of()), answer, CallPurpose.READ).stream()
                .filter(SourceRecord::deleted)
                .toList();
    }

    /** The objects of an answer, each with its own bytes and with what is related to it. */
    private List<SourceRecord> records(
            ObjectType type, WantedFields wanted, HubspotPortal.Answer answer, CallPurpose purpose) {
        List<byte[]> raw = Json.items(answer.body());
        Map<String, Map<String, @Nullable Object>> fields = new LinkedHashMap<>();
        List<JsonNode> items = new ArrayList<>();
        List<byte[]> bytes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int at = 0;
        for (JsonNode item : answer.json().path("results")) {
            String id = item.path("id").asText();
            if (id.isEmpty()) {
                throw portal.faults().fatal("a record of " + type.stream() + " came without an id");
            }
            if (seen.add(id)) {
                items.add(item);
                bytes.add(raw.get(at));
                fields.put(id, Json.map(item.path("properties")));
            }
            at++;
        }
        related.add(type, wanted, fields, purpose);
        List<SourceRecord> records = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            records.add(record(type, items.get(i), fields, bytes.get(i)));
        }
        if (purpose == CallPurpose.READ) {
            records.addAll(merged(type, records));
        }
        return records;
    }

    private SourceRecord record(
            ObjectType type, JsonNode item, Map<String, Map<String, @Nullable Object>> fields, byte[] raw) {
        String id = item.path("id").asText();
        boolean archived = item.path("archived").asBoolean();
        String stamp = archived && item.path("archivedAt").isTextual()
                ? item.path("archivedAt").asText()
                : item.path("updatedAt").asText();
        try {
            return new SourceRecord(
                    type.stream(), id, Instant.parse(stamp), archived, fields.getOrDefault(id, Map.of()), raw);
        } catch (DateTimeException noTime) {
            throw portal.faults().fatal(type.stream() + "/" + id + " came without the time of its last change");
        }
    }
}
