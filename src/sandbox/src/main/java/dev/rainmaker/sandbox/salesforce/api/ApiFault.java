package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.salesforce.record.FieldValue;
import dev.rainmaker.sandbox.salesforce.record.Refused;
import dev.rainmaker.sandbox.salesforce.soql.QueryRefused;
import java.util.List;

/** A request answered with an error: an array of one object with message, errorCode and fields. */
public final class ApiFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final List<String> fields;

    ApiFault(int status, String code, String message, List<String> fields) {
        super(message);
        this.status = status;
        this.code = code;
        this.fields = List.copyOf(fields);
    }

    ApiFault(int status, String code, String message) {
        this(status, code, message, List.of());
    }

    static ApiFault of(QueryRefused refused) {
        return new ApiFault(400, refused.code(), refused.getMessage());
    }

    /** A refusal of a single record. Unknown and deleted records are 404, everything else 400. */
    static ApiFault of(Refused refused) {
        boolean gone = refused.fields().isEmpty()
                && (refused.code().equals("INVALID_CROSS_REFERENCE_KEY")
                        || refused.code().equals("ENTITY_IS_DELETED"));
        return new ApiFault(gone ? 404 : 400, refused.code(), refused.getMessage(), refused.fields());
    }

    static ApiFault of(FieldValue.WrongType wrong) {
        return new ApiFault(400, "JSON_PARSER_ERROR", wrong.getMessage());
    }

    static ApiFault notFound() {
        return new ApiFault(404, "NOT_FOUND", "The requested resource does not exist");
    }

    static ApiFault notAllowed(String method, String allowed) {
        return new ApiFault(
                405, "METHOD_NOT_ALLOWED", "HTTP Method '" + method + "' not allowed. Allowed are " + allowed);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    Reply reply() {
        ObjectNode error = ApiJson.object();
        error.put("message", getMessage());
        error.put("errorCode", code);
        if (!fields.isEmpty()) {
            error.set("fields", ApiJson.texts(fields));
        }
        ArrayNode errors = ApiJson.array();
        errors.add(error);
        return Reply.json(status, errors);
    }
}
