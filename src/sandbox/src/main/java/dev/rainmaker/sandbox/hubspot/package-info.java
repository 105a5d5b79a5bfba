/** A HubSpot portal to run. */
@NullMarked
package dev.rainmaker.sandbox.hubspot;

import org.jspecify.annotations.NullMarked;
