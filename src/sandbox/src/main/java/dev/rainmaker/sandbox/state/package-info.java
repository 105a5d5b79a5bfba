/** What a simulator keeps over restarts. */
@NullMarked
package dev.rainmaker.sandbox.state;

import org.jspecify.annotations.NullMarked;
