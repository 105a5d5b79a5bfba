package dev.rainmaker.sandbox.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Arguments of a function as forms carry them: {@code courseid=2}, {@code values[0]=a}, {@code criteria[0][key]=email}. */
final class Arguments {

    private static final Pattern STEP = Pattern.compile("\\[([^\\]]*)\\]");

    private final ObjectNode tree = ApiJson.object();

    Arguments(Map<String, String> form) throws WsFault {
        for (Map.Entry<String, String> field : form.entrySet()) {
            String name = field.getKey();
            if (!name.matches("wstoken|wsfunction|moodlewsrestformat|moodlewssetting\\w+")) {
                put(name, field.getValue());
            }
        }
    }

    private void put(String name, String value) throws WsFault {
        int bracket = name.indexOf('[');
        List<String> steps = new ArrayList<>();
        steps.add(bracket < 0 ? name : name.substring(0, bracket));
        Matcher matcher = STEP.matcher(bracket < 0 ? "" : name.substring(bracket));
        while (matcher.find()) {
            steps.add(matcher.group(1));
        }
        ObjectNode at = tree;
        for (String step : steps.subList(0, steps.size() - 1)) {
            JsonNode next = at.has(step) ? at.get(step) : at.putObject(step);
            if (!(next instanceof ObjectNode deeper)) {
                throw WsFault.parameter();
            }
            at = deeper;
        }
        String last = steps.get(steps.size() - 1);
        at.put(last.isEmpty() ? String.valueOf(at.size()) : last, value);
    }

    /** Refuses arguments that the function does not have. */
    Arguments only(String... names) throws WsFault {
        List<String> known = List.of(names);
        for (String name : ApiJson.members(tree).keySet()) {
            if (!known.contains(name)) {
                throw WsFault.parameter();
            }
        }
        return this;
    }

    boolean has(String name) {
        return tree.has(name);
    }

    String text(String name) throws WsFault {
        return text(tree, name);
    }

    static String text(JsonNode of, String name) throws WsFault {
        JsonNode value = of.get(name);
        if (value == null || !value.isTextual()) {
            throw WsFault.parameter();
        }
        return value.asText();
    }

    static String text(JsonNode of, String name, String otherwise) throws WsFault {
        return of.has(name) ? text(of, name) : otherwise;
    }

    long number(String name) throws WsFault {
        return whole(text(name));
    }

    long number(String name, long otherwise) throws WsFault {
        return tree.has(name) ? number(name) : otherwise;
    }

    static long whole(String text) throws WsFault {
        if (!text.matches("-?\\d{1,18}")) {
            throw WsFault.parameter();
        }
        return Long.parseLong(text);
    }

    /** The elements of an array, whatever their indexes; none if it was not sent. */
    List<JsonNode> array(String name) throws WsFault {
        return array(tree, name);
    }

    static List<JsonNode> array(JsonNode of, String name) throws WsFault {
        JsonNode value = of.get(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isObject()) {
            throw WsFault.parameter();
        }
        return List.copyOf(ApiJson.members(value).values());
    }

    List<String> texts(String name) throws WsFault {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw WsFault.parameter();
            }
            texts.add(element.asText());
        }
        return texts;
    }

    /** An object within the arguments; empty if it was not sent. */
    JsonNode object(String name) {
        return tree.path(name);
    }
}
