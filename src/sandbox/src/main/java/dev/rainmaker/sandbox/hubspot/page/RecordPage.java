package dev.rainmaker.sandbox.hubspot.page;

import static dev.rainmaker.sandbox.page.PageFrame.escape;

import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.hubspot.portal.CrmRecord;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import dev.rainmaker.sandbox.hubspot.portal.PropertyDefinition;
import dev.rainmaker.sandbox.hubspot.portal.Source;
import dev.rainmaker.sandbox.page.PageFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One record: what Rainmaker wrote on top, everything else below, and a form. */
final class RecordPage {

    private static final Set<String> COMPANIES = Set.of(
            "rainmaker_partner", "rainmaker_lock_holder", "associatedcompanyid", "hs_primary_associated_company");
    private static final int MOST_CHOICES = 1_000;

    private final Portal portal;
    private final long portalId;
    private final PageFrame frame;

    RecordPage(Portal portal, long portalId, PageFrame frame) {
        this.portal = portal;
        this.portalId = portalId;
        this.frame = frame;
    }

    /** The columns of a list: property and label; the empty name is the record itself. */
    static Map<String, String> columns(ObjectKind kind) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("", "Name");
        switch (kind) {
            case CONTACT -> {
                columns.put("company", "Company");
                columns.put("country", "Country");
                columns.put("lifecyclestage", "Stage");
                columns.put("rainmaker_partner", "Assigned partner");
                columns.put("rainmaker_plv_score", "PLV score");
            }
            case COMPANY -> {
                columns.put("type", "Type");
                columns.put("country", "Country");
                columns.put("partner_tier", "Tier");
                columns.put("rainmaker_plv_score", "PLV score");
                columns.put("rainmaker_plv_trend", "PLV trend");
            }
            case DEAL -> {
                columns.put("dealstage", "Stage");
                columns.put("amount", "Amount");
                columns.put("closedate", "Close date");
                columns.put("rainmaker_lock_holder", "Locked for");
            }
            case LEAD, EMAIL -> columns.put("hs_pipeline_stage", "Stage");
        }
        return columns;
    }

    /** A value as people read it, companies as links. */
    String value(CrmRecord record, String name) {
        String value = record.text(name);
        if (COMPANIES.contains(name) && value.matches("\\d{1,18}")) {
            Optional<CrmRecord> company = portal.find(ObjectKind.COMPANY, Long.parseLong(value));
            if (company.isPresent()) {
                return "<a href=\""
                        + PortalPages.view(
                                portalId, ObjectKind.COMPANY, company.get().id()) + "\">"
                        + escape(ObjectKind.COMPANY.title(company.get())) + "</a>";
            }
        }
        Optional<PropertyDefinition> property = portal.properties().find(record.kind(), name);
        String label = property.stream()
                .flatMap(definition -> definition.options().stream())
                .filter(option -> option.value().equals(value))
                .map(PropertyDefinition.Option::label)
                .findFirst()
                .orElse(value);
        return escape(label);
    }

    Reply view(CrmRecord record, boolean saved) {
        ObjectKind kind = record.kind();
        StringBuilder html = new StringBuilder();
        if (saved) {
            html.append("<div class=\"card done\" role=\"status\">Saved.</div>");
        }
        html.append("<div class=\"card top\"><h1><span class=\"kind\">")
                .append(kind.singular())
                .append("</span>")
                .append(escape(kind.title(record)))
                .append("</h1><div class=\"actions\"><a class=\"button main\" href=\"?edit\">Edit</a></div></div>");
        StringBuilder ours = new StringBuilder();
        StringBuilder others = new StringBuilder();
        for (PropertyDefinition property : portal.properties().all(kind)) {
            boolean rainmaker = property.name().startsWith("rainmaker_");
            String shown = value(record, property.name());
            if (property.archivedAt() == null && (rainmaker || !shown.isEmpty())) {
                boolean score = property.name().equals("rainmaker_plv_score") && !shown.isEmpty();
                (rainmaker ? ours : others)
                        .append(PageFrame.pair(
                                property.label(), score ? "<span class=\"score\">" + shown + "</span>" : shown));
            }
        }
        if (!ours.isEmpty()) {
            html.append("<div class=\"card rainmaker\"><h2>Rainmaker</h2><dl>")
                    .append(ours)
                    .append("</dl></div>");
        }
        html.append("<div class=\"card\"><h2>About</h2><dl>").append(others).append("</dl></div>");
        html.append(links(record));
        return frame.page(200, kind.title(record), html.toString());
    }

    private String links(CrmRecord record) {
        StringBuilder html = new StringBuilder();
        for (ObjectKind to : ObjectKind.values()) {
            List<CrmRecord> others = new ArrayList<>();
            portal.links(record.kind(), record.id(), to)
                    .keySet()
                    .forEach(id -> portal.find(to, id).ifPresent(others::add));
            if (others.isEmpty()) {
                continue;
            }
            html.append("<div class=\"card\"><h2>")
                    .append(PortalPages.plural(to))
                    .append("</h2><ul>");
            others.stream()
                    .limit(20)
                    .forEach(other -> html.append("<li><a href=\"")
                            .append(PortalPages.view(portalId, to, other.id()))
                            .append("\">")
                            .append(escape(to.title(other)))
                            .append("</a></li>"));
            html.append("</ul></div>");
        }
        return html.toString();
    }

    private List<PropertyDefinition> editable(ObjectKind kind) {
        return portal.properties().all(kind).stream()
                .filter(property -> property.archivedAt() == null && !property.readOnly())
                .toList();
    }

    Reply form(CrmRecord record, Map<String, String> typed, String error) {
        String self = PortalPages.view(portalId, record.kind(), record.id());
        StringBuilder html = new StringBuilder();
        if (!error.isEmpty()) {
            html.append("<div class=\"card error\" role=\"alert\">")
                    .append(escape(error))
                    .append("</div>");
        }
        html.append("<form class=\"edit\" method=\"post\" action=\"")
                .append(self)
                .append("\"><div class=\"card top\"><h1><span class=\"kind\">Edit ")
                .append(record.kind().singular())
                .append("</span>")
                .append(escape(record.kind().title(record)))
                .append("</h1><div class=\"actions\"><a class=\"button\" href=\"")
                .append(self)
                .append("\">Cancel</a><button class=\"main\">Save</button></div></div><div class=\"card fields\">");
        for (PropertyDefinition property : editable(record.kind())) {
            String stored = record.text(property.name());
            html.append("<div><label for=\"")
                    .append(property.name())
                    .append("\">")
                    .append(escape(property.label()))
                    .append("</label>")
                    .append(input(property, typed.getOrDefault(property.name(), stored)))
                    .append("<input type=\"hidden\" name=\"was.")
                    .append(property.name())
                    .append("\" value=\"")
                    .append(escape(stored))
                    .append("\"></div>");
        }
        html.append("</div></form>");
        return frame.page(error.isEmpty() ? 200 : 400, "Edit " + record.kind().title(record), html.toString());
    }

    private String input(PropertyDefinition property, String value) {
        String names = " id=\"" + property.name() + "\" name=\"" + property.name() + "\"";
        Map<String, String> choices = new LinkedHashMap<>();
        property.options().forEach(option -> choices.put(option.value(), option.label()));
        if (property.type().equals("bool")) {
            choices.put("true", "Yes");
            choices.put("false", "No");
        }
        if (COMPANIES.contains(property.name())) {
            partners(choices);
        }
        if (!choices.isEmpty()) {
            return select(names, value, choices);
        }
        return property.fieldType().equals("textarea")
                ? "<textarea rows=\"3\"" + names + ">" + escape(value) + "</textarea>"
                : "<input type=\"text\"" + names + " value=\"" + escape(value) + "\">";
    }

    private void partners(Map<String, String> choices) {
        portal.all(ObjectKind.COMPANY).values().stream()
                .filter(company -> !company.archived() && company.text("type").matches("PARTNER|RESELLER"))
                .sorted(java.util.Comparator.comparing(ObjectKind.COMPANY::title, String.CASE_INSENSITIVE_ORDER))
                .limit(MOST_CHOICES)
                .forEach(company -> choices.put(String.valueOf(company.id()), ObjectKind.COMPANY.title(company)));
    }

    private static String select(String names, String value, Map<String, String> choices) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("", "(none)");
        all.putAll(choices);
        all.putIfAbsent(value, value);
        StringBuilder select = new StringBuilder("<select" + names + ">");
        all.forEach((key, label) -> select.append("<option value=\"")
                .append(escape(key))
                .append('"')
                .append(key.equals(value) ? " selected" : "")
                .append('>')
                .append(escape(label))
                .append("</option>"));
        return select.append("</select>").toString();
    }

    /** Saves what the person changed; a property that changed meanwhile under their hands is not overwritten. */
    Reply save(CrmRecord record, Map<String, String> sent) {
        Map<String, String> changes = new LinkedHashMap<>();
        for (PropertyDefinition property : editable(record.kind())) {
            String was = sent.get("was." + property.name());
            String now =
                    sent.getOrDefault(property.name(), was == null ? "" : was).replace("\r\n", "\n");
            if (was != null && !now.equals(was.replace("\r\n", "\n"))) {
                changes.put(property.name(), now);
            }
        }
        try {
            portal.<CrmRecord, PortalRefused>write(Source.PERSON, change -> {
                CrmRecord current = change.find(record.kind(), record.id()).orElse(record);
                for (String name : changes.keySet()) {
                    if (!current.text(name).equals(sent.get("was." + name))) {
                        throw PortalRefused.invalid("This record was changed by someone else while you were editing it."
                                + " The form now shows your values; save again to keep them.");
                    }
                }
                return changes.isEmpty() ? current : change.update(record.kind(), record.id(), changes);
            });
            return Reply.redirect(PortalPages.view(portalId, record.kind(), record.id()) + "?saved");
        } catch (PortalRefused refused) {
            CrmRecord current = portal.find(record.kind(), record.id()).orElse(record);
            return form(current, sent, refused.getMessage());
        }
    }
}
