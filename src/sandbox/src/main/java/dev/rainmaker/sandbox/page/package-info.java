/** The frame of pages that people see. */
@NullMarked
package dev.rainmaker.sandbox.page;

import org.jspecify.annotations.NullMarked;
