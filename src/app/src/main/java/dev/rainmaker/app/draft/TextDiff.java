package dev.rainmaker.app.draft;

import java.util.ArrayList;
import java.util.List;

/** The lines of two texts side by side, by longest common subsequence. */
public final class TextDiff {

    /** Beyond this many pairs of lines the texts are shown one after the other. */
    private static final long MOST_PAIRS = 9_000_000;

    private TextDiff() {}

    /** @param mark ' ' in both, '-' only before, '+' only after */
    public record Line(char mark, String text) {}

    /** All lines of both texts. */
    public static List<Line> of(String before, String after) {
        List<String> a = before.lines().toList();
        List<String> b = after.lines().toList();
        int head = 0;
        while (head < a.size() && head < b.size() && a.get(head).equals(b.get(head))) {
            head++;
        }
        if ((long) (a.size() - head) * (b.size() - head) > MOST_PAIRS) {
            return apart(a, b, head);
        }
        int[][] common = common(a.subList(head, a.size()), b.subList(head, b.size()));
        List<Line> lines = new ArrayList<>();
        a.subList(0, head).forEach(text -> lines.add(new Line(' ', text)));
        int i = head;
        int j = head;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                lines.add(new Line(' ', a.get(i++)));
                j++;
            } else if (i < a.size()
                    && (j == b.size() || common[i + 1 - head][j - head] >= common[i - head][j + 1 - head])) {
                lines.add(new Line('-', a.get(i++)));
            } else {
                lines.add(new Line('+', b.get(j++)));
            }
        }
        return lines;
    }

    /** Only what differs, with some lines around it; a gap is a line of mark {@code @}. */
    public static List<Line> changes(List<Line> all, int around) {
        List<Line> some = new ArrayList<>();
        boolean gap = false;
        for (int i = 0; i < all.size(); i++) {
            boolean near = false;
            for (int j = Math.max(0, i - around); j <= Math.min(all.size() - 1, i + around); j++) {
                near |= all.get(j).mark() != ' ';
            }
            if (near) {
                if (gap && !some.isEmpty()) {
                    some.add(new Line('@', "..."));
                }
                some.add(all.get(i));
            }
            gap = !near;
        }
        return some;
    }

    private static List<Line> apart(List<String> a, List<String> b, int head) {
        List<Line> lines = new ArrayList<>();
        a.subList(0, head).forEach(text -> lines.add(new Line(' ', text)));
        a.subList(head, a.size()).forEach(text -> lines.add(new Line('-', text)));
        b.subList(head, b.size()).forEach(text -> lines.add(new Line('+', text)));
        return lines;
    }

    private static int[][] common(List<String> a, List<String> b) {
        int[][] length = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                length[i][j] = a.get(i).equals(b.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length;
    }
}
