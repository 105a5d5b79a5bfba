/** The vendor's REST API: objects, search, batches, associations, properties, tokens, limits, marketing. */
@NullMarked
package dev.rainmaker.sandbox.hubspot.api;

import org.jspecify.annotations.NullMarked;
