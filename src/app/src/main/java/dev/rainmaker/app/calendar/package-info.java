/** Public holidays behind the core's interface. */
@NullMarked
package dev.rainmaker.app.calendar;

import org.jspecify.annotations.NullMarked;
