/** What a person sees of the portal in a browser. */
@NullMarked
package dev.rainmaker.sandbox.hubspot.page;

import org.jspecify.annotations.NullMarked;
