package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.profile.Profile;
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
import java.util.function.Supplier;

/** {@code /sobjects/X}, {@code /sobjects/X/id} and {@code /sobjects/X/ExtField/value}: one record at a time. */
final class Records {

    private final Org org;
    private final RowFaults rowFaults;
    private final Supplier<Profile> profile;

    Records(Org org, RowFaults rowFaults, Supplier<Profile> profile) {
        this.org = org;
        this.rowFaults = rowFaults;
        this.profile = profile;
    }

    /** A change inside a transaction. */
    @FunctionalInterface
    private interface Change<T> {
        T apply(Transaction transaction) throws Refused, FieldValue.WrongType, ApiFault;
    }

    private <T> T write(Call call, Change<T> change) throws ApiFault {
        try {
            return org.<T, Exception>write(call.actor(), change::apply);
        } catch (ApiFault | RuntimeException e) {
            throw e;
        } catch (Refused refused) {
            throw refused.code().equals("UNABLE_TO_LOCK_ROW")
                    ? new ApiFault(profile.get().number("row-lock-status"), refused.code(), refused.getMessage())
                    : ApiFault.of(refused);
        } catch (FieldValue.WrongType wrong) {
            throw ApiFault.of(wrong);
        } catch (Exception e) {
            throw new IllegalStateException("nothing else is thrown", e);
        }
    }

    Reply create(Call call, ObjectType type) throws ApiFault {
        Map<String, JsonNode> sent = body(call);
        Row row = write(call, transaction -> transaction.create(type, sent));
        return created(201, row, true).with("Location", call.sobjects() + type.name() + "/" + row.id());
    }

    private static Map<String, JsonNode> body(Call call) throws ApiFault {
        JsonNode json = call.json();
        if (!json.isObject()) {
            throw new ApiFault(400, "JSON_PARSER_ERROR", "a single record is a JSON object");
        }
        return ApiJson.members(json);
    }

    private static Reply created(int status, Row row, boolean created) {
        ObjectNode body = ApiJson.object();
        body.put("id", row.id());
        body.put("success", true);
        body.set("errors", ApiJson.array());
        if (status == 200 || !created) {
            body.put("created", created);
        }
        return Reply.json(status, body);
    }

    Reply byId(Call call, ObjectType type, String id) throws ApiFault {
        return switch (call.method()) {
            case "GET", "HEAD" -> get(call, type, existing(type, id));
            case "PATCH" -> update(call, type, id);
            case "DELETE" -> delete(call, type, id);
            default -> throw ApiFault.notAllowed(call.method(), "DELETE, GET, HEAD, PATCH");
        };
    }

    private Optional<Row> live(ObjectType type, String id) {
        return SalesforceId.parse(id).flatMap(org::find).filter(row -> row.type() == type);
    }

    private Row existing(ObjectType type, String id) throws ApiFault {
        Row row = live(type, id).orElseThrow(ApiFault::notFound);
        if (row.deleted()) {
            throw new ApiFault(404, "ENTITY_IS_DELETED", "entity is deleted");
        }
        return row;
    }

