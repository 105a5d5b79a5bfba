package dev.rainmaker.sandbox.salesforce.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.salesforce.record.Actor;
import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.Field.Flag;
import dev.rainmaker.sandbox.salesforce.record.FieldType;
import dev.rainmaker.sandbox.salesforce.record.FieldValue;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Refused;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.record.SalesforceOrgId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The form with which a person changes a record. Only what differs from the record as the form showed it is written; if
 * the record changed meanwhile, the person is told and decides.
 */
final class EditPage {

    private static final int MOST_CHOICES = 2000;
    private static final String STAMP = "stamp";
    private static final List<String> PARTNER_LOOKUPS =
            List.of("Rainmaker_Partner__c", "Rainmaker_Lock_Holder__c", "Partner__c");

    private final Org org;

    EditPage(Org org) {
        this.org = org;
    }

    private static List<Field> editable(ObjectType type) {
        return type.fields().stream()
                .filter(field -> !field.is(Flag.READONLY) && !field.is(Flag.CREATEONLY))
                .sorted(Comparator.comparing(field -> !field.name().equals("Rainmaker_Partner__c")))
                .toList();
    }

    /** The form for a new record, with what the person typed where a save was refused. */
    String blank(ObjectType type, Map<String, String> typed, String problem) {
        StringBuilder page = new StringBuilder();
        if (!problem.isEmpty()) {
            page.append("<div class=\"card error\" role=\"alert\">")
                    .append(Html.escape(problem))
                    .append("</div>");
        }
        String buttons = "<div class=\"actions\"><a class=\"button\" href=\"" + Html.list(type.name())
                + "\">Cancel</a><button class=\"main\">Save</button></div>";
        page.append("<form class=\"edit\" method=\"post\" action=\"/lightning/o/")
                .append(type.name())
                .append("/new\"><div class=\"card top\"><h1><span class=\"kind\">New</span>")
                .append(Html.escape(type.label()))
                .append("</h1>")
                .append(buttons)
                .append("</div><div class=\"card fields\">");
        for (Field field : fillable(type)) {
            page.append("<div><label for=\"")
                    .append(field.name())
                    .append("\">")
                    .append(Html.escape(Html.label(field)))
                    .append(field.is(Flag.REQUIRED) ? " (required)" : "")
                    .append("</label>")
                    .append(input(field, typed.getOrDefault(field.name(), "")))
                    .append("</div>");
        }
        page.append("</div><div class=\"card top\">").append(buttons).append("</div></form>");
        return Html.page(org, "New " + type.label(), type.name(), page.toString());
    }

    private static List<Field> fillable(ObjectType type) {
        return type.fields().stream()
                .filter(field -> !field.is(Flag.READONLY) && !field.name().equals("OwnerId"))
                .toList();
    }

    /** Makes a record as a person fills it in; what is left empty gets the org's default. */
    Reply create(ObjectType type, Map<String, String> sent) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (Field field : fillable(type)) {
            String text = sent.getOrDefault(field.name(), "").replace("\r\n", "\n");
            if (!text.isEmpty()) {
                values.put(field.name(), TextNode.valueOf(text));
            }
        }
        try {
            Actor person = new Actor(SalesforceOrgId.PERSON_USER, Actor.Channel.PAGE, false);
            Row made = org.<Row, Exception>write(person, transaction -> transaction.create(type, values));
            return Reply.redirect(Html.view(made) + "?saved");
        } catch (Refused | FieldValue.WrongType e) {
            return Reply.html(400, blank(type, sent, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("nothing else is thrown", e);
        }
    }

    /** The form, with what the person typed where a save was refused. */
    String form(Row row, Map<String, String> typed, String problem) {
        StringBuilder page = new StringBuilder();
        if (!problem.isEmpty()) {
            page.append("<div class=\"card error\" role=\"alert\">")
                    .append(Html.escape(problem))
                    .append("</div>");
        }
        String action = "/lightning/r/" + row.type().name() + "/" + row.id() + "/edit";
        page.append("<form class=\"edit\" method=\"post\" action=\"")
                .append(action)
                .append("\"><div class=\"card top\"><h1>")
                .append("<span class=\"kind\">Edit ")
                .append(Html.escape(row.type().label()))
                .append("</span>")
                .append(Html.escape(row.displayName()))
                .append("</h1>")
                .append(buttons(row))
                .append("</div>")
                .append("<input type=\"hidden\" name=\"")
                .append(STAMP)
                .append("\" value=\"")
                .append(FieldValue.asText(row.stamp()))
                .append("\"><div class=\"card fields\">");
        for (Field field : editable(row.type())) {
            String stored = FieldValue.asText(row.value(field));
            page.append("<div><label for=\"")
                    .append(field.name())
                    .append("\">")
                    .append(Html.escape(Html.label(field)))
                    .append(field.is(Flag.REQUIRED) ? " (required)" : "")
                    .append("</label>")
                    .append(input(field, typed.getOrDefault(field.name(), stored)))
                    .append("<input type=\"hidden\" name=\"was.")
                    .append(field.name())
                    .append("\" value=\"")
                    .append(Html.escape(stored))
                    .append("\"></div>");
        }
        page.append("</div><div class=\"card top\">").append(buttons(row)).append("</div></form>");
        return Html.page(org, "Edit " + row.displayName(), row.type().name(), page.toString());
    }

    private static String buttons(Row row) {
        return "<div class=\"actions\"><a class=\"button\" href=\"" + Html.view(row)
                + "\">Cancel</a><button class=\"main\">Save</button></div>";
    }

    private String input(Field field, String value) {
        String names = " id=\"" + field.name() + "\" name=\"" + field.name() + "\"";
        if (field.name().equals("OwnerId")) {
            return select(names, value, owners(field));
        }
        if (PARTNER_LOOKUPS.contains(field.name())) {
            return select(names, value, partners());
        }
        return switch (field.type()) {
            case BOOLEAN ->
                "<input type=\"checkbox\" value=\"true\"" + names + (value.equals("true") ? " checked" : "") + ">";
            case PICKLIST -> select(names, value, picklist(field));
            case TEXTAREA -> "<textarea rows=\"3\"" + names + ">" + Html.escape(value) + "</textarea>";
            case DATE -> "<input type=\"date\"" + names + " value=\"" + Html.escape(value) + "\">";
            case INT, DOUBLE, CURRENCY, PERCENT -> text(names + " inputmode=\"decimal\"", value);
            default -> text(names, value);
        };
    }

    private static String text(String names, String value) {
        return "<input type=\"text\"" + names + " value=\"" + Html.escape(value) + "\">";
    }

    private static String select(String names, String value, Map<String, String> choices) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("", "(none)");
        all.putAll(choices);
        all.putIfAbsent(value, value);
        StringBuilder select = new StringBuilder("<select" + names + ">");
        all.forEach((key, label) -> select.append("<option value=\"")
                .append(Html.escape(key))
                .append('"')
                .append(key.equals(value) ? " selected" : "")
                .append('>')
                .append(Html.escape(label))
                .append("</option>"));
        return select.append("</select>").toString();
    }

