package dev.rainmaker.sandbox.salesforce.page;

import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.record.SalesforceId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a CRM user sees in a browser: home, lists, records, and forms to edit them. No login: it is a simulator on loopback. */
public final class Pages {

    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";

    private final Org org;
    private final byte[] css;
    private final RecordPage records;
    private final EditPage edits;
    private final ListPage lists;

    public Pages(Org org) {
        this.org = org;
        this.records = new RecordPage(org);
        this.edits = new EditPage(org);
        this.lists = new ListPage(org);
        try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream("page.css"))) {
            this.css = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers everything outside the API. */
    public Reply answer(Request request) {
        List<String> path = request.segments();
        if (path.equals(List.of("sandbox.css"))) {
            return new Reply(200, "text/css;charset=UTF-8", css, Map.of("Cache-Control", "max-age=60"));
        }
        if (path.equals(List.of("favicon.ico"))) {
            return new Reply(204, "image/x-icon", new byte[0], Map.of());
        }
        return route(request, path)
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "same-origin");
    }

    private Reply route(Request request, List<String> path) {
        if (path.isEmpty() || path.equals(List.of("lightning")) || path.equals(List.of("lightning", "page", "home"))) {
            return Reply.html(200, lists.home());
        }
        if (path.get(0).equals("lightning") && path.size() >= 4) {
            ObjectType type = org.schema().object(path.get(2)).orElse(null);
            if (type != null && path.get(1).equals("o") && path.get(3).equals("new")) {
                return made(request, type);
            }
            if (type != null && path.get(1).equals("o")) {
                return Reply.html(200, lists.list(type, request.query()));
            }
            if (type != null && path.get(1).equals("r") && path.size() == 5) {
                return record(request, type, path.get(3), path.get(4));
            }
        }
        return missing("There is no such page.");
    }

    private Reply made(Request request, ObjectType type) {
        if (!request.method().equals("POST")) {
            return Reply.html(200, edits.blank(type, Map.of(), ""));
        }
        return ownForm(request)
                ? edits.create(type, request.formBody())
                : Reply.html(403, frame("Only this page's own form may do that."));
    }

    private Reply record(Request request, ObjectType type, String id, String action) {
        Optional<Row> found = SalesforceId.parse(id).flatMap(org::find).filter(row -> row.type() == type);
        if (found.isEmpty()) {
            return missing(
                    "There is no " + type.label() + " with this id. It may have been in an org that was started anew.");
        }
        Row row = found.get();
        if (request.method().equals("POST")) {
            return ownForm(request)
                    ? edits.save(row, request.formBody())
                    : Reply.html(403, frame("Only this page's own form may do that."));
        }
        return switch (action) {
            case "view" -> Reply.html(200, records.view(row, request.query().containsKey("saved")));
            case "edit" -> Reply.html(200, edits.form(row, Map.of(), ""));
            default -> missing("A record can be viewed or edited; there is no action " + action + ".");
        };
    }

    /** Other sites' pages must not edit records through a visitor's browser. */
    private static boolean ownForm(Request request) {
        String origin = request.headers().getOrDefault("origin", "");
        String host = request.headers().getOrDefault("host", "");
        return origin.isEmpty() || origin.equals("http://" + host) || origin.equals("https://" + host);
    }

    private Reply missing(String what) {
        return Reply.html(404, frame(what));
    }

    private String frame(String what) {
        return Html.page(
                org,
                "Not found",
                null,
                "<div class=\"card error\"><h1>" + Html.escape(what)
                        + "</h1><p><a href=\"/\">Go to the home page</a></p></div>");
    }
}
