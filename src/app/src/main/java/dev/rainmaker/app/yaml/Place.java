package dev.rainmaker.app.yaml;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param column from 1, in characters (code points)
 */
public record Place(String file, int line, int column) {

    public Problem problem(String message) {
        return problem(message, "");
    }

    public Problem problem(String message, String remedy) {
        return new Problem(file, line, column, message, remedy);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
