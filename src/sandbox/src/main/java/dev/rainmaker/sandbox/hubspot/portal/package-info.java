/** The portal's records, properties, associations and the index that search looks at. */
@NullMarked
package dev.rainmaker.sandbox.hubspot.portal;

import org.jspecify.annotations.NullMarked;
