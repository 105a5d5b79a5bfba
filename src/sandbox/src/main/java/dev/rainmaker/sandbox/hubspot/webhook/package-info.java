/** Events that the portal sends, signed and sent again as the vendor does. */
@NullMarked
package dev.rainmaker.sandbox.hubspot.webhook;

import org.jspecify.annotations.NullMarked;
