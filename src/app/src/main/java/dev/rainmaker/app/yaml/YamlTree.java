package dev.rainmaker.app.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns SnakeYAML's nodes into ours; collects every problem before it gives up. */
final class YamlTree {

    private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.BOOL, Tag.NULL, Tag.INT, Tag.FLOAT, Tag.MAP, Tag.SEQ);

    private final String file;
    private final int[] characters;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Problem> problems = new ArrayList<>();

    YamlTree(String file, String text) {
        this.file = file;
        this.characters = text.codePoints().toArray();
    }

    YamlNode of(Node root) {
        YamlNode tree = node(root);
        ConfigurationException.throwIfAny(problems);
        return tree;
    }

    private YamlNode node(Node node) {
        Place place = place(node);
        if (!seen.add(node)) {
            problems.add(place.problem("an alias refers to this value", "write the value again; aliases are not read"));
            return new YamlList(place, List.of());
        }
        if (!PLAIN.contains(node.getTag())) {
            problems.add(place.problem("tag " + node.getTag() + " is not read", "remove it"));
        }
        if (node instanceof MappingNode map) {
            return map(map, place);
        }
        if (node instanceof SequenceNode list) {
            return new YamlList(place, list.getValue().stream().map(this::node).toList());
        }
        return scalar((ScalarNode) node, place);
    }

    private YamlMap map(MappingNode map, Place place) {
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            Place keyPlace = place(tuple.getKeyNode());
            YamlNode value = node(tuple.getValueNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(keyPlace.problem("a key must be a word, not a list or map"));
                continue;
            }
            YamlMap.Entry earlier =
                    entries.putIfAbsent(key.getValue(), new YamlMap.Entry(key.getValue(), keyPlace, value));
            if (earlier != null) {
                problems.add(keyPlace.problem(
                        "key \"" + key.getValue() + "\" stands here a second time",
                        "first in line " + earlier.keyPlace().line()));
            }
        }
        return new YamlMap(place, entries);
    }

    private YamlScalar scalar(ScalarNode node, Place place) {
        boolean block = node.getScalarStyle() == ScalarStyle.LITERAL || node.getScalarStyle() == ScalarStyle.FOLDED;
        int start = node.getStartMark().getIndex();
        int end = Math.min(node.getEndMark().getIndex(), characters.length);
        String raw = start < end ? new String(characters, start, end - start) : "";
        return new YamlScalar(place, node.getValue(), value(node), new YamlScalar.Source(raw, block));
    }

    private static @Nullable Object value(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.parseBoolean(text);
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException notANumber) {
                return text;
            }
        }
        return text;
    }

    private Place place(Node node) {
        Mark mark = node.getStartMark();
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
