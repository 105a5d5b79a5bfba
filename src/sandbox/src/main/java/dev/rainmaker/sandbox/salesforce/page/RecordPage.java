package dev.rainmaker.sandbox.salesforce.page;

import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One record: what Rainmaker wrote on top, then all fields, then what hangs on it. */
final class RecordPage {

    private static final int MOST_RELATED = 10;
    private static final List<String> ASSIGNMENT = List.of(
            "Rainmaker_Reason__c",
            "Rainmaker_Assigned_At__c",
            "Rainmaker_Decision_Id__c",
            "Rainmaker_PLV_Value__c",
            "Rainmaker_PLV_Trend__c",
            "Rainmaker_PLV_Reason__c");
    private static final List<String> LOCK = List.of(
            "Rainmaker_Lock_Holder__c",
            "Rainmaker_Lock_Until__c",
            "Rainmaker_Lock_Scope__c",
            "Rainmaker_Registration_Number__c");
    private static final Set<String> SYSTEM = Set.of(
            "Id", "IsDeleted", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp");

    /** Lookups whose records are listed on the record they point at. */
    private static final Map<String, List<String>> RELATED = Map.of(
            "Account",
            List.of(
                    "Lead.Rainmaker_Partner__c",
                    "Rainmaker_Deal_Registration__c.Partner__c",
                    "Opportunity.PartnerAccountId",
                    "Opportunity.AccountId",
                    "Contact.AccountId"),
            "Campaign",
            List.of("CampaignMember.CampaignId"),
            "Lead",
            List.of("CampaignMember.LeadId"),
            "Contact",
            List.of("CampaignMember.ContactId"));

    private final Org org;

    RecordPage(Org org) {
        this.org = org;
    }

    String view(Row row, boolean saved) {
        StringBuilder page = new StringBuilder();
        if (saved) {
            page.append("<div class=\"card done\" role=\"status\">Saved.</div>");
        }
        if (row.deleted()) {
            page.append("<div class=\"card error\" role=\"status\">This record is in the recycle bin.</div>");
        }
        ObjectType type = row.type();
        page.append("<div class=\"card top\"><h1><span class=\"kind\">")
                .append(Html.escape(type.label()))
                .append("</span>")
                .append(Html.escape(row.displayName()))
                .append("</h1><div class=\"actions\"><a class=\"button main\" href=\"/lightning/r/")
                .append(type.name())
                .append('/')
                .append(row.id())
                .append("/edit\">Edit</a></div></div>");
        page.append("<div class=\"pair\">")
                .append(assignment(row))
                .append(lock(row))
                .append("</div>");
        page.append(section(
                "Details",
                row,
                type.fields().stream()
                        .filter(field ->
                                !SYSTEM.contains(field.name()) && !field.name().startsWith("Rainmaker_"))
                        .filter(field -> row.value(field) != null)
                        .toList()));
        page.append(related(row));
        page.append(section(
                "System information",
                row,
                type.fields().stream()
                        .filter(field -> SYSTEM.contains(field.name()))
                        .toList()));
        return Html.page(org, row.displayName(), type.name(), page.toString());
    }

    private String assignment(Row row) {
        ObjectType type = row.type();
        boolean lead = type.field("Rainmaker_Partner__c").isPresent();
        if (!lead && type.field("Rainmaker_PLV_Score__c").isEmpty()) {
            return "";
        }
        StringBuilder card = new StringBuilder("<section class=\"card rainmaker one\"><h2>")
                .append(lead ? "Partner assignment" : "Partner lifetime value")
                .append("</h2><dl>");
        if (lead) {
            String partner = Html.value(org, row, type.required("Rainmaker_Partner__c"));
            card.append(Html.pair(
                    "Assigned partner",
                    partner.isEmpty() ? "<span class=\"quiet\">Not assigned</span>" : "<b>" + partner + "</b>"));
        }
        String score = Html.value(org, row, type.required("Rainmaker_PLV_Score__c"));
        card.append(Html.pair(
                "PLV score (0 to 100)",
                score.isEmpty()
                        ? "<span class=\"quiet\">None yet</span>"
                        : "<span class=\"score\">" + score + "</span>"));
        present(row, ASSIGNMENT)
                .forEach(field -> card.append(Html.pair(Html.label(field), Html.value(org, row, field))));
        return card.append("</dl></section>").toString();
    }

    private String lock(Row row) {
        if (row.type().field("Rainmaker_Lock_Holder__c").isEmpty()) {
            return "";
        }
        StringBuilder card = new StringBuilder("<section class=\"card lock one\"><h2>Deal lock</h2><dl>");
        List<Field> fields = present(row, LOCK);
        if (fields.isEmpty()) {
            card.append(Html.pair("Locked for", "<span class=\"quiet\">Nobody</span>"));
        }
        fields.forEach(field -> card.append(Html.pair(Html.label(field), Html.value(org, row, field))));
        return card.append("</dl></section>").toString();
    }

    private static List<Field> present(Row row, List<String> names) {
        return names.stream()
                .flatMap(name -> row.type().field(name).stream())
                .filter(field -> row.value(field) != null)
                .toList();
    }

    private String section(String title, Row row, List<Field> fields) {
        String pairs = fields.stream()
                .map(field -> Html.pair(Html.label(field), Html.value(org, row, field)))
                .collect(Collectors.joining());
        return "<section class=\"card\"><h2>" + title + "</h2><dl>" + pairs + "</dl></section>";
    }

    private String related(Row row) {
        StringBuilder sections = new StringBuilder();
        for (String path : RELATED.getOrDefault(row.type().name(), List.of())) {
            int dot = path.indexOf('.');
            ObjectType type = org.schema().required(path.substring(0, dot));
            Field lookup = type.required(path.substring(dot + 1));
            List<Row> rows = org.read(() -> org.rows(type).stream()
                    .filter(other -> !other.deleted() && row.id().equals(other.value(lookup)))
                    .toList());
            if (!rows.isEmpty()) {
                sections.append("<section class=\"card\"><h2>")
                        .append(Html.escape(type.pluralLabel()))
                        .append(" by ")
                        .append(Html.escape(Html.label(lookup)))
                        .append(" (")
                        .append(rows.size())
                        .append(")</h2>")
                        .append(ListPage.table(
                                org, type, rows.stream().limit(MOST_RELATED).toList()))
                        .append("</section>");
            }
        }
        return sections.toString();
    }
}
