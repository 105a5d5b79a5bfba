/** People at companies who may buy. */
@NullMarked
package dev.rainmaker.lead;

import org.jspecify.annotations.NullMarked;
