package dev.rainmaker.dealregistration;

import dev.rainmaker.account.Account;
import dev.rainmaker.partner.Partner;
import org.jspecify.annotations.Nullable;

/** When a registration is approved without a person. */
@FunctionalInterface
public interface ApprovalCondition {

    /**
     * What such a rule sees.
     *
     * @param customer the customer's account, null where the CRM has none
     * @param conflicts how many conflicts were found
     * @param waiting how many of the partner's registrations wait for a decision, this one included
     * @param locks how many live locks the partner holds
     */
    record View(Claim claim, Partner partner, @Nullable Account customer, int conflicts, int waiting, int locks) {}

    boolean test(View view);
}
