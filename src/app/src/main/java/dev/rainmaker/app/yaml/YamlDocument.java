package dev.rainmaker.app.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * One YAML file as a tree that knows its places. YAML 1.2 plain values (so {@code NO} is Norway and not false). Refused,
 * each with its place: files above 1 MiB, bytes that are not UTF-8, several documents, duplicate keys, aliases, tags of
 * programming languages, nesting deeper than 40.
 */
public final class YamlDocument {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 40;

    private final String name;
    private final String text;
    private final YamlNode root;

    private YamlDocument(String name, String text, YamlNode root) {
        this.name = name;
        this.text = text;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException if it cannot be read or is no YAML
     */
    public static YamlDocument read(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
                throw new ConfigurationException(Problem.ofFile(
                        file.toString(), "is larger than 1 MiB", "no file of this kind needs to be; split it"));
            }
            byte[] bytes = Files.readAllBytes(file);
            return parse(file.toString(), decoded(file.toString(), bytes));
        } catch (NoSuchFileException missing) {
            throw new ConfigurationException(
                    Problem.ofFile(file.toString(), "does not exist", "create it or give another path"));
        } catch (IOException unreadable) {
            throw new ConfigurationException(Problem.ofFile(
                    file.toString(),
                    "cannot be read: " + unreadable.getMessage(),
                    "it must be a file that this user may read"));
        }
    }

    private static String decoded(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new ConfigurationException(Problem.ofFile(name, "is not UTF-8 text", "save it as UTF-8"));
        }
    }

    /** Reads a text; {@code name} stands for the file in errors. */
    public static YamlDocument parse(String name, String text) {
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            Node composed = yaml().compose(new java.io.StringReader(body));
            if (composed == null) {
                throw new ConfigurationException(new Place(name, 1, 1).problem("the file is empty"));
            }
            return new YamlDocument(name, body, new YamlTree(name, body).of(composed));
        } catch (MarkedYAMLException wrong) {
            Mark mark = wrong.getProblemMark() != null ? wrong.getProblemMark() : wrong.getContextMark();
            Place place =
                    mark == null ? new Place(name, 1, 1) : new Place(name, mark.getLine() + 1, mark.getColumn() + 1);
            throw new ConfigurationException(place.problem(sentence(wrong), remedy(wrong)));
        } catch (ReaderException wrong) {
            throw new ConfigurationException(placeOf(name, body, wrong.getPosition())
                    .problem("character U+%04X is not allowed in YAML".formatted(wrong.getCodePoint())));
        } catch (YAMLException wrong) {
            throw new ConfigurationException(Problem.ofFile(name, "is not usable YAML: " + wrong.getMessage(), ""));
        }
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(0);
        options.setAllowRecursiveKeys(false);
        DumperOptions unused = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, new CoreSchema());
    }

    private static String sentence(MarkedYAMLException wrong) {
        String problem = wrong.getProblem() == null ? "not YAML" : wrong.getProblem();
        return wrong.getContext() == null ? problem : problem + ", " + wrong.getContext();
    }

    private static String remedy(MarkedYAMLException wrong) {
        String problem = String.valueOf(wrong.getProblem());
        if (problem.contains("'\\t'") || problem.contains("\\t(TAB)")) {
            return "indent with spaces, not tabs";
        }
        return problem.contains("mapping values are not allowed") ? "put the text in quotes if it holds \": \"" : "";
    }

    private static Place placeOf(String name, String text, int offset) {
        int line = 1;
        int column = 1;
        int[] characters = text.codePoints().limit(Math.max(0, offset)).toArray();
        for (int character : characters) {
            column = character == '\n' ? 1 : column + 1;
            line += character == '\n' ? 1 : 0;
        }
        return new Place(name, line, column);
    }

    /** The file's name as given. */
    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    public YamlNode root() {
        return root;
    }

    /** The root as a map; a problem where the file holds something else. */
    public YamlMap map() {
        if (root instanceof YamlMap map) {
            return map;
        }
        throw new ConfigurationException(
                root.place().problem("the file must hold a map of keys and values, not " + root.described()));
    }

    /**
     * SHA-256, in hex, of the text with line ends as {@code \n} and without a byte order mark: the version of what it
     * says.
     */
    public String version() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
