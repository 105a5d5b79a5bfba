/** The pages on which a CRM user reads and edits records. */
@NullMarked
package dev.rainmaker.sandbox.salesforce.page;

import org.jspecify.annotations.NullMarked;
