package dev.rainmaker.app.yaml;

/**
 * One thing wrong in a file that a person wrote.
 *
 * @param file as given by the person, relative where they gave it so
 * @param line from 1; 0 where the problem is the file itself
 * @param column from 1; 0 where the problem is the file itself
 * @param message what is wrong, with the offending text; never a secret
 * @param remedy what to do; empty where the message says it
 */
public record Problem(String file, int line, int column, String message, String remedy) implements Comparable<Problem> {

    /** A problem of the file as a whole: missing, unreadable, too large. */
    public static Problem ofFile(String file, String message, String remedy) {
        return new Problem(file, 0, 0, message, remedy);
    }

    @Override
    public int compareTo(Problem other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        int byColumn = byLine != 0 ? byLine : Integer.compare(column, other.column);
        return byColumn != 0 ? byColumn : message.compareTo(other.message);
    }

    /** {@code file:line:column: message (remedy)}, the form that editors and terminals turn into a link. */
    @Override
    public String toString() {
        String where = line == 0 ? file : file + ":" + line + ":" + column;
        return where + ": " + message + (remedy.isEmpty() ? "" : " (" + remedy + ")");
    }
}
