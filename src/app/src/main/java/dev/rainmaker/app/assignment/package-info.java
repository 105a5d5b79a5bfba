/** The shell around the assignment: reads what a decision needs, calls the core once per lead, stores what came out. */
@NullMarked
package dev.rainmaker.app.assignment;

import org.jspecify.annotations.NullMarked;
