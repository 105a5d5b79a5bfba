/**
 * The statistics behind the partner lifetime value: deal-flow models (BG/NBD, MBG/NBD, Pareto/NBD), Gamma-Gamma for money
 * per deal, empirical Bayes for rates and means. Time is in weeks (days / 7), money in whatever unit it was given.
 */
@NullMarked
package dev.rainmaker.lifetimevalue.model;

import org.jspecify.annotations.NullMarked;
