/** The words from which {@code routes/*.yaml} compose the flows: the {@code rainmaker:} Camel component. */
@NullMarked
package dev.rainmaker.app.flow;

import org.jspecify.annotations.NullMarked;
