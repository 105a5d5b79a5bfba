/** Courses completed and certificates held by partner people. */
@NullMarked
package dev.rainmaker.training;

import org.jspecify.annotations.NullMarked;
