/** Rainmaker put together: the one place where parts are given to each other. */
@NullMarked
package dev.rainmaker.app.runtime;

import org.jspecify.annotations.NullMarked;
