package dev.rainmaker.app.draft;

import dev.rainmaker.app.yaml.Place;
import dev.rainmaker.app.yaml.Problem;
import dev.rainmaker.app.yaml.YamlDocument;
import dev.rainmaker.app.yaml.YamlMap;
import dev.rainmaker.app.yaml.YamlNode;
import dev.rainmaker.app.yaml.YamlScalar;
import dev.rainmaker.assignment.PolicyCheck;
import java.util.List;
import java.util.Map;

/** Where the parts of a policy stand in its text. */
final class PolicyPlaces implements PolicyCheck.Places {

    /** What the check calls otherwise than the file does. */
    private static final Map<String, String> KEYS =
            Map.of("pool.ring", "pool.only", "pool.excluded", "pool.never", "fallback", "otherwise");

    private final YamlDocument document;
    private final List<String> lines;

    PolicyPlaces(YamlDocument document) {
        this.document = document;
        this.lines = document.text().lines().toList();
    }

    @Override
    public PolicyCheck.Place of(int rule, String member) {
        YamlMap map = rule < 0
                ? document.map()
                : (YamlMap) document.map().list("rules").get(rule);
        Place place = map.place();
        for (String key : KEYS.getOrDefault(member, member).split("\\.")) {
            if (!map.has(key)) {
                break;
            }
            place = map.placeOf(key);
            if (!(map.find(key).orElse(null) instanceof YamlMap inner)) {
                break;
            }
            map = inner;
        }
        return at(place);
    }

    @Override
    public PolicyCheck.Place of(int rule, String member, String word) {
        YamlMap map = (YamlMap) document.map().list("rules").get(rule);
        String[] keys = KEYS.getOrDefault(member, member).split("\\.");
        for (int i = 0; i < keys.length - 1; i++) {
            map = map.find(keys[i]).orElse(null) instanceof YamlMap inner ? inner : map;
        }
        String last = keys[keys.length - 1];
        if (map.find(last).orElse(null) instanceof YamlMap values) {
            for (YamlMap.Entry entry : values.entries()) {
                if (entry.key().equals(word)
                        || entry.value() instanceof YamlScalar value
                                && value.text().equals(word)) {
                    return at(
                            entry.key().equals(word)
                                    ? entry.keyPlace()
                                    : entry.value().place());
                }
            }
        }
        for (YamlNode item : map.list(last)) {
            if (item instanceof YamlScalar value && value.text().equals(word)) {
                return at(item.place());
            }
        }
        return of(rule, member);
    }

    private PolicyCheck.Place at(Place place) {
        return at(place.file(), place.line(), place.column(), lines);
    }

    /** What a problem of reading the file says, as a finding. */
    static PolicyCheck.Finding finding(Problem problem, String text) {
        return new PolicyCheck.Finding(
                PolicyCheck.Severity.ERROR,
                "unreadable",
                null,
                at(
                        problem.file(),
                        problem.line(),
                        problem.column(),
                        text.lines().toList()),
                problem.message() + (problem.remedy().isEmpty() ? "" : " (" + problem.remedy() + ")"));
    }

    private static PolicyCheck.Place at(String file, int line, int column, List<String> lines) {
        String text = line >= 1 && line <= lines.size() ? lines.get(line - 1).strip() : "";
        return new PolicyCheck.Place(file, line, column, text);
    }
}
