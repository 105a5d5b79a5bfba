package dev.rainmaker.sandbox.salesforce.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final Actor API = new Actor(SalesforceOrgId.INTEGRATION_USER, Actor.Channel.API, false);

    @TempDir
    private Path folder;

    private Org open() throws IOException {
        return Org.open(folder, Clock.systemUTC(), Duration.ofSeconds(1));
    }

    private static Map<String, JsonNode> values(String... namesAndValues) {
        Map<String, JsonNode> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], TextNode.valueOf(namesAndValues[i + 1]));
        }
        return values;
    }

    private static String create(Org org, String name) throws Exception {
        ObjectType account = org.schema().required("Account");
        return org.<String, Exception>write(
                API,
                tx -> tx.create(account, values("Name", name, "AnnualRevenue", "12.50"))
                        .id());
    }

    private static void rename(Org org, String id, String name) throws Exception {
        ObjectType account = org.schema().required("Account");
        org.<Row, Exception>write(API, tx -> tx.update(account, id, values("Name", name)));
    }

    private static Map<String, String> everything(Org org) {
        Map<String, String> content = new TreeMap<>();
        for (Row row : org.everything()) {
            StringBuilder text = new StringBuilder();
            row.type()
                    .fields()
                    .forEach(field ->
                            text.append(FieldValue.asText(row.value(field))).append('|'));
            content.put(row.id(), text.toString());
        }
        return content;
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void restartFindsEveryRecordAsItWas() throws Exception {
        Map<String, String> before;
        try (Org org = open()) {
            org.addField(org.schema().required("Account"), "Region__c string(80)");
            String id = create(org, "Zeichen \"äöü\" \n 🙂 <b>");
            org.<Row, Exception>write(
                    API, tx -> tx.update(org.schema().required("Account"), id, values("Region__c", "north")));
            String gone = create(org, "gone");
            org.<Boolean, Exception>write(API, tx -> {
                tx.delete(org.schema().required("Account"), gone);
                return true;
            });
            org.property("key", "value");
            before = everything(org);
        }
        try (Org org = open()) {
            assertThat(everything(org)).isEqualTo(before).hasSize(2);
            assertThat(org.property("key")).isEqualTo("value");
            assertThat(create(org, "next")).isNotIn(before.keySet());
        }
    }

    @Test
    void tornLastLineIsCutOffAndTheRestKept() throws Exception {
        String kept;
        try (Org org = open()) {
            kept = create(org, "kept");
        }
        Files.writeString(file(), "{\"puts\":[{\"object\":\"Account\",\"val", StandardOpenOption.APPEND);
        try (Org org = open()) {
            assertThat(everything(org)).containsOnlyKeys(kept);
            create(org, "after");
        }
        try (Org org = open()) {
            assertThat(everything(org)).hasSize(2);
        }
    }

    @Test
    void damageInTheMiddleStopsTheStartWithFileAndLine() throws Exception {
        try (Org org = open()) {
            create(org, "a");
        }
        Files.writeString(file(), "not json\n", StandardOpenOption.APPEND);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("org-1.jsonl line 2");
    }

    @Test
    void compactionKeepsEveryRecordInLessSpace() throws Exception {
        Map<String, String> before;
        long size;
        try (Org org = open()) {
            org.addField(org.schema().required("Account"), "Region__c string(80)");
            String id = create(org, "a");
            for (int i = 0; i < 21_000; i++) {
                rename(org, id, "name " + i);
            }
            before = everything(org);
            size = Files.size(file());
        }
        try (Org org = open()) {
            assertThat(everything(org)).isEqualTo(before);
            assertThat(file()).hasFileName("org-2.jsonl");
            assertThat(Files.size(file())).isLessThan(size / 100);
        }
        try (Org org = open()) {
            assertThat(everything(org)).isEqualTo(before);
            assertThat(org.schema().required("Account").field("Region__c")).isPresent();
        }
    }

    @Test
    void secondSandboxOnTheSameFolderIsRefused() throws Exception {
        try (Org first = open()) {
            assertThat(first.empty()).isTrue();
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("another sandbox");
        }
        open().close();
    }

    @Test
    void failedWorkLeavesNothing() throws Exception {
        try (Org org = open()) {
            assertThatThrownBy(() -> org.<String, Exception>write(API, tx -> {
                        tx.create(org.schema().required("Account"), values("Name", "a"));
                        throw new IOException("planned");
                    }))
                    .hasMessage("planned");
            assertThat(everything(org)).isEmpty();
        }
        try (Org org = open()) {
            assertThat(everything(org)).isEmpty();
        }
    }

    @Test
    void stampsDoNotGoBackWithTheClock() throws Exception {
        List<Row> rows;
        Clock now = Clock.systemUTC();
        try (Org org = Org.open(folder, now, Duration.ofMillis(1))) {
            create(org, "first");
        }
        try (Org org = Org.open(folder, Clock.offset(now, Duration.ofHours(-1)), Duration.ofMillis(1))) {
            create(org, "second");
            rows = org.everything();
        }
        assertThat(rows.get(1).stamp()).isAfterOrEqualTo(rows.get(0).stamp());
        assertThat(rows).extracting(Row::displayName).containsExactlyInAnyOrder("first", "second");
    }
}
