package dev.rainmaker.connector.salesforce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.WriteOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Updates records by sObject Collections. Each record stands for itself ({@code allOrNone} false). Every write says
 * {@code Sforce-Auto-Assign: FALSE}: without it the org's assignment rules would run and hand the lead to somebody else.
 */
final class SalesforceWriter {

    /** Most records in one call (REST API Developer Guide, sObject Collections, API 65.0). */
    static final int BATCH = 200;

    private static final Map<String, String> HEADERS = Map.of("Sforce-Auto-Assign", "FALSE");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFactory FACTORY = new JsonFactory();

    /** The record cannot be edited any more, whatever we write. */
    private static final Set<String> GONE = Set.of("ENTITY_IS_DELETED", "CANNOT_UPDATE_CONVERTED_LEAD", "NOT_FOUND");

    private final SalesforceSettings settings;
    private final SalesforceClient client;
    private final SalesforceFaults faults;

    SalesforceWriter(SalesforceSettings settings, SalesforceClient client, SalesforceFaults faults) {
        this.settings = settings;
        this.client = client;
        this.faults = faults;
    }

    List<WriteOutcome> write(String stream, List<Change> changes) {
        if (changes.size() > BATCH) {
            throw new IllegalArgumentException(
                    changes.size() + " changes in one call, at most " + BATCH + " are allowed");
        }
        check(stream, changes);
        List<Change> sent = changes.stream()
                .filter(change -> SalesforceId.canonical(change.id()).isPresent())
                .toList();
        List<WriteOutcome> answered = sent.isEmpty() ? List.of() : send(stream, sent);
        List<WriteOutcome> outcomes = new ArrayList<>(changes.size());
        int next = 0;
        for (Change change : changes) {
            outcomes.add(
                    next < sent.size() && sent.get(next) == change
                            ? answered.get(next++)
                            : new WriteOutcome.Rejected(
                                    change.id(), "MALFORMED_ID", "not a Salesforce record id; it was not sent", false));
        }
        return List.copyOf(outcomes);
    }

    private List<WriteOutcome> send(String stream, List<Change> changes) {
        String doing = "the write of " + changes.size() + " " + stream;
        String path = "/services/data/v" + settings.apiVersion() + "/composite/sobjects";
        Answer answer = client.call(CallPurpose.WRITE, "PATCH", path, body(stream, changes), HEADERS, doing);
        if (!answer.succeeded()) {
            throw faults.of(answer, doing);
        }
        JsonNode results = results(answer);
        if (results == null || !results.isArray() || results.size() != changes.size()) {
            throw faults.retryable(
                    Duration.ZERO,
                    doing + " was answered with a body that is cut short or damaged (" + answer.body().length
                            + " bytes); whether it was stored is unknown, writing the same again is safe",
                    null);
        }
        List<WriteOutcome> outcomes = new ArrayList<>(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            outcomes.add(outcome(changes.get(i).id(), results.get(i)));
        }
        return outcomes;
    }

    private static @Nullable JsonNode results(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException damaged) {
            return null;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static WriteOutcome outcome(String id, JsonNode result) {
        if (result.path("success").asBoolean(false)) {
            return new WriteOutcome.Written(id);
        }
        JsonNode error = result.path("errors").path(0);
        String code = Words.clean(error.path("statusCode").asText("UNKNOWN_EXCEPTION"), 100);
        String message = Words.clean(error.path("message").asText("refused without a reason"), 400);
        List<String> fields = new ArrayList<>();
        error.path("fields").forEach(field -> fields.add(Words.clean(field.asText(), 80)));
        if (SalesforceFaults.PASSING.contains(code)) {
            Duration after = code.equals("REQUEST_LIMIT_EXCEEDED") ? SalesforceFaults.BUDGET_PAUSE : Duration.ZERO;
            return new WriteOutcome.Postponed(id, after, code, message);
        }
        boolean itself = fields.isEmpty() || fields.stream().allMatch("Id"::equalsIgnoreCase);
        boolean gone = GONE.contains(code) || code.equals("INVALID_CROSS_REFERENCE_KEY") && itself;
        String where = fields.isEmpty() ? "" : " " + fields;
        return new WriteOutcome.Rejected(id, code, message + where, gone);
    }

    private static byte[] body(String stream, List<Change> changes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(changes.size() * 256);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
            json.writeStartObject();
            json.writeBooleanField("allOrNone", false);
            json.writeArrayFieldStart("records");
            for (Change change : changes) {
                record(json, stream, change);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void record(JsonGenerator json, String stream, Change change) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("attributes");
        json.writeStringField("type", stream);
        json.writeEndObject();
        json.writeStringField("id", SalesforceId.canonical(change.id()).orElseThrow());
        for (Map.Entry<String, @Nullable Object> field : change.fields().entrySet()) {
            json.writeFieldName(field.getKey());
            value(json, field.getKey(), field.getValue());
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, String field, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Instant instant) {
            json.writeString(SalesforceStamp.written(instant));
        } else if (value instanceof LocalDate date) {
            json.writeString(date.toString());
        } else {
            throw new IllegalArgumentException(
                    field + ": a " + value.getClass().getSimpleName() + " cannot be written to Salesforce");
        }
    }

    private void check(String stream, List<Change> changes) {
        if (!Soql.isObject(stream)) {
            throw faults.fatal("\"" + Words.clean(stream, 80) + "\" is not the name of a Salesforce object");
        }
        for (Change change : changes) {
            for (String field : change.fields().keySet()) {
                if (!Soql.isObject(field) || field.equalsIgnoreCase("id")) {
                    throw faults.fatal("\"" + Words.clean(field, 80) + "\" is not a field of " + stream
                            + " that can be written; correct the mapping");
                }
            }
        }
    }
}
