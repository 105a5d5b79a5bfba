package dev.rainmaker.sandbox.moodle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;

/** An error of a web service function, which the site answers with HTTP 200 like everything else. */
final class WsFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final String exception;
    private final String code;

    private WsFault(String exception, String code, String message) {
        super(message);
        this.exception = exception;
        this.code = code;
    }

    static WsFault parameter() {
        return new WsFault(
                "core\\exception\\invalid_parameter_exception", "invalidparameter", "Invalid parameter value detected");
    }

    static WsFault token() {
        return new WsFault("core\\exception\\moodle_exception", "invalidtoken", "Invalid token - token not found");
    }

    static WsFault access() {
        return new WsFault("webservice_access_exception", "accessexception", "Access control exception");
    }

    static WsFault capability(String capability) {
        return new WsFault(
                "required_capability_exception",
                "nopermissions",
                "Sorry, but you do not currently have permissions to do that (" + capability + ").");
    }

    static WsFault record(String table) {
        return new WsFault(
                "dml_missing_record_exception",
                "invalidrecord",
                "Can't find data record in database table " + table + ".");
    }

    static WsFault moodle(String code, String message) {
        return new WsFault("core\\exception\\moodle_exception", code, message);
    }

    ObjectNode json() {
        return ApiJson.object()
                .put("exception", exception)
                .put("errorcode", code)
                .put("message", String.valueOf(getMessage()));
    }
}
