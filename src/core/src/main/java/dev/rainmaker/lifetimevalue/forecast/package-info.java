/**
 * The forecast in money: methods from "what sold last period sells again" to fitted deal-flow models, and the rolling backtest
 * that chooses between them by what they would have got right.
 */
@NullMarked
package dev.rainmaker.lifetimevalue.forecast;

import org.jspecify.annotations.NullMarked;