    private static Map<String, String> picklist(Field field) {
        Map<String, String> values = new LinkedHashMap<>();
        field.values().forEach(value -> values.put(value, value));
        return values;
    }

    private Map<String, String> partners() {
        return choices("Account", "IsPartner");
    }

    private Map<String, String> owners(Field field) {
        Map<String, String> owners = new LinkedHashMap<>(choices("User", "IsActive"));
        if (field.polymorphic()) {
            owners.putAll(choices("Group", ""));
        }
        return owners;
    }

    private Map<String, String> choices(String object, String flag) {
        Map<String, String> names = new LinkedHashMap<>();
        org.read(() -> org.rows(org.schema().required(object)).stream()
                        .filter(row -> !row.deleted() && (flag.isEmpty() || Boolean.TRUE.equals(row.value(flag))))
                        .sorted(Comparator.comparing(Row::displayName, String.CASE_INSENSITIVE_ORDER))
                        .limit(MOST_CHOICES)
                        .toList())
                .forEach(row -> names.put(row.id(), row.displayName()));
        return names;
    }

    /** Saves what the person changed, as that person; rules of assignment do not run, as with the box unticked. */
    Reply save(Row row, Map<String, String> sent) {
        Map<String, JsonNode> changes = new LinkedHashMap<>();
        for (Field field : editable(row.type())) {
            String was = sent.get("was." + field.name());
            // An unticked box is not sent; line ends come back as the browser writes them.
            String now = sent.getOrDefault(
                            field.name(), field.type() == FieldType.BOOLEAN ? "false" : was == null ? "" : was)
                    .replace("\r\n", "\n");
            if (was != null && !now.equals(was.replace("\r\n", "\n"))) {
                changes.put(field.name(), TextNode.valueOf(now));
            }
        }
        try {
            Actor person = new Actor(SalesforceOrgId.PERSON_USER, Actor.Channel.PAGE, false);
            org.<Row, Exception>write(person, transaction -> {
                Row current = transaction.find(row.id()).orElse(row);
                if (!FieldValue.asText(current.stamp()).equals(sent.get(STAMP)) && touched(current, sent, changes)) {
                    throw new Refused(
                            "CONFLICT",
                            "This record was changed by someone else while you were editing it."
                                    + " The form now shows your values; save again to keep them.");
                }
                return changes.isEmpty() ? current : transaction.update(row.type(), row.id(), changes);
            });
            return Reply.redirect(Html.view(row) + "?saved");
        } catch (Refused | FieldValue.WrongType e) {
            Row current = org.find(row.id()).orElse(row);
            return Reply.html(400, form(current, sent, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("nothing else is thrown", e);
        }
    }

    private static boolean touched(Row current, Map<String, String> sent, Map<String, JsonNode> changes) {
        return changes.keySet().stream()
                .anyMatch(name -> !FieldValue.asText(current.value(name)).equals(sent.get("was." + name)));
    }
}
