package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.FieldValue;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Refused;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.record.SalesforceId;
import dev.rainmaker.sandbox.salesforce.record.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /composite/sobjects…}: up to 200 records in one call, each with its own result, in the order sent. */
final class Collections {

    private static final int MOST_RECORDS = 200;
    private static final int MOST_CHUNKS = 10;
    private static final int MOST_RETRIEVED = 2000;

    private final Org org;
    private final RowFaults rowFaults;

    Collections(Org org, RowFaults rowFaults) {
        this.org = org;
        this.rowFaults = rowFaults;
    }

    /** What came of one record. */
    private record Outcome(
            @Nullable String id,
            @Nullable Boolean created,
            @Nullable Refused refused) {}

    /** Saves one record of the request. */
    @FunctionalInterface
    private interface Save {
        Outcome apply(Transaction transaction, int index) throws Refused, FieldValue.WrongType;
    }

    Reply create(Call call) throws ApiFault {
        List<JsonNode> records = records(call);
        List<ObjectType> types = types(records);
        return save(call, records.size(), allOrNone(call), (transaction, i) -> {
            Row row = transaction.create(types.get(i), ApiJson.members(records.get(i)));
            return new Outcome(row.id(), null, null);
        });
    }

    Reply update(Call call) throws ApiFault {
        List<JsonNode> records = records(call);
        List<ObjectType> types = types(records);
        return save(call, records.size(), allOrNone(call), (transaction, i) -> {
            Map<String, JsonNode> sent = ApiJson.members(records.get(i));
            String id = takeId(sent);
            rowFaults.check(id);
            return new Outcome(transaction.update(types.get(i), id, sent).id(), null, null);
        });
    }

    Reply upsert(Call call, ObjectType type, String keyName) throws ApiFault {
        Field key = type.field(keyName)
                .filter(field -> field.is(Field.Flag.EXTERNALID) || field.name().equals("Id"))
                .orElseThrow(() -> new ApiFault(
                        400,
                        "INVALID_FIELD",
                        "Field name provided, " + keyName + " does not match an External ID for " + type));
        List<JsonNode> records = records(call);
        for (ObjectType sent : types(records)) {
            if (sent != type) {
                throw new ApiFault(400, "INVALID_TYPE", "all records must be of type " + type);
            }
        }
        return save(call, records.size(), allOrNone(call), (transaction, i) -> {
            Map<String, JsonNode> sent = ApiJson.members(records.get(i));
            Row before = before(transaction, type, key, sent);
            if (before != null) {
                rowFaults.check(before.id());
                return new Outcome(transaction.update(type, before.id(), sent).id(), false, null);
            }
            return new Outcome(transaction.create(type, sent).id(), true, null);
        });
    }

