/** Companies that sell for the vendor, and their people. */
@NullMarked
package dev.rainmaker.partner;

import org.jspecify.annotations.NullMarked;
