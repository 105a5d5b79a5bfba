/** Decisions logged elsewhere, read from plain files, and what an evaluation of them says. */
@NullMarked
package dev.rainmaker.app.evaluation;

import org.jspecify.annotations.NullMarked;
