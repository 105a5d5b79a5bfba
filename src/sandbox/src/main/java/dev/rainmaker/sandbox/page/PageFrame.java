package dev.rainmaker.sandbox.page;

import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What surrounds a page's content: head, name of the system, links, and who acts there. Without script; whatever comes from a
 * record has to go through {@link #escape}.
 *
 * @param system named in the head
 * @param notice says that it is a simulator and who acts
 * @param links of the head by label
 */
public record PageFrame(String system, String notice, Map<String, String> links) {

    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";
    private static final byte[] CSS = css();

    private static byte[] css() {
        try (InputStream in = Objects.requireNonNull(
                PageFrame.class.getResourceAsStream("/dev/rainmaker/sandbox/salesforce/page/page.css"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The style sheet and the icon; null for any other path. */
    public static @org.jspecify.annotations.Nullable Reply asset(Request request) {
        List<String> path = request.segments();
        if (path.equals(List.of("sandbox.css"))) {
            return new Reply(200, "text/css;charset=UTF-8", CSS, Map.of("Cache-Control", "max-age=60"));
        }
        return path.equals(List.of("favicon.ico")) ? new Reply(204, "image/x-icon", new byte[0], Map.of()) : null;
    }

    /** A whole page. */
    public Reply page(int status, String title, String content) {
        StringBuilder nav = new StringBuilder();
        links.forEach((label, target) -> nav.append("<a href=\"")
                .append(escape(target))
                .append("\">")
                .append(escape(label))
                .append("</a>"));
        String html = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<title>" + escape(title) + " | " + escape(system) + "</title>"
                + "<link rel=\"stylesheet\" href=\"/sandbox.css\"><link rel=\"icon\" href=\"data:,\"></head><body>"
                + "<a class=\"skip\" href=\"#content\">Skip to content</a>"
                + "<header><strong><a href=\"/\">" + escape(system) + "</a></strong><nav aria-label=\"Lists\">" + nav
                + "</nav><span class=\"notice\">" + escape(notice) + "</span></header>"
                + "<main id=\"content\">" + content + "</main></body></html>";
        return Reply.html(status, html)
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "same-origin");
    }

    /** A page that says what is wrong. */
    public Reply problem(int status, String what) {
        return page(
                status,
                "Not possible",
                "<div class=\"card error\"><h1>" + escape(what)
                        + "</h1><p><a href=\"/\">Go to the home page</a></p></div>");
    }

    /** Whether a form was sent from a page of this site: others' pages must not act through a visitor's browser. */
    public static boolean ownForm(Request request) {
        String origin = request.header("origin").orElse("");
        String host = request.header("host").orElse("");
        return origin.isEmpty() || origin.equals("http://" + host) || origin.equals("https://" + host);
    }

    /** A label and a value, as lists of properties show them. */
    public static String pair(String label, String valueHtml) {
        return "<div><dt>" + escape(label) + "</dt><dd>" + valueHtml + "</dd></div>";
    }
}
