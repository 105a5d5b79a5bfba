package dev.rainmaker.app.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.NearMiss;
import dev.rainmaker.app.yaml.Place;
import dev.rainmaker.app.yaml.Problem;
import dev.rainmaker.app.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * CEL over a set of variables. An absent value is null; how operators treat it is told at {@link AbsentValues}.
 * {@code has(lead.country)} asks whether there is one. Comprehensions are bounded; nothing can loop, read the clock or
 * reach outside.
 */
public final class ExpressionLanguage {

    private final Variables variables;

    public ExpressionLanguage(Variables variables) {
        this.variables = variables;
    }

    /** Built at first use: CEL takes a second or so to start. */
    private static final class Environment {

        static final CelOptions OPTIONS = CelOptions.current()
                .enableHeterogeneousNumericComparisons(true)
                .comprehensionMaxIterations(10_000)
                .maxExpressionCodePointSize(10_000)
                .maxParseRecursionDepth(60)
                .maxRegexProgramSize(1_000)
                .build();

        static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(
                        CelStandardMacro.ALL,
                        CelStandardMacro.EXISTS,
                        CelStandardMacro.EXISTS_ONE,
                        CelStandardMacro.FILTER,
                        CelStandardMacro.MAP)
                .addMacros(CelMacro.newGlobalMacro(
                        "has",
                        1,
                        (factory, target, arguments) -> Optional.of(factory.newGlobalCall(
                                "_!=_",
                                arguments.get(0),
                                factory.newConstant(CelConstant.ofValue(dev.cel.common.values.NullValue.NULL_VALUE))))))
                .addFunctionDeclarations(Functions.declarations())
                .build();

        static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(OPTIONS)
                .setStandardFunctions(AbsentValues.others())
                .addFunctionBindings(AbsentValues.bindings(OPTIONS))
                .addFunctionBindings(Functions.bindings())
                .build();
    }

    /**
     * Checks and plans an expression that stands in a file.
     *
     * @throws ConfigurationException with the place inside the file of whatever is wrong
     */
    public Expression compile(YamlScalar source, Yields wanted) {
        if (source.text().isBlank()) {
            throw new ConfigurationException(source.place().problem("the expression is empty"));
        }
        CelAbstractSyntaxTree parsed = valid(source, Environment.COMPILER.parse(source.text()));
        Names names = new Names(parsed);
        Set<String> reads = names.under(variables);
        requireKnown(source, parsed, names);
        CelCompilerBuilder compiler = Environment.COMPILER.toCompilerBuilder();
        variables.words().forEach(compiler::addVar);
        for (String name : reads) {
            CelType type = variables.typeOf(name);
            if (type != null && name.indexOf('.') >= 0) {
                compiler.addVar(name, type);
            }
        }
        CelAbstractSyntaxTree checked = valid(source, compiler.build().check(parsed));
        if (!wanted.accepts(checked.getResultType())) {
            throw new ConfigurationException(source.place()
                    .problem("\"" + source.text() + "\" yields " + Yields.words(checked.getResultType()) + ", but "
                            + wanted.words() + " is wanted here"));
        }
        try {
            return new Expression(source.text(), source.place(), reads, Environment.RUNTIME.createProgram(checked));
        } catch (CelEvaluationException impossible) {
            throw new ConfigurationException(
                    source.place().problem("\"" + source.text() + "\" cannot be used: " + impossible.getMessage()));
        }
    }

    private void requireKnown(YamlScalar source, CelAbstractSyntaxTree parsed, Names names) {
        List<Problem> problems = new ArrayList<>();
        for (Map.Entry<String, CelExpr> used : names.used().entrySet()) {
            String path = used.getKey();
            if (variables.owns(path) && names.variable(path, variables).isEmpty()) {
                problems.add(place(source, parsed, Names.first(used.getValue()).id())
                        .problem("there is no \"" + path + "\"", NearMiss.remedy(path, variables.names())));
            }
        }
        ConfigurationException.throwIfAny(problems);
    }

    private static Place place(YamlScalar source, CelAbstractSyntaxTree tree, long expression) {
        return Optional.ofNullable(tree.getSource().getPositionsMap().get(expression))
                .flatMap(tree.getSource()::getOffsetLocation)
                .map(location -> source.placeOf(location.getLine(), location.getColumn()))
                .orElse(source.place());
    }

    private static CelAbstractSyntaxTree valid(YamlScalar source, CelValidationResult result) {
        try {
            return result.getAst();
        } catch (CelValidationException invalid) {
            throw new ConfigurationException(invalid.getErrors().stream()
                    .limit(3)
                    .map(issue -> problem(source, issue))
                    .toList());
        }
    }

    private static Problem problem(YamlScalar source, CelIssue issue) {
        CelSourceLocation location = issue.getSourceLocation();
        Place place = location.getLine() < 1
                ? source.place()
                : source.placeOf(location.getLine(), Math.max(0, location.getColumn()));
        return place.problem("in \"" + source.text().strip() + "\": " + CelMessage.plain(issue.getMessage()));
    }
}
