/**
 * Partner lifetime value (PLV): a partner's history as sufficient statistics that fold in constant time, the forecast in money
 * with its interval, and the score from 0 to 100 whose terms add up exactly.
 *
 * <p>The PLV <em>value</em> is money: expected margin (revenue where margin is unknown, and then labelled) over a horizon. The
 * PLV <em>score</em> has no unit and only compares. Days are epoch days, times of the models weeks.
 */
@NullMarked
package dev.rainmaker.lifetimevalue;

import org.jspecify.annotations.NullMarked;
