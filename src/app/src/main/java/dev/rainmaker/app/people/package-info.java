/** Brings people and partners together: by evidence, or by somebody's decision. */
@NullMarked
package dev.rainmaker.app.people;

import org.jspecify.annotations.NullMarked;
