/** Jobs that run by themselves: when each is due, one runner in a cluster, what became of the last run. */
@NullMarked
package dev.rainmaker.app.schedule;

import org.jspecify.annotations.NullMarked;
