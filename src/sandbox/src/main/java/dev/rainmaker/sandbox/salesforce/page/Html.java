package dev.rainmaker.sandbox.salesforce.page;

import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.FieldType;
import dev.rainmaker.sandbox.salesforce.record.FieldValue;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pieces of pages. Whatever comes from a record is escaped here. */
final class Html {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** The tabs, in order. */
    static final List<String> TABS =
            List.of("Lead", "Account", "Contact", "Opportunity", "Rainmaker_Deal_Registration__c", "Campaign");

    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("Rainmaker_Partner__c", "Assigned partner"),
            Map.entry("Rainmaker_Reason__c", "Why this partner"),
            Map.entry("Rainmaker_PLV_Score__c", "PLV score"),
            Map.entry("Rainmaker_PLV_Value__c", "PLV value"),
            Map.entry("Rainmaker_PLV_Trend__c", "PLV trend"),
            Map.entry("Rainmaker_PLV_Reason__c", "What makes the score"),
            Map.entry("Rainmaker_Assigned_At__c", "Assigned at"),
            Map.entry("Rainmaker_Decision_Id__c", "Decision"),
            Map.entry("Rainmaker_Lock_Holder__c", "Locked for"),
            Map.entry("Rainmaker_Lock_Until__c", "Locked until"),
            Map.entry("Rainmaker_Lock_Scope__c", "Locked products"),
            Map.entry("Rainmaker_Registration_Number__c", "Deal registration"));

    private Html() {}

    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String label(Field field) {
        String known = LABELS.get(field.name());
        return known == null ? field.label() : known;
    }

    static String view(Row row) {
        return "/lightning/r/" + row.type().name() + "/" + row.id() + "/view";
    }

    static String list(String object) {
        return "/lightning/o/" + object + "/list";
    }

    static String link(Row row) {
        return "<a href=\"" + view(row) + "\">" + escape(row.displayName()) + "</a>"
                + (row.deleted() ? " (deleted)" : "");
    }

    /** A field's value as people read it, lookups as links. */
    static String value(Org org, Row row, Field field) {
        Object value = row.value(field);
        if (value == null) {
            return "";
        }
        if (field.type() == FieldType.REFERENCE) {
            return org.find(value.toString()).map(Html::link).orElse(escape(value.toString()));
        }
        return escape(text(row, field, value));
    }

    private static String text(Row row, Field field, Object value) {
        if (value instanceof Instant instant) {
            return TIME.format(instant);
        }
        if (value instanceof Boolean truth) {
            return truth ? "Yes" : "No";
        }
        if (value instanceof BigDecimal number) {
            NumberFormat format = NumberFormat.getNumberInstance(Locale.ENGLISH);
            format.setMaximumFractionDigits(field.scale());
            boolean money = field.type() == FieldType.CURRENCY
                    && row.type().field("CurrencyIsoCode").isPresent();
            return format.format(number)
                    + (field.type() == FieldType.PERCENT ? " %" : money ? " " + row.text("CurrencyIsoCode") : "");
        }
        return FieldValue.asText(value);
    }

    static String pair(String label, String valueHtml) {
        return "<div><dt>" + escape(label) + "</dt><dd>" + valueHtml + "</dd></div>";
    }

    /** A whole page. */
    static String page(Org org, String title, @Nullable String tab, String content) {
        StringBuilder nav = new StringBuilder();
        for (String object : TABS) {
            nav.append("<a href=\"").append(list(object)).append('"');
            nav.append(object.equals(tab) ? " aria-current=\"page\"" : "").append('>');
            nav.append(escape(org.schema().required(object).pluralLabel())).append("</a>");
        }
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<title>" + escape(title) + " | CRM sandbox</title>"
                + "<link rel=\"stylesheet\" href=\"/sandbox.css\"><link rel=\"icon\" href=\"data:,\"></head><body>"
                + "<a class=\"skip\" href=\"#content\">Skip to content</a>"
                + "<header><strong><a href=\"/\">CRM sandbox</a></strong><nav aria-label=\"Objects\">" + nav + "</nav>"
                + "<span class=\"notice\">A simulator. You act as Channel Manager.</span></header>"
                + "<main id=\"content\">" + content + "</main></body></html>";
    }
}
