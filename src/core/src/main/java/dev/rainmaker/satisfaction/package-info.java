/** What customers say of a partner. */
@NullMarked
package dev.rainmaker.satisfaction;

import org.jspecify.annotations.NullMarked;
