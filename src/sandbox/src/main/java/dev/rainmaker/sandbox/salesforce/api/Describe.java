package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.Field.Flag;
import dev.rainmaker.sandbox.salesforce.record.FieldType;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;

/** {@code /sobjects} and {@code /sobjects/X/describe}. */
final class Describe {

    private Describe() {}

    static Reply global(Org org, String sobjects) {
        ObjectNode body = ApiJson.object();
        body.put("encoding", "UTF-8");
        body.put("maxBatchSize", 200);
        ArrayNode objects = body.putArray("sobjects");
        org.schema().objects().forEach(type -> objects.add(brief(type, sobjects)));
        return Reply.json(200, body);
    }

    static ObjectNode brief(ObjectType type, String sobjects) {
        ObjectNode body = ApiJson.object();
        body.put("activateable", false);
        body.put("createable", true);
        body.put("custom", type.custom());
        body.put("customSetting", false);
        body.put("deletable", true);
        body.put("deprecatedAndHidden", false);
        body.put("feedEnabled", false);
        body.put("hasSubtypes", false);
        body.put("keyPrefix", type.prefix());
        body.put("label", type.label());
        body.put("labelPlural", type.pluralLabel());
        body.put("layoutable", true);
        body.put("mergeable", false);
        body.put("mruEnabled", true);
        body.put("name", type.name());
        body.put("queryable", true);
        body.put("replicateable", true);
        body.put("retrieveable", true);
        body.put("searchable", false);
        body.put("triggerable", true);
        body.put("undeletable", true);
        body.put("updateable", true);
        ObjectNode urls = body.putObject("urls");
        String url = sobjects + type.name();
        urls.put("rowTemplate", url + "/{ID}");
        urls.put("describe", url + "/describe");
        urls.put("sobject", url);
        return body;
    }

    static Reply full(ObjectType type, String sobjects) {
        ObjectNode body = brief(type, sobjects);
        body.set("actionOverrides", ApiJson.array());
        body.set("childRelationships", ApiJson.array());
        body.set("namedLayoutInfos", ApiJson.array());
        body.set("recordTypeInfos", ApiJson.array());
        body.set("supportedScopes", ApiJson.array());
        ArrayNode fields = body.putArray("fields");
        type.fields().forEach(field -> fields.add(field(field, type)));
        return Reply.json(200, body);
    }

    private static ObjectNode field(Field field, ObjectType type) {
        boolean writable = !field.is(Flag.READONLY);
        FieldType kind = field.type();
        boolean longText = kind == FieldType.TEXTAREA && field.length() > 255;
        boolean isId = kind == FieldType.ID;
        ObjectNode body = ApiJson.object();
        body.put("aggregatable", !longText);
        body.put("autoNumber", false);
        body.put("byteLength", field.length() * (kind.isId() ? 1 : 3));
        body.put("calculated", false);
        body.putNull("calculatedFormula");
        body.put("caseSensitive", false);
        body.putNull("controllerName");
        body.put("createable", writable);
        body.put("custom", field.custom());
        body.put("defaultValue", kind == FieldType.BOOLEAN ? field.defaultValue() : null);
        body.putNull("defaultValueFormula");
        body.put(
                "defaultedOnCreate",
                field.defaultValue() != null
                        || kind == FieldType.BOOLEAN
                        || field.name().equals("OwnerId"));
        body.put("dependentPicklist", false);
        body.put("deprecatedAndHidden", false);
        body.put("digits", kind == FieldType.INT ? field.precision() : 0);
        body.put("externalId", field.is(Flag.EXTERNALID));
        body.put("filterable", !longText);
        body.put("groupable", !longText && kind != FieldType.DATETIME && kind.kind() != FieldType.Kind.NUMBER);
        body.put("htmlFormatted", false);
        body.put("idLookup", isId || field.is(Flag.EXTERNALID));
        body.putNull("inlineHelpText");
        body.put("label", field.label());
        body.put("length", field.length());
        body.put("name", field.name());
        body.put("nameField", field.equals(type.nameField()) && !isId);
        body.put("namePointing", field.polymorphic());
        body.put("nillable", !field.is(Flag.REQUIRED) && kind != FieldType.BOOLEAN && !isId);
        body.put("permissionable", writable && !field.is(Flag.REQUIRED));
        body.set("picklistValues", picklist(field));
        body.put("polymorphicForeignKey", field.polymorphic());
        body.put("precision", kind == FieldType.INT ? 0 : field.precision());
        body.put("queryByDistance", false);
        body.set("referenceTo", ApiJson.texts(field.references()));
        body.put("relationshipName", field.relationship());
        body.putNull("relationshipOrder");
        body.put("restrictedDelete", false);
        body.put("restrictedPicklist", field.is(Flag.RESTRICTED));
        body.put("scale", field.scale());
        body.put("soapType", kind.soapType());
        body.put("sortable", !longText && kind != FieldType.MULTIPICKLIST);
        body.put("type", kind.vendorName());
        body.put("unique", field.is(Flag.UNIQUE));
        body.put("updateable", writable && !field.is(Flag.CREATEONLY));
        body.put("writeRequiresMasterRead", false);
        return body;
    }

    private static ArrayNode picklist(Field field) {
        ArrayNode values = ApiJson.array();
        for (String value : field.values()) {
            ObjectNode entry = values.addObject();
            entry.put("active", true);
            entry.put("defaultValue", value.equals(field.defaultValue()));
            entry.put("label", value);
            entry.putNull("validFor");
            entry.put("value", value);
        }
        return values;
    }
}
