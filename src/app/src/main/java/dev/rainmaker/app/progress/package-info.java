/** What long work says while it runs. */
@NullMarked
package dev.rainmaker.app.progress;

import org.jspecify.annotations.NullMarked;
