package dev.rainmaker.app.mapping;

import dev.rainmaker.app.expression.Expression;
import dev.rainmaker.app.expression.ExpressionFault;
import dev.rainmaker.app.expression.ExpressionLanguage;
import dev.rainmaker.app.expression.Variables;
import dev.rainmaker.app.expression.Yields;
import dev.rainmaker.app.yaml.YamlScalar;
import dev.rainmaker.connector.SourceRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An expression over {@code record}, its field paths split once. */
final class RecordExpression {

    private static final String ROOT = "record";
    private static final ExpressionLanguage LANGUAGE =
            new ExpressionLanguage(Variables.none().withTree(ROOT));

    private final Expression expression;
    private final Map<String, FieldPath> paths = new HashMap<>();

    RecordExpression(YamlScalar source, Yields wanted) {
        this.expression = LANGUAGE.compile(source, wanted);
        for (String name : expression.reads()) {
            paths.put(name, new FieldPath(name.substring(ROOT.length() + 1)));
        }
    }

    List<FieldPath> paths() {
        return List.copyOf(paths.values());
    }

    /** @throws Misfit if the record's values do not fit the expression */
    @Nullable
    Object evaluate(SourceRecord record) {
        try {
            return expression.evaluate(name -> value(name, record));
        } catch (ExpressionFault fault) {
            throw new Misfit(String.valueOf(fault.getMessage()));
        }
    }

    /** @throws Misfit if the record's values do not fit the expression */
    boolean holds(SourceRecord record) {
        try {
            return expression.holds(name -> value(name, record));
        } catch (ExpressionFault fault) {
            throw new Misfit(String.valueOf(fault.getMessage()));
        }
    }

    private @Nullable Object value(String name, SourceRecord record) {
        FieldPath path = paths.get(name);
        return path == null ? null : path.at(record);
    }

    String text() {
        return expression.text();
    }
}
