package dev.rainmaker.app.configuration;

import dev.rainmaker.app.yaml.Problem;
import dev.rainmaker.app.yaml.YamlScalar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code ${env:NAME}} and {@code ${file:PATH}} in values; paths are relative to the folder of the file they stand
 * in, one line end at the end of a secret's file is not part of it. What it resolved is never shown.
 */
final class SecretReference {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern WHOLE = Pattern.compile("\\$\\{(env|file):[^}]+}");
    private static final int MAX_BYTES = 1 << 16;

    private final Path folder;
    private final UnaryOperator<@Nullable String> environment;
    private final List<Problem> problems;

    SecretReference(Path folder, UnaryOperator<@Nullable String> environment, List<Problem> problems) {
        this.folder = folder;
        this.environment = environment;
        this.problems = problems;
    }

    /** The value with its references resolved; for a secret the value must be one reference and nothing else. */
    String resolve(String key, YamlScalar value, boolean secret) {
        String text = value.text();
        if (secret && !text.isBlank() && !WHOLE.matcher(text).matches()) {
            problems.add(value.place()
                    .problem(
                            "\"" + key + "\" is a secret and must not stand in the file",
                            "put it in an environment variable or a file and write ${env:NAME} or ${file:/path}"));
            return "";
        }
        return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(resolved(key, value, match)));
    }

    private String resolved(String key, YamlScalar value, MatchResult match) {
        String inside = match.group(1);
        if (inside.startsWith("env:")) {
            return variable(key, value, inside.substring(4));
        }
        if (inside.startsWith("file:")) {
            return file(key, value, inside.substring(5));
        }
        problems.add(value.place()
                .problem(
                        "\"" + key + "\" has the unknown reference ${" + inside + "}",
                        "did you mean ${env:" + inside + "}?"));
        return "";
    }

    private String variable(String key, YamlScalar value, String name) {
        String found = environment.apply(name);
        if (found == null || found.isEmpty()) {
            problems.add(value.place()
                    .problem(
                            "\"" + key + "\" needs the environment variable " + name + ", which is "
                                    + (found == null ? "not set" : "empty"),
                            "export " + name + " before the start"));
            return "";
        }
        return found;
    }

    private String file(String key, YamlScalar value, String path) {
        Path file = folder.resolve(path);
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
                problems.add(value.place().problem("\"" + key + "\": file " + path + " is larger than 64 KiB"));
                return "";
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            String secret = text.endsWith("\r\n")
                    ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            if (secret.isEmpty()) {
                problems.add(value.place().problem("\"" + key + "\": file " + path + " is empty"));
            }
            return secret;
        } catch (IOException unreadable) {
            problems.add(value.place()
                    .problem(
                            "\"" + key + "\": file " + path
                                    + (Files.exists(file) ? " cannot be read as UTF-8 text" : " does not exist"),
                            "it must be a text file that this user may read"));
            return "";
        }
    }
}
