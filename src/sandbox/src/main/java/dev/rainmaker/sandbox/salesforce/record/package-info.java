/** The org's objects, fields and records, the rules every save passes, and the journal that keeps them. */
@NullMarked
package dev.rainmaker.sandbox.salesforce.record;

import org.jspecify.annotations.NullMarked;
