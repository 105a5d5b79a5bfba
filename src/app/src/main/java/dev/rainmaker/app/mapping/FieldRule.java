package dev.rainmaker.app.mapping;

import dev.rainmaker.app.yaml.Place;
import dev.rainmaker.fact.FactKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one component of a fact is made.
 *
 * @param optional whether a record may lack the fields: they then count as empty
 * @param table values by the source's text, null where there is no table
 * @param whenEmpty the result for an empty field
 * @param tolerant whether a value that does not fit becomes {@code whenMisfit} instead of a problem
 */
record FieldRule(
        FactKind kind,
        Target target,
        Place place,
        Source source,
        boolean optional,
        @Nullable String separator,
        @Nullable Conversion conversion,
        @Nullable Map<String, Object> table,
        @Nullable Object whenEmpty,
        boolean tolerant,
        @Nullable Object whenMisfit) {

    /** The fields that a record must have. */
    List<FieldPath> required() {
        return optional ? List.of() : source.required();
    }

    /**
     * The component's value, null where there is none.
     *
     * @throws Misfit if the record lacks a field or a value does not fit
     */
    @Nullable
    Object value(MappingRun run) {
        if (!optional) {
            for (FieldPath path : source.required()) {
                requireSent(path, run);
            }
        }
        Object raw = source.read(run);
        if (raw == null || Values.isEmpty(raw)) {
            return whenEmpty;
        }
        if (source instanceof Source.Constant || source instanceof Source.Amount || source instanceof Source.Entries) {
            return raw;
        }
        return target.kind() == Target.Kind.TEXTS ? texts(raw, run) : one(raw, run);
    }

    static void requireSent(FieldPath path, MappingRun run) {
        if (!path.isIn(run.record())) {
            throw new Misfit("field " + path + " is no longer sent; it was renamed, removed or hidden in the source");
        }
    }

    private Set<String> texts(Object raw, MappingRun run) {
        Collection<?> items = separator != null
                ? Values.split(raw, separator)
                : raw instanceof Collection<?> list ? list : List.of(raw);
        Set<String> texts = new TreeSet<>();
        for (Object item : items) {
            if (item == null || Values.isEmpty(item)) {
                continue;
            }
            Object made = one(item, run);
            if (made instanceof Collection<?> several) {
                several.forEach(each -> texts.add(String.valueOf(each)));
            } else if (made != null) {
                texts.add(made.toString());
            }
        }
        return texts;
    }

    private @Nullable Object one(Object raw, MappingRun run) {
        Object value = raw instanceof String text ? clean(text, run) : raw;
        if (Values.isEmpty(value)) {
            return whenEmpty;
        }
        try {
            if (table != null) {
                return fromTable(Values.text(value), table);
            }
            if (conversion != null) {
                value = conversion.apply(Values.text(value));
            }
            return target.kind() == Target.Kind.TEXTS
                    ? Values.text(value)
                    : Values.convert(target, value, run.connection());
        } catch (Misfit misfit) {
            if (!tolerant) {
                throw misfit;
            }
            note(misfit.reason() + (whenMisfit == null ? ", so it is left empty" : ", so \"otherwise\" applies"), run);
            return whenMisfit;
        }
    }

    private Object fromTable(String text, Map<String, Object> known) {
        Object value = known.get(text);
        if (value == null) {
            throw new Misfit(text, "in the rule's table of values");
        }
        return value;
    }

    private String clean(String text, MappingRun run) {
        String clean = CleanText.of(text);
        if (!clean.equals(text)) {
            note("NUL or broken characters were taken out", run);
        }
        return clean;
    }

    private void note(String message, MappingRun run) {
        run.problem(new Mapped.Problem(kind, target.name(), source.described(), message, place, false));
    }
}
