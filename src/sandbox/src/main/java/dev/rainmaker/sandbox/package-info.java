/** Simulators of the vendors' APIs over real HTTP. */
@NullMarked
package dev.rainmaker.sandbox;

import org.jspecify.annotations.NullMarked;
