/** What becomes of a vendor's record: fields to facts, by YAML files that are checked when loaded. */
@NullMarked
package dev.rainmaker.app.mapping;

import org.jspecify.annotations.NullMarked;