    private Reply get(Call call, ObjectType type, Row row) throws ApiFault {
        if (Conditions.unchanged(call.request(), row)) {
            return Reply.empty(304);
        }
        String asked = call.request().parameter("fields");
        List<Field> fields = asked == null ? type.fields() : fields(type, Arrays.asList(asked.split(",")));
        Reply reply = Reply.json(200, 2048, json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("attributes");
            json.writeStringField("type", type.name());
            json.writeStringField("url", call.sobjects() + type.name() + "/" + row.id());
            json.writeEndObject();
            for (Field field : fields) {
                json.writeFieldName(field.name());
                FieldValue.write(json, row.value(field));
            }
            json.writeEndObject();
        });
        Optional<String> tag = Conditions.etag(row);
        return tag.isPresent() ? reply.with("ETag", tag.get()) : reply;
    }

    /** The fields named, Id always with them. */
    static List<Field> fields(ObjectType type, List<String> names) throws ApiFault {
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            Field field = type.field(name.strip())
                    .orElseThrow(() -> new ApiFault(
                            400, "INVALID_FIELD", "No such column '" + name.strip() + "' on sobject of type " + type));
            if (!fields.contains(field)) {
                fields.add(field);
            }
        }
        if (!fields.contains(type.required("Id"))) {
            fields.add(type.required("Id"));
        }
        return fields;
    }

    private Reply update(Call call, ObjectType type, String id) throws ApiFault {
        Map<String, JsonNode> sent = body(call);
        if (sent.keySet().stream().anyMatch(name -> name.equalsIgnoreCase("Id"))) {
            throw new ApiFault(400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.");
        }
        write(call, transaction -> {
            checkCondition(call, transaction, id);
            rowFaults.check(SalesforceId.parse(id).orElse(id));
            return transaction.update(type, SalesforceId.parse(id).orElse(id), sent);
        });
        return Reply.empty(204);
    }

    private static void checkCondition(Call call, Transaction transaction, String id) throws ApiFault {
        Optional<Row> row = SalesforceId.parse(id).flatMap(transaction::find);
        if (row.isPresent()) {
            Conditions.check(call.request(), row.get());
        }
    }

    private Reply delete(Call call, ObjectType type, String id) throws ApiFault {
        write(call, transaction -> {
            transaction.delete(type, SalesforceId.parse(id).orElse(id));
            return true;
        });
        return Reply.empty(204);
    }

    /** By external id: GET, upsert by PATCH, DELETE. */
    Reply byExternalId(Call call, ObjectType type, String fieldName, String value) throws ApiFault {
        Field field = type.field(fieldName).orElseThrow(ApiFault::notFound);
        if (field.name().equals("Id")) {
            return byId(call, type, value);
        }
        if (!field.is(Field.Flag.EXTERNALID)) {
            throw new ApiFault(
                    400,
                    "INVALID_FIELD",
                    "Field name provided, " + fieldName
                            + " does not match an External ID, Salesforce Id, or indexed field" + " for " + type);
        }
        Optional<Row> row = org.findBy(field, type, value);
        return switch (call.method()) {
            case "GET", "HEAD" -> get(call, type, row.orElseThrow(ApiFault::notFound));
            case "DELETE" ->
                delete(call, type, row.orElseThrow(ApiFault::notFound).id());
            case "PATCH" -> upsert(call, type, field, value);
            default -> throw ApiFault.notAllowed(call.method(), "DELETE, GET, HEAD, PATCH");
        };
    }

    private Reply upsert(Call call, ObjectType type, Field key, String value) throws ApiFault {
        Map<String, JsonNode> sent = body(call);
        if (sent.keySet().stream().anyMatch(key.name()::equalsIgnoreCase)) {
            throw new ApiFault(
                    400, "INVALID_FIELD", "The " + key.name() + " field should not be specified in the sobject data.");
        }
        boolean updateOnly = Boolean.parseBoolean(call.request().parameter("updateOnly"));
        record Saved(Row row, boolean created) {}
        Saved saved = write(call, transaction -> {
            Optional<Row> before = transaction.findBy(type, key, value);
            if (before.isPresent()) {
                Conditions.check(call.request(), before.get());
                return new Saved(transaction.update(type, before.get().id(), sent), false);
            }
            if (updateOnly) {
                throw ApiFault.notFound();
            }
            sent.put(key.name(), TextNode.valueOf(value));
            return new Saved(transaction.create(type, sent), true);
        });
        int status = saved.created() ? 201 : profile.get().number("upsert-existing-status");
        return status == 204 ? Reply.empty(204) : created(status, saved.row(), saved.created());
    }

    /** Short facts about the object and what was last touched. */
    Reply basics(Call call, ObjectType type) {
        ObjectNode body = ApiJson.object();
        body.set("objectDescribe", Describe.brief(type, call.sobjects()));
        ArrayNode recent = body.putArray("recentItems");
        org.read(() -> org.rows(type).stream()
                        .filter(row -> !row.deleted())
                        .limit(10)
                        .toList())
                .forEach(row -> {
                    ObjectNode item = recent.addObject();
                    ObjectNode attributes = item.putObject("attributes");
                    attributes.put("type", type.name());
                    attributes.put("url", call.sobjects() + type.name() + "/" + row.id());
                    item.put("Id", row.id());
                    item.put("Name", row.displayName());
                });
        return Reply.json(200, body);
    }
}
