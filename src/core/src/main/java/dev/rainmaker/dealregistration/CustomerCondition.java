package dev.rainmaker.dealregistration;

import dev.rainmaker.account.Account;

/** Something that holds for a customer or does not. */
@FunctionalInterface
public interface CustomerCondition {

    boolean test(Account customer);
}
