/**
 * Which partner a lead goes to: a policy of ordered rules, eligibility compiled to indexes, strategies, and the receipt
 * from which every decision is explained and replayed. Pure: the instant, the seed and every fact are parameters.
 */
@NullMarked
package dev.rainmaker.assignment;

import org.jspecify.annotations.NullMarked;
