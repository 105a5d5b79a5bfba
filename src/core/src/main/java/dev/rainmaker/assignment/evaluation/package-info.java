/** Off-policy evaluation: would another policy have earned more on the decisions that were logged? */
@NullMarked
package dev.rainmaker.assignment.evaluation;

import org.jspecify.annotations.NullMarked;
