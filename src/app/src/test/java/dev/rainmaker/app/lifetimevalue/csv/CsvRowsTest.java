package dev.rainmaker.app.lifetimevalue.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRowsTest {

    @TempDir
    Path folder = Path.of("");

    private static List<List<String>> read(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("rows", ".csv");
        try {
            Files.write(file, bytes);
            List<List<String>> result = new ArrayList<>();
            try (CsvRows rows = CsvRows.open(file)) {
                rows.detectSeparator();
                while (rows.next()) {
                    List<String> cells = new ArrayList<>();
                    for (int i = 0; i < rows.cells(); i++) {
                        cells.add(rows.text(i));
                    }
                    result.add(cells);
                }
            }
            return result;
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Property(tries = 300)
    void whatAnExportQuotesIsReadAsItWas(@ForAll("tables") List<List<String>> table, @ForAll boolean windows)
            throws IOException {
        StringBuilder text = new StringBuilder("a,b,c\n");
        for (List<String> row : table) {
            List<String> cells = row.stream()
                    .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                    .toList();
            text.append(String.join(",", cells)).append(windows ? "\r\n" : "\n");
        }
        List<List<String>> found = read(bytes(text.toString()));
        assertThat(found.subList(1, found.size()))
                .isEqualTo(table.stream()
                        .map(row -> row.stream().map(CsvRowsTest::withoutBlanks).toList())
                        .toList());
    }

    private static String withoutBlanks(String cell) {
        return cell.replaceAll("\\A[ \t]+|[ \t]+\\z", "");
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> cell = Arbitraries.strings()
                .withChars('a', 'é', ',', ';', '"', ' ', '\n', '1')
                .ofMaxLength(6);
        return cell.list().ofSize(3).list().ofMaxSize(8);
    }

    @Property(tries = 500)
    void numbersAreReadAsJavaReadsThem(@ForAll @DoubleRange(min = -1e12, max = 1e12) double value) throws IOException {
        String plain = java.math.BigDecimal.valueOf(value).toPlainString();
        Path file = Files.createTempFile("number", ".csv");
        try {
            Files.write(file, bytes("x,y\n" + plain + "," + value + "\n"));
            try (CsvRows rows = CsvRows.open(file)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.next()).isTrue();
                assertThat(rows.number(0)).isEqualTo(value);
                assertThat(rows.number(1)).isEqualTo(value);
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void whatIsNoNumberOrDayIsNone() throws IOException {
        Path file = Files.write(
                folder.resolve("x.csv"),
                bytes("1.2.3,0x1p3,NaN,1d,--1,12-,.,2024-02-30,2024-2-3,20240203,2024-02-29T23:59:59Z,2024-02-29\n"));
        try (CsvRows rows = CsvRows.open(file)) {
            assertThat(rows.next()).isTrue();
            for (int i = 0; i < 7; i++) {
                assertThat(rows.number(i)).as(rows.text(i)).isNaN();
            }
            for (int i = 7; i < 10; i++) {
                assertThat(rows.epochDay(i)).as(rows.text(i)).isEqualTo(Integer.MIN_VALUE);
            }
            int leapDay = (int) LocalDate.of(2024, 2, 29).toEpochDay();
            assertThat(rows.epochDay(10)).isEqualTo(leapDay);
            assertThat(rows.epochDay(11)).isEqualTo(leapDay);
        }
    }

    @Test
    void quoteThatNeverClosesBreaksItsOwnLineOnly() throws IOException {
        Path file = Files.write(folder.resolve("x.csv"), bytes("a,b\n1,\"two\n3,4\n5,6\n"));
        try (CsvRows rows = CsvRows.open(file)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isTrue();
            assertThat(rows.broken()).isTrue();
            assertThat(rows.line()).isEqualTo(2);
            assertThat(rows.next()).isTrue();
            assertThat(rows.broken()).isFalse();
            assertThat(rows.line()).isEqualTo(3);
            assertThat(rows.text(1)).isEqualTo("4");
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void rowsLongerThanTheBufferAndLinesWithinQuotesKeepTheirLineNumbers() throws IOException {
        String note = "long\n".repeat(30_000);
        Path file = Files.write(folder.resolve("x.csv"), bytes("id,note\r\n1,\"" + note + "\"\r\n2,short\r\n"));
        try (CsvRows rows = CsvRows.open(file)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isTrue();
            assertThat(rows.text(1)).isEqualTo(note);
            assertThat(rows.next()).isTrue();
            assertThat(rows.line()).isEqualTo(30_003);
            assertThat(rows.text(1)).isEqualTo("short");
        }
    }

    @Test
    void byteOrderMarkSemicolonsTabsGzipAndWindowsLettersAreUnderstood() throws IOException {
        assertThat(read(bytes("\ufeffid;name\n1;Müller\n")))
                .containsExactly(List.of("id", "name"), List.of("1", "Müller"));
        assertThat(read(bytes("id\tname\n1\ta,b\n"))).contains(List.of("1", "a,b"));
        assertThat(read("id,name\r1,Müller\r".getBytes(Charset.forName("windows-1252"))))
                .contains(List.of("1", "Müller"));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes("id,name\n1,x"));
        }
        assertThat(read(packed.toByteArray())).containsExactly(List.of("id", "name"), List.of("1", "x"));
    }

    @Test
    void whatIsNoTextIsToldByName() {
        assertThatThrownBy(() -> read(new byte[] {'P', 'K', 3, 4, 0})).hasMessageContaining("workbook");
        assertThatThrownBy(() -> read(new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0}))
                .hasMessageContaining("UTF-16");
        assertThatThrownBy(() -> CsvRows.open(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> CsvRows.open(folder.resolve("none.csv"))).hasMessageContaining("there is no file");
    }
}
