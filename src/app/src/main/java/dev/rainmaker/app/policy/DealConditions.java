package dev.rainmaker.app.policy;

import dev.rainmaker.account.Account;
import dev.rainmaker.app.expression.Expression;
import dev.rainmaker.app.expression.ExpressionFault;
import dev.rainmaker.app.expression.ExpressionLanguage;
import dev.rainmaker.app.expression.RecordValues;
import dev.rainmaker.app.expression.Variables;
import dev.rainmaker.app.expression.Yields;
import dev.rainmaker.app.yaml.YamlScalar;
import dev.rainmaker.dealregistration.ApprovalCondition;
import dev.rainmaker.dealregistration.Claim;
import dev.rainmaker.dealregistration.CustomerCondition;
import dev.rainmaker.partner.Partner;
import org.jspecify.annotations.Nullable;

/**
 * Conditions of a deal registration policy: an approval rule sees {@code registration}, {@code partner}, {@code customer},
 * {@code conflicts}, {@code waiting} and {@code locks}. One that cannot be evaluated does not hold.
 */
final class DealConditions {

    private static final ExpressionLanguage APPROVALS = new ExpressionLanguage(Variables.none()
            .withRecord("registration", Claim.class)
            .withRecord("partner", Partner.class)
            .withRecord("customer", Account.class)
            .with("conflicts", Variables.Kind.WHOLE_NUMBER)
            .with("waiting", Variables.Kind.WHOLE_NUMBER)
            .with("locks", Variables.Kind.WHOLE_NUMBER));
    private static final ExpressionLanguage CUSTOMERS =
            new ExpressionLanguage(Variables.none().withRecord("customer", Account.class));
    private static final RecordValues CLAIM = new RecordValues(Claim.class);
    private static final RecordValues PARTNER = new RecordValues(Partner.class);
    private static final RecordValues CUSTOMER = new RecordValues(Account.class);

    private DealConditions() {}

    static ApprovalCondition approval(YamlScalar source) {
        if (source.value() instanceof Boolean always) {
            return view -> always;
        }
        Expression expression = APPROVALS.compile(source, Yields.CONDITION);
        return view -> holds(expression, name -> value(name, view));
    }

    static CustomerCondition customer(YamlScalar source) {
        if (source.value() instanceof Boolean always) {
            return customer -> always;
        }
        Expression expression = CUSTOMERS.compile(source, Yields.CONDITION);
        return customer -> holds(expression, name -> CUSTOMER.at(customer, name.substring("customer.".length())));
    }

    private static boolean holds(Expression expression, java.util.function.Function<String, @Nullable Object> values) {
        try {
            return expression.holds(values);
        } catch (ExpressionFault fault) {
            return false;
        }
    }

    private static @Nullable Object value(String name, ApprovalCondition.View view) {
        return switch (name) {
            case "conflicts" -> view.conflicts();
            case "waiting" -> view.waiting();
            case "locks" -> view.locks();
            default -> {
                String path = name.substring(name.indexOf('.') + 1);
                if (name.startsWith("registration.")) {
                    yield CLAIM.at(view.claim(), path);
                }
                yield name.startsWith("partner.")
                        ? PARTNER.at(view.partner(), path)
                        : CUSTOMER.at(view.customer(), path);
            }
        };
    }
}
