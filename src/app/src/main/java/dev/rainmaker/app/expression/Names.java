package dev.rainmaker.app.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExprVisitor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The dotted names in a parsed expression, longest form, each with the node where it stands. */
final class Names {

    private final Map<String, CelExpr> used = new LinkedHashMap<>();

    Names(CelAbstractSyntaxTree tree) {
        new CelExprVisitor() {
            @Override
            public void visit(CelExpr expression) {
                Optional<String> path = path(expression);
                if (path.isPresent()) {
                    used.putIfAbsent(path.get(), expression);
                } else {
                    super.visit(expression);
                }
            }
        }.visit(tree);
    }

    private static Optional<String> path(CelExpr expression) {
        return switch (expression.getKind()) {
            case IDENT -> Optional.of(expression.ident().name());
            case SELECT ->
                path(expression.select().operand())
                        .map(operand -> operand + "." + expression.select().field());
            default -> Optional.empty();
        };
    }

    /** The node of the first word of a dotted name. */
    static CelExpr first(CelExpr expression) {
        CelExpr first = expression;
        while (first.getKind() == CelExpr.ExprKind.Kind.SELECT) {
            first = first.select().operand();
        }
        return first;
    }

    Map<String, CelExpr> used() {
        return used;
    }

    /** The variable that a dotted name means: the longest prefix that is one. */
    Optional<String> variable(String path, Variables variables) {
        for (String prefix = path; !prefix.isEmpty(); prefix = parent(prefix)) {
            if (variables.typeOf(prefix) != null) {
                return Optional.of(prefix);
            }
        }
        return Optional.empty();
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    /** The variables that the expression uses. */
    Set<String> under(Variables variables) {
        Set<String> reads = new TreeSet<>();
        used.keySet().forEach(path -> variable(path, variables).ifPresent(reads::add));
        return reads;
    }
}
