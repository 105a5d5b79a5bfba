package dev.rainmaker.sandbox.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.sandbox.http.ApiJson;

/** Answers in XML, which is what comes where nobody asked for JSON. */
final class Xml {

    private Xml() {}

    static String of(JsonNode value) {
        StringBuilder xml = new StringBuilder();
        if (value.isArray()) {
            xml.append("<MULTIPLE>");
            value.forEach(element -> xml.append(of(element)));
            return xml.append("</MULTIPLE>").toString();
        }
        if (value.isObject()) {
            xml.append("<SINGLE>");
            ApiJson.members(value)
                    .forEach((name, member) -> xml.append("<KEY name=\"")
                            .append(escape(name))
                            .append("\">")
                            .append(of(member))
                            .append("</KEY>"));
            return xml.append("</SINGLE>").toString();
        }
        return value.isNull() ? "<VALUE null=\"null\"/>" : "<VALUE>" + escape(value.asText()) + "</VALUE>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
