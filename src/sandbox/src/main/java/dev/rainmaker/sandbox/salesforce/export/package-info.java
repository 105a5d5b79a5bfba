/** Reads a Salesforce data-export folder into the org. */
@NullMarked
package dev.rainmaker.sandbox.salesforce.export;

import org.jspecify.annotations.NullMarked;
