package dev.rainmaker.app.ledger;

import dev.rainmaker.fact.Fact;

/**
 * A version of a fact that began or ended.
 *
 * @param seq the ledger sequence at which it did
 * @param begins true where the version became current, false where it ceased to be
 */
public record FactChange(Fact fact, long seq, boolean begins) {}
