/** Open connections: connector, mappings, and the guard that retries, paces and counts calls. */
@NullMarked
package dev.rainmaker.app.connection;

import org.jspecify.annotations.NullMarked;