    private static @Nullable Row before(Transaction transaction, ObjectType type, Field key, Map<String, JsonNode> sent)
            throws Refused, FieldValue.WrongType {
        if (key.name().equals("Id")) {
            return sent.keySet().stream().anyMatch(name -> name.equalsIgnoreCase("Id"))
                    ? transaction.find(takeId(sent)).orElse(null)
                    : null;
        }
        JsonNode node = sent.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(key.name()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        Object value = node == null ? null : FieldValue.fromJson(key, node);
        if (value == null) {
            throw new Refused("MISSING_ARGUMENT", key.name() + " not specified");
        }
        return transaction.findBy(type, key, value).orElse(null);
    }

    Reply delete(Call call) throws ApiFault {
        List<String> ids =
                Arrays.asList(String.valueOf(call.request().parameter("ids")).split(","));
        checkSize(ids.size());
        boolean allOrNone = Boolean.parseBoolean(call.request().parameter("allOrNone"));
        return save(call, ids.size(), allOrNone, (transaction, i) -> {
            String id = parse(ids.get(i));
            ObjectType type = org.schema()
                    .objectOf(id)
                    .orElseThrow(() -> new Refused("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"));
            transaction.delete(type, id);
            return new Outcome(id, null, null);
        });
    }

    private static String takeId(Map<String, JsonNode> sent) throws Refused {
        String name = sent.keySet().stream()
                .filter(key -> key.equalsIgnoreCase("Id"))
                .findFirst()
                .orElseThrow(
                        () -> new Refused("MISSING_ARGUMENT", "Id not specified in an update call", List.of("Id")));
        JsonNode id = sent.remove(name);
        return parse(id == null ? "" : id.asText());
    }

    private static String parse(String id) throws Refused {
        return SalesforceId.parse(id.strip())
                .orElseThrow(() -> new Refused("MALFORMED_ID", "bad id " + id.strip(), List.of("Id")));
    }

    private Reply save(Call call, int count, boolean allOrNone, Save save) throws ApiFault {
        try {
            return results(org.<List<Outcome>, FieldValue.WrongType>write(
                    call.actor(), transaction -> saveEach(transaction, count, allOrNone, save)));
        } catch (FieldValue.WrongType wrong) {
            throw ApiFault.of(wrong);
        }
    }

    private static List<Outcome> saveEach(Transaction transaction, int count, boolean allOrNone, Save save)
            throws FieldValue.WrongType {
        int mark = transaction.mark();
        List<Outcome> outcomes = new ArrayList<>();
        boolean failed = false;
        for (int i = 0; i < count; i++) {
            try {
                outcomes.add(save.apply(transaction, i));
            } catch (Refused refused) {
                failed = true;
                outcomes.add(new Outcome(null, null, refused));
            }
        }
        if (failed && allOrNone) {
            transaction.undoTo(mark);
            Refused rolledBack = new Refused(
                    "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                    "Record rolled back because not all records were valid and the request was using AllOrNone header");
            outcomes.replaceAll(outcome -> outcome.refused() == null ? new Outcome(null, null, rolledBack) : outcome);
        }
        return outcomes;
    }

    private static Reply results(List<Outcome> outcomes) {
        ArrayNode results = ApiJson.array();
        for (Outcome outcome : outcomes) {
            ObjectNode result = results.addObject();
            Refused refused = outcome.refused();
            if (outcome.id() != null) {
                result.put("id", outcome.id());
            }
            result.put("success", refused == null);
            ArrayNode errors = result.putArray("errors");
            if (refused != null) {
                ObjectNode error = errors.addObject();
                error.put("statusCode", refused.code());
                error.put("message", refused.getMessage());
                error.set("fields", ApiJson.texts(refused.fields()));
            }
            if (outcome.created() != null) {
                result.put("created", outcome.created());
            }
        }
        return Reply.json(200, results);
    }

    private static boolean allOrNone(Call call) throws ApiFault {
        return call.json().path("allOrNone").asBoolean(false);
    }

    private static List<JsonNode> records(Call call) throws ApiFault {
        JsonNode records = call.json().path("records");
        if (!records.isArray()) {
            throw new ApiFault(400, "JSON_PARSER_ERROR", "the body needs an array 'records'");
        }
        checkSize(records.size());
        List<JsonNode> list = new ArrayList<>();
        records.forEach(list::add);
        return list;
    }

    private static void checkSize(int size) throws ApiFault {
        if (size > MOST_RECORDS) {
            throw new ApiFault(
                    400,
                    "EXCEEDED_ID_LIMIT",
                    "record limit reached. cannot submit more than " + MOST_RECORDS + " records into this call");
        }
    }

    private List<ObjectType> types(List<JsonNode> records) throws ApiFault {
        List<ObjectType> types = new ArrayList<>();
        int chunks = 0;
        for (JsonNode record : records) {
            String name = record.path("attributes").path("type").asText();
            ObjectType type = org.schema()
                    .object(name)
                    .orElseThrow(() -> new ApiFault(
                            400,
                            "INVALID_TYPE",
                            "sObject type '" + name + "' is not supported: each record needs attributes.type"));
            chunks += types.isEmpty() || types.get(types.size() - 1) != type ? 1 : 0;
            types.add(type);
        }
        if (chunks > MOST_CHUNKS) {
            throw new ApiFault(
                    400,
                    "LIMIT_EXCEEDED",
                    "Cannot have more than " + MOST_CHUNKS
                            + " chunks in a single operation. Please rearrange the data to reduce chunking.");
        }
        return types;
    }

    /** Records by id, null for each that is not there. */
    Reply retrieve(Call call, ObjectType type) throws ApiFault {
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        if (call.method().equals("GET")) {
            ids.addAll(Arrays.asList(
                    String.valueOf(call.request().parameter("ids")).split(",")));
            names.addAll(Arrays.asList(
                    String.valueOf(call.request().parameter("fields")).split(",")));
        } else {
            JsonNode body = call.json();
            body.path("ids").forEach(id -> ids.add(id.asText()));
            body.path("fields").forEach(name -> names.add(name.asText()));
        }
        if (ids.isEmpty() || names.isEmpty() || ids.size() > MOST_RETRIEVED) {
            throw new ApiFault(
                    400, "MALFORMED_QUERY", "ids and fields are needed, and at most " + MOST_RETRIEVED + " ids");
        }
        List<Field> fields = Records.fields(type, names);
        List<Optional<Row>> rows = new ArrayList<>();
        for (String id : ids) {
            String parsed =
                    SalesforceId.parse(id).orElseThrow(() -> new ApiFault(400, "MALFORMED_ID", "malformed id " + id));
            rows.add(org.find(parsed).filter(row -> row.type() == type && !row.deleted()));
        }
        return Reply.json(200, 256 * rows.size() + 64, json -> {
            json.writeStartArray();
            for (Optional<Row> found : rows) {
                if (found.isEmpty()) {
                    json.writeNull();
                    continue;
                }
                json.writeStartObject();
                json.writeObjectFieldStart("attributes");
                json.writeStringField("type", type.name());
                json.writeStringField(
                        "url", call.sobjects() + type.name() + "/" + found.get().id());
                json.writeEndObject();
                for (Field field : fields) {
                    json.writeFieldName(field.name());
                    FieldValue.write(json, found.get().value(field));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
