/** Reads what identifies a company: the public suffix list and the numbering plans behind the core's interfaces. */
@NullMarked
package dev.rainmaker.app.company;

import org.jspecify.annotations.NullMarked;
