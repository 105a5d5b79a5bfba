package dev.rainmaker.app.mapping;

import dev.rainmaker.app.yaml.Place;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one kind of fact is made from a record. */
final class FactMapping {

    private final FactKind kind;
    private final Place place;
    private final boolean optional;
    private final boolean ofDeleted;
    private final @Nullable RecordExpression when;
    private final List<FieldRule> rules;
    private final FactShape shape;
    private final @Nullable Object[] initial;

    /**
     * @param optional whether a system without the fields of {@code when} simply states no such fact
     * @param ofDeleted whether records that are gone state it; otherwise those that are there do
     */
    FactMapping(
            FactKind kind,
            Place place,
            boolean optional,
            boolean ofDeleted,
            @Nullable RecordExpression when,
            List<FieldRule> rules) {
        this.kind = kind;
        this.ofDeleted = ofDeleted;
        this.optional = optional;
        this.place = place;
        this.when = when;
        this.rules = List.copyOf(rules);
        this.shape = FactShape.of(kind);
        this.initial = shape.targets().values().stream().map(Target::initial).toArray();
    }

    FactKind kind() {
        return kind;
    }

    /** Fields it reads. */
    Set<String> reads() {
        Set<String> reads = new LinkedHashSet<>();
        if (when != null) {
            when.paths().forEach(path -> reads.add(path.toString()));
        }
        rules.forEach(rule -> rule.source().paths().forEach(path -> reads.add(path.toString())));
        return reads;
    }

    /** Fields that a record must have. */
    Set<String> required() {
        Set<String> required = new LinkedHashSet<>();
        if (when != null && !optional) {
            when.paths().forEach(path -> required.add(path.toString()));
        }
        rules.forEach(rule -> rule.required().forEach(path -> required.add(path.toString())));
        return required;
    }

    /** Adds the fact, or its kind to the absent ones, or a problem to the run. */
    void map(MappingRun run, List<Fact> facts, List<FactKind> absent) {
        if (run.record().deleted() != ofDeleted) {
            absent.add(kind);
            return;
        }
        try {
            if (when != null && !applies(when, run)) {
                absent.add(kind);
                return;
            }
        } catch (Misfit misfit) {
            run.problem(problem("", "", misfit.reason(), place));
            return;
        }
        @Nullable Object[] values = initial.clone();
        boolean complete = true;
        for (FieldRule rule : rules) {
            complete &= fill(rule, run, values);
        }
        if (complete) {
            make(run, values).ifPresent(facts::add);
        }
    }

    private boolean applies(RecordExpression when, MappingRun run) {
        if (optional && when.paths().stream().anyMatch(path -> !run.record().has(path.toString()))) {
            return false;
        }
        for (FieldPath path : when.paths()) {
            FieldRule.requireSent(path, run);
        }
        return when.holds(run.record());
    }

    private boolean fill(FieldRule rule, MappingRun run, @Nullable Object[] values) {
        Target target = rule.target();
        try {
            Object value = rule.value(run);
            if (value == null) {
                value = target.initial();
            }
            if (value == null && !target.nullable()) {
                throw new Misfit("it is empty and " + target.name() + " needs a value; give the rule a default");
            }
            values[target.position()] = value;
            return true;
        } catch (Misfit misfit) {
            run.problem(problem(target.name(), rule.source().described(), misfit.reason(), rule.place()));
            return false;
        } catch (IllegalArgumentException | ArithmeticException refused) {
            run.problem(problem(
                    target.name(), rule.source().described(), "it does not fit " + target.wanted(), rule.place()));
            return false;
        }
    }

    private Optional<Fact> make(MappingRun run, @Nullable Object[] values) {
        try {
            values[position(FactShape.ID)] = new dev.rainmaker.fact.RecordId(
                    run.connection(), run.record().id());
            values[position(FactShape.MODIFIED_AT)] = run.record().modifiedAt();
            return Optional.of(shape.make(values));
        } catch (IllegalArgumentException refused) {
            run.problem(problem("", "", String.valueOf(refused.getMessage()), place));
            return Optional.empty();
        }
    }

    private int position(String name) {
        Target target = shape.targets().get(name);
        if (target == null) {
            throw new IllegalStateException(kind + " has no " + name);
        }
        return target.position();
    }

    private Mapped.Problem problem(String target, String field, String message, Place where) {
        return new Mapped.Problem(kind, target, field, message, where, true);
    }

    /** Each rule with the source's values and the result. */
    List<PreviewLine> preview(MappingRun run) {
        List<PreviewLine> lines = new ArrayList<>();
        if (when != null) {
            lines.add(PreviewLine.of(kind, "when", when.text(), when.paths(), run, () -> applies(when, run)));
        }
        for (FieldRule rule : rules) {
            lines.add(PreviewLine.of(
                    kind,
                    rule.target().name(),
                    rule.source().described(),
                    rule.source().paths(),
                    run,
                    () -> rule.value(run)));
        }
        return lines;
    }
}
