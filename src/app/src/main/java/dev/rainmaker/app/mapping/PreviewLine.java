package dev.rainmaker.app.mapping;

import dev.rainmaker.fact.FactKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a mapping beside what it makes of a record. Holds the record's values: for the person who asked, not for
 * logs.
 *
 * @param target the fact's component, or {@code when}
 * @param rule the rule in the file's words
 * @param source the values it read, by field
 * @param result what it made, null for nothing
 * @param problem why it made nothing, where it should have
 */
public record PreviewLine(
        FactKind kind,
        String target,
        String rule,
        Map<String, @Nullable Object> source,
        @Nullable Object result,
        Optional<String> problem) {

    static PreviewLine of(
            FactKind kind,
            String target,
            String rule,
            List<FieldPath> paths,
            MappingRun run,
            Supplier<@Nullable Object> making) {
        Map<String, @Nullable Object> source = new LinkedHashMap<>();
        paths.forEach(path -> source.put(path.toString(), path.at(run.record())));
        Map<String, @Nullable Object> shown = Collections.unmodifiableMap(source);
        try {
            return new PreviewLine(kind, target, rule, shown, making.get(), Optional.empty());
        } catch (Misfit misfit) {
            return new PreviewLine(kind, target, rule, shown, null, Optional.of(misfit.reason()));
        }
    }

    @Override
    public String toString() {
        return "PreviewLine[" + kind.word() + "." + target + "]";
    }
}
