/** Which partner a won deal is credited to, how much of it, and on what evidence. */
@NullMarked
package dev.rainmaker.attribution;

import org.jspecify.annotations.NullMarked;
