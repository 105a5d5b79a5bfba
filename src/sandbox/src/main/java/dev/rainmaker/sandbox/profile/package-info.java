/** Switches of a simulator. */
@NullMarked
package dev.rainmaker.sandbox.profile;

import org.jspecify.annotations.NullMarked;
