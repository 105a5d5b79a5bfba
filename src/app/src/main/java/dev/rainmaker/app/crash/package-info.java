/** Named points at which a test may kill the process. */
@NullMarked
package dev.rainmaker.app.crash;

import org.jspecify.annotations.NullMarked;
