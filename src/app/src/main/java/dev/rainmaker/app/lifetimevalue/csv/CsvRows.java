package dev.rainmaker.app.lifetimevalue.csv;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Rows of a CSV file (RFC 4180), read once with bounded memory: cells are parsed where they lie. A byte order mark, Windows line ends,
 * {@code ;} or tab as separator and gzip are understood. A quote that never closes breaks its own line only, not the rest of the file.
 */
final class CsvRows implements Closeable {

    private static final int FIRST_BUFFER = 1 << 16;
    private static final int LONGEST_ROW = 1 << 20;
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final long NOT_EXACT = Long.MIN_VALUE;
    private static final double[] TENS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final String name;
    private final InputStream in;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int limit;
    private int next;
    private boolean ended;
    private byte separator = ',';
    private long line;
    private long nextLine = 1;
    private boolean unclosed;
    private int cells;
    private int[] start = new int[16];
    private int[] end = new int[16];
    private boolean[] escaped = new boolean[16];

    private CsvRows(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /**
     * Opens a file.
     *
     * @throws CsvFault if there is no such file, or it is no text in UTF-8
     */
    static CsvRows open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new CsvFault(file + " is a folder; give a CSV file");
        }
        InputStream in;
        try {
            in = new BufferedInputStream(Files.newInputStream(file), FIRST_BUFFER);
        } catch (NoSuchFileException absent) {
            throw new CsvFault("there is no file " + file);
        }
        in.mark(4);
        byte[] head = in.readNBytes(4);
        in.reset();
        if (begins(head, 0x1f, 0x8b)) {
            in = new BufferedInputStream(new GZIPInputStream(in, FIRST_BUFFER), FIRST_BUFFER);
        } else if (begins(head, 'P', 'K')) {
            throw new CsvFault(file + " is a zip archive or a workbook, not a CSV: save it as CSV (UTF-8)");
        } else if (begins(head, 0xff, 0xfe) || begins(head, 0xfe, 0xff)) {
            throw new CsvFault(file + " is in UTF-16: save it as CSV in UTF-8");
        }
        CsvRows rows = new CsvRows(file.toString(), in);
        rows.skipByteOrderMark();
        return rows;
    }

    private static boolean begins(byte[] head, int first, int second) {
        return head.length >= 2 && head[0] == (byte) first && head[1] == (byte) second;
    }

    private void skipByteOrderMark() throws IOException {
        fill();
        if (limit >= 3 && buffer[0] == (byte) 0xef && buffer[1] == (byte) 0xbb && buffer[2] == (byte) 0xbf) {
            next = 3;
        }
    }

    String name() {
        return name;
    }

    /** Takes the separator of the first line: whichever of comma, semicolon and tab occurs most. */
    void detectSeparator() throws IOException {
        int until = lineEnd(next);
        int[] found = new int[3];
        for (int i = next; i < until; i++) {
            found[0] += buffer[i] == ',' ? 1 : 0;
            found[1] += buffer[i] == ';' ? 1 : 0;
            found[2] += buffer[i] == '\t' ? 1 : 0;
        }
        if (found[1] > found[0] && found[1] >= found[2]) {
            separator = ';';
        } else if (found[2] > found[0]) {
            separator = '\t';
        }
    }

    /** Goes to the next row that is not empty; false at the end. */
    boolean next() throws IOException {
        while (true) {
            int from = next;
            int until = lineEnd(from);
            from = next; // the buffer may have moved
            line = nextLine;
            if (until >= limit && ended && from >= limit) {
                return false;
            }
            pass(until);
            if (until == from) {
                continue;
            }
            split(from, until);
            if (unclosed) {
                close(from, until);
            }
            if (cells > 1 || start[0] < end[0]) {
                return true;
            }
        }
    }

    /** Where a quoted cell reaches over line ends: joins lines until it closes; where it never does, the line alone is broken. */
    private void close(int first, int firstUntil) throws IOException {
        int afterFirst = next;
        long lineAfterFirst = nextLine;
        int length = firstUntil - first;
        int skipped = afterFirst - first;
        while (unclosed && !(ended && next >= limit) && next - (afterFirst - skipped) < LONGEST_ROW) {
            int rowStart = afterFirst - skipped;
            int before = next;
            int until = lineEnd(next, rowStart);
            int moved = before - next;
            afterFirst -= moved;
            pass(until);
            split(afterFirst - skipped, until);
        }
        if (unclosed) {
            next = afterFirst;
            nextLine = lineAfterFirst;
            split(afterFirst - skipped, afterFirst - skipped + length);
        }
    }

    private void pass(int until) {
        next = until;
        nextLine++;
        if (next < limit && buffer[next] == '\r') {
            next++;
            if (next < limit && buffer[next] == '\n') {
                next++;
            }
        } else if (next < limit) {
            next++;
        }
    }

    private int lineEnd(int from) throws IOException {
        return lineEnd(from, from);
    }

    /** Position of the line end at or after {@code from}; keeps the bytes from {@code keep} on, which may move to the front. */
    private int lineEnd(int from, int keep) throws IOException {
        int at = from;
        int kept = keep;
        while (true) {
            while (at < limit && buffer[at] != '\n' && buffer[at] != '\r') {
                at++;
            }
            // One byte more than a lone CR, to see whether an LF follows.
            if (ended || at + 1 < limit) {
                return at;
            }
            if (kept > 0) {
                System.arraycopy(buffer, kept, buffer, 0, limit - kept);
                limit -= kept;
                next -= kept;
                at -= kept;
                kept = 0;
            }
            if (limit == buffer.length) {
                if (limit >= 64 * LONGEST_ROW) {
                    throw new CsvFault(name + ", line " + nextLine + ": a line of over " + limit
                            + " bytes; this is not a CSV of transactions");
                }
                buffer = Arrays.copyOf(buffer, 2 * limit);
            }
            fill();
        }
    }

    private void fill() throws IOException {
        while (!ended && limit < buffer.length) {
            int read = in.read(buffer, limit, buffer.length - limit);
            ended = read < 0;
            limit += Math.max(0, read);
        }
    }

    private void split(int from, int until) {
        cells = 0;
        unclosed = false;
        int at = from;
        while (true) {
            int quote = at;
            while (quote < until && buffer[quote] == ' ') {
                quote++;
            }
            at = quote < until && buffer[quote] == '"' ? quoted(quote, until) : plain(at, until);
            if (at >= until) {
                break;
            }
            at++; // past the separator
            if (at == until) {
                add(at, at, false);
                break;
            }
        }
    }

    private int plain(int from, int until) {
        int at = from;
        while (at < until && buffer[at] != separator) {
            at++;
        }
        add(from, at, false);
        return at;
    }

    private int quoted(int from, int until) {
        boolean doubled = false;
        int at = from + 1;
        while (at < until) {
            if (buffer[at] == '"') {
                if (at + 1 < until && buffer[at + 1] == '"') {
                    doubled = true;
                    at++;
                } else {
                    break;
                }
            }
            at++;
        }
        if (at >= until) {
            unclosed = true;
            add(from + 1, until, doubled);
            return until;
        }
        add(from + 1, at, doubled);
        at++;
        while (at < until && buffer[at] != separator) {
            at++; // whatever follows a closing quote belongs to no cell
        }
        return at;
    }

    private void add(int from, int until, boolean doubled) {
        if (cells == start.length) {
            start = Arrays.copyOf(start, 2 * cells);
            end = Arrays.copyOf(end, 2 * cells);
            escaped = Arrays.copyOf(escaped, 2 * cells);
        }
        int a = from;
        int b = until;
        while (a < b && (buffer[a] == ' ' || buffer[a] == '\t')) {
            a++;
        }
        while (b > a && (buffer[b - 1] == ' ' || buffer[b - 1] == '\t')) {
            b--;
        }
        start[cells] = a;
        end[cells] = b;
        escaped[cells] = doubled;
        cells++;
    }

    /** Line on which the row begins, from 1. */
    long line() {
        return line;
    }

    /** Whether the row opens a quote that never closes. */
    boolean broken() {
        return unclosed;
    }

    int cells() {
        return cells;
    }

    boolean isEmpty(int cell) {
        return cell >= cells || start[cell] == end[cell];
    }

    /** Text of a cell, without blanks around it; what is no UTF-8 is read as Windows-1252. */
    String text(int cell) {
        if (isEmpty(cell)) {
            return "";
        }
        String text = new String(buffer, start[cell], end[cell] - start[cell], StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') >= 0) {
            text = new String(buffer, start[cell], end[cell] - start[cell], WINDOWS);
        }
        return escaped[cell] ? text.replace("\"\"", "\"") : text;
    }

    /** A decimal number such as {@code -12.5} or {@code 1e3}; NaN where the cell holds anything else. */
    double number(int cell) {
        int at = start[cell];
        int until = end[cell];
        boolean negative = at < until && buffer[at] == '-';
        at += at < until && (buffer[at] == '-' || buffer[at] == '+') ? 1 : 0;
        int digits = 0;
        int decimals = 0;
        boolean point = false;
        long value = 0;
        for (int i = at; i < until; i++) {
            byte b = buffer[i];
            if (b >= '0' && b <= '9') {
                digits++;
                decimals += point ? 1 : 0;
                value = value == NOT_EXACT || value >= 100_000_000_000_000L ? NOT_EXACT : value * 10 + (b - '0');
            } else if (b == '.' && !point) {
                point = true;
            } else if ((b == 'e' || b == 'E') && digits > 0) {
                return exponential(cell);
            } else {
                return Double.NaN;
            }
        }
        if (digits == 0) {
            return Double.NaN;
        }
        if (value == NOT_EXACT || decimals >= TENS.length) {
            return Double.parseDouble(text(cell));
        }
        double exact = value / TENS[decimals];
        return negative ? -exact : exact;
    }

    private double exponential(int cell) {
        String text = text(cell);
        return text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)[eE][-+]?\\d{1,3}") ? Double.parseDouble(text) : Double.NaN;
    }

    /** Days since 1970-01-01 of an ISO day, or of an ISO instant's day as written; {@link Integer#MIN_VALUE} for anything else. */
    int epochDay(int cell) {
        int at = start[cell];
        int length = end[cell] - at;
        boolean day = length == 10 || (length > 10 && (buffer[at + 10] == 'T' || buffer[at + 10] == ' '));
        if (!day || buffer[at + 4] != '-' || buffer[at + 7] != '-') {
            return Integer.MIN_VALUE;
        }
        int year = digits(at, 4);
        int month = digits(at + 5, 2);
        int dayOfMonth = digits(at + 8, 2);
        if (year < 0 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > Days.inMonth(year, month)) {
            return Integer.MIN_VALUE;
        }
        return Days.epochDay(year, month, dayOfMonth);
    }

    private int digits(int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            if (buffer[i] < '0' || buffer[i] > '9') {
                return -1;
            }
            value = 10 * value + buffer[i] - '0';
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
