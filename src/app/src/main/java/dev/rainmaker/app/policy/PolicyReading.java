package dev.rainmaker.app.policy;

import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.Place;
import dev.rainmaker.app.yaml.Problem;
import dev.rainmaker.app.yaml.YamlMap;
import dev.rainmaker.app.yaml.YamlScalar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Readings of a policy file; what one refuses becomes a problem at its place, and the others go on. */
final class PolicyReading {

    private final List<Problem> problems = new ArrayList<>();

    /** Runs a reading; empty where it was refused. */
    <T> Optional<T> at(Place place, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (ConfigurationException wrong) {
            problems.addAll(wrong.problems());
        } catch (IllegalArgumentException | DateTimeException wrong) {
            problems.add(place.problem(String.valueOf(wrong.getMessage())));
        }
        return Optional.empty();
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    void done() {
        ConfigurationException.throwIfAny(problems);
    }

    static BigDecimal number(YamlMap map, String key, String otherwise) {
        return map.text(key).map(BigDecimal::new).orElseGet(() -> new BigDecimal(otherwise));
    }

    static int whole(YamlMap map, String key, int otherwise) {
        return map.text(key).map(text -> new BigDecimal(text).intValueExact()).orElse(otherwise);
    }

    static boolean flag(YamlMap map, String key) {
        return map.scalar(key).map(YamlScalar::value).map(Boolean.TRUE::equals).orElse(false);
    }
}
