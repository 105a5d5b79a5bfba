package dev.rainmaker.app.ledger;

import dev.rainmaker.fact.Fact;

/**
 * A version of a fact.
 *
 * @param seq the ledger sequence at which it became current
 */
public record Versioned<F extends Fact>(F fact, long seq) {}
