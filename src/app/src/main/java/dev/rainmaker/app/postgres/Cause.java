package dev.rainmaker.app.postgres;

import java.util.List;
import java.util.regex.Pattern;

/** Finds in what PostgreSQL's programs wrote the line that tells a person why they failed. */
final class Cause {
    /** Reasons outside PostgreSQL. The first such line is the cause, what follows are its consequences. */
    private static final Pattern OUTSIDE = Pattern.compile(
            "No space left on device|wrote only \\d+ of \\d+ bytes|Disk quota exceeded|Read-only file system|Permission denied|Address already in use"
                    + "|Cannot allocate memory|Too many open files");

    private static final Pattern GRAVE = Pattern.compile("FATAL:|PANIC:|\\berror:");
    private static final Pattern STAMP = Pattern.compile("^.*?[-0-9]{10} [0-9:.]+ [A-Z]+ \\[\\d+\\] ");

    private Cause() {}

    /** One line without its time and process; empty if nothing was written. */
    static String in(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        for (String line : lines) {
            if (OUTSIDE.matcher(line).find()) {
                return bare(line);
            }
        }
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (GRAVE.matcher(lines.get(i)).find()) {
                return withDetail(lines, i);
            }
        }
        return lines.isEmpty() ? "" : bare(lines.get(lines.size() - 1));
    }

    /** A faulty setting is named in the line before the one that says that there is one. */
    private static String withDetail(List<String> lines, int index) {
        String line = bare(lines.get(index));
        return line.endsWith("contains errors") && index > 0 ? line + " (" + bare(lines.get(index - 1)) + ")" : line;
    }

    private static String bare(String line) {
        return STAMP.matcher(line).replaceFirst("");
    }
}
