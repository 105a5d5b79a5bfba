package dev.rainmaker.app.policy;

import dev.rainmaker.account.Account;
import dev.rainmaker.app.expression.Expression;
import dev.rainmaker.app.expression.ExpressionFault;
import dev.rainmaker.app.expression.ExpressionLanguage;
import dev.rainmaker.app.expression.RecordValues;
import dev.rainmaker.app.expression.Variables;
import dev.rainmaker.app.expression.Yields;
import dev.rainmaker.app.yaml.YamlScalar;
import dev.rainmaker.assignment.Condition;
import dev.rainmaker.assignment.LeadView;
import dev.rainmaker.assignment.PartnerCondition;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.partner.Partner;
import org.jspecify.annotations.Nullable;

/**
 * Conditions of an assignment policy. A lead's see {@code lead} (value and class as the policy's scoring completes them),
 * {@code customer} (the account it was matched to), {@code points} and {@code now}; a partner's see {@code partner}. A
 * condition that cannot be evaluated on the values it meets does not hold.
 */
final class PolicyConditions {

    private static final ExpressionLanguage LEADS = new ExpressionLanguage(Variables.none()
            .withRecord("lead", Lead.class)
            .withRecord("customer", Account.class)
            .with("points", Variables.Kind.WHOLE_NUMBER)
            .with("now", Variables.Kind.INSTANT));
    private static final ExpressionLanguage PARTNERS =
            new ExpressionLanguage(Variables.none().withRecord("partner", Partner.class));
    private static final RecordValues LEAD = new RecordValues(Lead.class);
    private static final RecordValues CUSTOMER = new RecordValues(Account.class);
    private static final RecordValues PARTNER = new RecordValues(Partner.class);

    private PolicyConditions() {}

    static Condition ofLead(YamlScalar source) {
        return Boolean.TRUE.equals(source.value())
                ? Condition.always()
                : new OfLead(LEADS.compile(source, Yields.CONDITION));
    }

    static PartnerCondition ofPartner(YamlScalar source) {
        return Boolean.TRUE.equals(source.value())
                ? PartnerCondition.always()
                : new OfPartner(PARTNERS.compile(source, Yields.CONDITION));
    }

    private record OfLead(Expression expression) implements Condition {

        @Override
        public boolean test(LeadView lead) {
            try {
                return expression.holds(name -> value(name, lead));
            } catch (ExpressionFault fault) {
                return false;
            }
        }

        private static @Nullable Object value(String name, LeadView view) {
            if (name.equals("points")) {
                return view.points();
            }
            if (name.equals("now")) {
                return view.now();
            }
            if (name.startsWith("customer.")) {
                return CUSTOMER.at(view.facts().customer(), name.substring("customer.".length()));
            }
            return switch (name) {
                case "lead.leadClass" -> view.leadClass();
                case "lead.value.amount" ->
                    view.value() == null ? null : (Object) view.value().amount().doubleValue();
                case "lead.value.currency" ->
                    view.value() == null ? null : view.value().currency();
                default -> LEAD.at(view.lead(), name.substring("lead.".length()));
            };
        }

        @Override
        public String text() {
            return expression.text().strip();
        }
    }

    private record OfPartner(Expression expression) implements PartnerCondition {

        @Override
        public boolean test(Partner partner) {
            try {
                return expression.holds(name -> PARTNER.at(partner, name.substring("partner.".length())));
            } catch (ExpressionFault fault) {
                return false;
            }
        }

        @Override
        public String text() {
            return expression.text().strip();
        }
    }
}
