package dev.rainmaker.app.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table for a terminal: columns as wide as their widest cell, numbers to the right. */
final class Table {

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        this.head = List.of(head);
    }

    Table row(@Nullable Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell == null ? "" : printable(cell.toString()));
        }
        rows.add(row);
        return this;
    }

    /** Control characters of foreign data must not reach the terminal. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}]", " ");
    }

    void print(PrintStream out) {
        int[] width = new int[head.size()];
        boolean[] number = new boolean[head.size()];
        for (int column = 0; column < width.length; column++) {
            width[column] = head.get(column).length();
            number[column] = !rows.isEmpty();
            for (List<String> row : rows) {
                String cell = row.get(column);
                width[column] = Math.max(width[column], cell.codePointCount(0, cell.length()));
                number[column] &= cell.matches("[-+]?[\\d.,]*%?");
            }
        }
        line(out, head, width, number);
        rows.forEach(row -> line(out, row, width, number));
    }

    private static void line(PrintStream out, List<String> cells, int[] width, boolean[] number) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String fill = " ".repeat(width[column] - cell.codePointCount(0, cell.length()));
            text.append(number[column] ? fill + cell : cell + fill).append("  ");
        }
        out.println(text.toString().stripTrailing());
    }
}
