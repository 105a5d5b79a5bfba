package dev.rainmaker.app.web;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/**
 * A small drawing in a page. Colours come from the style sheet by class, as the content policy allows no style in the page; every
 * text is escaped. What it shows is said in its label, for those who do not see it.
 */
final class Svg {

    /** What XML has no place for, however it is written. */
    private static final Pattern NO_XML = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]|\\p{Cs}");

    private final StringBuilder shapes = new StringBuilder();
    private final double width;
    private final double height;
    private final String kind;
    private final String label;

    /**
     * @param kind class of the drawing
     * @param label what it shows, in words
     */
    Svg(double width, double height, String kind, String label) {
        this.width = width;
        this.height = height;
        this.kind = kind;
        this.label = label;
    }

    Svg rect(double x, double y, double w, double h, String style, String says) {
        shapes.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\">%s</rect>",
                x,
                y,
                Math.max(0, w),
                Math.max(0, h),
                escaped(style),
                title(says)));
        return this;
    }

    Svg line(double x1, double y1, double x2, double y2, String style) {
        shapes.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>",
                x1,
                y1,
                x2,
                y2,
                escaped(style)));
        return this;
    }

    Svg dot(double x, double y, double radius, String style, String says) {
        shapes.append(String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" class=\"%s\">%s</circle>",
                x,
                y,
                radius,
                escaped(style),
                title(says)));
        return this;
    }

    /** A line through points of x and y. */
    Svg path(List<double[]> points, String style) {
        StringBuilder at = new StringBuilder();
        points.forEach(point -> at.append(String.format(Locale.ROOT, "%.1f,%.1f ", point[0], point[1])));
        shapes.append("<polyline points=\"")
                .append(at.toString().strip())
                .append("\" class=\"")
                .append(escaped(style))
                .append("\"/>");
        return this;
    }

    /** @param anchor {@code start}, {@code middle} or {@code end} */
    Svg text(double x, double y, String anchor, String text) {
        shapes.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped(text)));
        return this;
    }

    /** @param style classes of the text */
    Svg text(double x, double y, String anchor, String style, String text) {
        if (!text.isEmpty()) {
            shapes.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>",
                    x,
                    y,
                    anchor,
                    escaped(style),
                    escaped(text)));
        }
        return this;
    }

    private static String title(String says) {
        return says.isEmpty() ? "" : "<title>" + escaped(says) + "</title>";
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(NO_XML.matcher(text).replaceAll("\uFFFD"), "UTF-8");
    }

    /** The drawing as markup. */
    String markup() {
        return markup("");
    }

    /** The drawing as a file of its own. */
    String file(String css) {
        return markup("<style>" + escaped(css) + "</style>") + "\n";
    }

    private String markup(String style) {
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart %s\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">%s%s</svg>",
                escaped(kind),
                width,
                height,
                escaped(label),
                style,
                shapes);
    }
}
