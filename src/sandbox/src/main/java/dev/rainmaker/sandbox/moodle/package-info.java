/** A Moodle site to run: users, courses, completions and badges over its REST protocol. */
@NullMarked
package dev.rainmaker.sandbox.moodle;

import org.jspecify.annotations.NullMarked;
