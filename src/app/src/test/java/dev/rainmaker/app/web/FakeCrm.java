package dev.rainmaker.app.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.connector.ApiUsage;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Capabilities;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.CheckReport;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFactory;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.SettingKey;
import dev.rainmaker.connector.Settings;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.StreamDescription;
import dev.rainmaker.connector.StreamNeed;
import dev.rainmaker.connector.WriteOutcome;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A CRM in memory, with the fields of Salesforce; every read gives all records. */
final class FakeCrm implements ConnectorFactory, Connector {

    private final Map<String, Map<String, Map<String, Object>>> streams = new TreeMap<>();

    synchronized void put(String stream, String id, Map<String, Object> fields) {
        Map<String, Object> record = new TreeMap<>(fields);
        record.put("Id", id);
        streams.computeIfAbsent(stream, any -> new TreeMap<>()).put(id, record);
    }

    synchronized Object field(String stream, String id, String field) {
        return streams.get(stream).get(id).get(field);
    }

    @Override
    public String type() {
        return "fake";
    }

    @Override
    public List<SettingKey> settings() {
        return List.of();
    }

    @Override
    public Connector open(String connection, Settings settings) {
        return this;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, 200, 200, 2000, true, true, Set.of(), false, false, false, null);
    }

    @Override
    public CheckReport check(List<StreamNeed> needs) {
        return new CheckReport("crm", List.of());
    }

    @Override
    public List<StreamDescription> discover() {
        return List.of();
    }

    @Override
    public synchronized Page read(String stream, Set<String> fields, Cursor cursor) {
        return new Page(
                streams.getOrDefault(stream, Map.of()).entrySet().stream()
                        .map(record -> source(stream, record.getKey(), record.getValue(), fields))
                        .toList(),
                new Cursor("end"),
                true,
                -1);
    }

    @Override
    public synchronized List<SourceRecord> fetch(
            String stream, List<String> ids, Set<String> fields, CallPurpose purpose) {
        Map<String, Map<String, Object>> held = streams.getOrDefault(stream, Map.of());
        return ids.stream()
                .filter(held::containsKey)
                .map(id -> source(stream, id, held.get(id), fields))
                .toList();
    }

    private static SourceRecord source(String stream, String id, Map<String, Object> record, Set<String> fields) {
        Map<String, Object> sent = new HashMap<>();
        for (String field : fields) {
            String top = field.split("\\.")[0]; // of Owner.IsActive the owner: here, none
            sent.put(top, record.get(top));
        }
        try {
            return new SourceRecord(
                    stream,
                    id,
                    Instant.parse("2026-06-01T00:00:00Z"),
                    false,
                    sent,
                    FactJson.MAPPER.writeValueAsBytes(sent));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public synchronized List<WriteOutcome> write(String stream, List<Change> changes) {
        List<WriteOutcome> outcomes = new ArrayList<>();
        for (Change change : changes) {
            Objects.requireNonNull(streams.get(stream).get(change.id())).putAll(change.fields());
            outcomes.add(new WriteOutcome.Written(change.id()));
        }
        return outcomes;
    }

    @Override
    public Optional<URI> recordPage(String stream, String id) {
        return Optional.of(URI.create("http://crm.example/" + stream + "/" + id));
    }

    @Override
    public ApiUsage usage() {
        return new ApiUsage(Map.of(), 7, 1000);
    }

    @Override
    public void close() {}
}
