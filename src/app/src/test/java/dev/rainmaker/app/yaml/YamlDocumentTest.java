package dev.rainmaker.app.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

class YamlDocumentTest {

    @TempDir
    Path folder;

    @Test
    void everyKeyAndValueKnowsItsPlace() {
        YamlMap map =
                YamlDocument.parse("f.yaml", "a: 1\nb:\n  - x\n  - c:  'd'\n").map();

        YamlMap inner = (YamlMap) map.list("b").get(1);

        assertThat(map.placeOf("b")).hasToString("f.yaml:2:1");
        assertThat(map.list("b").get(0).place()).hasToString("f.yaml:3:5");
        assertThat(inner.placeOf("c")).hasToString("f.yaml:4:5");
        assertThat(inner.scalar("c").orElseThrow().place()).hasToString("f.yaml:4:9");
    }

    @Test
    void plainValuesAreReadAsYaml12SoThatNorwayIsNotFalse() {
        YamlMap map = YamlDocument.parse(
                        "f", "a: NO\nb: true\nc: 007\nd: 12:30\ne: 2026-01-31\nf: ~\ng: 1.50\nh:\ni: off")
                .map();

        assertThat(map.text("a")).contains("NO");
        assertThat(map.scalar("a").orElseThrow().value()).isEqualTo("NO");
        assertThat(map.scalar("b").orElseThrow().value()).isEqualTo(true);
        assertThat(map.text("c")).contains("007");
        assertThat(map.scalar("d").orElseThrow().value()).isEqualTo("12:30");
        assertThat(map.scalar("e").orElseThrow().value()).isEqualTo("2026-01-31");
        assertThat(map.text("f")).isEmpty();
        assertThat(map.scalar("g").orElseThrow().value()).isEqualTo(new BigDecimal("1.50"));
        assertThat(map.text("h")).isEmpty();
        assertThat(map.scalar("i").orElseThrow().value()).isEqualTo("off");
    }

    @Test
    void secondKeyOfTheSameNameIsRefusedWithBothLines() {
        assertThat(problems("a: 1\nb: 2\na: 3\n"))
                .containsExactly("f.yaml:3:1: key \"a\" stands here a second time (first in line 1)");
    }

    @Test
    void aliasesTagsAndBombsAreRefused() {
        assertThat(problems("a: &x [1]\nb: *x\n")).singleElement().asString().contains("alias");
        assertThat(problems("a: !!javax.script.ScriptEngineManager []\n"))
                .singleElement()
                .asString()
                .contains("f.yaml:1:4: Global tag is not allowed");
        assertThat(problems("[".repeat(5_000))).hasSize(1);
        assertThat(problems("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]"))
                .isNotEmpty();
    }

    @Test
    void brokenYamlIsAProblemAtItsPlace() {
        assertThat(problems("a: 1\n b: 2\n").get(0)).startsWith("f.yaml:2:3: mapping values are not allowed");
        assertThat(problems("a:\n\t- x\n").get(0)).startsWith("f.yaml:2:1:").contains("not tabs");
        assertThat(problems("a: 1\nb: \u0007\n").get(0))
                .isEqualTo("f.yaml:2:4: character U+0007 is not allowed in YAML");
        assertThat(problems("a: 1\n---\nb: 2\n").get(0)).startsWith("f.yaml:2:1:");
        assertThat(problems("")).containsExactly("f.yaml:1:1: the file is empty");
        assertThat(problems("? [a]\n: b\n")).containsExactly("f.yaml:1:3: a key must be a word, not a list or map");
    }

    @Test
    void unusableFilesAreNamedWithTheReason() throws IOException {
        Path latin1 =
                Files.write(folder.resolve("latin1.yaml"), "a: M\u00fcller".getBytes(StandardCharsets.ISO_8859_1));
        Path large = Files.writeString(folder.resolve("large.yaml"), "a: " + "x".repeat(1 << 20));

        assertThatThrownBy(() -> YamlDocument.read(latin1)).hasMessageContaining("latin1.yaml: is not UTF-8 text");
        assertThatThrownBy(() -> YamlDocument.read(large)).hasMessageContaining("is larger than 1 MiB");
        assertThatThrownBy(() -> YamlDocument.read(folder.resolve("none.yaml"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> YamlDocument.read(folder)).hasMessageContaining("cannot be read");
    }

    @Test
    void placesInsideTextAreFoundInEveryWayOfWriting() {
        assertThat(inside("e: abc == xyz", "xyz")).isEqualTo("1:11");
        assertThat(inside("e: 'abc == \"xyz'", "\"xyz")).isEqualTo("1:12");
        assertThat(inside("e: 'it''s == xyz'", "xyz")).isEqualTo("1:14");
        assertThat(inside("e: \"a\\\"c == xyz\"", "xyz")).isEqualTo("1:13");
        assertThat(inside("e: |  # why\n  abc ==\n    xyz\n", "xyz")).isEqualTo("3:5");
        assertThat(inside("e: >-\n  abc ==\n  xyz\n", "xyz")).isEqualTo("3:3");
        assertThat(inside("e: abc ==\n  xyz\n", "xyz")).isEqualTo("2:3");
    }

    @Test
    void versionIgnoresOnlyLineEndsAndByteOrderMark() {
        String unix = YamlDocument.parse("f", "a: 1\nb: 2\n").version();

        assertThat(YamlDocument.parse("f", "\uFEFFa: 1\r\nb: 2\r\n").version()).isEqualTo(unix);
        assertThat(YamlDocument.parse("f", "a: 1\nb: 3\n").version()).isNotEqualTo(unix);
    }

    @Property(tries = 100)
    void whateverIsWrittenIsReadBack(@ForAll("trees") Object tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultScalarStyle(DumperOptions.ScalarStyle.DOUBLE_QUOTED);
        String text = new Yaml(options).dump(Map.of("root", tree));

        assertThat(plain(YamlDocument.parse("f", text).map().find("root").orElseThrow()))
                .isEqualTo(tree);
    }

    @Provide
    Arbitrary<Object> trees() {
        Arbitrary<String> words = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('\u00e9', '\u4e2d')
                .ofMaxLength(12);
        Arbitrary<Object> leaves = words.map(word -> (Object) word);
        return Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        leaves,
                        inner.list().ofMaxSize(2).map(list -> (Object) list),
                        Arbitraries.maps(words, inner).ofMaxSize(2).map(map -> (Object) map)),
                2);
    }

    private static Object plain(YamlNode node) {
        if (node instanceof YamlMap map) {
            return map.entries().stream()
                    .collect(java.util.stream.Collectors.toMap(YamlMap.Entry::key, entry -> plain(entry.value())));
        }
        return node instanceof YamlList list
                ? list.items().stream().map(YamlDocumentTest::plain).toList()
                : ((YamlScalar) node).text();
    }

    private static String inside(String yaml, String wanted) {
        YamlScalar scalar = YamlDocument.parse("f", yaml).map().scalar("e").orElseThrow();
        int offset = scalar.text().indexOf(wanted);
        String before = scalar.text().substring(0, offset);
        int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
        Place place = scalar.placeOf(line, offset - (before.lastIndexOf('\n') + 1));
        return place.line() + ":" + place.column();
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(ConfigurationException.class, () -> YamlDocument.parse("f.yaml", yaml))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }
}
