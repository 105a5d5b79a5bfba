package dev.rainmaker.sandbox.hubspot.page;

import static dev.rainmaker.sandbox.page.PageFrame.escape;

import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.portal.CrmRecord;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.page.PageFrame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a person sees in a browser: lists, records, a form to edit them. No login: it is a simulator on loopback. */
public final class PortalPages {

    private static final List<ObjectKind> SHOWN =
            List.of(ObjectKind.CONTACT, ObjectKind.COMPANY, ObjectKind.DEAL, ObjectKind.LEAD);
    private static final int PAGE = 50;

    private final Portal portal;
    private final long portalId;
    private final PageFrame frame;
    private final RecordPage records;
    private final Function<String, String> consent;

    /**
     * Pages of a portal.
     *
     * @param consent makes a code for an app that a person lets in, given the address to go back to
     */
    public PortalPages(Portal portal, long portalId, Function<String, String> consent) {
        this.portal = portal;
        this.portalId = portalId;
        this.consent = consent;
        Map<String, String> links = new LinkedHashMap<>();
        SHOWN.forEach(kind -> links.put(plural(kind), list(portalId, kind)));
        this.frame = new PageFrame("Portal sandbox", "A simulator. You act as the portal's user.", links);
        this.records = new RecordPage(portal, portalId, frame);
    }

    static String plural(ObjectKind kind) {
        return kind.plural().substring(0, 1).toUpperCase(Locale.ROOT)
                + kind.plural().substring(1);
    }

    static String list(long portalId, ObjectKind kind) {
        return "/contacts/" + portalId + "/objects/" + kind.typeId() + "/views/all/list";
    }

    static String view(long portalId, ObjectKind kind, long id) {
        return "/contacts/" + portalId + "/record/" + kind.typeId() + "/" + id;
    }

    /** Answers everything outside the API. */
    public Reply answer(Request request) {
        Reply asset = PageFrame.asset(request);
        if (asset != null) {
            return asset;
        }
        List<String> path = request.segments();
        if (path.isEmpty()) {
            return home();
        }
        if (path.equals(List.of("oauth", "authorize"))) {
            return authorize(request);
        }
        if (path.size() >= 5 && path.get(0).equals("contacts") && path.get(1).equals(String.valueOf(portalId))) {
            Optional<ObjectKind> kind = ObjectKind.named(path.get(3));
            if (kind.isPresent() && path.get(2).equals("objects")) {
                return listPage(kind.get(), request);
            }
            if (kind.isPresent() && path.get(2).equals("record")) {
                return record(kind.get(), path.get(4), request);
            }
        }
        return frame.problem(404, "There is no such page.");
    }

    private Reply home() {
        StringBuilder tiles = new StringBuilder("<div class=\"tiles\">");
        for (ObjectKind kind : SHOWN) {
            long count = portal.all(kind).values().stream()
                    .filter(record -> !record.archived())
                    .count();
            tiles.append("<a href=\"")
                    .append(list(portalId, kind))
                    .append("\"><b>")
                    .append(count)
                    .append("</b>")
                    .append(plural(kind))
                    .append("</a>");
        }
        return frame.page(200, "Home", tiles.append("</div>").toString());
    }

    private Reply listPage(ObjectKind kind, Request request) {
        String search = request.query().getOrDefault("q", "").strip();
        String wanted = search.toLowerCase(Locale.ROOT);
        int page = request.query().getOrDefault("page", "1").matches("\\d{1,5}")
                ? Math.max(1, Integer.parseInt(request.query().getOrDefault("page", "1")))
                : 1;
        List<CrmRecord> found = portal.all(kind).descendingMap().values().stream()
                .filter(record -> !record.archived())
                .filter(record -> wanted.isEmpty()
                        || (kind.title(record) + " " + record.text("email") + " " + record.text("company") + " "
                                        + record.text("domain"))
                                .toLowerCase(Locale.ROOT)
                                .contains(wanted))
                .skip((page - 1L) * PAGE)
                .limit(PAGE + 1L)
                .toList();
        StringBuilder html = new StringBuilder("<div class=\"card top\"><h1>");
        html.append(plural(kind))
                .append("</h1><form class=\"search\" method=\"get\" action=\"")
                .append(list(portalId, kind))
                .append("\"><input type=\"search\" name=\"q\" aria-label=\"Search\" value=\"")
                .append(escape(search))
                .append(
                        "\"><button>Search</button></form></div><div class=\"card scroll\"><table class=\"stack\"><thead><tr>");
        Map<String, String> columns = RecordPage.columns(kind);
        columns.values()
                .forEach(label -> html.append("<th>").append(escape(label)).append("</th>"));
        html.append("</tr></thead><tbody>");
        found.stream().limit(PAGE).forEach(record -> row(html, columns, record));
        html.append("</tbody></table>");
        if (found.isEmpty()) {
            html.append("<p class=\"quiet\">Nothing found.</p>");
        }
        html.append("</div>");
        if (found.size() > PAGE) {
            html.append("<p><a class=\"button\" href=\"?q=")
                    .append(java.net.URLEncoder.encode(search, java.nio.charset.StandardCharsets.UTF_8))
                    .append("&amp;page=")
                    .append(page + 1)
                    .append("\">Next page</a></p>");
        }
        return frame.page(200, plural(kind), html.toString());
    }

    private void row(StringBuilder html, Map<String, String> columns, CrmRecord record) {
        html.append("<tr>");
        columns.forEach((name, label) -> {
            html.append("<td data-label=\"").append(escape(label)).append("\">");
            if (name.isEmpty()) {
                html.append("<a href=\"")
                        .append(view(portalId, record.kind(), record.id()))
                        .append("\">")
                        .append(escape(record.kind().title(record)))
                        .append("</a>");
            } else {
                html.append(records.value(record, name));
            }
            html.append("</td>");
        });
        html.append("</tr>");
    }

    private Reply record(ObjectKind kind, String id, Request request) {
        Optional<CrmRecord> found = id.matches("\\d{1,18}")
                ? portal.find(kind, Long.parseLong(id)).filter(record -> !record.archived())
                : Optional.empty();
        if (found.isEmpty()) {
            return frame.problem(404, "There is no " + kind.singular() + " with this id.");
        }
        if (request.method().equals("POST")) {
            return PageFrame.ownForm(request)
                    ? records.save(found.get(), request.formBody())
                    : frame.problem(403, "Only this page's own form may do that.");
        }
        return request.query().containsKey("edit")
                ? records.form(found.get(), Map.of(), "")
                : records.view(found.get(), request.query().containsKey("saved"));
    }

    /** A person lets an app in: back to the app with a code. */
    private Reply authorize(Request request) {
        String back = request.query().getOrDefault("redirect_uri", "");
        String state = request.query().getOrDefault("state", "");
        if (!back.matches("https?://[^\\s]+")) {
            return frame.problem(400, "The app gave no address to go back to (redirect_uri).");
        }
        if (request.method().equals("POST")) {
            String query = "code=" + consent.apply(back)
                    + (state.isEmpty()
                            ? ""
                            : "&state=" + java.net.URLEncoder.encode(state, java.nio.charset.StandardCharsets.UTF_8));
            return Reply.redirect(back + (back.contains("?") ? "&" : "?") + query);
        }
        return frame.page(
                200,
                "Connect an app",
                "<form class=\"card\" method=\"post\"><h1>Connect an app to this portal?</h1><p>It asks for: "
                        + escape(request.query().getOrDefault("scope", "no scopes"))
                        + "</p><button class=\"main\">Connect</button></form>");
    }
}
