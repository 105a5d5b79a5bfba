package dev.rainmaker.sandbox.salesforce.page;

import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.FieldType;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lists with search and pages, newest change first, and the home page. */
final class ListPage {

    private static final int PER_PAGE = 50;
    private static final int RECENT = 15;
    private static final Map<String, List<String>> COLUMNS = Map.of(
            "Lead",
            List.of(
                    "Name",
                    "Company",
                    "Country",
                    "Status",
                    "Rainmaker_Partner__c",
                    "Rainmaker_PLV_Score__c",
                    "LastModifiedDate"),
            "Account",
            List.of(
                    "Name",
                    "IsPartner",
                    "Partner_Tier__c",
                    "BillingCountry",
                    "Rainmaker_PLV_Score__c",
                    "LastModifiedDate"),
            "Contact",
            List.of("Name", "AccountId", "Title", "Email"),
            "Opportunity",
            List.of("Name", "AccountId", "StageName", "Amount", "CloseDate", "Rainmaker_Lock_Holder__c"),
            "Rainmaker_Deal_Registration__c",
            List.of("Number__c", "Customer_Name__c", "Partner__c", "Product__c", "State__c", "Lock_Until__c"),
            "Campaign",
            List.of("Name", "Type", "Status", "StartDate"),
            "CampaignMember",
            List.of("Id", "CampaignId", "LeadId", "ContactId", "Status"));

    private final Org org;

    ListPage(Org org) {
        this.org = org;
    }

    String list(ObjectType type, Map<String, String> query) {
        String search = query.getOrDefault("q", "").strip();
        int page = pageNumber(query.getOrDefault("page", "1"));
        List<Row> found = matching(type, search);
        int pages = Math.max(1, (found.size() + PER_PAGE - 1) / PER_PAGE);
        int shown = Math.min(page, pages);
        List<Row> rows = found.subList((shown - 1) * PER_PAGE, Math.min(found.size(), shown * PER_PAGE));
        String body = "<div class=\"card top\"><h1>" + Html.escape(type.pluralLabel()) + "<span class=\"kind\">"
                + found.size()
                + (search.isEmpty() ? " in all" : " found") + "</span></h1>"
                + "<form class=\"search\" role=\"search\"><input type=\"search\" name=\"q\" aria-label=\"Search in this list\""
                + " placeholder=\"Search this list\" value=\"" + Html.escape(search)
                + "\"><button class=\"main\">Search</button></form><a class=\"button\" href=\"/lightning/o/"
                + type.name()
                + "/new\">New</a></div>"
                + "<div class=\"card\">"
                + (rows.isEmpty()
                        ? "<p class=\"quiet\">Nothing here" + (search.isEmpty() ? " yet." : " for this search.")
                                + "</p>"
                        : table(org, type, rows))
                + pager(type, search, shown, pages) + "</div>";
        return Html.page(org, type.pluralLabel(), type.name(), body);
    }

    private static int pageNumber(String text) {
        return text.matches("[1-9]\\d{0,6}") ? Integer.parseInt(text) : 1;
    }

    private List<Row> matching(ObjectType type, String search) {
        String wanted = search.toLowerCase(Locale.ROOT);
        List<Field> searched = columns(type).stream()
                .filter(field -> field.type().kind() == FieldType.Kind.TEXT)
                .toList();
        List<Row> rows = new ArrayList<>(org.read(() -> org.rows(type).stream()
                .filter(row -> !row.deleted())
                .filter(row -> wanted.isEmpty() || searched.stream().anyMatch(field -> contains(row, field, wanted)))
                .toList()));
        java.util.Collections.reverse(rows);
        return rows;
    }

    private boolean contains(Row row, Field field, String wanted) {
        Object value = row.value(field);
        if (value == null) {
            return false;
        }
        String text = field.type() == FieldType.REFERENCE
                ? org.find(value.toString()).map(Row::displayName).orElse("")
                : value.toString();
        return text.toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static String pager(ObjectType type, String search, int page, int pages) {
        if (pages == 1) {
            return "";
        }
        String base = Html.list(type.name()) + "?q=" + Html.encode(search) + "&amp;page=";
        return "<nav aria-label=\"Pages\"><p>"
                + (page > 1 ? "<a rel=\"prev\" href=\"" + base + (page - 1) + "\">Newer</a> " : "")
                + "Page " + page + " of " + pages
                + (page < pages ? " <a rel=\"next\" href=\"" + base + (page + 1) + "\">Older</a>" : "") + "</p></nav>";
    }

    private static List<Field> columns(ObjectType type) {
        return COLUMNS.getOrDefault(type.name(), List.of(type.nameField().name(), "LastModifiedDate")).stream()
                .flatMap(name -> type.field(name).stream())
                .toList();
    }

    static String table(Org org, ObjectType type, List<Row> rows) {
        List<Field> columns = columns(type);
        StringBuilder table = new StringBuilder("<div class=\"scroll\"><table class=\"stack\"><thead><tr>");
        columns.forEach(field -> table.append("<th scope=\"col\">")
                .append(Html.escape(Html.label(field)))
                .append("</th>"));
        table.append("</tr></thead><tbody>");
        for (Row row : rows) {
            table.append("<tr>");
            for (int i = 0; i < columns.size(); i++) {
                Field field = columns.get(i);
                boolean number = field.type().kind() == FieldType.Kind.NUMBER;
                table.append(number ? "<td class=\"number\" data-label=\"" : "<td data-label=\"")
                        .append(Html.escape(Html.label(field)))
                        .append("\">")
                        .append(i == 0 ? Html.link(row) : Html.value(org, row, field))
                        .append("</td>");
            }
            table.append("</tr>");
        }
        return table.append("</tbody></table></div>").toString();
    }

    String home() {
        StringBuilder tiles = new StringBuilder("<div class=\"tiles\">");
        for (String object : Html.TABS) {
            ObjectType type = org.schema().required(object);
            long count = org.read(
                    () -> org.rows(type).stream().filter(row -> !row.deleted()).count());
            tiles.append("<a href=\"")
                    .append(Html.list(object))
                    .append("\"><b>")
                    .append(count)
                    .append("</b>")
                    .append(Html.escape(type.pluralLabel()))
                    .append("</a>");
        }
        tiles.append("</div>");
        ObjectType lead = org.schema().required("Lead");
        List<Row> leads = matching(lead, "");
        List<Row> recent = leads.subList(0, Math.min(RECENT, leads.size()));
        String body = "<h1>Home</h1>" + tiles + "<section class=\"card\"><h2>Leads changed last</h2>"
                + (recent.isEmpty() ? "<p class=\"quiet\">No leads yet.</p>" : table(org, lead, recent)) + "</section>";
        return Html.page(org, "Home", null, body);
    }
}
