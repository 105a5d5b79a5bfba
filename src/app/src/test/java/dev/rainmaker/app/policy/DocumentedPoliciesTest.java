package dev.rainmaker.app.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/assignment.md: every policy in it loads; every test that it and docs/plv.md name exists. */
class DocumentedPoliciesTest {

    private static final Path HOME = Path.of(System.getProperty("rainmaker.home", "../.."));
    private static final Pattern POLICY = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]*Test)(?:\\.([a-z][A-Za-z]*))?`");

    @Test
    void everyPolicyInTheDocumentationLoads() throws IOException {
        Matcher policies = POLICY.matcher(text("assignment"));
        int loaded = 0;
        while (policies.find()) {
            assertThat(Policies.assignment("docs/assignment.md", policies.group(1))
                            .policy()
                            .rules())
                    .isNotEmpty();
            loaded++;
        }
        assertThat(loaded).isGreaterThanOrEqualTo(8);
    }

    @Test
    void everyTestThatTheDocumentationNamesExists() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        Matcher named = TEST.matcher(text("assignment") + text("plv"));
        while (named.find()) {
            String source = sources.getOrDefault(named.group(1) + ".java", "");
            if (source.isEmpty() || named.group(2) != null && !source.contains("void " + named.group(2) + "(")) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String module : List.of("src/core", "src/app")) {
            try (Stream<Path> files = Files.walk(HOME.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith("Test.java"))
                        .toList()) {
                    sources.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return sources;
    }

    private static String text(String page) throws IOException {
        return Files.readString(HOME.resolve("docs/" + page + ".md"));
    }
}
